// Owns the arguments of a controller's method: which part of the request each is, what tsoa checks of it, and the answers that it is handed.
// It must not know paths or what becomes of the method's result.

import ts from 'typescript';
import type { Place } from '../../../../base/place.ts';
import {
  booleanShape,
  numberShape,
  objectShape,
  resolveShape,
  type Shape,
  stringShape,
} from '../../../../shape/shape.ts';
import type { ReadLocation } from '../../../model.ts';
import { CurrentSink } from '../current-sink.ts';
import { namedInput, sentInput, wholeInput } from '../inputs.ts';
import type { Machine } from '../machine.ts';
import { placeOf } from '../module.ts';
import { type Note, notesOf } from '../nest/notes.ts';
import {
  type CallSite,
  type InputValue,
  literal,
  type NativeValue,
  nativeFunction,
  shaped,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { answered, answerWith } from './answer.ts';
import { type Action, isOwn } from './controllers.ts';
import { validateError } from './errors.ts';

const locations: Readonly<Record<string, ReadLocation>> = {
  Path: 'path',
  Query: 'query',
  Header: 'header',
  BodyProp: 'body',
  FormField: 'form',
};

/** The request and response that an action runs with. */
export interface Meeting {
  readonly sink: CurrentSink;
  readonly request: NativeValue;
  readonly response: NativeValue;
  readonly site: CallSite;
  /** Whether fields that a type does not name are refused. */
  readonly strict: boolean;
}

/** The arguments of one call, in order. */
export function argumentsOf(m: Machine, action: Action, meeting: Meeting): readonly Value[] {
  return action.method.parameters.map((parameter) => {
    const note = notesOf(m, parameter, action.frame).list.findLast(isOwn);
    return argumentOf(m, action, parameter, note, meeting);
  });
}

function argumentOf(
  m: Machine,
  action: Action,
  parameter: ts.ParameterDeclaration,
  note: Note | undefined,
  meeting: Meeting,
): Value {
  const place = placeOf(parameter);
  const shape = parameter.type ? m.types.shapeOf({ node: parameter.type, frame: action.frame }) : undefined;
  const own = ts.isIdentifier(parameter.name) ? parameter.name.text : '';
  const { sink } = meeting;
  switch (note?.name) {
    case 'Request':
      return meeting.request;
    case 'Res':
      return responder(meeting);
    case 'Body': {
      const input = wholeInput(sink, 'body', place);
      if (isChecked(shape)) refuse(m, place);
      if (meeting.strict && shape && parameter.type) sink.declare(input, closedShape(shape), placeOf(parameter.type));
      return input;
    }
    case 'Queries': {
      const input = wholeInput(sink, 'query', place);
      return readAll(m, input, shape, place);
    }
    case 'UploadedFile':
    case 'UploadedFiles':
      namedInput(sink, 'form', textOf(note.args[0]) ?? own, place);
      return unknown('spread-or-any', place);
    case 'Inject':
      return unknown('dependency-injection', place);
    default: {
      const location = note ? locations[note.name] : 'path';
      if (!location) return unknown('dependency-injection', place);
      const name = textOf(note?.args[0]) ?? own;
      const at = note?.argPlaces[0] ?? place;
      return named(m, sentInput(sink, location, name, at), parameter, shape, place, sink);
    }
  }
}

/** Whoever leaves it out is refused before the method is called. */
function demand(sink: CurrentSink, input: InputValue, place: Place): void {
  sink.target.requiredAt([input], place);
  // A fallback behind the check is never taken.
  sink.target.demandSomewhere(input.name, [input.in]);
}

/** Whether a type allows `undefined`: that goes before the check that a parameter is there. */
const mayBeUndefined = (type: ts.TypeNode | undefined): boolean =>
  type !== undefined &&
  ts.isUnionTypeNode(type) &&
  type.types.some(({ kind }) => kind === ts.SyntaxKind.UndefinedKeyword);

/** A shape whose objects have no fields but those that they name; maps stay as they are. */
function closedShape(shape: Shape, depth = 0): Shape {
  const held = resolveShape(shape);
  if (depth > 6) return held;
  if (held.kind === 'array') return { ...held, items: closedShape(held.items, depth + 1) };
  if (held.kind !== 'object' || held.fields.size === 0 || held.values) return held;
  const fields = [...held.fields.values()].map((field) => ({ ...field, shape: closedShape(field.shape, depth + 1) }));
  return objectShape(fields, held.additional === 'allowed' ? 'none' : held.additional, held.origin);
}

/** Every field of a declared object is a parameter of the query. */
function readAll(m: Machine, input: InputValue, shape: Shape | undefined, place: Place): Value {
  const resolved = shape && resolveShape(shape);
  if (resolved?.kind !== 'object') {
    input.sink.escape(input, 'spread-or-any', place);
    return input;
  }
  const { sink } = input;
  for (const field of resolved.fields.values()) {
    const part = { ...input, name: field.name };
    const at = field.origin ?? place;
    const { kind } = resolveShape(field.shape);
    sink.read(part, at);
    if (kind === 'number' || kind === 'boolean') sink.convert(part, field.shape, at);
    else sink.declare(part, field.shape, at);
    if (field.required === false) sink.tolerate(part);
    else if (field.required && sink instanceof CurrentSink) demand(sink, part, at);
  }
  refuse(m, place);
  return input;
}

/** One parameter: what is declared of it is enforced, and so is its presence unless it is optional. */
function named(
  m: Machine,
  input: Value,
  parameter: ts.ParameterDeclaration,
  shape: Shape | undefined,
  place: Place,
  sink: CurrentSink,
): Value {
  if (input.kind !== 'input') return input;
  const value = parameter.initializer && m.evaluate(parameter.initializer, m.globals);
  const resolved = shape ? resolveShape(shape) : impliedShape(value, place);
  const converted = resolved?.kind === 'number' || resolved?.kind === 'boolean';
  if (converted) sink.convert(input, resolved, place);
  else if (!shape && resolved) sink.declare(input, resolved, place);
  const optional =
    parameter.questionToken !== undefined ||
    parameter.initializer !== undefined ||
    (input.in !== 'form' && mayBeUndefined(parameter.type));
  if (optional) sink.tolerate(input);
  else if (input.in !== 'path') {
    demand(sink, input, place);
  }
  if (value?.kind === 'literal') sink.defaultTo(input, value.value, placeOf(parameter.initializer!));
  const fails = (resolved !== undefined && resolved.kind !== 'string' && resolved.kind !== 'unknown') || !optional;
  if (fails && (input.in !== 'path' || resolved?.kind !== 'string')) refuse(m, place);
  // The method is handed what the text was turned into.
  return converted && !optional ? shaped(resolved) : input;
}

/** The type that a default stands for where none is declared. */
function impliedShape(value: Value | undefined, place: Place): Shape | undefined {
  if (value?.kind !== 'literal') return undefined;
  if (typeof value.value === 'number') return numberShape(place);
  if (typeof value.value === 'boolean') return booleanShape(place);
  return typeof value.value === 'string' ? stringShape(place) : undefined;
}

const isChecked = (shape: Shape | undefined): boolean =>
  shape !== undefined && !['unknown', 'never'].includes(resolveShape(shape).kind);

/** What does not fit is handed on as an error of its own before the method is called. */
function refuse(m: Machine, place: Place): void {
  m.thrown.push({ value: validateError(place), place, via: [...m.steps], absent: [], handed: true });
}

/** `@Res() notFound: TsoaResponse<404, …>`: a function that answers with a status, a body and headers. */
function responder({ response, site }: Meeting): Value {
  return nativeFunction('responder', (m, { args, place }) => {
    const [status, body, headers] = args;
    for (const name of headers?.kind === 'object' ? headers.props.keys() : []) {
      const header = [literal(name), m.get(headers!, name, place)];
      m.call(
        m.get(response, 'setHeader', place),
        { ...site, args: header, argPlaces: [place, place], place },
        response,
      );
    }
    answerWith(m, response, status ?? undefinedValue, body, { ...site, place });
    return answered;
  });
}
