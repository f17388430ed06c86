// Owns which parts of a request carry who the caller is, by their place and name.
// It must not know frameworks, nor what becomes of such a part.

import type { ReadLocation } from '../../model.ts';

/** Words in the names of headers that carry who the caller is. */
const words = /auth|token|api-?key|secret|session|jwt|cookie/;
/** What browsers hand back to the page that they got it from says nothing of the caller. */
const forgery = /csrf|xsrf/;

/** Whether a part of the request says who sends it; names of headers are in lower case, and no name stands for any. */
export function isCredential(location: ReadLocation, name: string): boolean {
  if (location === 'cookie') return true;
  return location === 'header' && words.test(name) && !forgery.test(name);
}

/** Whether a header other than `Authorization` carries a key. */
export function isKeyHeader(location: ReadLocation, name: string): boolean {
  return location === 'header' && /api-?key|token/.test(name) && isCredential(location, name);
}
