// Owns the comparison of alternatives, exclusions, conditions and discriminators: which alternative on one side is which on the other.
// It must not know the keywords within an alternative.

import type { ContractNode } from '../../contract/load/contract-node.ts';
import { referenceOf } from '../../contract/load/references.ts';
import type { SchemaPair } from './compare-schemas.ts';
import type { Group, Part } from './flatten.ts';
import type { NormalSchema, NormalSchemas } from './normal.ts';

/** Notes what differs in `anyOf`, `oneOf`, `not`, `if` and `discriminator`. */
export function compareAlternatives(pair: SchemaPair): void {
  compareGroups(pair);
  compareNot(pair);
  compareCondition(pair);
  compareDiscriminators(pair);
}

function compareGroups(pair: SchemaPair): void {
  const { base, revision } = pair;
  if (base.groups.length === 0 && revision.groups.length === 0) return;
  if (base.groups.length === 0 && saysLittle(revision)) {
    matchBranches(pair, [bare(base)], branchesOf(revision.groups[0]!), base.node, revision.groups[0]!.node);
    return;
  }
  if (revision.groups.length === 0 && saysLittle(base)) {
    matchBranches(pair, branchesOf(base.groups[0]!), [bare(revision)], base.groups[0]!.node, revision.node);
    return;
  }
  const most = Math.max(base.groups.length, revision.groups.length);
  for (let index = 0; index < most; index++) {
    const before = base.groups[index];
    const after = revision.groups[index];
    if (before && after) {
      compareKinds(pair, before, after);
      matchBranches(pair, branchesOf(before), branchesOf(after), before.node, after.node);
    } else if (after) pair.note('alternatives-demanded', { revision: after.node });
    else if (before) pair.note('alternatives-dropped', { base: before.node });
  }
}

/**
 * Whether one side became, or was, nothing but alternatives: then the whole of the other side is held against each of them, and a keyword that
 * is now in an alternative is not gone.
 */
export function isSplit({ base, revision }: Pick<SchemaPair, 'base' | 'revision'>): boolean {
  const bareGroup = (schema: NormalSchema): boolean => saysLittle(schema) && (!schema.types || schema.types.implied);
  return (base.groups.length === 0 && bareGroup(revision)) || (revision.groups.length === 0 && bareGroup(base));
}

/** Whether a schema is its one group of alternatives and nothing else that could refuse a value but a type. */
function saysLittle(schema: NormalSchema): boolean {
  return (
    schema.groups.length === 1 &&
    !schema.values &&
    schema.objects.length === 0 &&
    schema.required.size === 0 &&
    schema.bounds.size === 0 &&
    schema.patterns.size === 0 &&
    schema.items.length === 0 &&
    schema.prefix.length === 0 &&
    schema.schemas.size === 0
  );
}

const bare = (schema: NormalSchema): readonly Part[] => schema.parts;
const branchesOf = (group: Group): readonly (readonly Part[])[] => group.branches.map((branch) => [branch]);

function compareKinds(pair: SchemaPair, before: Group, after: Group): void {
  if (before.kind === after.kind) return;
  // Where no value satisfies two alternatives, "any of" and "one of" say the same.
  const apart = disjoint(before.branches, pair.room.base) && disjoint(after.branches, pair.room.revision);
  if (apart) return;
  pair.note(after.kind === 'anyOf' ? 'one-of-became-any-of' : 'any-of-became-one-of', {
    base: before.node,
    revision: after.node,
  });
}

function disjoint(branches: readonly Part[], schemas: NormalSchemas): boolean {
  const seen = new Set<string>();
  for (const branch of branches) {
    const types = schemas.of([branch]).types?.value;
    if (!types) return false;
    for (const type of types) {
      const name = type === 'integer' ? 'number' : type;
      if (seen.has(name)) return false;
      seen.add(name);
    }
  }
  return true;
}

function matchBranches(
  pair: SchemaPair,
  before: readonly (readonly Part[])[],
  after: readonly (readonly Part[])[],
  base: ContractNode,
  revision: ContractNode,
): void {
  const { room, polarity } = pair;
  const left = [...before];
  const right = [...after];
  const settle = (alike: (one: readonly Part[], other: readonly Part[]) => boolean, differ: boolean): void => {
    for (const one of [...left]) {
      const other = right.find((candidate) => alike(one, candidate));
      if (!other) continue;
      left.splice(left.indexOf(one), 1);
      right.splice(right.indexOf(other), 1);
      if (differ) pair.below('', one, other);
    }
  };
  settle((one, other) => room.same(one, other), false);
  settle((one, other) => nameOf(one) !== undefined && nameOf(one) === nameOf(other), true);
  settle((one, other) => room.equivalent(one, other, polarity), true);
  settle((one, other) => nameOf(one) === undefined && nameOf(other) === undefined && resembles(pair, one, other), true);
  if (before.length === 1 || after.length === 1) settle((one, other) => resembles(pair, one, other), true);
  const lost = left.filter((one) => !after.some((other) => covers(pair, 'narrows', one, other)));
  const gained = right.filter((other) => !before.some((one) => covers(pair, 'widens', one, other)));
  const named = (branches: readonly (readonly Part[])[], schemas: NormalSchemas): string =>
    branches.map((branch) => labelOf(branch, schemas)).join(', ');
  const all = lost.length === before.length && gained.length === after.length && lost.length > 0 && gained.length > 0;
  if (all) {
    pair.note('alternatives-replaced', {
      base,
      revision,
      before: named(lost, room.base),
      after: named(gained, room.revision),
    });
    return;
  }
  const [gone, come] = [lost[0], gained[0]];
  // One that became another one where it stood is one edit.
  if (gone && come && lost.length === 1 && gained.length === 1 && before.indexOf(gone) === after.indexOf(come)) {
    pair.note('alternatives-replaced', {
      base: gone[0]!.node,
      revision: come[0]!.node,
      before: named([gone], room.base),
      after: named([come], room.revision),
    });
    return;
  }
  for (const branch of lost) {
    pair.note('alternative-removed', { base: branch[0]!.node, revision, before: named([branch], room.base) });
  }
  for (const branch of gained) {
    pair.note('alternative-added', { base, revision: branch[0]!.node, after: named([branch], room.revision) });
  }
}

