// Owns what a Fastify app serves: the contexts' registrations flattened into routes, each with the chain that a request runs through.
// It must not evaluate handlers itself; the run of a chain is `http-run.ts`.

import ts from 'typescript';
import type { Place } from '../../../../base/place.ts';
import { resolveShape } from '../../../../shape/shape.ts';
import { type AbstainReason, type Completeness, closed, type ReadLocation, type Route } from '../../../model.ts';
import { describeHandler, isInternal, type Served } from '../express/serve.ts';
import { createNext, HttpRun, type Link, linkSite, mayHaveCalled, type Protocol, statusOfError } from '../http-run.ts';
import type { Machine } from '../machine.ts';
import { placeOf } from '../module.ts';
import { joinPaths, type PathTemplate } from '../paths.ts';
import { ReturnWatch } from '../returns.ts';
import {
  literal,
  members,
  type NativeValue,
  native,
  numberOf,
  objectOf,
  someString,
  type TypeReference,
  truth,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { contextsOf, type Hook, type InstanceState } from './instances.ts';
import { createReply, type ReplyData, replyModel, sendPayload } from './reply.ts';
import { createRequest, type RequestData, requestModel, requestOf } from './request.ts';
import { fieldPlace, isAbsent, type RouteRegistration } from './routes.ts';
import { responseFilter, validateRequest } from './schemas.ts';

/** Work of the framework that stands in the chain like a hook. */
type Step = (m: Machine, request: NativeValue, reply: NativeValue) => void;
const stepModel = { name: 'framework step' };

let nextLink = 0;
const linkOf = (value: Value, place: Place, level: Link['level']): Link => ({ id: nextLink++, value, place, level });
const stepOf = (step: Step, place: Place): Link => linkOf(native(stepModel, step, place), place, 'route');

/** Flattens an app, or an instance that nothing is known to make. */
export function serveFastify(m: Machine, top: InstanceState, app: string): Served {
  const run = new HttpRun(m, protocol);
  const served: Served = { routes: [], completeness: closed };
  const contexts = contextsOf(top);
  for (const context of contexts) {
    if (context.open && served.completeness.closed) served.completeness = { closed: false, ...context.open };
  }
  const all = contexts.flatMap((context) => context.routes.map((registration) => ({ context, registration })));
  all.sort((a, b) => a.registration.order - b.registration.order);
  for (const { context, registration } of all) {
    for (const method of registration.methods) {
      for (const target of registration.reading.paths)
        served.routes.push(routeOf(m, run, context, registration, method, target, app, served.routes.length));
    }
  }
  return served;
}

function routeOf(
  m: Machine,
  run: HttpRun,
  context: InstanceState,
  registration: RouteRegistration,
  method: string,
  target: PathTemplate,
  app: string,
  order: number,
): Route {
  const path = joinPaths(context.prefix, target.template);
  const top = topOf(context);
  const lost: AbstainReason | undefined =
    context.lost ?? target.lostPrefix ?? (top.kind === 'loose' ? 'unresolved-prefix' : undefined);
  const completeness: Completeness = lost
    ? { closed: false, reason: lost, place: registration.pathPlace }
    : registration.conditional || context.conditional
      ? { closed: false, reason: 'conditional-registration', place: registration.place }
      : closed;
  const websocket =
    !isAbsent(registration.options) && truth(m.get(registration.options, 'websocket', registration.place)) === true;
  let facts: ReturnType<Route['facts']> | undefined;
  return {
    id: `${app}#${order}:${method} ${path}`,
    app,
    method,
    path,
    framework: 'fastify',
    place: registration.place,
    pathPlace: target.place ?? registration.pathPlace,
    ...describeHandler(registration.handler),
    order,
    completeness,
    unmounted: lost !== undefined,
    internal: websocket || isInternal(path) || (method === 'options' && path.includes('*')),
    mounts: context.mounts,
    facts: () => (facts ??= run.facts(chainOf(m, context, registration))),
  };
}

function topOf(context: InstanceState): InstanceState {
  let current = context;
  while (current.parent) current = current.parent;
  return current;
}

/** The phases before the handler, in order; the schema is checked between the third and the fourth. */
const phases = ['onRequest', 'preParsing', 'preValidation'] as const;

function chainOf(m: Machine, context: InstanceState, registration: RouteRegistration): Parameters<HttpRun['facts']>[0] {
  const { options, place } = registration;
  const config = isAbsent(options) ? undefinedValue : m.get(options, 'config', place);
  const own: Link[] = [];
  for (const limit of context.hooks.filter((hook) => limits(m, hook, config, place)))
    own.push(hookLink(context, limit));
  for (const phase of phases) own.push(...phaseLinks(m, context, registration, phase));
  own.push(
    stepOf((machine, request) => validateRequest(machine, request.data as RequestData, context, options, place), place),
  );
  own.push(...phaseLinks(m, context, registration, 'preHandler'));
  own.push(linkOf(registration.handler, registration.handlerPlace, 'route'));
  // A link of its own begins each run, so that no two routes share a request.
  const start = stepOf(
    (machine, request, reply) => begin(machine, context, registration, config, request, reply),
    place,
  );
  return { shared: [start], own, mappers: mappersOf(m, context, registration) };
}

/** Whether a limiter that was registered applies to a route. */
function limits(m: Machine, hook: Hook, config: Value, place: Place): boolean {
  if (!hook.name.startsWith('rate-limit')) return false;
  const own = isAbsent(config) ? undefinedValue : m.get(config, 'rateLimit', place);
  if (hook.name === 'rate-limit') return !(own.kind === 'literal' && own.value === false);
  return own.kind === 'object';
}

function hookLink(context: InstanceState, hook: Hook): Link {
  return linkOf(
    hook.value,
    hook.place,
    hook.owner.parent === undefined && topOf(context).kind === 'app' ? 'app' : 'router',
  );
}

/** The hooks of one phase: those of the contexts, then the route's own. */
function phaseLinks(m: Machine, context: InstanceState, registration: RouteRegistration, phase: string): Link[] {
  const links = context.hooks.filter((hook) => hook.name === phase).map((hook) => hookLink(context, hook));
  const { options } = registration;
  if (isAbsent(options)) return links;
  const own = m.get(options, phase, registration.place);
  if (isAbsent(own)) return links;
  const at = fieldPlace(options, phase) ?? registration.place;
  const add = (value: Value): void => {
    if (value.kind === 'array') {
      for (const item of value.items) add(item);
      if (value.rest) links.push(linkOf(value.rest, at, 'route'));
    } else if (!isAbsent(value)) links.push(linkOf(value, placeOfValue(value) ?? at, 'route'));
  };
  // Options that are spread from somewhere may hold hooks; that alone does not make the chain unknown.
  if (own.kind === 'unknown' && options.kind === 'object' && !options.props.has(phase)) {
    links.push(linkOf(own, at, 'route'));
    return links;
  }
  add(own);
  return links;
}

function placeOfValue(value: Value): Place | undefined {
  return value.kind === 'native' || value.kind === 'external' ? value.place : undefined;
}

/** Error handlers, nearest first. */
function mappersOf(m: Machine, context: InstanceState, registration: RouteRegistration): Link[] {
  const links: Link[] = [];
  const own = isAbsent(registration.options)
    ? undefinedValue
    : m.get(registration.options, 'errorHandler', registration.place);
  if (!isAbsent(own) && own.kind !== 'unknown')
    links.push(linkOf(own, fieldPlace(registration.options, 'errorHandler') ?? registration.place, 'route'));
  for (let state: InstanceState | undefined = context; state; state = state.parent) {
    if (state.errorHandler)
      links.push(linkOf(state.errorHandler.value, state.errorHandler.place, state.parent ? 'router' : 'app'));
  }
  return links;
}

/** Gives a fresh request and reply what their route says: decorators, types, the schemas of answers. */
function begin(
  m: Machine,
  context: InstanceState,
  registration: RouteRegistration,
  config: Value,
  request: NativeValue,
  reply: NativeValue,
): void {
  const data = request.data as RequestData;
  const { options, place } = registration;
  data.instance = context;
  data.config = isAbsent(config) ? objectOf({}) : config;
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
  if (filter) data.exchange.target.filtersResponses = true;
  (reply.data as ReplyData).rules = {
    instance: context,
    filter: filter ?? ((_status, body) => body),
    custom: serialisesItself(context) || rewritesPayload(context),
    notFound: (machine, answered, at) => answerNotFound(machine, context, request, answered, at),
  };
  const types = registration.types ?? typesOfHandler(registration.handler);
  if (types) declareTypes(m, data, types);
}

function consumesForms(m: Machine, options: Value, place: Place): boolean {
  const schema = isAbsent(options) ? undefinedValue : m.get(options, 'schema', place);
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
  if (value.node.body) visit(value.node.body);
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
    if (location === 'body')
      data.sink.declare(
        { kind: 'input', in: where, name: '', sink: data.sink, place: at },
        field.shape,
        field.origin ?? at,
      );
  }
}

