'use strict';

const express = require('express');
const createError = require('http-errors');
const routes = require('./routes');
const errorHandler = require('./middleware/error-handler');

const app = express();

app.use(express.json());
app.get('/ping', (req, res) => res.send('pong'));
app.use('/billing', routes);
app.use((req, res, next) => next(createError(404, 'Not found')));
app.use(errorHandler);

module.exports = app;
