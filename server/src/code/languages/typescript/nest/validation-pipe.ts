// Owns `ValidationPipe`: its options, which parameters it checks, what it makes of them and how it refuses.
// It must not know how a DTO's decorators are read.

import type { Place } from '../../../../base/place.ts';
import { booleanShape, numberShape, union } from '../../../../shape/shape.ts';
import { join, members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { fieldsOf, isChecked, MappedClassData } from '../packages/class-validator/fields.ts';
import { schemaOfDto, type ValidationRules } from '../packages/class-validator/schema.ts';
import { check, mayThrow } from '../packages/validators/check.ts';
import { resultOf } from '../packages/validators/results.ts';
import { schemaOf } from '../packages/validators/schema.ts';
import { siteAt } from '../sites.ts';
import {
  type Cell,
  isEmpty,
  numberOf,
  objectOf,
  someBoolean,
  someNumber,
  someString,
  truth,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { exceptionOfStatus } from './exceptions.ts';
import type { ArgumentMetadata, BuiltInPipe } from './pipes.ts';

/** Checks a parameter as the pipe would, and gives what the handler is handed. */
export function validateWith(m: Machine, pipe: BuiltInPipe, value: Value, metadata: ArgumentMetadata): Value {
  const options = pipe.args.find((arg) => arg.kind === 'object' || arg.kind === 'native');
  const schemaPipe = pipe.name === 'ZodValidationPipe';
  const own = schemaOf(options);
  const rules = rulesOf(m, options, pipe.place);
  const expected = options?.kind === 'object' ? m.get(options, 'expectedType', pipe.place) : undefinedValue;
  const target = schemaPipe && own ? options : expected.kind === 'class' ? expected : metadata.metatype;
  if (metadata.type === 'custom' && !flag(m, options, 'validateCustomDecorators', pipe.place)) return value;
  if (!target) return rules.transforms ? primitive(value, metadata) : value;
  const described = schemaOf(target) ?? (target.kind === 'class' ? schemaOf(target.parent) : undefined);
  const isDto = target.kind === 'class' || (target.kind === 'native' && target.data instanceof MappedClassData);
  if (!described && (schemaPipe || !isDto || !isChecked(fieldsOf(m, target)))) return value;
  // The class-validator of an ordinary pipe knows nothing of a schema.
  if (described && !schemaPipe) return value;
  const schema = described ?? schemaOfDto(m, target, rules);
  const { place } = metadata;
  const met = check(m, schema, value, schema.place ?? place);
  mayThrow(m, met, failureOf(m, options, place), place);
  const whole = resultOf(m, schema);
  const given = metadata.type === 'query' || metadata.type === 'param' ? withoutNulls(m, whole) : whole;
  if (given.kind === 'object' && rules.transforms && target.kind === 'class') return { ...given, cls: target };
  return given;
}

/** What a query or a path holds are texts, which are never null, whatever a check would let pass. */
function withoutNulls(m: Machine, value: Value): Value {
  if (value.kind !== 'object') return value;
  const props = [...value.props].map(([key, cell]): [string, Cell] => [
    key,
    { value: undefined, lazy: () => presentOf(m.force(cell)) },
  ]);
  return { ...value, props: new Map(props) };
}

function presentOf(value: Value): Value {
  if (value.kind === 'union') {
    const kept = value.members.filter((member) => member.kind !== 'literal' || member.value !== null);
    return kept.length === 0 ? value : join(kept.map(presentOf));
  }
  if (value.kind !== 'unknown' || value.shape?.kind !== 'union') return value;
  const kept = value.shape.members.filter((member) => member.kind !== 'null');
  return kept.length === 0 ? value : { ...value, shape: union(kept) };
}

function rulesOf(m: Machine, options: Value | undefined, place: Place): ValidationRules {
  const transform = options?.kind === 'object' ? m.get(options, 'transformOptions', place) : undefinedValue;
  const skipsAll = flag(m, options, 'skipMissingProperties', place);
  return {
    whitelist: flag(m, options, 'whitelist', place),
    forbidsUnknown: flag(m, options, 'forbidNonWhitelisted', place),
    transforms: flag(m, options, 'transform', place),
    converts: transform.kind === 'object' && flag(m, transform, 'enableImplicitConversion', place),
    skips: {
      undefined: skipsAll || flag(m, options, 'skipUndefinedProperties', place),
      null: skipsAll || flag(m, options, 'skipNullProperties', place),
    },
    groups: false,
  };
}

function flag(m: Machine, options: Value | undefined, key: string, place: Place): boolean {
  return options?.kind === 'object' && truth(m.get(options, key, place)) === true;
}

/** What the pipe answers: a list of messages with its status, or what the code's own factory makes. */
function failureOf(m: Machine, options: Value | undefined, place: Place): Value {
  const get = (key: string): Value => (options?.kind === 'object' ? m.get(options, key, place) : undefinedValue);
  const factory = get('exceptionFactory');
  if (!isEmpty(factory)) return m.call(factory, siteAt(m, place, [validationErrors(place)]));
  const status = numberOf(get('errorHttpStatusCode')) ?? 400;
  const messages: Value = { kind: 'array', items: [], rest: someString() };
  return exceptionOfStatus(m, status, truth(get('disableErrorMessages')) === true ? undefined : messages, place);
}

/** The errors that a factory is given. */
function validationErrors(place: Place): Value {
  const error = objectOf({ property: someString(), constraints: unknown('spread-or-any', place) }, place);
  error.open = { reason: 'spread-or-any', place };
  return { kind: 'array', items: [], rest: error };
}

/** With `transform` a text for a number or boolean parameter is converted, and refused by nobody. */
function primitive(value: Value, metadata: ArgumentMetadata): Value {
  if (metadata.piped || metadata.data === undefined || (metadata.type !== 'query' && metadata.type !== 'param'))
    return value;
  if (metadata.primitive !== 'number' && metadata.primitive !== 'boolean') return value;
  const results = members(value).map((member): Value => {
    if (member.kind !== 'input') return member;
    const isNumber = metadata.primitive === 'number';
    member.sink.convert(member, isNumber ? numberShape() : booleanShape(), metadata.place);
    return isNumber ? join([someNumber(), undefinedValue]) : join([someBoolean(), undefinedValue]);
  });
  return join(results);
}
