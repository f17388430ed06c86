// Owns the run of one request through a Hono chain: how a handler is called, what becomes of what it gives and throws.
// It must not know how routes are registered.

import type { Place } from '../../../../base/place.ts';
import type { HandlerFacts } from '../../../model.ts';
import { CurrentSink } from '../current-sink.ts';
import { FactCollector } from '../facts.ts';
import { opensAll } from '../links.ts';
import type { Machine, Thrown } from '../machine.ts';
import { Answers } from '../onion/answers.ts';
import { type Layer, OnionChain, type OnionProtocol, type OnionRoute, runOnion } from '../onion/chain.ts';
import { factsOfOnion, type OnionRun } from '../onion/facts.ts';
import { siteAt } from '../sites.ts';
import { literal, type NativeValue, type Value } from '../value.ts';
import { createResponse } from '../web/response.ts';
import {
  answered,
  defaultErrorAnswer,
  type HonoAnswer,
  type HonoChain,
  takeReturned,
  tellAnswers,
  unanswered,
} from './answer.ts';
import type { Handler } from './apps.ts';
import { createContext } from './context.ts';

/** A layer with the error handler of the nearest app that has one. */
export interface HonoLayer extends Layer {
  readonly onError?: Handler;
}

export interface HonoRoute extends OnionRoute {
  readonly layers: readonly HonoLayer[];
  /** The serving app's own. */
  readonly onError?: Handler;
  readonly notFound?: Handler;
}

/** The facts of one route. Never throws; a spent budget opens every axis. */
export function honoFacts(m: Machine, route: HonoRoute): HandlerFacts {
  return factsOfOnion(route, (asked, bare) => follow(m, asked, bare));
}

/** Runs one request. */
function follow(m: Machine, route: HonoRoute, bare: boolean): OnionRun {
  const collector = new FactCollector(m);
  collector.headersModelled = true;
  const answers = new Answers<HonoAnswer>(m, unanswered);
  let context: NativeValue | undefined;
  const notFound = (machine: Machine, self: NativeValue, place: Place): Value => {
    const handler = route.notFound;
    if (handler) return machine.call(handler.value, siteAt(machine, handler.place, [self]));
    const text = { body: literal('404 Not Found'), mediaType: 'text/plain' };
    return createResponse(machine, { status: literal(404), place, ...text });
  };
  const protocol: OnionProtocol<HonoAnswer> = {
    call(machine, chain, layer: HonoLayer, next) {
      const { thrown } = machine.catching(() => callLayer(machine, chain, layer, next, context!));
      answerThrown(machine, chain, layer.onError ?? route.onError, thrown, context!);
    },
    end(machine, chain) {
      // Behind the last handler nothing is found.
      if (!chain.answers.list().some((answer) => answer.response)) {
        const value = notFound(machine, context!, route.layers[route.handler]!.place);
        takeReturned(chain, value, route.layers[route.handler]!.place);
      }
    },
    isAnswered: (answer) => answer.response !== undefined,
  };
  const sink = new CurrentSink(collector, bare);
  const chain = new OnionChain(m, sink, route, answers, protocol);
  m.touched = new Set(route.layers.map((layer) => layer.place.file));
  runOnion(m, chain, () => {
    context = createContext(chain, notFound);
    const { thrown } = m.catching(() => chain.follow(0));
    if (!m.dead) tellAnswers(m, chain);
    m.dead = false;
    for (const one of thrown) collector.openExits('custom-error-mapper', one.place);
  });
  collector.passesOn ??= false;
  return { collector, asked: sink.asked, touched: m.touched };
}

function callLayer(m: Machine, chain: HonoChain, layer: Layer, next: Value, context: NativeValue): void {
  const { value, place } = layer;
  const site = siteAt(m, place, [context, next]);
  const { collector } = chain;
  const modelled = value.kind === 'external' ? m.model(value.package)?.call?.(m, value, site) : undefined;
  if (!modelled && opensAll(collector, layer)) {
    m.call(next, { ...site, args: [], argPlaces: [] });
    return;
  }
  const given = modelled ?? m.call(value, site);
  if (!m.dead) takeReturned(chain, given, place);
}

/** What a layer throws is answered where it is thrown: nobody around it sees the error. */
function answerThrown(
  m: Machine,
  chain: HonoChain,
  handler: Handler | undefined,
  thrown: readonly Thrown[],
  context: NativeValue,
): void {
  const before = m.dead ? [] : chain.answers.list();
  const made: HonoAnswer[] = [];
  for (const one of thrown) {
    const { value } = one;
    // An exception that nobody saw being thrown is the framework's 500 and says nothing of this route.
    if (value.kind === 'unknown' && value.caught) continue;
    if (value.kind === 'unknown' || value.kind === 'external' || value.kind === 'typed') {
      chain.collector.openExits('custom-error-mapper', one.place);
      continue;
    }
    chain.claim(one);
    m.dead = false;
    const start = unansweredWith(value);
    m.isolated(() => {
      m.dead = false;
      chain.answers.write([start]);
      chain.handling(one, () => {
        if (handler) {
          const given = m.call(handler.value, siteAt(m, handler.place, [value, context]));
          if (!m.dead) takeReturned(chain, given, handler.place, true);
        } else {
          const response = defaultErrorAnswer(m, one);
          if (response) chain.answers.write([answered(start, response)]);
        }
      });
      if (!m.dead) made.push(...chain.answers.list().filter((answer) => answer.response));
    });
  }
  m.dead = before.length === 0 && made.length === 0;
  if (!m.dead) chain.answers.write([...before, ...made]);
}

const unansweredWith = (error: Value): HonoAnswer => ({ headers: [], error });
