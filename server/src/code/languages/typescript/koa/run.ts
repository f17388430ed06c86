// Owns the run of one request through a Koa chain: how a middleware is called, and the facts that come of it.
// It must not know how routes are registered.

import type { HandlerFacts } from '../../../model.ts';
import { CurrentSink } from '../current-sink.ts';
import { FactCollector } from '../facts.ts';
import { opensAll } from '../links.ts';
import type { Machine } from '../machine.ts';
import { Answers } from '../onion/answers.ts';
import { OnionChain, type OnionProtocol, type OnionRoute, runOnion } from '../onion/chain.ts';
import { factsOfOnion, type OnionRun } from '../onion/facts.ts';
import type { NativeValue } from '../value.ts';
import { type KoaAnswer, lose, tellAnswers, unanswered } from './answer.ts';
import type { AppState } from './apps.ts';
import { additionsOf, appsOf, formatsErrors } from './apps.ts';
import { createContext } from './context.ts';
import { answerUncaught } from './errors.ts';

/** A route with the apps around it, outermost first. */
export interface KoaRoute extends OnionRoute {
  readonly apps: readonly AppState[];
}

/** The facts of one route. Never throws; a spent budget opens every axis. */
export function koaFacts(m: Machine, route: KoaRoute): HandlerFacts {
  return factsOfOnion(route, (asked, bare) => follow(m, asked, bare));
}

/** Runs one request. */
function follow(m: Machine, route: KoaRoute, bare: boolean): OnionRun {
  const collector = new FactCollector(m);
  collector.headersModelled = true;
  const answers = new Answers<KoaAnswer>(m, unanswered);
  let context: NativeValue | undefined;
  const protocol: OnionProtocol<KoaAnswer> = {
    call(machine, chain, layer, next) {
      const { value, place } = layer;
      const site = {
        args: [context!, next],
        open: false,
        place,
        argPlaces: [place, place],
        namePlace: place,
        frame: machine.globals,
      };
      if (value.kind === 'external' && machine.model(value.package)?.call?.(machine, value, site)) return;
      if (opensAll(collector, layer)) {
        lose(chain, place);
        machine.call(next, { ...site, args: [], argPlaces: [] });
      } else machine.call(value, site);
    },
    end: () => {},
    isAnswered: (answer) => answer.status !== undefined,
  };
  const sink = new CurrentSink(collector, bare);
  const chain = new OnionChain(m, sink, route, answers, protocol);
  const at = route.layers[route.handler]?.place;
  m.touched = new Set(route.layers.map((layer) => layer.place.file));
  runOnion(m, chain, () => {
    const [outermost] = route.apps;
    context = createContext(chain, outermost?.self, route.apps.map(additionsOf));
    const { thrown } = m.catching(() => chain.follow(0));
    if (!m.dead && at) tellAnswers(m, chain, at);
    m.dead = false;
    // An app that nobody was seen to mount or to start may stand in another one, of which the handler answers.
    const formatted = appsOf(m).some(formatsErrors);
    for (const one of thrown) answerUncaught(m, chain, one, formatted);
  });
  collector.passesOn ??= false;
  return { collector, asked: sink.asked, touched: m.touched };
}
