// Owns the schema of a DTO class: what its decorators of class-validator and class-transformer take from a request, and what they make of it.
// It must not know pipes or routes.

import ts from 'typescript';
import {
  booleanShape,
  nullShape,
  numberShape,
  type Shape,
  stringShape,
  union,
  unknownShape,
} from '../../../../../shape/shape.ts';
import type { Machine } from '../../machine.ts';
import type { Note } from '../../nest/notes.ts';
import { resolveName } from '../../type-names.ts';
import { type CallSite, objectOf, someString, textOf, truth, unknown, type Value } from '../../value.ts';
import { constantOf } from '../validators/constants.ts';
import { type Coercion, type Schema, type SchemaField, scalar, schemaOf, unknownSchema } from '../validators/schema.ts';
import { addDemand, type Demands, silent } from './constraints.ts';
import { type DtoField, fieldsOf } from './fields.ts';

/** How a pipe validates. */
export interface ValidationRules {
  readonly whitelist: boolean;
  readonly forbidsUnknown: boolean;
  readonly transforms: boolean;
  /** Values are turned into the declared types of their fields first. */
  readonly converts: boolean;
  /** What is missing is not checked. */
  readonly skips: { readonly undefined: boolean; readonly null: boolean };
  /** Where initial values of fields stand in for what is missing. */
  readonly groups: boolean;
}

/** The schema of a DTO class or a mapped type. */
export function schemaOfDto(m: Machine, dto: Value, rules: ValidationRules, depth = 0): Schema {
  const place = dto.kind === 'class' ? { ...fileOf(dto) } : dto.kind === 'native' ? dto.place : undefined;
  const described = schemaOf(dto) ?? (dto.kind === 'class' ? schemaOf(dto.parent) : undefined);
  if (described) return described;
  if (depth > 8) return unknownSchema('type nesting', place);
  const { fields, open } = fieldsOf(m, dto);
  const entries = new Map<string, SchemaField>();
  for (const field of fields.values()) {
    if (has(field, 'Exclude') && !has(field, 'Expose')) continue;
    if (!isKept(field, rules)) continue;
    entries.set(inputName(m, field), { schema: schemaOfField(m, field, rules, depth), origin: field.place });
  }
  return {
    body: {
      kind: 'object',
      fields: entries,
      additional: open ? 'unknown' : rules.whitelist && rules.forbidsUnknown ? 'none' : 'allowed',
      strips: rules.whitelist && !open,
      reason: open ? 'unresolved-import' : undefined,
    },
    place,
    optional: false,
  };
}

function fileOf(dto: Value & { kind: 'class' }): { file: string; start: number; end: number } {
  const node = dto.node.name ?? dto.node;
  const source = node.getSourceFile();
  return { file: source.fileName, start: node.getStart(source), end: node.end };
}

const has = (field: DtoField, name: string): boolean => field.notes.some((note) => note.name === name);

/** A field without any decorator of the validator is dropped, or refused, where only known fields are let through. */
function isKept(field: DtoField, rules: ValidationRules): boolean {
  if (!rules.whitelist || field.lost) return true;
  return field.notes.some((note) => note.package === 'class-validator');
}

/** `@Expose({ name })` reads another key of the input. */
function inputName(m: Machine, field: DtoField): string {
  const options = field.notes.find((note) => note.name === 'Expose')?.args[0];
  const name = options?.kind === 'object' ? textOf(m.get(options, 'name', field.place)) : undefined;
  return name ?? field.name;
}

function optionsOf(note: Note): Value | undefined {
  const last = note.args.at(-1);
  return last?.kind === 'object' ? last : undefined;
}

function isEach(m: Machine, note: Note): boolean {
  const options = optionsOf(note);
  return options !== undefined && truth(m.get(options, 'each', note.place)) === true;
}

/** A check that applies to some groups only says nothing of a request, which names none. */
function isGrouped(m: Machine, note: Note): boolean {
  const options = optionsOf(note);
  if (options === undefined) return false;
  const groups = m.get(options, 'groups', note.place);
  return groups.kind === 'array' && groups.items.length > 0;
}

