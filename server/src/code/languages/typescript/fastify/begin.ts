// Owns what a route gives to its request and reply before anything runs: decorators, declared types, the rules of answers.
// It must not know the order of hooks.

import ts from 'typescript';
import type { Place } from '../../../../base/place.ts';
import { resolveShape } from '../../../../shape/shape.ts';
import type { ReadLocation } from '../../../model.ts';
import { wholeInput } from '../inputs.ts';
import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { placeOf } from '../module.ts';
import { isEmpty, type NativeValue, objectOf, type TypeReference, undefinedValue, type Value } from '../value.ts';
import { type InstanceState, outermost } from './instances.ts';
import { answerNotFound } from './protocol.ts';
import type { ReplyData } from './reply.ts';
import type { RequestData } from './request.ts';
import { responseFilter } from './response-filter.ts';
import type { RouteRegistration } from './routes.ts';

/** Gives a fresh request and reply what their route says: decorators, types, the schemas of answers. */
export function beginRoute(
  m: Machine,
  context: InstanceState,
  registration: RouteRegistration,
  config: Value,
  request: NativeValue,
  reply: NativeValue,
  route: RequestData['route'],
): void {
  const data = request.data as RequestData;
  const { options, place } = registration;
  data.instance = context;
  data.route = route;
  data.config = isEmpty(config) ? objectOf({}) : config;
  if (consumesForms(m, options, place)) data.body = 'form';
  for (let state: InstanceState | undefined = context; state; state = state.parent) {
    for (const [key, cell] of state.requestDecorators)
      if (!request.props.has(key)) request.props.set(key, { value: m.force(cell) });
    for (const [key, cell] of state.replyDecorators)
      if (!reply.props.has(key)) reply.props.set(key, { value: m.force(cell) });
    if (state.hooksOpen) {
      data.exchange.target.openGuards(state.hooksOpen.reason, state.hooksOpen.place);
      data.exchange.target.openExits(state.hooksOpen.reason, state.hooksOpen.place);
    }
  }
  const filter = responseFilter(m, context, options, place);
  if (filter && !filter.exact) data.exchange.target.filtersResponses = true;
  (reply.data as ReplyData).rules = {
    instance: context,
    filter: filter?.apply ?? ((_status, body) => body),
    custom: serialisesItself(context) || rewritesPayload(context),
    notFound: (machine, answered, at) => answerNotFound(machine, context, request, answered, at),
  };
  // JSON and plain text are what Fastify parses by itself (its documentation, "Content-Type Parser").
  const top = outermost(context);
  if (top.kind === 'app' && !top.ownParsers)
    data.exchange.target.addParser({ mediaTypes: ['application/json', 'text/plain'], place: top.place });
  // What stands behind the handler may set headers of its own.
  const behind = context.hooks.find((hook) => hook.name === 'onSend' || hook.name === 'preSerialization');
  if (behind) data.exchange.target.openHeaders('custom-serializer', behind.place);
  const types = registration.types ?? typesOfHandler(registration.handler);
  if (types) declareTypes(m, data, types);
}

function consumesForms(m: Machine, options: Value, place: Place): boolean {
  const schema = isEmpty(options) ? undefinedValue : m.get(options, 'schema', place);
  if (schema.kind !== 'object') return false;
  const consumes = m.get(schema, 'consumes', place);
  return (
    consumes.kind === 'array' &&
    consumes.items.length > 0 &&
    consumes.items.every((item) => item.kind === 'literal' && /form/.test(String(item.value)))
  );
}

function serialisesItself(context: InstanceState): boolean {
  for (let state: InstanceState | undefined = context; state; state = state.parent) if (state.serializer) return true;
  return false;
}

/** Whether a hook after the handler may put another payload in the place of the one that is sent. */
function rewritesPayload(context: InstanceState): boolean {
  return context.hooks.some(
    (hook) => (hook.name === 'onSend' || hook.name === 'preSerialization') && mayRewrite(hook.value),
  );
}

function mayRewrite(value: Value): boolean {
  if (value.kind !== 'function') return value.kind !== 'literal';
  const parameter = value.node.parameters[2];
  const payload = parameter && ts.isIdentifier(parameter.name) ? parameter.name.text : undefined;
  let rewrites = false;
  const isPayload = (node: ts.Expression): boolean =>
    ts.isIdentifier(node) && (node.text === payload || node.text === 'undefined');
  const visit = (node: ts.Node): void => {
    if (
      ts.isReturnStatement(node) &&
      node.expression &&
      !isPayload(node.expression) &&
      !ts.isCallExpression(node.expression)
    )
      rewrites = true;
    // `done(null, payload)` hands on what is sent.
    if (
      ts.isCallExpression(node) &&
      ts.isIdentifier(node.expression) &&
      node.arguments.length === 2 &&
      !isPayload(node.arguments[1]!)
    ) {
      if (node.expression.text === nameOfParameter(value.node.parameters[3])) rewrites = true;
    }
    if (!ts.isFunctionLike(node) || node === value.node) ts.forEachChild(node, visit);
  };
  const { body } = value.node;
  if (body && !ts.isBlock(body)) return !isPayload(body);
  if (body) visit(body);
  return rewrites;
}

function nameOfParameter(parameter: ts.ParameterDeclaration | undefined): string | undefined {
  return parameter && ts.isIdentifier(parameter.name) ? parameter.name.text : undefined;
}

/** `FastifyRequest<{ Body: … }>` of a handler's first parameter, or the argument of the handler's own declared type. */
function typesOfHandler(handler: Value): TypeReference | undefined {
  const fn = members(handler).find((value) => value.kind === 'function');
  if (fn?.kind !== 'function') return undefined;
  const first = fn.node.parameters[0]?.type;
  const declared = ts.isVariableDeclaration(fn.node.parent) ? fn.node.parent.type : undefined;
  for (const node of [first, declared]) {
    if (node && ts.isTypeReferenceNode(node) && node.typeArguments?.[0])
      return { node: node.typeArguments[0], frame: fn.frame };
  }
  return undefined;
}

const typeKeys: readonly (readonly [string, ReadLocation])[] = [
  ['Body', 'body'],
  ['Querystring', 'query'],
  ['Params', 'path'],
  ['Headers', 'header'],
];

function declareTypes(m: Machine, data: RequestData, types: TypeReference): void {
  const shape = resolveShape(m.types.shapeOf(types));
  if (shape.kind !== 'object') return;
  const at = placeOf(types.node);
  for (const [key, location] of typeKeys) {
    const field = shape.fields.get(key);
    if (!field) continue;
    const where = location === 'body' ? data.body : location;
    data.sink.types.set(where, { shape: field.shape, place: field.origin ?? at });
    if (location === 'body') data.sink.declare(wholeInput(data.sink, where, at), field.shape, field.origin ?? at);
  }
}
