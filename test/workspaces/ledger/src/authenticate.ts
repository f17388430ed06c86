import type { FastifyRequest } from 'fastify';
import { UnauthorizedError } from './errors.js';

const keys = new Set((process.env.LEDGER_API_KEYS ?? 'local-key').split(','));

/** Lets requests through that carry a known key. */
export async function authenticate(request: FastifyRequest): Promise<void> {
  const key = request.headers['x-api-key'];
  if (typeof key !== 'string' || !keys.has(key)) {
    throw new UnauthorizedError();
  }
}