function answerNotFound(
  m: Machine,
  context: InstanceState,
  request: NativeValue,
  reply: NativeValue,
  place: Place,
): void {
  for (let state: InstanceState | undefined = context; state; state = state.parent) {
    if (!state.notFoundHandler) continue;
    const link = linkOf(state.notFoundHandler.value, state.notFoundHandler.place, 'app');
    answer(m, link, [request, reply], reply, state);
    return;
  }
  const data = reply.data as ReplyData;
  data.exchange.target.exit({
    status: literal(404),
    place,
    mediaType: 'application/json',
    body: errorBody(404, undefined),
    headers: [],
  });
  m.write(data.sent, literal(true));
}

/** The body of the default error handler. */
function errorBody(status: number, code: Value | undefined): Value {
  const fields: Record<string, Value> = { statusCode: literal(status), error: someString(), message: someString() };
  if (code && !isAbsent(code)) fields.code = code;
  return objectOf(fields);
}

/** Calls a handler and sends what it returns, each value with the state of the path that returns it. */
function answer(
  m: Machine,
  link: Link,
  args: readonly Value[],
  reply: NativeValue,
  context: InstanceState | undefined,
): void {
  const data = reply.data as ReplyData;
  const outer = { watch: m.watch, statusNow: m.statusNow };
  const tell = (value: Value, place: Place | undefined, isAsync: boolean): void => {
    const sent = truth(data.sent.value ?? literal(false));
    if (sent === true) return;
    const parts = members(value).filter((part) => !(part.kind === 'native' && part.model === replyModel));
    const present = parts.filter((part) => !(part.kind === 'literal' && part.value === undefined));
    // A synchronous handler that returns nothing has sent its answer or will send it later.
    if (present.length < parts.length && isAsync && sent === false && !data.escaped)
      sendPayload(m, reply, undefinedValue, place ?? link.place, undefined);
    if (present.length === 0) return;
    sendPayload(
      m,
      reply,
      present.length === 1 ? present[0]! : { kind: 'union', members: present },
      place ?? link.place,
      place,
    );
  };
  const watch = new ReturnWatch(
    (value) => value.kind === 'native' && (value.model === replyModel || value.model === requestModel),
    (value, place, node) => tell(value, place, isAsyncFunction(node)),
  );
  m.watch = watch;
  m.statusNow = () => data.status.value;
  try {
    const value = m.call(link.value, linkSite(m, link, args), context?.self);
    m.watch = undefined;
    if (!watch.entered && !m.dead && (link.value.kind === 'native' || link.value.kind === 'external'))
      tell(value, undefined, false);
  } finally {
    m.watch = outer.watch;
    m.statusNow = outer.statusNow;
  }
}

