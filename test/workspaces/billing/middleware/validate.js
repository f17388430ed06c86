'use strict';

const createError = require('http-errors');

/** Replaces a part of the request by its validated form, or answers 422. */
module.exports = (schema, part = 'body') => (req, res, next) => {
  const { error, value } = schema.validate(req[part], { abortEarly: false });
  if (error) {
    return next(createError(422, error.message));
  }
  req[part] = value;
  return next();
};
