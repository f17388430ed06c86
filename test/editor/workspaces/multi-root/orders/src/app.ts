import express from 'express';

const app = express();

app.get('/orders/:id', (req, res) => {
  res.json({ id: req.params.id, total: '12.00' });
});

app.listen(3000);
