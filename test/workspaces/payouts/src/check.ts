import type { ObjectSchema } from 'joi';
import type { Next, Request, Response } from 'restify';
import errors from 'restify-errors';

/** Checks the body and keeps what passed. */
export function checkBody(schema: ObjectSchema) {
  return (req: Request, _res: Response, next: Next) => {
    const { error, value } = schema.validate(req.body);
    if (error) return next(new errors.BadRequestError(error.message));
    req.body = value;
    return next();
  };
}

/** Checks the query and keeps what passed. */
export function checkQuery(schema: ObjectSchema) {
  return (req: Request, _res: Response, next: Next) => {
    const { error, value } = schema.validate(req.query);
    if (error) return next(new errors.BadRequestError(error.message));
    req.query = value;
    return next();
  };
}
