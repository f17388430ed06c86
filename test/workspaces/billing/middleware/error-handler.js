'use strict';

// Express recognises error middleware by its four parameters.
module.exports = function errorHandler(err, req, res, next) {
  const status = err.status || 500;
  if (status >= 500) {
    console.error(err);
  }
  res.status(status).json({
    error: {
      status,
      message: status >= 500 ? 'Internal server error' : err.message,
    },
  });
};
