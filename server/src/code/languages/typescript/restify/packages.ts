// Owns the package models of restify: what makes servers and routers, and the middlewares that it brings.
// It must not hold their behaviour.

import type { RequestData } from '../express/request.ts';
import type { Machine } from '../machine.ts';
import {
  type CallSite,
  type ExternalValue,
  isEmpty,
  native,
  type PackageModel,
  undefinedValue,
  type Value,
} from '../value.ts';
import { conditionalHandler } from './conditional.ts';
import { oldError, restifyErrorPackage } from './errors.ts';
import { mapOntoParameters } from './parameters.ts';
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

/** One plugin, and what it puts beside the path's parameters. */
interface Plugin {
  readonly name: string;
  readonly maps?: 'query' | 'body';
}

/** Before its fifth version restify had its plugins beside `createServer`, and parsers mapped unless they were told not to. */
function pluginOf(m: Machine, { path }: ExternalValue, site: CallSite): Plugin {
  const name = path.at(-1) ?? '';
  const part = name === 'queryParser' ? 'query' : name in parsers ? 'body' : undefined;
  const [options] = site.args;
  const told = options?.kind === 'object' ? m.get(options, 'mapParams', site.place) : undefinedValue;
  const maps = told.kind === 'literal' && told.value !== undefined ? told.value === true : !path.includes('plugins');
  return { name, ...(part && maps ? { maps: part } : {}) };
}

/** A middleware of restify itself, which parses, formats or logs and hands the request on. */
const passing = native(
  {
    name: 'restify plugin',
    call(m, self, site) {
      const [request] = site.args;
      const { name, maps } = self.data as Plugin;
      if (request?.kind === 'native' && request.model === restifyRequest) {
        const { sink } = request.data as RequestData;
        const mediaTypes = parsers[name];
        if (mediaTypes && self.place) sink.target.addParser({ mediaTypes, place: self.place });
        if (maps) mapOntoParameters(sink, maps);
      }
      const next = site.args.at(-1);
      if (next?.kind === 'native' && next.model.name === 'next') m.call(next, { ...site, args: [], argPlaces: [] });
      return undefinedValue;
    },
  },
  undefined,
);

/** Plugins that only change what others see; those that refuse requests are not followed. */
const quietPlugins =
  /^(acceptParser|authorizationParser|throttle|conditionalRequest|auditLogger|bodyParser|bodyReader|jsonBodyParser|urlEncodedBodyParser|multipartBodyParser|fieldedTextParser|queryParser|dateParser|requestLogger|gzipResponse|fullResponse|jsonp|metrics|sanitizePath|dedupeSlashes|pause|reqIdHeaders|requestExpiry|strictQueryParams|userAgentConnection|context|inflightRequestThrottle|cpuUsageThrottle|serverTiming|pre|prefork)$/;

/** The functions that write bodies, where the server is given its own. */
function formattersOf(m: Machine, site: CallSite): Value | undefined {
  const [options] = site.args;
  const given = options?.kind === 'object' ? m.get(options, 'formatters', site.place) : undefined;
  return given && !isEmpty(given) ? given : undefined;
}

const restify: PackageModel = {
  packages: ['restify'],
  call(m, external, site): Value | undefined {
    const last = external.path.at(-1) ?? '';
    if (last === 'createServer') return createState(m, 'server', site.place, formattersOf(m, site));
    if (last === 'conditionalHandler') return conditionalHandler(m, site);
    if (quietPlugins.test(last)) return { ...passing, data: pluginOf(m, external, site), place: site.place };
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
