'use strict';

const createError = require('http-errors');

const tokens = new Map([
  ['reader-token', ['billing:read']],
  ['writer-token', ['billing:read', 'billing:write']],
]);

function requireAuth(req, res, next) {
  const header = req.get('Authorization') || '';
  const match = header.match(/^Bearer (.+)$/);
  const scopes = match && tokens.get(match[1]);
  if (!scopes) {
    return next(createError(401, 'A valid access token is required'));
  }
  req.scopes = scopes;
  return next();
}

function requireScope(scope) {
  return (req, res, next) => {
    if (!req.scopes.includes(scope)) {
      return next(createError(403, `The scope ${scope} is required`));
    }
    return next();
  };
}

module.exports = { requireAuth, requireScope };