function isAsyncFunction(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) &&
    !!ts.getModifiers(node)?.some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword)
  );
}

/** Remembers the state in which a hook or handler begins. */
function startOf(data: ReplyData): void {
  data.baseline = { status: data.status.value, mediaType: data.mediaType.value };
}

const protocol: Protocol = {
  exchange(_m, sink) {
    return { sink, request: createRequest(sink), response: createReply(sink) };
  },
  run(m, exchange, link, last) {
    const { value } = link;
    const { request, response } = exchange;
    const collector = exchange.sink.target;
    const data = response.data as ReplyData;
    if (value.kind === 'native' && value.model === stepModel) {
      (value.data as Step)(m, request, response);
      return true;
    }
    if (value.kind === 'unknown' || value.kind === 'typed' || value.kind === 'input') {
      collector.openAll(value.kind === 'unknown' ? value.reason : 'unresolved-import', link.place);
      return true;
    }
    if (value.kind === 'external') {
      collector.openAll('framework-unmodelled', link.place, value.package);
      return true;
    }
    startOf(data);
    const context = requestOf(request)?.instance;
    if (last) {
      answer(m, link, [request, response], response, context);
      return true;
    }
    return runHook(m, link, request, response, context);
  },
  map(m, exchange, mapper, thrown) {
    const { value } = mapper;
    if (value.kind !== 'function' && value.kind !== 'native' && value.kind !== 'union') {
      exchange.sink.target.openExits('custom-error-mapper', mapper.place);
      return [];
    }
    const { rules } = exchange.response.data as ReplyData;
    const reply = createReply(exchange.sink, rules);
    for (const [key, cell] of exchange.response.props) reply.props.set(key, cell);
    const data = reply.data as ReplyData;
    if (thrown.status && !isAbsent(thrown.status)) data.status.value = thrown.status;
    startOf(data);
    const { thrown: passed } = m.catching(() =>
      answer(m, mapper, [thrown.value, exchange.request, reply], reply, rules?.instance),
    );
    m.dead = false;
    return passed.map((one) => ({ ...one, place: thrown.place, via: thrown.via }));
  },
  fallback(m, exchange, thrown) {
    const status = statusOfError(m, thrown.value, thrown.place) ?? statusBefore(thrown.status);
    if (status === undefined) {
      if (isUnknownStatus(m, thrown.value, thrown.place))
        exchange.sink.target.openExits('custom-error-mapper', thrown.place);
      return;
    }
    const reply = createReply(exchange.sink, (exchange.response.data as ReplyData).rules);
    const data = reply.data as ReplyData;
    data.status.value = literal(status);
    const code = thrown.value.kind === 'object' ? thrown.value.props.get('code') : undefined;
    sendPayload(m, reply, errorBody(status, code ? m.force(code) : undefined), thrown.place, undefined);
  },
};

