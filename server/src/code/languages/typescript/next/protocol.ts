// Owns how Next.js runs a request: middleware, then a route handler that returns a response or an API route that sends one.
// It must not know which files are routes.

import type { Place } from '../../../../base/place.ts';
import { type Exchange, type Link, linkSite, type Protocol } from '../http-run.ts';
import { wholeInput } from '../inputs.ts';
import { members } from '../join.ts';
import { opensAll, runStep } from '../links.ts';
import type { Machine, Thrown } from '../machine.ts';
import { ReturnWatch } from '../returns.ts';
import type { Subject } from '../subject.ts';
import { isOpaque, literal, objectOf, undefinedValue, type Value } from '../value.ts';
import { answerWith } from '../web/answer.ts';
import { webRequestOf } from '../web/request.ts';
import { apiExchange, enter, middlewareRequest, webExchange } from './exchange.ts';
import { statusOfNavigation } from './navigation.ts';

/** The protocol of route handlers: a web request in, a web response out. */
export const handlerProtocol: Protocol = {
  exchange: (_m, sink, subject) => webExchange(sink, subject),
  run(m, exchange, link) {
    return (
      begin(m, exchange, link) ?? runReturning(m, exchange, link, [exchange.request, contextOf(exchange, link.place)])
    );
  },
  map: () => [],
  fallback,
};

/** The protocol of API routes, with the names of the parameters in their paths. */
export function apiProtocol(parameters: readonly string[]): Protocol {
  return {
    exchange: (_m, sink, subject) => apiExchange(sink, subject, parameters),
    run(m, exchange, link) {
      const done = begin(m, exchange, link);
      if (done !== undefined) return done;
      m.call(link.value, linkSite(m, link, [exchange.request, exchange.response]));
      return true;
    },
    map: () => [],
    fallback,
  };
}

/** Runs a step, or gives up on what cannot be called; undefined when the link is a function to be called. */
function begin(m: Machine, exchange: Exchange, link: Link): boolean | undefined {
  enter(m, exchange.sink);
  return runStep(m, exchange, link) ?? (opensAll(exchange.sink.target, link) || undefined);
}

/** The second argument of a route handler: its parameters, which newer versions hand over as a promise. */
function contextOf({ sink }: Exchange, place: Place): Value {
  return objectOf({ params: wholeInput(sink, 'path', place) }, place);
}

/** Calls what answers by returning; what is not a response cannot be read, and nothing at all is no answer. */
function runReturning(m: Machine, exchange: Exchange, link: Link, args: readonly Value[]): boolean {
  const collector = exchange.sink.target;
  let passed = false;
  const tell = (value: Value, place: Place | undefined): void => {
    if (answerWith(m, collector, value, place ?? link.place).passed) passed = true;
  };
  const outer = m.watch;
  const watch = new ReturnWatch(isExchanged, tell);
  m.watch = watch;
  try {
    const value = m.call(link.value, linkSite(m, link, args));
    m.watch = undefined;
    if (!watch.entered && !m.dead) tell(value, undefined);
  } finally {
    m.watch = outer;
  }
  return passed;
}

function isExchanged(value: Value): boolean {
  return webRequestOf(value) !== undefined;
}

/** Runs the project's middleware in front of a route. */
export function runMiddleware(m: Machine, exchange: Exchange, link: Link, middleware: Value): boolean {
  const collector = exchange.sink.target;
  const { subject } = exchange.request.data as { readonly subject: Subject };
  const request = middlewareRequest(exchange, subject);
  for (const value of members(middleware)) {
    if (isOpaque(value)) {
      collector.openExits('framework-unmodelled', link.place);
      collector.openGuards('framework-unmodelled', link.place);
      return true;
    }
  }
  const passed = runReturning(m, exchange, { ...link, value: middleware }, [
    request,
    objectOf({ waitUntil: undefinedValue }, link.place),
  ]);
  m.dead = false;
  return passed;
}

/** What nobody catches is 500, but for the errors by which Next.js itself leaves a handler. */
function fallback(m: Machine, exchange: Exchange, thrown: Thrown): void {
  const collector = exchange.sink.target;
  const status = statusOfNavigation(thrown.value);
  if (status === undefined) collector.stage = { ...collector.stage, origin: 'framework' };
  const redirected = status === 307 || status === 308;
  m.dead = false;
  collector.exit({
    status: literal(status ?? 500),
    place: thrown.place,
    headers: redirected ? [{ name: 'location', place: thrown.place }] : [],
    empty: true,
  });
}
