import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { BadRequestError, ConflictError } from '../errors.js';

interface Remembered {
  fingerprint: string;
  result: Promise<unknown>;
}

const remembered = new Map<string, Remembered>();

/** The key under which the caller may repeat a request without repeating its effect. */
export function requireIdempotencyKey(req: Request): string {
  const key = req.header('Idempotency-Key');
  if (!key) {
    throw new BadRequestError('The Idempotency-Key header is required.');
  }
  return key;
}

/** Runs an effect once per key. A key that comes back with another payload is refused. */
export async function once<T>(key: string, payload: unknown, effect: () => Promise<T>): Promise<T> {
  const fingerprint = createHash('sha256').update(JSON.stringify(payload)).digest('hex');
  const known = remembered.get(key);
  if (known) {
    if (known.fingerprint !== fingerprint) {
      throw new ConflictError('idempotency_key_reused', 'The key was used with another payload.');
    }
    return (await known.result) as T;
  }
  const result = effect();
  remembered.set(key, { fingerprint, result });
  return result;
}
