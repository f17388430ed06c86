// Owns pipes: the values that handlers' parameters become, through the framework's pipes and through those of the workspace.
// It must not know which pipes a parameter has.

import type { Place } from '../../../../base/place.ts';
import {
  arrayShape,
  booleanShape,
  numberShape,
  type Shape,
  stringShape,
  union,
  unknownShape,
} from '../../../../shape/shape.ts';
import { join, members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { demand } from '../packages/validators/check.ts';
import { constantOf } from '../packages/validators/constants.ts';
import { siteAt } from '../sites.ts';
import {
  type CallSite,
  isEmpty,
  literal,
  type Model,
  native,
  numberOf,
  shaped,
  someBoolean,
  someNumber,
  someString,
  truth,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { exceptionOfStatus } from './exceptions.ts';
import { lastOf } from './observables.ts';
import { callOn, collectorOf, instanceFor, mayThrow, type Scene } from './scene.ts';
import { validateWith } from './validation-pipe.ts';

/** What a pipe is told of the parameter. */
export interface ArgumentMetadata {
  readonly type: 'body' | 'query' | 'param' | 'custom';
  readonly data?: string;
  /** The class of the declared type, or the name of a primitive. */
  readonly metatype?: Value;
  readonly primitive?: 'number' | 'boolean' | 'string';
  readonly place: Place;
  /** Pipes of its own follow, which see what the request holds. */
  readonly piped: boolean;
  readonly scene: Scene;
}

/** One of the framework's pipes with its options. */
export interface BuiltInPipe {
  readonly name: string;
  readonly args: readonly Value[];
  readonly place: Place;
}

const pipeModel: Model = {
  name: 'pipe',
  method(m, self, key, site) {
    if (key !== 'transform') return key === '[escape]' ? undefinedValue : undefined;
    const metadata = site.args[1];
    const told = metadata?.kind === 'native' ? (metadata.data as ArgumentMetadata) : undefined;
    const [value] = site.args;
    if (!told || !value) return unknown('spread-or-any', site.place);
    return transform(m, self.data as BuiltInPipe, value, told);
  },
};

/** `new ParseIntPipe({ … })`. */
export const builtInPipe = (name: string, site: CallSite): Value =>
  native(pipeModel, { name, args: site.args, place: site.place } satisfies BuiltInPipe, site.place);

const pipeNames =
  /^(Parse(Int|Float|Bool|UUID|Enum|Array|File|Date)Pipe|DefaultValuePipe|ValidationPipe|ZodValidationPipe|I18nValidationPipe)$/;

export const isPipeName = (name: string): boolean => pipeNames.test(name);

const metadataModel: Model = {
  name: 'argument metadata',
  get(m, self, key) {
    const { type, data, metatype, primitive } = self.data as ArgumentMetadata;
    if (key === 'type') return literal(type);
    if (key === 'data') return data === undefined ? undefinedValue : literal(data);
    if (key !== 'metatype') return undefinedValue;
    if (metatype) return metatype;
    const made = primitive && m.globals.cells.get(primitive.charAt(0).toUpperCase() + primitive.slice(1));
    return made ? m.force(made) : undefinedValue;
  },
};

/** Runs one pipe over a value. */
export function runPipe(pipe: Value, value: Value, metadata: ArgumentMetadata, place: Place): Value {
  const { scene } = metadata;
  const { m } = scene;
  const instance = instanceFor(scene, pipe);
  if (instance.kind !== 'object' && instance.kind !== 'native') {
    collectorOf(scene).openExits('framework-unmodelled', place);
    for (const member of members(value))
      if (member.kind === 'input') member.sink.escape(member, 'spread-or-any', place);
    return unknown('spread-or-any', place);
  }
  return lastOf(m, callOn(m, instance, 'transform', [value, native(metadataModel, metadata)], place));
}

function transform(m: Machine, pipe: BuiltInPipe, value: Value, metadata: ArgumentMetadata): Value {
  const [first] = pipe.args;
  switch (pipe.name) {
    case 'ValidationPipe':
    case 'I18nValidationPipe':
    case 'ZodValidationPipe':
      return validateWith(m, pipe, value, metadata);
    case 'DefaultValuePipe':
      return withDefault(m, value, first ?? undefinedValue, metadata.place);
    case 'ParseFilePipe':
      return parsed(
        m,
        pipe,
        value,
        metadata,
        unknownShape(),
        unknown('spread-or-any', metadata.place),
        requiresFile(m, pipe),
      );
    case 'ParseIntPipe':
      return parsed(m, pipe, value, metadata, numberShape(pipe.place, { integer: true }), someNumber(true));
    case 'ParseFloatPipe':
      return parsed(m, pipe, value, metadata, numberShape(pipe.place), someNumber());
    case 'ParseBoolPipe':
      return parsed(m, pipe, value, metadata, booleanShape(pipe.place), someBoolean());
    case 'ParseUUIDPipe': {
      const shape = stringShape(pipe.place, { format: 'uuid' });
      return parsed(m, pipe, value, metadata, shape, shaped(shape));
    }
    case 'ParseDatePipe':
      return parsed(
        m,
        pipe,
        value,
        metadata,
        stringShape(pipe.place),
        shaped(stringShape(pipe.place, { format: 'date-time' })),
      );
    case 'ParseEnumPipe': {
      const shape = enumOf(m, first, pipe.place);
      return parsed(m, pipe, value, metadata, shape, shaped(shape));
    }
    case 'ParseArrayPipe':
      return parseArray(m, pipe, value, metadata);
    default:
      return value;
  }
}

/** A constant stands in where the value is undefined or null. */
function withDefault(m: Machine, value: Value, fallback: Value, place: Place): Value {
  const results: Value[] = [fallback];
  for (const member of members(value)) {
    if (isEmpty(member)) continue;
    if (member.kind === 'input') {
      member.sink.defaultTo(member, constantOf(m, fallback)?.value, place);
      results.push({ ...member, defaulted: true });
    } else results.push(member);
  }
  return join(results);
}

/** What a pipe converts or refuses. */
function parsed(
  m: Machine,
  pipe: BuiltInPipe,
  value: Value,
  metadata: ArgumentMetadata,
  shape: Shape,
  result: Value,
  demands = !isOptionalPipe(m, pipe),
): Value {
  const { place } = metadata;
  const results: Value[] = [];
  let fails = false;
  for (const member of members(value)) {
    if (member.kind === 'literal') {
      if (isEmpty(member) && demands) fails = true;
      else results.push(member);
      continue;
    }
    if (member.kind === 'input') {
      if (shape.kind !== 'unknown') member.sink.validate(member, shape, member.place);
      else member.sink.read(member, member.place);
      if (demands && !member.defaulted) demand(member, member.place);
      else if (!demands) member.sink.defaultTo(member, undefined, place);
    }
    fails = true;
    results.push(result);
    if (!demands) results.push(undefinedValue);
  }
  if (fails) mayThrow(m, failureOf(m, pipe, place), place);
  return results.length > 0 ? join(results) : result;
}

function option(m: Machine, pipe: BuiltInPipe, key: string): Value {
  const options = pipe.args.findLast(
    (arg) => arg.kind === 'object' && (pipe.name !== 'ParseEnumPipe' || arg !== pipe.args[0]),
  );
  return options ? m.get(options, key, pipe.place) : undefinedValue;
}

const isOptionalPipe = (m: Machine, pipe: BuiltInPipe): boolean => truth(option(m, pipe, 'optional')) === true;
const requiresFile = (m: Machine, pipe: BuiltInPipe): boolean =>
  truth(option(m, pipe, 'fileIsRequired')) !== false || isEmpty(option(m, pipe, 'fileIsRequired'));

/** The exception of a pipe that refuses. */
export function failureOf(m: Machine, pipe: BuiltInPipe, place: Place): Value {
  const factory = option(m, pipe, 'exceptionFactory');
  if (!isEmpty(factory)) return m.call(factory, siteAt(m, place, [someString()]));
  return exceptionOfStatus(m, numberOf(option(m, pipe, 'errorHttpStatusCode')) ?? 400, someString(), place);
}

function enumOf(m: Machine, value: Value | undefined, place: Place): Shape {
  const cells = value?.kind === 'object' && !value.open ? [...value.props.values()].map((cell) => m.force(cell)) : [];
  const texts = cells.flatMap((cell) =>
    cell.kind === 'literal' && typeof cell.value === 'string' ? [cell.value] : [],
  );
  const numbers = cells.flatMap((cell) =>
    cell.kind === 'literal' && typeof cell.value === 'number' ? [cell.value] : [],
  );
  if (cells.length === 0 || texts.length + numbers.length < cells.length) return unknownShape('spread-or-any', place);
  return union(
    [
      ...(texts.length > 0 ? [stringShape(place, { values: texts })] : []),
      ...(numbers.length > 0 ? [numberShape(place, { values: numbers, integer: true })] : []),
    ],
    place,
  );
}

/** `ParseArrayPipe` splits texts and checks each item. */
function parseArray(m: Machine, pipe: BuiltInPipe, value: Value, metadata: ArgumentMetadata): Value {
  const items = option(m, pipe, 'items');
  const name =
    items.kind === 'external' || items.kind === 'native'
      ? items.kind === 'native'
        ? items.model.name
        : items.path.at(-1)
      : undefined;
  const item: Shape =
    items.kind === 'class'
      ? m.types.classShape(items)
      : name === 'Number'
        ? numberShape(pipe.place)
        : name === 'Boolean'
          ? booleanShape(pipe.place)
          : isEmpty(items) || name === 'String'
            ? unknownShape('spread-or-any', pipe.place)
            : unknownShape('spread-or-any', pipe.place);
  const result: Value = { kind: 'array', items: [], rest: shaped(item, true) };
  return parsed(m, pipe, value, metadata, arrayShape(item, pipe.place), result);
}
