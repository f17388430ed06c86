// Owns the package models of restify: what makes servers and routers, and the middlewares that it brings.
// It must not hold their behaviour.

import { native, type PackageModel, undefinedValue, type Value } from '../value.ts';
import { oldError, restifyErrorPackage } from './errors.ts';
import { createState } from './servers.ts';

/** A middleware of restify itself, which parses, formats or logs and hands the request on. */
const passing = native(
  {
    name: 'restify plugin',
    call(m, _self, site) {
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
    if (quietPlugins.test(last)) return { ...passing, place: site.place };
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
