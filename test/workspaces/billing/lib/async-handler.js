'use strict';

/** Hands the rejection of an async handler to the error middleware. */
module.exports = (handler) => (req, res, next) => {
  Promise.resolve(handler(req, res, next)).catch(next);
};
