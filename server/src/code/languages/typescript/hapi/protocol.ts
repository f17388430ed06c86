// Owns the run of extensions and handlers: how each is called, and what comes of what it returns or throws.
// It must not know which of them a route has.

import type { Place } from '../../../../base/place.ts';
import { isError } from '../assertions.ts';
import { type Exchange, type Link, linkSite, type Protocol } from '../http-run.ts';
import { members } from '../join.ts';
import { linkOf, opensAll, runStep } from '../links.ts';
import type { Machine } from '../machine.ts';
import { ReturnWatch } from '../returns.ts';
import { isEmpty, isOpaque, type NativeValue, truth, type Value } from '../value.ts';
import {
  createResponse,
  createToolkit,
  credentialsModel,
  goesOn,
  responseOf,
  type ToolkitData,
  takesOver,
  tell,
  toolkitModel,
} from './answers.ts';
import { boomified, isBoom, mayThrow, tellError } from './errors.ts';
import { createRequest, requestModel, requestOf } from './request.ts';
import type { Extension } from './servers.ts';

/** The extensions that see every answer of the route that runs. */
const lastExtensions = new WeakMap<NativeValue, readonly Extension[]>();

/** Says which extensions see the answers of this request. */
export function seenBy(request: NativeValue, extensions: readonly Extension[]): void {
  lastExtensions.set(request, extensions);
}

const isExchanged = (value: Value): boolean =>
  value.kind === 'native' && (value.model === requestModel || value.model === toolkitModel);

/** Calls a function of the request's life with `(request, h, …)` and tells each value that it returns. */
export function callWith(
  m: Machine,
  link: Link,
  exchange: Exchange,
  more: readonly Value[],
  told: (value: Value, place: Place | undefined) => void,
): void {
  const { request, response } = exchange;
  const watch = new ReturnWatch(isExchanged, told);
  const outer = m.watch;
  m.watch = watch;
  try {
    const self = (response.data as ToolkitData).bind;
    const value = m.call(link.value, linkSite(m, link, [request, response, ...more]), self);
    m.watch = undefined;
    if (!watch.entered && !m.dead) told(value, undefined);
  } finally {
    m.watch = outer;
  }
}

/** Runs what may end the request; `false` when no path goes on. `kept` is told what a path goes on with. */
export function runThrough(
  m: Machine,
  link: Link,
  exchange: Exchange,
  more: readonly Value[] = [],
  kept?: (value: Value) => void,
): boolean {
  if (opensAll(exchange.sink.target, link, 'request')) return true;
  let passes = false;
  callWith(m, link, exchange, more, (result, place) => {
    for (const one of members(result)) {
      const error = refusalIn(one) ?? one;
      if (isError(m, error) || isBoom(m, error, link.place)) mayThrow(m, error, place ?? link.place);
      else if (takesOver(one)) leave(m, exchange, one, place ?? link.place, place);
      else {
        passes = true;
        if (!goesOn(one)) kept?.(one);
      }
    }
  });
  if (passes) m.dead = false;
  return passes;
}

/** The error of `h.unauthenticated(error)`. */
function refusalIn(value: Value): Value | undefined {
  if (value.kind !== 'native' || value.model !== credentialsModel || value.data === undefined) return undefined;
  return (value.data as { readonly error: Value }).error;
}

/** Sends an answer or an error through the extensions that see every answer, and then away. */
export function leave(
  m: Machine,
  exchange: Exchange,
  value: Value,
  place: Place,
  bodyPlace: Place | undefined,
  index = 0,
  steps = m.steps,
): void {
  const { sink, request } = exchange;
  const extension = lastExtensions.get(request)?.[index];
  const failed = isError(m, value) || isBoom(m, value, place);
  if (!extension) {
    const inner = m.steps;
    m.steps = steps;
    if (failed) tellError(m, sink, boomified(m, value, place), place);
    else tell(m, sink, value, place, bodyPlace);
    m.steps = inner;
    return;
  }
  if (extension.value.kind !== 'function' && extension.value.kind !== 'native' && extension.value.kind !== 'union') {
    if (extension.value.kind === 'external')
      sink.target.openExits('custom-error-mapper', extension.place, undefined, 'request');
    else sink.target.openExits('custom-error-mapper', extension.place);
    leave(m, exchange, value, place, bodyPlace, index + 1, steps);
    return;
  }
  const seen = failed
    ? boomified(m, value, place)
    : responseOf(value)
      ? value
      : createResponse(sink, value, bodyPlace ?? place, bodyPlace);
  const cell = request.props.get('response') ?? { value: undefined };
  request.props.set('response', cell);
  m.write(cell, seen);
  const link = linkOf(extension.value, extension.place, 'app');
  const { thrown } = m.catching(() =>
    callWith(m, link, exchange, [], (result, at) => {
      for (const one of members(result)) {
        if (goesOn(one) || isEmpty(one)) leave(m, exchange, seen, place, bodyPlace, index + 1, steps);
        else leave(m, exchange, one, at ?? place, at, index + 1, steps);
      }
    }),
  );
  m.dead = false;
  for (const one of thrown) leave(m, exchange, one.value, one.place, undefined, index + 1, steps);
}

/** How hapi runs a chain. */
export const protocol: Protocol = {
  exchange(_m, sink) {
    const request = createRequest(sink);
    const response = createToolkit(sink);
    (response.data as ToolkitData).request = request;
    return { sink, request, response };
  },
  run(m, exchange, link, last) {
    const done = runStep(m, exchange, link);
    if (done !== undefined) return done;
    if (!last) return runThrough(m, link, exchange);
    answer(m, link, exchange);
    return true;
  },
  map: (_m, _exchange, _mapper, thrown) => [thrown],
  fallback(m, exchange, thrown) {
    leave(m, exchange, boomified(m, thrown.value, thrown.place), thrown.place, undefined);
  },
};

/** Calls a handler and answers with what it returns. */
function answer(m: Machine, link: Link, exchange: Exchange): void {
  if (opensAll(exchange.sink.target, link)) return;
  const { escaped } = exchange.response.data as ToolkitData;
  callWith(m, link, exchange, [], (result, place) => {
    const parts = members(result).filter((part) => !(part.kind === 'literal' && part.value === undefined));
    const errors = parts.filter((part) => isError(m, part) || isBoom(m, part, link.place));
    for (const error of errors) mayThrow(m, error, place ?? link.place);
    const rest = parts.filter((part) => !errors.includes(part) && !goesOn(part));
    // What comes back from where `h` went may have been answered there already.
    if (rest.length === 0 || (truth(escaped.value ?? result) === true && rest.every(isOpaque))) return;
    const responses = rest.filter((part) => responseOf(part));
    const plain = rest.filter((part) => !responseOf(part));
    for (const one of responses) leave(m, exchange, one, place ?? link.place, place);
    if (plain.length === 0) return;
    const whole: Value = plain.length === 1 ? plain[0]! : { kind: 'union', members: plain };
    leave(m, exchange, whole, place ?? link.place, place);
  });
}

/** The data of the request that runs. */
export const dataOf = (exchange: Exchange) => requestOf(exchange.request)!;
