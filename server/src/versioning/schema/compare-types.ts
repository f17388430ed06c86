// Owns the comparison of types, nullability and listed values. It must not know the keywords of single types.

import type { SchemaPair } from './compare-schemas.ts';
import { shown, shownList } from './compare-schemas.ts';
import { allows, type NormalSchema, type TypeName } from './normal.ts';

const all: readonly TypeName[] = ['boolean', 'object', 'array', 'number', 'string'];

/** Notes what differs in types and values, and gives the types that both sides allow: only their keywords are compared. */
export function compareTypes(pair: SchemaPair): ReadonlySet<TypeName> {
  const { base, revision } = pair;
  const before = typesOf(base);
  const after = typesOf(revision);
  const common = new Set([...before, ...after].filter((type) => overlaps(before, type) && overlaps(after, type)));
  if (common.has('integer')) common.add('number');
  if (base.values && revision.values) {
    // A listed value that its own type rules out is allowed in name only.
    const possible = ruledOut(base) === ruledOut(revision);
    if (!possible) compareTypeNames(pair, before, after);
    compareValues(pair, base.values.value, revision.values.value);
  } else {
    compareTypeNames(pair, before, after);
    // Constants of another type are that difference, not a second one.
    const overlapping = common.size > 0 || before.size === 0 || after.size === 0;
    if (revision.values && overlapping) {
      pair.note('enum-added', { revision: revision.values.node, after: list(revision.values.value) });
    } else if (base.values && overlapping) {
      pair.note('enum-removed', { base: base.values.node, before: list(base.values.value) });
    }
  }
  const nullBefore = takesNull(base);
  const nullAfter = takesNull(revision);
  const stated = base.types !== undefined || base.values !== undefined;
  const stillStated = revision.types !== undefined || revision.values !== undefined;
  if (stated && stillStated && before.size > 0 && after.size > 0 && nullBefore !== nullAfter) {
    const where = { base: (base.types ?? base.values)?.node, revision: (revision.types ?? revision.values)?.node };
    pair.note(nullAfter ? 'became-nullable' : 'became-not-nullable', where);
  }
  return common;
}

function compareTypeNames(pair: SchemaPair, before: ReadonlySet<TypeName>, after: ReadonlySet<TypeName>): void {
  const { base, revision } = pair;
  const what = {
    base: base.types?.node ?? base.node,
    revision: revision.types?.node ?? revision.node,
    before: named(base),
    after: named(revision),
  };
  const wider = [...before].every((type) => allows(after, type));
  const narrower = [...after].every((type) => allows(before, type));
  if (wider && narrower) {
    if (base.types?.implied !== revision.types?.implied) pair.note('type-stated', what);
  } else if (wider) pair.note('type-widened', what);
  else if (narrower) pair.note('type-narrowed', what);
  else pair.note('type-changed', what);
}

type Values = NonNullable<NormalSchema['values']>['value'];

function compareValues(pair: SchemaPair, before: Values, after: Values): void {
  const plain = (values: Values): string[] => [...values.keys()].filter((key) => key !== 'null');
  const removed = plain(before).filter((key) => !after.has(key));
  const added = plain(after).filter((key) => !before.has(key));
  const { base, revision } = pair;
  const where = { base: base.values?.node, revision: revision.values?.node };
  if (
    removed.length === plain(before).length &&
    added.length === plain(after).length &&
    removed.length > 0 &&
    added.length > 0
  ) {
    const single = removed.length === 1 && added.length === 1;
    pair.note(single ? 'const-changed' : 'enum-replaced', { ...where, before: list(before), after: list(after) });
    return;
  }
  if (added.length > 0) {
    const values = added.map((key) => after.get(key)!);
    const revisionNode = added.length === 1 ? values[0]!.node : where.revision;
    pair.note('enum-value-added', {
      base: where.base,
      revision: revisionNode,
      after: shownList(values.map((one) => one.value)),
    });
  }
  if (removed.length > 0) {
    const values = removed.map((key) => before.get(key)!);
    const baseNode = removed.length === 1 ? values[0]!.node : where.base;
    pair.note('enum-value-removed', {
      base: baseNode,
      revision: where.revision,
      before: shownList(values.map((one) => one.value)),
    });
  }
}

/** The types without null; from the listed values, where nothing else says so. */
function typesOf(schema: NormalSchema): ReadonlySet<TypeName> {
  const types = schema.types?.value ?? (schema.values ? typesOfValues(schema.values.value) : new Set(all));
  return new Set([...types].filter((type) => type !== 'null'));
}

const typesOfValues = (values: Values): Set<TypeName> =>
  new Set([...values.values()].map(({ value }) => typeOfValue(value)));

function typeOfValue(value: unknown): TypeName {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'string' ? 'string' : typeof value === 'boolean' ? 'boolean' : 'object';
}

/** The listed values that the stated type refuses, as one text. */
function ruledOut({ types, values }: NormalSchema): string {
  if (!types || types.implied || !values) return '';
  const refused = [...values.value].filter(
    ([, { value }]) => value !== null && !allows(types.value, typeOfValue(value)),
  );
  return refused.map(([key]) => key).join('\n');
}

const overlaps = (types: ReadonlySet<TypeName>, type: TypeName): boolean =>
  allows(types, type) || (type === 'number' && types.has('integer'));

const takesNull = (schema: NormalSchema): boolean =>
  (schema.types?.value.has('null') ?? true) && (schema.values?.value.has('null') ?? true);

const list = (values: Values): string => shownList([...values.values()].map((one) => one.value));

function named(schema: NormalSchema): string {
  if (!schema.types) return schema.values ? list(schema.values.value) : 'any type';
  const names = [...schema.types.value].filter((type) => type !== 'null');
  return names.length === 0 ? 'null' : names.map((name) => shown(name).slice(1, -1)).join(' or ');
}
