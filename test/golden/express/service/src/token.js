import { ServiceError } from './errors.js';

export function requireToken(req, _res, next) {
  const [scheme, token] = (req.headers.authorization ?? '').split(' ');
  if (scheme !== 'Bearer' || token !== process.env.TOKEN) {
    return next(new ServiceError(401, 'unauthorized', 'the token is not valid'));
  }
  next();
}
