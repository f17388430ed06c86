import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { ZodError } from 'zod';
import { CheckoutError, NotFoundError } from '../errors.js';

function sendProblem(res: Response, status: number, code: string, detail: string): void {
  res.status(status).type('application/problem+json').json({
    type: `https://docs.checkout.example/problems/${code}`,
    title: code.replaceAll('_', ' '),
    status,
    code,
    detail,
  });
}

export const rejectUnknownRoutes: RequestHandler = (req, _res, next) => {
  next(new NotFoundError('route', req.path));
};

export const handleErrors: ErrorRequestHandler = (error, _req, res, _next) => {
  if (error instanceof CheckoutError) {
    sendProblem(res, error.status, error.code, error.message);
    return;
  }
  if (error instanceof ZodError) {
    const [issue] = error.issues;
    sendProblem(res, 422, 'invalid_request', issue ? `${issue.path.join('.')}: ${issue.message}` : 'Invalid request.');
    return;
  }
  // The JSON parser of Express marks its own errors.
  if (error instanceof SyntaxError && 'body' in error) {
    sendProblem(res, 400, 'malformed_json', 'The body is not valid JSON.');
    return;
  }
  console.error(error);
  sendProblem(res, 500, 'internal_error', 'Something went wrong on our side.');
};
