'use strict';

const app = require('./app');

const port = process.env.PORT || 4000;

app.listen(port, () => {
  console.log(`billing listens on ${port}`);
});
