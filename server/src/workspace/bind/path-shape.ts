// Owns the shape of a path: what is left of a template when parameter names, case and trailing slashes are taken away.
// It must not know contracts or routes; both sides bring their paths here to be compared.

/** One segment of a path. `text` is in lower case with every parameter written `{}`. */
export interface Segment {
  readonly kind: 'literal' | 'parameter' | 'mixed' | 'wildcard';
  readonly text: string;
}

export type PathShape = readonly Segment[];

const wildcardNames = new Set(['{*}', '*', '**', '{**}']);

/**
 * Reads a path template. `{id}`, `{userId}` and a segment `:id` are the same parameter, since names never reach the
 * wire. Case is ignored because Express ignores it and a difference in case alone is no missing route.
 */
export function shapeOf(path: string): PathShape {
  const plain = path.split(/[?#]/, 1)[0] ?? '';
  return segmentsOf(plain).map(segmentOf);
}

/** The shapes of a template with optional segments (`/orders/{id?}`): with each of them and without. At most 16. */
export function shapesOf(path: string): readonly PathShape[] {
  if (!path.includes('?}')) return [shapeOf(path)];
  let open: string[][] = [[]];
  for (const segment of segmentsOf(path)) {
    const optional = /^\{[^{}]+\?\}$/.test(segment);
    const named = optional ? segment.replace('?}', '}') : segment;
    const longer = open.map((head) => [...head, named]);
    open = optional && open.length < 16 ? [...longer, ...open] : longer;
  }
  return open.map((segments) => segments.map(segmentOf));
}

/** A text that is equal for equal shapes; `from` skips leading segments. */
export function shapeKey(shape: PathShape, from = 0): string {
  let key = '';
  for (let i = from; i < shape.length; i++) key += `/${shape[i]!.text}`;
  return key;
}

/** Whether a shape ends in, or contains, something that matches any further path. */
export function isCatchAll(shape: PathShape): boolean {
  return shape.some(isWildcard);
}

/** Whether a segment matches any number of them. */
export function isWildcard(segment: Segment): boolean {
  return segment.kind === 'wildcard';
}

/** Whether at least one segment is plain text, so that an equal shape is evidence and not chance. */
export function isTelling(shape: PathShape): boolean {
  return shape.some((segment) => segment.kind === 'literal');
}

/**
 * Whether every request for `narrow` is also matched by `wide`: a parameter of `wide` takes any one segment, a
 * wildcard takes any number of them.
 */
export function covers(wide: PathShape, narrow: PathShape): boolean {
  for (let i = 0; i < wide.length; i++) {
    const left = wide[i]!;
    if (left.kind === 'wildcard') return i === wide.length - 1 || coversTail(wide, i + 1, narrow, i);
    const right = narrow[i];
    if (right === undefined) return false;
    if (left.kind === 'parameter') continue;
    if (left.text === right.text) continue;
    return false;
  }
  return wide.length === narrow.length;
}

function coversTail(wide: PathShape, wideFrom: number, narrow: PathShape, narrowFrom: number): boolean {
  const rest = wide.slice(wideFrom);
  for (let skip = narrowFrom; skip <= narrow.length; skip++) {
    if (covers(rest, narrow.slice(skip))) return true;
  }
  return false;
}

/** The leading part of a path as text without a trailing slash: `count` segments as they were written. */
export function leadingPath(path: string, count: number): string {
  const segments = segmentsOf(path).slice(0, count);
  return segments.length === 0 ? '' : `/${segments.join('/')}`;
}

/** Joins a base path and a path with exactly one slash between them. */
export function joinPaths(base: string, path: string): string {
  const segments = [...segmentsOf(base), ...segmentsOf(path)];
  return `/${segments.join('/')}`;
}

/** The segments of a path as written; empty ones vanish, so that trailing and doubled slashes do not count. */
export function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function segmentOf(text: string): Segment {
  if (wildcardNames.has(text)) return { kind: 'wildcard', text: '{*}' };
  if (/^\{[^{}]*\}$/.test(text) || /^:[A-Za-z_]\w*$/.test(text)) return { kind: 'parameter', text: '{}' };
  if (text.includes('{')) return { kind: 'mixed', text: text.replace(/\{[^{}]*\}/g, '{}').toLowerCase() };
  return { kind: 'literal', text: decoded(text).toLowerCase() };
}

/** `%20` and a space are one path on the wire. */
function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
