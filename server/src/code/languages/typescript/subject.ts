// Owns which request is made: its path and method as values, for whoever asks to tell one request from another.
// It must not know any framework.

import { literal, someString, type Value } from './value.ts';

/** Which request is made: middlewares ask for it to tell open paths from guarded ones. */
export interface Subject {
  /** The route's template and method; undefined where they are not known. */
  path: string | undefined;
  method: string | undefined;
  /** Whether anything asked, so that the run holds for this one request only. */
  asked: boolean;
}

/** The method as code sees it; `all` is any. Frameworks differ in its letters. */
export function methodText(method: string | undefined, letters: 'upper' | 'lower' = 'upper'): Value {
  if (method === undefined || method === 'all') return someString();
  return literal(letters === 'upper' ? method.toUpperCase() : method.toLowerCase());
}

/** The path as the route's template says it: what stands between its parameters is known. `query` may follow it in a URL. */
export function pathText(path: string | undefined, query = false): Value {
  if (path === undefined) return someString();
  // A wildcard may stand for any number of parts, so that nothing behind it has a place of its own.
  const parts = path
    .replace(/\{\*\}.*$/, '{*}')
    .split(/\{[^}]*\}/)
    .flatMap((text, index) => (index === 0 ? [text] : [someString(), text]));
  if (query) parts.push(someString());
  const known = parts.filter((part) => part !== '');
  const [only] = known;
  return known.length === 1 && typeof only === 'string' ? literal(only) : { kind: 'template', parts: known };
}

/** Whether a template's end stands for any number of further parts. */
export function isOpenEnded(path: string): boolean {
  return path.includes('{*}');
}

/** The method of a request, which from now on holds for this request only. */
export function askMethod(subject: Subject): Value {
  subject.asked = true;
  return methodText(subject.method);
}

/** The path of a request, which from now on holds for this request only. */
export function askPath(subject: Subject, query = false): Value {
  subject.asked = true;
  const { path } = subject;
  return path === undefined || isOpenEnded(path) ? someString() : pathText(path, query);
}
