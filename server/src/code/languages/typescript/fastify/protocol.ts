// Owns the run of hooks, handlers and error handlers: how each is called, and what comes of what it returns or throws.
// It must not know which of them a route has.

import ts from 'typescript';
import type { Place } from '../../../../base/place.ts';
import { type Link, linkSite, type Protocol, statusOfError } from '../http-run.ts';
import { join, members } from '../join.ts';
import { linkOf, opensAll, runStep } from '../links.ts';
import type { Machine } from '../machine.ts';
import { ReturnWatch } from '../returns.ts';
import {
  type Cell,
  isEmpty,
  isOpaque,
  literal,
  type NativeValue,
  native,
  numberOf,
  objectOf,
  someString,
  truth,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { mayThrow } from './errors.ts';
import type { InstanceState } from './instances.ts';
import { createReply, type ReplyData, replyModel, sendPayload } from './reply.ts';
import { createRequest, requestModel, requestOf } from './request.ts';

/** Answers as the nearest not-found handler does. */
export function answerNotFound(
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
  if (code && !isEmpty(code)) fields.code = code;
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
    // What comes back from where the reply went may have been sent there already.
    const escaped = !isEmpty(data.escaped.value ?? undefinedValue);
    if (escaped && present.every(isOpaque)) return;
    // A synchronous handler that returns nothing has sent its answer or will send it later.
    if (present.length < parts.length && isAsync && sent === false && !escaped)
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
  const watch = new ReturnWatch(isExchanged, (value, place, node) => tell(value, place, isAsyncFunction(node)));
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

/** How Fastify runs a chain. */
export const protocol: Protocol = {
  exchange(_m, sink) {
    return { sink, request: createRequest(sink), response: createReply(sink) };
  },
  run(m, exchange, link, last) {
    const done = runStep(m, exchange, link);
    if (done !== undefined) return done;
    const { request, response } = exchange;
    if (opensAll(exchange.sink.target, link, last ? undefined : 'request')) return true;
    startOf(response.data as ReplyData);
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
    if (thrown.status && !isEmpty(thrown.status)) data.status.value = thrown.status;
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
    return !isEmpty(status) && numberOf(status) === undefined;
  });
}

/** Runs a hook; `false` when nothing behind it can be reached. What follows goes on from the paths that pass, and from no others. */
function runHook(
  m: Machine,
  link: Link,
  request: NativeValue,
  reply: NativeValue,
  context: InstanceState | undefined,
): boolean {
  const { value } = link;
  const data = reply.data as ReplyData;
  const fn = members(value).find((one) => one.kind === 'function');
  const parameters = fn?.kind === 'function' ? fn.node.parameters.length - (fn.bound?.length ?? 0) : 0;
  const waits = fn?.kind !== 'function' || (!isAsyncFunction(fn.node) && parameters >= 3);
  const passing: Map<Cell, Value | undefined>[] = [];
  const pass = (): void => {
    if (truth(data.sent.value ?? literal(false)) === true) return;
    const cells = [
      data.status,
      data.mediaType,
      data.headers,
      data.custom,
      data.escaped,
      ...request.props.values(),
      ...reply.props.values(),
    ];
    passing.push(new Map(cells.map((cell) => [cell, cell.value])));
  };
  const done = createDone(pass);
  // Hooks before parsing are given the payload as well.
  const args =
    parameters >= 4 ? [request, reply, unknown('request-escapes', link.place), done] : [request, reply, done];
  const outer = { watch: m.watch, statusNow: m.statusNow };
  m.statusNow = () => data.status.value;
  m.watch = waits ? undefined : new ReturnWatch(isExchanged, pass);
  try {
    m.call(value, linkSite(m, link, args), context?.self);
  } finally {
    m.statusNow = outer.statusNow;
    m.watch = outer.watch;
  }
  if (passing.length === 0) return false;
  m.dead = false;
  m.write(data.sent, literal(false));
  for (const cell of new Set(passing.flatMap((state) => [...state.keys()]))) {
    m.write(cell, join(passing.map((state) => state.get(cell) ?? undefinedValue)));
  }
  return true;
}

/** The callback of a hook: without an error the request goes on, with one it is thrown. */
function createDone(pass: () => void): Value {
  return native(
    {
      name: 'next',
      call(m, _self, site) {
        const [error] = site.args;
        if (!error || isEmpty(error)) pass();
        else
          for (const member of members(error))
            if (isEmpty(member)) pass();
            else mayThrow(m, member, site.argPlaces[0] ?? site.place);
        return undefinedValue;
      },
      method(_m, _self, key) {
        // Whoever is handed the callback may call it.
        if (key === '[escape]') pass();
        return key === '[escape]' ? undefinedValue : undefined;
      },
    },
    undefined,
  );
}

function isExchanged(value: Value): boolean {
  return value.kind === 'native' && (value.model === replyModel || value.model === requestModel);
}
