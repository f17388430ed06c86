import { timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { UnauthorizedError } from '../errors.js';

const apiKey = Buffer.from(process.env.CHECKOUT_API_KEY ?? 'sk_test_local');

/** Lets callers through that present the merchant's secret key as a bearer token. */
export const authenticate: RequestHandler = (req, _res, next) => {
  const header = req.headers.authorization;
  if (!header?.startsWith('Bearer ')) {
    throw new UnauthorizedError();
  }
  const presented = Buffer.from(header.slice('Bearer '.length));
  if (presented.length !== apiKey.length || !timingSafeEqual(presented, apiKey)) {
    throw new UnauthorizedError();
  }
  next();
};