/** An error without a status keeps the one that was set before it was thrown, when that is an error's. */
function statusBefore(value: Value | undefined): number | undefined {
  const status = numberOf(value);
  return status !== undefined && status >= 400 ? status : undefined;
}

/** Whether an error has a status that cannot be read. */
function isUnknownStatus(m: Machine, value: Value, place: Place): boolean {
  if (value.kind !== 'object') return false;
  return ['status', 'statusCode'].some((key) => {
    const status = m.get(value, key, place);
    return !isAbsent(status) && numberOf(status) === undefined;
  });
}

/** Runs a hook; `false` when nothing behind it can be reached. */
function runHook(
  m: Machine,
  link: Link,
  request: NativeValue,
  reply: NativeValue,
  context: InstanceState | undefined,
): boolean {
  const { value } = link;
  const data = reply.data as ReplyData;
  const next = createNext();
  const outer = m.statusNow;
  m.statusNow = () => data.status.value;
  const fn = members(value).find((one) => one.kind === 'function');
  const parameters = fn?.kind === 'function' ? fn.node.parameters.length - (fn.bound?.length ?? 0) : 0;
  // Hooks before parsing are given the payload as well.
  const args =
    parameters >= 4
      ? [request, reply, unknown('request-escapes', link.place), next.value]
      : [request, reply, next.value];
  try {
    m.call(value, linkSite(m, link, args), context?.self);
  } finally {
    m.statusNow = outer;
  }
  if (m.dead) return false;
  if (truth(data.sent.value ?? literal(false)) === true) return false;
  // A path that has answered does not go on, and neither does its state.
  m.write(data.sent, literal(false));
  const waits = fn?.kind === 'function' && !isAsyncFunction(fn.node) && parameters >= 3;
  return !waits || mayHaveCalled(next.called);
}
