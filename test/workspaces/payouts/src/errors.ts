import type { Request, Response } from 'restify';

interface HttpError extends Error {
  statusCode: number;
  toJSON: () => object;
}

/** What goes wrong is answered with the name of the error and what it says. */
export function answerErrors(_req: Request, _res: Response, error: HttpError, done: () => void) {
  error.toJSON = () => ({ error: error.name, detail: error.message });
  return done();
}