/** Whether all that one of two alternatives accepts is accepted by the other: a lost one by one that is there, a new one by one that was. */
function covers(pair: SchemaPair, by: 'widens' | 'narrows', before: readonly Part[], after: readonly Part[]): boolean {
  const found = pair.room.pair(before, after, pair.polarity);
  const effects = [...pair.room.graph.effects(found)];
  const wanted = by === 'widens' ? 'narrows' : 'widens';
  return effects.every((effect) => effect === wanted);
}

/** Two alternatives that are probably one: the same types, and objects that share a property. */
function resembles(pair: SchemaPair, before: readonly Part[], after: readonly Part[]): boolean {
  const one = pair.room.base.of(before);
  const other = pair.room.revision.of(after);
  const types = [...(one.types?.value ?? [])].filter((type) => type !== 'null');
  const otherTypes = [...(other.types?.value ?? [])].filter((type) => type !== 'null');
  if (types.length !== otherTypes.length || types.some((type) => !otherTypes.includes(type))) return false;
  const names = one.propertyNames;
  if (names.length === 0 && other.propertyNames.length === 0) return true;
  return names.some((name) => other.propertyNames.includes(name));
}

/** The name under which an alternative is referred to. */
function nameOf(parts: readonly Part[]): string | undefined {
  const reference = parts.length === 1 ? referenceOf(parts[0]!.node)?.text : undefined;
  return reference?.slice(reference.lastIndexOf('/') + 1);
}

function labelOf(parts: readonly Part[], schemas: NormalSchemas): string {
  const name = nameOf(parts);
  if (name !== undefined) return `\`${name}\``;
  const schema = schemas.of(parts);
  const title = schema.annotations.get('title')?.text;
  if (title !== undefined) return `\`${title}\``;
  return schema.types ? [...schema.types.value].join(' or ') : 'without a name';
}

function compareNot(pair: SchemaPair): void {
  const before = pair.base.schemas.get('not');
  const after = pair.revision.schemas.get('not');
  if (!before && !after) return;
  if (!before) {
    pair.note('not-added', { revision: after![0]!.node });
    return;
  }
  if (!after) {
    pair.note('not-removed', { base: before[0]!.node });
    return;
  }
  const effects = pair.room.graph.effects(pair.room.pair(before, after, pair.polarity));
  if (effects.size === 0) return;
  const only = effects.size === 1 ? [...effects][0] : undefined;
  const id = only === 'widens' ? 'not-widened' : only === 'narrows' ? 'not-narrowed' : 'not-changed';
  pair.note(id, { base: before[0]!.node, revision: after[0]!.node });
}

function compareCondition(pair: SchemaPair): void {
  const { base, revision, room, polarity } = pair;
  const before = base.schemas.get('if');
  const after = revision.schemas.get('if');
  if (!before && !after) return;
  if (!before) {
    pair.note('condition-added', { revision: after![0]!.node });
    return;
  }
  if (!after) {
    pair.note('condition-removed', { base: before[0]!.node });
    return;
  }
  if (!room.equivalent(before, after, polarity)) {
    pair.note('condition-changed', { base: before[0]!.node, revision: after[0]!.node });
    return;
  }
  for (const keyword of ['then', 'else'] as const) {
    const had = base.schemas.get(keyword);
    const has = revision.schemas.get(keyword);
    if (had && has) pair.below('', had, has);
    else if (has) pair.note('condition-added', { revision: has[0]!.node });
    else if (had) pair.note('condition-removed', { base: had[0]!.node });
  }
}

function compareDiscriminators(pair: SchemaPair): void {
  const before = pair.base.annotations.get('discriminator');
  const after = pair.revision.annotations.get('discriminator');
  const nameBefore = before?.text ?? before?.string('propertyName');
  const nameAfter = after?.text ?? after?.string('propertyName');
  const where = {
    base: before ?? pair.base.node,
    revision: after ?? pair.revision.node,
    before: nameBefore,
    after: nameAfter,
  };
  if (nameBefore !== nameAfter) {
    pair.note(
      nameBefore === undefined
        ? 'discriminator-added'
        : nameAfter === undefined
          ? 'discriminator-removed'
          : 'discriminator-changed',
      where,
    );
  }
  const mapped = before?.get('mapping');
  const mappedNow = after?.get('mapping');
  if (!mapped || !mappedNow) return;
  for (const entry of mapped.entries()) {
    const now = mappedNow.get(entry.token);
    if (!now) pair.note('discriminator-mapping-removed', { base: entry, revision: mappedNow, before: entry.token });
    else if (targetOf(entry) !== targetOf(now)) {
      pair.note('discriminator-mapping-changed', { base: entry, revision: now, name: `\`${entry.token}\`` });
    }
  }
  for (const entry of mappedNow.entries()) {
    if (!mapped.get(entry.token)) {
      pair.note('discriminator-mapping-added', { base: mapped, revision: entry, after: entry.token });
    }
  }
}

/** The name that a mapping leads to, however the reference is written. */
const targetOf = (entry: ContractNode): string => (entry.text ?? '').replace(/^.*[/#]/, '');
