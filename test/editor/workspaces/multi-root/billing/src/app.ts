import express from 'express';

const app = express();

app.post('/invoices', (req, res) => {
  if (req.body.number === '') {
    res.status(409).end();
    return;
  }
  res.status(201).end();
});

app.listen(3001);
