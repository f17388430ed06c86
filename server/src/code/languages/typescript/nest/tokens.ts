// Owns the identity of injection tokens: classes, texts, symbols, classes of packages, and references that are resolved late.
// It must not know providers.

import type { Machine } from '../machine.ts';
import { type Model, native, type Value } from '../value.ts';

const forwardModel: Model = { name: 'forward reference' };

/** `forwardRef(() => X)`. */
export const forwardRef = (fn: Value): Value => native(forwardModel, fn);

/** What a late reference stands for; every other value is itself. */
export function resolveForwardRef(m: Machine, value: Value): Value {
  if (value.kind !== 'native' || value.model !== forwardModel) return value;
  const place = value.place ?? { file: '', start: 0, end: 0 };
  return m.apart(() =>
    m.call(value.data as Value, { args: [], open: false, place, argPlaces: [], namePlace: place, frame: m.globals }),
  );
}

const identities = new WeakMap<object, number>();
let next = 1;
function identity(thing: object): number {
  const known = identities.get(thing);
  if (known !== undefined) return known;
  identities.set(thing, next);
  return next++;
}

/** A key that two tokens share when they are the same; undefined when that cannot be told. */
export function tokenKey(token: Value): string | undefined {
  switch (token.kind) {
    case 'class':
      return `c:${identity(token.node)}`;
    case 'literal':
      return `l:${String(token.value)}`;
    case 'external':
      // What a call of a package gave is told by where it was called.
      return token.path.includes('()') && token.place
        ? `p:${token.place.file}:${token.place.start}`
        : `e:${token.package}/${token.path.join('/')}`;
    case 'native':
      return `n:${identity(token)}`;
    case 'unknown':
      return token.place && !token.shape ? `p:${token.place.file}:${token.place.start}` : undefined;
    default:
      return undefined;
  }
}
