// Owns the comparison of what objects hold: named properties, which are demanded, and what is said of all others.
// It must not know other types.

import type { ContractNode } from '../../contract/load/contract-node.ts';
import type { Polarity } from '../changes/row.ts';
import type { SchemaPair } from './compare-schemas.ts';
import { isTrivial, shown } from './compare-schemas.ts';
import type { Part } from './flatten.ts';
import { readOnlyMark } from './marks.ts';
import { additionalOf, type NormalSchema, type NormalSchemas, partsFor, propertyOf } from './normal.ts';

/** Notes what differs between the objects that two schemas accept. */
export function compareObjects(pair: SchemaPair): void {
  const names = new Set([...pair.base.propertyNames, ...pair.revision.propertyNames]);
  const spoken = new Set<string>();
  for (const name of names) {
    const before = propertyOf(pair.base, name);
    const after = propertyOf(pair.revision, name);
    if (before && after) compareProperty(pair, name, before, after, spoken);
    else if (after) addProperty(pair, name, after, spoken);
    else if (before) removeProperty(pair, name, before, spoken);
  }
  compareRequired(pair, spoken);
  compareOthers(pair);
  comparePatterns(pair);
  compareDependent(pair);
}

function compareProperty(
  pair: SchemaPair,
  name: string,
  before: readonly Part[],
  after: readonly Part[],
  spoken: Set<string>,
): void {
  const { room, polarity } = pair;
  if (room.same(before, after)) {
    // Whether it travels this way matters only to what is said of its being demanded.
    const demanded = pair.base.required.has(name) !== pair.revision.required.has(name);
    if (demanded && isHidden(room.base, before, polarity)) spoken.add(name);
    return;
  }
  const [wasHidden, isNow] = [isHidden(room.base, before, polarity), isHidden(room.revision, after, polarity)];
  const where = { base: before[0]!.node, revision: after[0]!.node, suffix: `.${name}`, name };
  noteMark(pair, 'readOnly', before, after, where);
  noteMark(pair, 'writeOnly', before, after, where);
  if (wasHidden || isNow) spoken.add(name);
  if (wasHidden && isNow) return;
  pair.below(`.${name}`, before, after);
}

function noteMark(
  pair: SchemaPair,
  keyword: 'readOnly' | 'writeOnly',
  before: readonly Part[],
  after: readonly Part[],
  where: {
    readonly base: ContractNode;
    readonly revision: ContractNode;
    readonly suffix: string;
    readonly name: string;
  },
): void {
  const had = pair.room.base.of(before).annotations.get(keyword);
  const has = pair.room.revision.of(after).annotations.get(keyword);
  if ((had === undefined) === (has === undefined)) return;
  const id = keyword === 'readOnly' ? 'read-only' : 'write-only';
  if (has) pair.note(`${id}-added`, { ...where, revision: has });
  else if (keyword === 'readOnly' && pair.polarity === 'request' && pair.revision.required.has(where.name)) {
    pair.note('required-read-only-removed', { ...where, base: had });
  } else pair.note(`${id}-removed`, { ...where, base: had });
}

function addProperty(pair: SchemaPair, name: string, after: readonly Part[], spoken: Set<string>): void {
  if (isHidden(pair.room.revision, after, pair.polarity)) {
    spoken.add(name);
    return;
  }
  const covering = partsFor(pair.base, name).filter((part) => !isTrivial(part.node));
  const closed = covering.some(isFalse) || isClosedLate(pair.base);
  if (!closed && covering.length > 0) {
    // What was said of every unnamed property is now said of this one.
    pair.below(`.${name}`, covering, after);
    return;
  }
  spoken.add(name);
  const fallback = pair.room.revision.of(after).annotations.get('default');
  const required = pair.revision.required.has(name) && !pair.base.required.has(name);
  const what = {
    revision: after[0]!.node,
    suffix: `.${name}`,
    name,
    after: fallback ? shown(fallback.data()) : undefined,
  };
  if (required) pair.note(fallback ? 'required-property-added-with-default' : 'required-property-added', what);
  else pair.note(closed ? 'property-added-to-closed' : 'property-added', what);
}

function removeProperty(pair: SchemaPair, name: string, before: readonly Part[], spoken: Set<string>): void {
  spoken.add(name);
  if (isHidden(pair.room.base, before, pair.polarity)) return;
  const covering = partsFor(pair.revision, name).filter((part) => !isTrivial(part.node));
  const closed = covering.some(isFalse) || isClosedLate(pair.revision);
  if (!closed && covering.length > 0) {
    pair.below(`.${name}`, before, covering);
    if (pair.base.required.has(name) === pair.revision.required.has(name)) return;
    spoken.delete(name);
    return;
  }
  const what = { base: before[0]!.node, suffix: `.${name}`, name };
  pair.note(closed ? 'property-removed-from-closed' : 'property-removed', what);
}

