// Owns the comparison of what bounds a value: bounds, formats, patterns, multiples. It must not know objects and arrays.

import type { SchemaPair } from './compare-schemas.ts';
import { shown, shownList } from './compare-schemas.ts';
import {
  type Bound,
  type BoundName,
  lowerBounds,
  type NormalSchema,
  type Stated,
  type TypeName,
  tighter,
  upperBounds,
} from './normal.ts';

const appliesTo: Readonly<Record<BoundName, TypeName>> = {
  minimum: 'number',
  maximum: 'number',
  minLength: 'string',
  maxLength: 'string',
  minItems: 'array',
  maxItems: 'array',
  minContains: 'array',
  maxContains: 'array',
  minProperties: 'object',
  maxProperties: 'object',
};

/** Notes what differs in the constraints of the types that both sides allow. */
export function compareConstraints(pair: SchemaPair, types: ReadonlySet<TypeName>): void {
  const { base, revision } = pair;
  for (const name of [...lowerBounds, ...upperBounds]) {
    if (types.has(appliesTo[name])) compareBound(pair, name, boundOf(base, name), boundOf(revision, name));
  }
  if (types.has('string') || types.has('number')) compareFormats(pair);
  if (types.has('string')) comparePatterns(pair);
  if (types.has('number')) compareMultiples(pair);
}

function compareBound(
  pair: SchemaPair,
  name: BoundName,
  before: Stated<Bound> | undefined,
  after: Stated<Bound> | undefined,
): void {
  const id = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const what = {
    base: before?.node ?? pair.base.node,
    revision: after?.node ?? pair.revision.node,
    before: text(before?.value),
    after: text(after?.value),
  };
  if (!before && after) pair.note(`${id}-added`, what);
  else if (before && !after) pair.note(`${id}-removed`, what);
  else if (
    before &&
    after &&
    (before.value.value !== after.value.value || before.value.exclusive !== after.value.exclusive)
  ) {
    const narrows = tighter(name, after.value, before.value);
    pair.note(`${id}-${narrows === name.startsWith('min') ? 'increased' : 'decreased'}`, what);
  }
}

/** A bound that bounds something: no least length of 0; for integers, an exclusive bound is the next integer. */
function boundOf(schema: NormalSchema, name: BoundName): Stated<Bound> | undefined {
  const stated = schema.bounds.get(name);
  if (!stated) return undefined;
  const { value, exclusive } = stated.value;
  const counts = appliesTo[name] !== 'number';
  if (counts && name.startsWith('min') && name !== 'minContains' && value <= 0) return undefined;
  if (!exclusive || !schema.types?.value.has('integer') || schema.types.value.has('number')) return stated;
  const next = name === 'minimum' ? Math.floor(value) + 1 : Math.ceil(value) - 1;
  return { ...stated, value: { value: next, exclusive: false } };
}

const text = (bound: Bound | undefined): string =>
  bound ? `${bound.value}${bound.exclusive ? ' (exclusive)' : ''}` : 'none';

/** Formats that refuse no value that their type accepts, in any validator that people use. */
const noted: ReadonlySet<string> = new Set(['int64', 'float', 'double', 'password', 'decimal', 'binary']);

/** Formats that values are checked against, each with the formats that take all of its values. */
const checked: ReadonlyMap<string, readonly string[]> = new Map([
  ['int32', ['int64']],
  ['date', []],
  ['date-time', []],
  ['time', []],
  ['duration', []],
  ['uuid', []],
  ['email', ['idn-email']],
  ['idn-email', []],
  ['hostname', ['idn-hostname']],
  ['idn-hostname', []],
  ['ipv4', []],
  ['ipv6', []],
  ['uri', ['uri-reference', 'iri', 'iri-reference', 'url']],
  ['url', ['uri', 'uri-reference']],
  ['uri-reference', ['iri-reference']],
  ['iri', ['iri-reference']],
  ['iri-reference', []],
  ['json-pointer', []],
  ['regex', []],
  ['byte', []],
]);

function compareFormats(pair: SchemaPair): void {
  const removed = [...pair.base.formats.keys()].filter((format) => !pair.revision.formats.has(format));
  const added = [...pair.revision.formats.keys()].filter((format) => !pair.base.formats.has(format));
  if (removed.length === 0 && added.length === 0) return;
  const what = {
    base: (removed[0] !== undefined && pair.base.formats.get(removed[0])) || pair.base.node,
    revision: (added[0] !== undefined && pair.revision.formats.get(added[0])) || pair.revision.node,
    before: removed.join(', ') || 'none',
    after: added.join(', ') || 'none',
  };
  pair.note(formatFact(removed, added), what);
}

function formatFact(removed: readonly string[], added: readonly string[]): string {
  const all = [...removed, ...added];
  if (all.every((format) => noted.has(format))) return 'format-noted';
  const widerThan = (format: string): readonly string[] => checked.get(format) ?? [];
  const [before, ...moreBefore] = removed;
  const [after, ...moreAfter] = added;
  if (moreBefore.length > 0 || moreAfter.length > 0) return 'format-hint-changed';
  if (all.some((format) => !noted.has(format) && !checked.has(format))) return 'format-hint-changed';
  if (before !== undefined && after !== undefined && widerThan(after).includes(before)) return 'format-narrowed';
  if (before === undefined || noted.has(before)) return 'format-added';
  if (after === undefined) return 'format-removed';
  if (widerThan(before).includes(after)) return 'format-widened';
  return noted.has(after) ? 'format-removed' : 'format-changed';
}

function comparePatterns(pair: SchemaPair): void {
  const removed = [...pair.base.patterns.keys()].filter((pattern) => !pair.revision.patterns.has(pattern));
  const added = [...pair.revision.patterns.keys()].filter((pattern) => !pair.base.patterns.has(pattern));
  if (removed.length === 0 && added.length === 0) return;
  const what = {
    base: (removed[0] !== undefined && pair.base.patterns.get(removed[0])) || pair.base.node,
    revision: (added[0] !== undefined && pair.revision.patterns.get(added[0])) || pair.revision.node,
    before: shownList(removed),
    after: shownList(added),
  };
  if (removed.length === 0) pair.note('pattern-added', what);
  else if (added.length === 0) pair.note('pattern-removed', what);
  else pair.note('pattern-changed', what);
}

function compareMultiples(pair: SchemaPair): void {
  const removed = [...pair.base.multiples.keys()].filter((one) => !pair.revision.multiples.has(one));
  const added = [...pair.revision.multiples.keys()].filter((one) => !pair.base.multiples.has(one));
  const [before] = removed;
  const [after] = added;
  const what = {
    base: (before !== undefined && pair.base.multiples.get(before)) || pair.base.node,
    revision: (after !== undefined && pair.revision.multiples.get(after)) || pair.revision.node,
    before: shown(before ?? null),
    after: shown(after ?? null),
  };
  if (before === undefined && after === undefined) return;
  if (before === undefined) pair.note('multiple-of-added', what);
  else if (after === undefined) pair.note('multiple-of-removed', what);
  else if (Number.isInteger(after / before)) pair.note('multiple-of-narrowed', what);
  else if (Number.isInteger(before / after)) pair.note('multiple-of-widened', what);
  else pair.note('multiple-of-changed', what);
}
