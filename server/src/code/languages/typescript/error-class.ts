// Owns the language's own errors as classes: what they are made of when code constructs or extends them.
// It must not know what becomes of a thrown error.

import { concatenate } from './literals.ts';
import type { Machine } from './machine.ts';
import { getMember } from './members.ts';
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

/** What `toString()` of an error gives: its name and its message. Undefined for objects that are no errors of the language. */
export function textOfError(m: Machine, error: ObjectValue, site: CallSite): Value | undefined {
  let parent: Value | undefined = error.cls;
  for (let hops = 0; parent?.kind === 'class' && hops < 12; hops++) parent = parent.parent;
  const isError =
    (parent?.kind === 'external' && parent.package === ':language') ||
    (parent?.kind === 'native' && parent.model.name === 'Error');
  if (!isError) return undefined;
  const name = getMember(m, error, 'name', site.place);
  const message = getMember(m, error, 'message', site.place);
  return concatenate([name.kind === 'unknown' ? 'Error' : name, ': ', message], site.node ?? site.frame.module.source);
}
