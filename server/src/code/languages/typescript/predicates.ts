// Owns functions of packages that nobody read and whose names say which kind of value they look for.
// It must not know any one package.

import { eachPart } from './operators.ts';
import { type CallSite, type ExternalValue, isEmpty, literal, someBoolean, type Value } from './value.ts';

/** What such a function says of a value, where its kind is known; undefined for functions of other names. */
export function testByName(external: ExternalValue, site: CallSite): Value | undefined {
  const [subject] = site.args;
  const name = external.path.at(-1) ?? '';
  if (!subject || site.args.length !== 1 || site.open || !kinds.test(name)) return undefined;
  return eachPart(subject, (part) => answer(name, part));
}

const kinds = /^is(Object|PlainObject|Record|String|Number|Array|Boolean|Function|Date|Nil|Nullish|Undefined|Null)$/;

function answer(name: string, part: Value): Value {
  const none = /^is(Nil|Nullish|Undefined|Null)$/.test(name);
  if (isEmpty(part)) {
    if (!none) return literal(false);
    const isNull = part.kind === 'literal' && part.value === null;
    return literal(name === 'isNil' || name === 'isNullish' || isNull === (name === 'isNull'));
  }
  if (part.kind === 'literal') return literal(name.slice(2).toLowerCase() === typeof part.value);
  if (part.kind === 'array' && !/Object|Record/.test(name)) return literal(name === 'isArray');
  if (part.kind === 'object' && none) return literal(false);
  if (part.kind === 'object' && !part.cls && /^is(Object|PlainObject|Record)$/.test(name)) return literal(true);
  return someBoolean();
}