function compareRequired(pair: SchemaPair, spoken: ReadonlySet<string>): void {
  const { base, revision } = pair;
  for (const [name, node] of revision.required) {
    if (base.required.has(name) || spoken.has(name)) continue;
    const parts = propertyOf(revision, name);
    const fallback = parts && pair.room.revision.of(parts).annotations.get('default');
    const before = propertyOf(base, name)?.[0]?.node ?? base.node;
    const what = { base: before, revision: node, suffix: `.${name}`, name, after: fallback && shown(fallback.data()) };
    pair.note(fallback ? 'property-became-required-with-default' : 'property-became-required', what);
  }
  for (const [name, node] of base.required) {
    if (revision.required.has(name) || spoken.has(name)) continue;
    const after = propertyOf(revision, name)?.[0]?.node ?? revision.node;
    pair.note('property-became-optional', { base: node, revision: after, suffix: `.${name}`, name });
  }
}

/** `additionalProperties` and `unevaluatedProperties`: the properties that nothing names. */
function compareOthers(pair: SchemaPair): void {
  const { base, revision } = pair;
  compareRest(pair, 'additional-properties', additionalOf(base), additionalOf(revision), '.*');
  const late = base.schemas.get('unevaluatedProperties') ?? [];
  const lateNow = revision.schemas.get('unevaluatedProperties') ?? [];
  const limits = (parts: readonly Part[]): boolean => parts.some(({ node }) => !isTrivial(node));
  if (limits(late) !== limits(lateNow)) {
    pair.note(limits(lateNow) ? 'unevaluated-properties-constrained' : 'unevaluated-properties-unconstrained', {
      base: late[0]?.node ?? base.node,
      revision: lateNow[0]?.node ?? revision.node,
    });
  } else if (limits(late)) pair.below('.*', late, lateNow);
  const names = base.schemas.get('propertyNames');
  const namesNow = revision.schemas.get('propertyNames');
  if (names && namesNow) pair.below('', names, namesNow);
  else if (namesNow) pair.note('property-names-constrained', { revision: namesNow[0]!.node });
  else if (names) pair.note('property-names-unconstrained', { base: names[0]!.node });
}

function compareRest(
  pair: SchemaPair,
  id: string,
  before: readonly Part[],
  after: readonly Part[],
  suffix: string,
): void {
  const had = before.filter((part) => !isTrivial(part.node));
  const has = after.filter((part) => !isTrivial(part.node));
  const closed = had.some(isFalse);
  const closedNow = has.some(isFalse);
  const where = { base: before[0]?.node ?? pair.base.node, revision: after[0]?.node ?? pair.revision.node };
  if (closed !== closedNow) pair.note(`${id}-${closedNow ? 'forbidden' : 'allowed'}`, where);
  else if (closed) return;
  else if (had.length > 0 && has.length > 0) pair.below(suffix, had, has);
  else if (has.length > 0) pair.note(`${id}-constrained`, where);
  else if (had.length > 0) pair.note(`${id}-unconstrained`, where);
}

function comparePatterns(pair: SchemaPair): void {
  const partsOf = (schema: NormalSchema, pattern: string): Part[] =>
    schema.objects.flatMap((owner) => {
      const node = owner.patterns.get(pattern);
      return node ? [{ node, orNull: false }] : [];
    });
  for (const name of new Set([...pair.base.patternNames, ...pair.revision.patternNames])) {
    const before = partsOf(pair.base, name);
    const after = partsOf(pair.revision, name);
    if (before.length > 0 && after.length > 0) pair.below('.*', before, after);
    else if (after.length > 0) pair.note('pattern-property-added', { revision: after[0]!.node, name });
    else pair.note('pattern-property-removed', { base: before[0]!.node, name });
  }
}

function compareDependent(pair: SchemaPair): void {
  const { base, revision } = pair;
  for (const name of new Set([...base.dependentRequired.keys(), ...revision.dependentRequired.keys()])) {
    const before = base.dependentRequired.get(name);
    const after = revision.dependentRequired.get(name);
    const had = textsOf(before);
    const has = textsOf(after);
    const added = has.filter((item) => !had.includes(item));
    const removed = had.filter((item) => !has.includes(item));
    const where = { base: before ?? base.node, revision: after ?? revision.node, name };
    if (added.length > 0) pair.note('dependent-required-added', { ...where, after: quoted(added) });
    if (removed.length > 0) pair.note('dependent-required-removed', { ...where, before: quoted(removed) });
  }
  for (const name of new Set([...base.dependentSchemas.keys(), ...revision.dependentSchemas.keys()])) {
    const before = base.dependentSchemas.get(name);
    const after = revision.dependentSchemas.get(name);
    if (before && after) pair.below('', before, after);
    else if (after) pair.note('dependent-schema-added', { revision: after[0]!.node, name });
    else if (before) pair.note('dependent-schema-removed', { base: before[0]!.node, name });
  }
}

const isHidden = (schemas: NormalSchemas, parts: readonly Part[], polarity: Polarity): boolean =>
  schemas.of(parts).annotations.has(readOnlyMark[polarity]);

const isFalse = (part: Part): boolean => part.node.value === false;

const isClosedLate = (schema: NormalSchema): boolean =>
  schema.schemas.get('unevaluatedProperties')?.some(isFalse) === true;

const textsOf = (node: ContractNode | undefined): string[] => node?.items().flatMap((item) => item.text ?? []) ?? [];
const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
