// Owns the language's own errors as classes: what they are made of when code constructs or extends them.
// It must not know what becomes of a thrown error.

import type { Machine } from './machine.ts';
import {
  type CallSite,
  type ExternalValue,
  literal,
  native,
  type ObjectValue,
  undefinedValue,
  type Value,
} from './value.ts';

/** The language's `Error` and its kin, as a class to extend and to construct. */
export function errorClass(name: string): Value {
  return native(
    {
      name: 'Error',
      construct: (machine, _self, site) => makeError(machine, name, site.args, site.place),
      call: (machine, _self, site) => makeError(machine, name, site.args, site.place),
      method: (_machine, _self, key) => (key === 'captureStackTrace' ? undefinedValue : undefined),
    },
    name,
  );
}

function makeError(m: Machine, name: string, args: readonly Value[], place: CallSite['place']): ObjectValue {
  const external: ExternalValue = { kind: 'external', package: ':language', path: [name] };
  return {
    kind: 'object',
    cls: external,
    place,
    born: m.arm,
    places: new Map(),
    props: new Map([
      ['message', { value: args[0] ?? literal('') }],
      ['name', { value: literal(name) }],
    ]),
  };
}
