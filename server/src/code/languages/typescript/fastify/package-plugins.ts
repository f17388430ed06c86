// Owns what published plugins do to the context that registers them: guards, limits, proxies, folders of routes.
// It must not know how hooks are run.

import { isConditional } from '../arms.ts';
import { opened } from '../installed/openings.ts';
import type { Machine } from '../machine.ts';
import { type CallSite, type ExternalValue, isEmpty, literal, truth, unknown, type Value } from '../value.ts';
import { autoload } from './autoload.ts';
import { glueOperations } from './glue.ts';
import { authHook, limitHook } from './hooks.ts';
import { type InstanceState, outermost } from './instances.ts';
import { readPrefix, runPlugin } from './plugins.ts';
import { registerShorthand, routesSoFar } from './routes.ts';

/** Packages that neither guard nor answer for the routes of an API. Names are matched without scope. */
const passing = new Set([
  'accepts',
  'accepts-serializer',
  'awilix',
  'busboy',
  'caching',
  'circuit-breaker',
  'compress',
  'cookie',
  'cors',
  'diagnostics-channel',
  'early-hints',
  'elasticsearch',
  'env',
  'etag',
  'flash',
  'formbody',
  'funky',
  'helmet',
  'hotwire',
  'http-client',
  'jwt',
  'kafka',
  'language-parser',
  'leveldb',
  'mongodb',
  'multipart',
  'mysql',
  'nextjs',
  'oauth2',
  'one-line-logger',
  'otel',
  'passport',
  'postgres',
  'redis',
  'request-context',
  'response-validation',
  'restartable',
  'routes',
  'routes-stats',
  'schedule',
  'secure-session',
  'sensible',
  'session',
  'soap-client',
  'static',
  'swagger',
  'swagger-ui',
  'throttle',
  'type-provider-json-schema-to-ts',
  'type-provider-typebox',
  'under-pressure',
  'url-data',
  'view',
  'vite',
  'websocket',
  'zipkin',
  'auth',
  'basic-auth',
  'csrf-protection',
  'analytics',
  'mercurius',
  'fastify-metrics',
  'fastify-raw-body',
  'fastify-socket.io',
  'fastify-cron',
  'fastify-graceful-shutdown',
  'fastify-healthcheck',
  'fastify-favicon',
  'fastify-custom-healthcheck',
  'fastify-i18n',
  'fastify-mailer',
  'fastify-sse-v2',
  'fastify-sse',
  'fastify-print-routes',
  'fastify-blipp',
  'fastify-better-sqlite3',
  'fastify-typeorm-plugin',
  'fastify-sequelize',
  'fastify-language-parser',
  'fastify-type-provider-zod',
  'fastify-zod',
  'fastify-api-reference',
  'fastify-overview',
  'fastify-allow',
  'fastify-cloudinary',
  'fastify-bull-board',
  'fastify-opentelemetry',
  'fastify-multer',
  'fastify-split-validator',
  'fastify-qs',
  'fastify-tls-keygen',
  'fastify-lm-validators',
  'fastify-requests-log',
  'fastify-requestid',
  'fastify-log-controller',
  'fastify-disablecache',
  'fastify-no-icon',
]);

/** Names that speak for themselves, for packages that the list lacks. */
const telling =
  /cors|helmet|swagger|scalar|openapi-docs|metrics|prometheus|redis|mongo|postgres|prisma|drizzle|mikro|knex|sequelize|typeorm|sqlite|mysql|kafka|rabbit|amqp|nats|cron|schedul|queue|bull|mail|health|shutdown|raw-?body|i18n|log(?:ger|ging)?$|otel|opentelemetry|sentry|trac(?:e|ing)|request-?id|context|cache|etag|multipart|upload|socket|websocket|sse|graphql|view|favicon|sensible|type-provider|env|config|di$|awilix/;

/** Registers a package's plugin. */
export function loadPackage(
  m: Machine,
  state: InstanceState,
  plugin: ExternalValue,
  options: Value,
  site: CallSite,
): void {
  const name = plugin.package
    .replace(/^@fastify\//, '')
    .replace(
      /^fastify-(?=(?:autoload|cors|helmet|jwt|swagger|cookie|static|rate-limit|basic-auth|bearer-auth|auth|http-proxy|sensible|formbody|multipart|compress|websocket|postgres|redis|mongodb|express)$)/,
      '',
    );
  if (/formbody|multipart|busboy|multer|upload|raw-body|xml|parser|qs$/.test(name)) outermost(state).ownParsers = true;
  switch (name) {
    case 'autoload':
      autoload(m, state, options, site);
      return;
    case 'bearer-auth': {
      const added = isEmpty(options) ? undefined : m.get(options, 'addHook', site.place);
      if (added && added.kind === 'literal' && added.value === false) return;
      state.hooks.push({ name: 'onRequest', value: authHook('bearer', site.place), place: site.place, owner: state });
      return;
    }
    case 'rate-limit': {
      const global = isEmpty(options) ? undefined : m.get(options, 'global', site.place);
      const limited = global && !isEmpty(global) && truth(global) === false ? 'rate-limit of routes' : 'rate-limit';
      state.hooks.push({
        name: limited,
        value: limitHook(site.place),
        place: site.place,
        owner: state,
        order: routesSoFar(),
      });
      return;
    }
    case 'http-proxy':
    case 'reply-from':
      // A proxy answers whatever lies below its prefix.
      if (name === 'http-proxy') proxy(m, state, options, site);
      return;
    case 'express':
    case 'middie':
      state.hooksOpen ??= { reason: 'framework-unmodelled', place: site.place };
      return;
    case 'openapi-glue':
    case 'fastify-openapi-glue':
      glueOperations(m, state, 'fastify-openapi-glue', options, site);
      return;
    case '@platformatic/sql-openapi':
    case '@platformatic/db':
    case 'fastify-decorators':
    case 'fastify-openapi-router-plugin':
      state.open ??= { reason: 'framework-unmodelled', place: site.place };
      return;
    default:
      break;
  }
  const bare = plugin.package.replace(/^@[^/]+\//, '');
  if (passing.has(name) || passing.has(bare) || telling.test(plugin.package)) return;
  const inner = opened(m, plugin);
  if (inner !== plugin) runPlugin(m, state, inner, options, site, isConditional(m, state));
  else state.hooksOpen ??= { reason: 'framework-unmodelled', place: site.place };
}

/** A proxy with a known prefix is a route that takes every path below it; with an unknown one it may serve anything. */
function proxy(m: Machine, state: InstanceState, options: Value, site: CallSite): void {
  const { template, lost, place } = readPrefix(m, options, site);
  if (lost || template === '') {
    state.open ??= { reason: 'catch-all-or-proxy', place: site.place };
    return;
  }
  const path = literal(`${template}/*`, place ?? site.place);
  const target = unknown('catch-all-or-proxy', site.place);
  const args = [path, target];
  registerShorthand(m, state, 'all', {
    ...site,
    node: undefined,
    args,
    argPlaces: args.map(() => place ?? site.place),
  });
}
