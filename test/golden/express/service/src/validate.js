import { ServiceError } from './errors.js';

/** Checks a part of the request and puts what the schema made of it in its place. */
export const validate = (part, schema) => (req, _res, next) => {
  const { error, value } = schema.validate(req[part]);
  if (error) return next(new ServiceError(400, 'invalid', error.message));
  req[part] = value;
  next();
};