function schemaOfField(m: Machine, field: DtoField, rules: ValidationRules, depth: number): Schema {
  const own: Demands = {};
  const items: Demands = {};
  let refined = false;
  let checked = false;
  let sure = false;
  let each = false;
  for (const note of [...field.notes].reverse()) {
    if (note.package !== 'class-validator' || silent.has(note.name)) continue;
    checked = true;
    if (isGrouped(m, note)) {
      refined = true;
      continue;
    }
    const inEach = isEach(m, note);
    if (inEach) each = true;
    if (addDemand(m, inEach ? items : own, note)) sure = true;
    else refined = true;
  }
  const nested = field.notes.find((note) => note.name === 'ValidateNested');
  const nestedEach = nested !== undefined && isEach(m, nested);
  const conditional = has(field, 'ValidateIf');
  const absent = optionalityOf(field, rules, { checked, sure, conditional });
  const inner = bodyOfField(
    m,
    field,
    rules,
    { own, items, each: each || nestedEach, nested: nested !== undefined },
    depth,
  );
  const optional = has(field, 'IsOptional') || field.partial === true;
  const fallback = fallbackOf(m, field, rules);
  const transformed = transformOf(m, field, inner);
  return {
    ...transformed,
    place: field.place,
    optional: absent,
    nullable:
      optional ||
      rules.skips.null ||
      (conditional || (!checked && nested === undefined) ? undefined : transformed.nullable),
    refined: refined || conditional || own.refined || items.refined || transformed.refined,
    ...(fallback ? { fallback } : {}),
    ...(conditional || field.lost
      ? { body: { kind: 'unknown', reason: 'a condition decides whether it is checked' } as const }
      : {}),
  };
}

/** Whether absence passes: `IsOptional` lets it, a check that knows its kind refuses it, a function of the code may do either. */
function optionalityOf(
  field: DtoField,
  rules: ValidationRules,
  found: { readonly checked: boolean; readonly sure: boolean; readonly conditional: boolean },
): boolean | undefined {
  if (has(field, 'IsOptional') || field.partial || rules.skips.undefined) return true;
  // An instance begins with the initial values of its fields, so that they are there when it is checked.
  if (field.initializer) return true;
  if (found.conditional || field.lost) return undefined;
  if (has(field, 'IsDefined') || found.sure) return false;
  if (found.checked) return undefined;
  return true;
}

function fallbackOf(m: Machine, field: DtoField, rules: ValidationRules): Schema['fallback'] {
  if (!field.initializer || !rules.transforms) return undefined;
  const value = m.apart(() => constantOf(m, m.evaluate(field.initializer!, field.frame)));
  return value && value.value !== undefined ? { value: value.value } : {};
}

interface Gathered {
  readonly own: Demands;
  readonly items: Demands;
  readonly each: boolean;
  readonly nested: boolean;
}

function bodyOfField(m: Machine, field: DtoField, rules: ValidationRules, found: Gathered, depth: number): Schema {
  const { own, items, each, nested } = found;
  const typed = typeNote(m, field, rules);
  const target = typed && !('coerces' in typed) ? typed.dto : undefined;
  const inside = (): Schema =>
    target
      ? {
          body: { kind: 'lazy', resolve: lazily(() => schemaOfDto(m, target, rules, depth + 1)) },
          optional: false,
          place: field.place,
        }
      : looseObject(field);
  const coerces = typed && 'coerces' in typed ? typed.coerces : undefined;
  if (own.kind === 'array' || each) {
    const item = nested ? inside() : { ...scalarOf(items, field), ...(coerces ? { coerces } : {}) };
    return {
      body: {
        kind: 'array',
        items: item,
        minItems: own.minItems,
        maxItems: own.maxItems,
        uniqueItems: own.uniqueItems,
        // Without `IsArray` a single value passes for a list of one.
        single: own.kind !== 'array',
      },
      optional: false,
    };
  }
  if (nested) return inside();
  if (own.kind === 'object') return looseObject(field);
  return { ...scalarOf(own, field), ...(coerces ? { coerces } : {}) };
}

function lazily(read: () => Schema): () => Schema {
  let known: Schema | undefined;
  return () => (known ??= read());
}

const looseObject = (field: DtoField): Schema => ({
  body: { kind: 'record', values: unknownSchema('spread-or-any', field.place) },
  place: field.place,
  optional: false,
});

