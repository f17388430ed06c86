// Owns the run of the parts of a request: how middlewares are called, what filters make of thrown values, and the framework's own answers.
// It must not know which parts a route has.

import type { Place } from '../../../../base/place.ts';
import { requestModel } from '../express/request.ts';
import { createResponse } from '../express/response.ts';
import { createReply } from '../fastify/reply.ts';
import { createRequest } from '../fastify/request.ts';
import { createNext, type Exchange, linkSite, mayHaveCalled, type Protocol } from '../http-run.ts';
import { opensAll, runStep } from '../links.ts';
import type { Machine } from '../machine.ts';
import { native } from '../value.ts';
import { type FilterData, filterModel } from './chain.ts';
import { answerException, runFilter } from './filters.ts';
import { createScene, type Platform, type Scene } from './scene.ts';

/** How Nest runs a chain on a platform. */
export const protocol = (platform: Platform): Protocol => ({
  exchange(_m, sink, subject): Exchange {
    if (platform === 'fastify') return { sink, request: createRequest(sink), response: createReply(sink) };
    return { sink, request: native(requestModel, { sink, body: 'body', subject }), response: createResponse(sink) };
  },
  run(m, exchange, link) {
    return runStep(m, exchange, link) ?? runMiddleware(m, exchange, link);
  },
  map(m, exchange, mapper, thrown) {
    const { value } = mapper;
    if (value.kind !== 'native' || value.model !== filterModel) return [thrown];
    const { use, scene } = value.data as FilterData;
    const current = scene() ?? bareScene(m, platform, exchange, mapper.place);
    return runFilter(current, use, thrown);
  },
  fallback(m, exchange, thrown) {
    answerException({ m, platform, exchange }, thrown);
  },
});

/** A scene of which only the exchange is known: a middleware threw before the route was reached. */
function bareScene(m: Machine, platform: Platform, exchange: Exchange, place: Place): Scene {
  return createScene({
    m,
    platform,
    exchange,
    endpoint: { place } as Scene['endpoint'],
    injector: { resolve: () => undefined } as unknown as Scene['injector'],
    form: false,
  });
}

/** Packages of middlewares that keep a context or a log and let every request through. */
const passing = new Set(['nestjs-cls', 'nestjs-pino', 'nest-winston', '@sentry/nestjs', '@willsoto/nestjs-prometheus']);

function runMiddleware(m: Machine, exchange: Exchange, link: Parameters<Protocol['run']>[2]): boolean {
  const { value } = link;
  const collector = exchange.sink.target;
  if (value.kind === 'external') {
    if (passing.has(value.package)) return true;
    collector.openExits('framework-unmodelled', link.place, value.package);
    collector.openGuards('framework-unmodelled', link.place, value.package);
    return true;
  }
  if (value.kind === 'class') {
    collector.openAll('unresolved-import', link.place);
    return true;
  }
  if (opensAll(collector, link)) return true;
  const next = createNext();
  m.call(value, linkSite(m, link, [exchange.request, exchange.response, next.value]));
  if (m.dead) return false;
  return mayHaveCalled(next.called);
}
