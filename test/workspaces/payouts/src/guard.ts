import type { Next, Request, Response } from 'restify';
import errors from 'restify-errors';

/** Lets only callers through that bring the key of this service. */
export function requireKey(req: Request, _res: Response, next: Next) {
  if (req.header('X-Api-Key') !== process.env.API_KEY) {
    return next(new errors.UnauthorizedError('the key is missing or wrong'));
  }
  return next();
}
