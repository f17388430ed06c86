// Owns a handler's parameters: which part of the request each decorator names, and the pipes that it goes through.
// It must not know how pipes work.

import ts from 'typescript';
import type { Place } from '../../../../base/place.ts';
import type { ReadLocation } from '../../../model.ts';
import { namedInput, sentInput, wholeInput } from '../inputs.ts';
import { placeOf } from '../module.ts';
import { siteAt } from '../sites.ts';
import { resolveName } from '../type-names.ts';
import {
  type Frame,
  type InputValue,
  isEmpty,
  someString,
  textOf,
  truth,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { filesOf } from './interceptors.ts';
import { type Note, notesOf } from './notes.ts';
import { type ArgumentMetadata, runPipe } from './pipes.ts';
import { collectorOf, type Endpoint, type Scene } from './scene.ts';
import { lineageOf, type Use } from './uses.ts';

const decorators = new Set([
  'Param',
  'Query',
  'Body',
  'Headers',
  'Req',
  'Request',
  'Res',
  'Response',
  'Next',
  'Session',
  'Ip',
  'HostParam',
  'UploadedFile',
  'UploadedFiles',
  'RawBody',
]);

/** The note of a decorator that `createParamDecorator` made. */
export const customParameter = 'custom parameter';

interface Parameter {
  readonly node: ts.ParameterDeclaration;
  readonly frame: Frame;
  readonly note: Note | undefined;
}

/** The parameters of an endpoint; a method that is written again keeps the decorators of the one that it replaces. */
export function parametersOf(scene: Pick<Scene, 'm'>, endpoint: Endpoint): readonly Parameter[] {
  const { m } = scene;
  const node = functionOf(endpoint.method);
  return (node?.parameters ?? [])
    .filter((parameter) => !(ts.isIdentifier(parameter.name) && parameter.name.text === 'this'))
    .map((parameter, index) => {
      const own = noteOfParameter(notesOf(m, parameter, endpoint.frame).list);
      if (own) return { node: parameter, frame: endpoint.frame, note: own };
      for (const cls of [...lineageOf(endpoint.home)].reverse().slice(1)) {
        const before = cls.node.members.find(
          (member): member is ts.MethodDeclaration =>
            ts.isMethodDeclaration(member) && ts.isIdentifier(member.name) && member.name.text === endpoint.name,
        );
        const inherited =
          before?.parameters[index] && noteOfParameter(notesOf(m, before.parameters[index], cls.frame).list);
        if (inherited) return { node: parameter, frame: endpoint.frame, note: inherited };
      }
      return { node: parameter, frame: endpoint.frame, note: undefined };
    });
}

function functionOf(method: Endpoint['method']): ts.SignatureDeclaration | undefined {
  if (ts.isMethodDeclaration(method)) return method;
  const { initializer } = method;
  return initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
    ? initializer
    : undefined;
}

const noteOfParameter = (notes: readonly Note[]): Note | undefined =>
  notes.findLast((note) => decorators.has(note.name) || note.name === customParameter);

/** Whether the handler takes the answer over: `@Res()` without `passthrough`, or `@Next()`. */
export function answersItself(scene: Pick<Scene, 'm'>, endpoint: Endpoint): boolean {
  return parametersOf(scene, endpoint).some(({ note }) => {
    if (note?.name === 'Next') return true;
    if (note?.name !== 'Res' && note?.name !== 'Response') return false;
    const [options] = note.args;
    return !(options?.kind === 'object' && truth(scene.m.get(options, 'passthrough', note.place)) === true);
  });
}

/** `@Query('limit') limit = 20`: where the request brings nothing, the parameter's own default stands. */
function fallBack({ m }: Scene, { initializer }: ts.ParameterDeclaration, frame: Frame, input: InputValue): void {
  if (!initializer || input.name === '') return;
  const value = m.evaluate(initializer, frame);
  input.sink.defaultTo(input, value.kind === 'literal' ? value.value : undefined, placeOf(initializer));
}

/** The arguments of the handler's call. */
export function argumentsOf(scene: Scene, pipes: readonly Use[], interceptors: readonly Use[]): readonly Value[] {
  return parametersOf(scene, scene.endpoint).map((parameter) => argumentOf(scene, parameter, pipes, interceptors));
}

function argumentOf(
  scene: Scene,
  { node, frame, note }: Parameter,
  pipes: readonly Use[],
  interceptors: readonly Use[],
): Value {
  if (!note) return undefinedValue;
  const place = placeOf(node);
  const [first] = note.args;
  const data = first && textOf(first) !== undefined ? textOf(first) : undefined;
  const dataPlace = note.argPlaces[0] ?? place;
  const own: Use[] = note.args.flatMap((value, index) =>
    isPipeArgument(value, index) ? [{ value, place: note.argPlaces[index] ?? place, level: 'route' as const }] : [],
  );
  const through = (value: Value, type: ArgumentMetadata['type']): Value => {
    const metadata: ArgumentMetadata = {
      type,
      data,
      place,
      scene,
      piped: own.length > 0,
      ...metatypeOf(scene, node.type, frame),
    };
    let current = value;
    for (const pipe of [...pipes, ...own]) {
      if (scene.m.dead) break;
      current = runPipe(pipe.value, current, metadata, pipe.place);
    }
    return current;
  };
  const input = (location: ReadLocation): InputValue =>
    data === undefined
      ? wholeInput(scene.exchange.sink, location, place)
      : namedInput(scene.exchange.sink, location, data, dataPlace);
  switch (note.name) {
    case 'Param':
      return through(input('path'), 'param');
    case 'Query': {
      const asked = input('query');
      fallBack(scene, node, frame, asked);
      return through(asked, 'query');
    }
    case 'Body':
    case 'RawBody':
      return through(input(scene.form ? 'form' : 'body'), 'body');
    case 'Headers':
      return data === undefined ? input('header') : sentInput(scene.exchange.sink, 'header', data, dataPlace);
    case 'Req':
    case 'Request':
      return scene.exchange.request;
    case 'Res':
    case 'Response':
      return scene.exchange.response;
    case 'Ip':
    case 'HostParam':
      return someString();
    case 'UploadedFile':
    case 'UploadedFiles':
      return through(fileOf(scene, interceptors, data, place), 'custom');
    case customParameter:
      return through(custom(scene, note, place), 'custom');
    default:
      return unknown('spread-or-any', place);
  }
}

/** `@Param('id', ParseIntPipe)`: what follows the name, or everything where there is none. Options of a decorator are no pipes. */
function isPipeArgument(value: Value, index: number): boolean {
  if (index === 0 && textOf(value) !== undefined) return false;
  if (value.kind === 'class' || value.kind === 'external' || value.kind === 'native') return true;
  return value.kind === 'object' && value.cls !== undefined;
}

/** A decorator of the workspace's own: its function sees the context. */
function custom(scene: Scene, note: Note, place: Place): Value {
  const [data, ...rest] = note.args;
  const factory = rest.at(-1) ?? unknown('spread-or-any', place);
  return scene.m.call(factory, siteAt(scene.m, place, [data ?? undefinedValue, scene.context]));
}

/** A file that an interceptor took out of the form. */
function fileOf(scene: Scene, interceptors: readonly Use[], _data: string | undefined, place: Place): Value {
  const found = interceptors.map((use) => filesOf(use.value)).find((files) => files !== undefined);
  if (!found?.fields) {
    collectorOf(scene).open('form', 'request-escapes', place);
    return unknown('spread-or-any', place);
  }
  const inputs = found.fields.map(({ name, place: at }) => namedInput(scene.exchange.sink, 'form', name, at));
  return inputs.length === 1 && !isEmpty(inputs[0]!) ? inputs[0]! : unknown('spread-or-any', place);
}

/** What the compiler notes of a parameter's type: a class, or the constructor of a primitive. */
function metatypeOf(
  scene: Scene,
  type: ts.TypeNode | undefined,
  frame: Frame,
): Pick<ArgumentMetadata, 'metatype' | 'primitive'> {
  if (!type) return {};
  if (ts.isParenthesizedTypeNode(type)) return metatypeOf(scene, type.type, frame);
  // `X | null` and `X | undefined` are noted as `X`.
  if (ts.isUnionTypeNode(type)) {
    const rest = type.types.filter((part) => !isNothing(part));
    return rest.length === 1 ? metatypeOf(scene, rest[0], frame) : {};
  }
  if (type.kind === ts.SyntaxKind.NumberKeyword) return { primitive: 'number' };
  if (type.kind === ts.SyntaxKind.BooleanKeyword) return { primitive: 'boolean' };
  if (type.kind === ts.SyntaxKind.StringKeyword) return { primitive: 'string' };
  if (!ts.isTypeReferenceNode(type)) return {};
  const named = resolveName(scene.m, type.typeName, frame);
  return named?.kind === 'class' ? { metatype: named.cls } : {};
}

function isNothing(node: ts.TypeNode): boolean {
  return (
    node.kind === ts.SyntaxKind.UndefinedKeyword ||
    (ts.isLiteralTypeNode(node) && node.literal.kind === ts.SyntaxKind.NullKeyword)
  );
}