/** `@Type(() => X)`, and with implicit conversion the declared type. */
function typeNote(
  m: Machine,
  field: DtoField,
  rules: ValidationRules,
): { dto: Value } | { coerces: Coercion } | undefined {
  const note = field.notes.find((one) => one.name === 'Type' && one.package === 'class-transformer');
  if (note) {
    const [fn, options] = note.args;
    // A discriminator chooses among several classes.
    if (options?.kind === 'object' && options.props.has('discriminator')) return undefined;
    const value = fn ? m.apart(() => m.call(fn, siteAt(m, note))) : unknown('spread-or-any');
    if (value.kind === 'class' || value.kind === 'native') {
      const name = value.kind === 'native' ? value.model.name : '';
      const coercion = coercionNamed(name);
      return coercion ? { coerces: coercion } : { dto: value };
    }
    const named = fn?.kind === 'function' && fn.node.body && ts.isIdentifier(fn.node.body) ? fn.node.body.text : '';
    const coercion = coercionNamed(named);
    return coercion && { coerces: coercion };
  }
  if (!rules.converts || !field.type) return undefined;
  const coercion = coercionOfType(field.type);
  if (coercion) return { coerces: coercion };
  if (!ts.isTypeReferenceNode(field.type)) return undefined;
  const named = resolveName(m, field.type.typeName, field.frame);
  return named?.kind === 'class' ? { dto: named.cls } : undefined;
}

const coercionNamed = (name: string): Coercion | undefined =>
  name === 'Number'
    ? 'number'
    : name === 'Boolean'
      ? 'boolean'
      : name === 'String'
        ? 'string'
        : name === 'Date'
          ? 'date'
          : undefined;

function coercionOfType(node: ts.TypeNode): Coercion | undefined {
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword:
      return 'string';
    case ts.SyntaxKind.NumberKeyword:
      return 'number';
    case ts.SyntaxKind.BooleanKeyword:
      return 'boolean';
    default:
      return ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) && node.typeName.text === 'Date'
        ? 'date'
        : undefined;
  }
}

const siteAt = (m: Machine, note: Note, args: readonly Value[] = []): CallSite => ({
  args,
  open: false,
  place: note.place,
  argPlaces: args.map(() => note.place),
  namePlace: note.place,
  frame: m.globals,
});

/** `@Transform(fn)`: the function sees the input first. */
function transformOf(m: Machine, field: DtoField, inner: Schema): Schema {
  const note = field.notes.find((one) => one.name === 'Transform');
  const fn = note?.args[0];
  if (!note || !fn) return inner;
  const given = (): Value =>
    m.apart(() =>
      m.call(
        fn,
        siteAt(m, note, [objectOf({ value: someString(), obj: unknown('spread-or-any'), key: someString() })]),
      ),
    );
  return { body: { kind: 'prepared', inner, given }, optional: inner.optional, place: inner.place };
}

function scalarOf(demands: Demands, field: DtoField): Schema {
  const { place } = field;
  const refined = demands.refined === true;
  switch (demands.kind) {
    case 'string': {
      const { format, pattern, minLength, maxLength } = demands;
      const values = demands.values?.filter((value): value is string => typeof value === 'string');
      const shape = stringShape(place, defined({ format, pattern, minLength, maxLength, values }));
      return scalar(shape, place, { refined });
    }
    case 'number':
    case 'integer': {
      const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = demands;
      const facts = defined({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf });
      return scalar(numberShape(place, { integer: demands.kind === 'integer', ...facts }), place, { refined });
    }
    case 'boolean':
      return scalar(booleanShape(place), place, { refined });
    case 'date':
      // Only a conversion makes a date of what JSON holds.
      return scalar(stringShape(place, { format: 'date-time' }), place, { refined, coerces: 'date' });
    case 'constants':
      return constants(demands.values, field);
    default:
      return unknownSchema('spread-or-any', place);
  }
}

function constants(values: Demands['values'], field: DtoField): Schema {
  const { place } = field;
  if (!values) return unknownSchema('spread-or-any', place);
  const texts = values.filter((value): value is string => typeof value === 'string');
  const numbers = values.filter((value): value is number => typeof value === 'number');
  const options: Shape[] = [
    ...(texts.length > 0 ? [stringShape(place, { values: texts })] : []),
    ...(numbers.length > 0 ? [numberShape(place, { values: numbers, integer: numbers.every(Number.isInteger) })] : []),
    ...values.flatMap((value) => (typeof value === 'boolean' ? [booleanShape(place, value)] : [])),
    ...(values.includes(null) ? [nullShape(place)] : []),
  ];
  const shape = union(options, place);
  if (shape.kind === 'string' || shape.kind === 'number' || shape.kind === 'boolean') return scalar(shape, place);
  return options.length === 0
    ? unknownSchema('spread-or-any', place)
    : scalar(unknownShape('spread-or-any', place), place, { also: shape });
}

function defined<T extends object>(facts: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
