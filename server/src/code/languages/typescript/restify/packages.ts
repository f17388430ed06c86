// Owns the package models of restify: what makes servers and routers, and the middlewares that it brings.
// It must not hold their behaviour.

import type { RequestData } from '../express/request.ts';
import { native, type PackageModel, undefinedValue, type Value } from '../value.ts';
import { oldError, restifyErrorPackage } from './errors.ts';
import { restifyRequest } from './request.ts';
import { createState } from './servers.ts';

/** The bodies that each of the parsing middlewares reads (restify, `plugins/bodyParser`). */
const parsed: Readonly<Record<string, readonly string[]>> = {
  jsonBodyParser: ['application/json', '*+json'],
  urlEncodedBodyParser: ['application/x-www-form-urlencoded'],
  multipartBodyParser: ['multipart/form-data'],
  fieldedTextParser: ['text/csv', 'text/tsv', 'text/tab-separated-values'],
};
const parsers: Readonly<Record<string, readonly string[]>> = { ...parsed, bodyParser: Object.values(parsed).flat() };

/** A middleware of restify itself, which parses, formats or logs and hands the request on. */
const passing = native(
  {
    name: 'restify plugin',
    call(m, self, site) {
      const [request] = site.args;
      const mediaTypes = parsers[String(self.data)];
      if (mediaTypes && self.place && request?.kind === 'native' && request.model === restifyRequest)
        (request.data as RequestData).sink.target.addParser({ mediaTypes, place: self.place });
      const next = site.args.at(-1);
      if (next?.kind === 'native' && next.model.name === 'next') m.call(next, { ...site, args: [], argPlaces: [] });
      return undefinedValue;
    },
  },
  undefined,
);

/** Plugins that only change what others see; those that refuse requests are not followed. */
const quietPlugins =
  /^(acceptParser|auditLogger|bodyParser|bodyReader|jsonBodyParser|urlEncodedBodyParser|multipartBodyParser|fieldedTextParser|queryParser|dateParser|requestLogger|gzipResponse|fullResponse|jsonp|metrics|sanitizePath|dedupeSlashes|pause|reqIdHeaders|requestExpiry|strictQueryParams|userAgentConnection|context|inflightRequestThrottle|cpuUsageThrottle|serverTiming|pre|prefork)$/;

const restify: PackageModel = {
  packages: ['restify'],
  call(m, external, site): Value | undefined {
    const last = external.path.at(-1) ?? '';
    if (last === 'createServer') return createState(m, 'server', site.place);
    if (quietPlugins.test(last)) return { ...passing, data: last, place: site.place };
    return oldError(m, external, site);
  },
  construct: (m, external, site) => oldError(m, external, site),
  instance: (m, path, _args, place) => (path.at(-1) === 'Server' ? createState(m, 'router', place) : undefined),
};

const routers: PackageModel = {
  packages: ['restify-router'],
  construct: (m, external, site) =>
    external.path.at(-1) === 'Router' ? createState(m, 'router', site.place) : undefined,
};

export const restifyPackages: readonly PackageModel[] = [restify, routers, restifyErrorPackage];
