// Owns the packages of middlewares and wrappers that services use around their handlers: which ones pass on, guard or answer.
// It must not know routes.

import type { Place } from '../../../../base/place.ts';
import { parsedTypes } from '../express/parsers.ts';
import { type RequestData, requestModel } from '../express/request.ts';
import { passOn, transparent } from '../express/routers.ts';
import type { Machine } from '../machine.ts';
import {
  type CallSite,
  type ExternalValue,
  literal,
  native,
  nativeFunction,
  type PackageModel,
  resultOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { isLeftOut } from './excepted-paths.ts';

/** Middlewares that neither answer with a status of the API nor decide who may call. */
const passing: PackageModel = {
  packages: [
    'helmet',
    'cors',
    'compression',
    'morgan',
    'cookie-parser',
    'body-parser',
    'express-session',
    'method-override',
    'response-time',
    'serve-favicon',
    'serve-static',
    'connect-timeout',
    'express-pino-logger',
    'pino-http',
    'express-winston',
    'hpp',
    'xss-clean',
    'express-mongo-sanitize',
    'express-fileupload',
    'multer',
    'connect-flash',
    'express-useragent',
    'request-ip',
    'express-request-id',
    'cookie-session',
    'lusca',
    'express-http-context',
    'cls-rtracer',
    'swagger-ui-express',
    'express-status-monitor',
    'express-prom-bundle',
    'prom-client',
    'express-device',
    'express-requestid',
    'correlation-id',
    'express-ejs-layouts',
    'nocache',
    'express-enforces-ssl',
    'express-bearer-token',
    'i18next-http-middleware',
    'i18n',
    '@godaddy/terminus',
    'express-actuator',
    'express-favicon',
    'vhost',
    'connect-redis',
    '@logto/express',
    'apicache',
    'applicationinsights',
    'bunyan-middleware',
    'connect-busboy',
    'connect-mongo',
    'csrf-csrf',
    'csurf',
    'tiny-csrf',
    'dont-sniff-mimetype',
    'express-bunyan-logger',
    'express-ctx',
    'express-correlation-id',
    'express-handlebars',
    'express-ip',
    'express-locale',
    'express-opentracing',
    'express-prometheus-middleware',
    'express-query-boolean',
    'express-request-context',
    'express-requests-logger',
    'express-sslify',
    'express-xml-bodyparser',
    'frameguard',
    'helmet-csp',
    'hide-powered-by',
    'hsts',
    'ienoopen',
    'memorystore',
    'morgan-body',
    'permissions-policy',
    'referrer-policy',
    'rollbar',
    'shrink-ray-current',
    'swagger-stats',
    'x-xss-protection',
  ],
  call(m, external, site) {
    return resultOfMiddleware(m, external, site);
  },
  member(m, external) {
    // `swaggerUi.serve` and `upload.single('file')` are middlewares too.
    if (external.path.at(-1) === 'serve' || external.path.at(-1) === 'serveFiles')
      return transparent(m, external.package, siteless(m, external));
    return undefined;
  },
};

/** Packages that watch what a service does: they run what they are given and give back its value. */
const watching: PackageModel = {
  packages: [
    '@sentry/node',
    '@sentry/core',
    '@sentry/serverless',
    '@opentelemetry/api',
    'newrelic',
    'dd-trace',
    'elastic-apm-node',
    'cls-hooked',
    'continuation-local-storage',
  ],
  call(m, external, site) {
    const last = external.path.at(-1) ?? '';
    if (last.endsWith('rrorHandler') && site.args.every((argument) => argument.kind === 'object')) {
      return native(
        { name: 'error mapper', call: (machine, _self, inner) => rethrow(machine, inner) },
        undefined,
        site.place,
      );
    }
    if (last === 'requestHandler' || last === 'tracingHandler') return resultOfMiddleware(m, external, site);
    // `context.with(context, fn, thisArg, ...args)` hands on what follows.
    const [, handed, self, ...rest] = site.args;
    if (last === 'with' && handed && self)
      return m.call(handed, { ...site, args: rest, argPlaces: site.argPlaces.slice(3), node: undefined }, self);
    const callback = site.args.findLast((argument) => argument.kind === 'function');
    if (callback && last === 'bind') return callback;
    if (!callback)
      return { kind: 'external', package: external.package, path: [...external.path, resultOf], place: site.place };
    const given = Array.from({ length: 2 }, () => unknown('spread-or-any', site.place));
    return m.call(callback, { ...site, args: given, argPlaces: given.map(() => site.place), node: undefined });
  },
};

function rethrow(m: Machine, site: CallSite): Value {
  const next = site.args[3];
  if (next) m.call(next, { ...site, args: [site.args[0]!], argPlaces: [site.place] });
  return undefinedValue;
}

function resultOfMiddleware(m: Machine, external: ExternalValue, site: CallSite): Value {
  const member = external.path.findLast((step) => step !== resultOf && step !== 'default');
  const inner = transparent(m, external.package, site, parsedTypes(external.package, member, site));
  if (inner.kind !== 'native') return inner;
  const again = nativeFunction(external.package, (machine, next) =>
    isMiddlewareCall(next) ? machine.call(inner, next) : resultOfMiddleware(machine, external, next),
  );
  return native(
    {
      ...inner.model,
      get: () => again,
      method: (machine, _self, _key, next) => resultOfMiddleware(machine, external, next),
    },
    external.package,
    site.place,
  );
}

/** A middleware that is used without being made (`app.use(cookieParser)`) is called with a request first. */
function isMiddlewareCall(site: CallSite): boolean {
  const [first] = site.args;
  return first?.kind === 'native' && first.model === requestModel;
}

function siteless(m: Machine, external: ExternalValue): CallSite {
  const place: Place = external.place ?? { file: '', start: 0, end: 0 };
  return { args: [], open: true, place, argPlaces: [], namePlace: place, frame: m.globals };
}

/** Rate limiters answer 429 by default. */
const limiting: PackageModel = {
  packages: ['express-rate-limit', 'express-slow-down', 'rate-limiter-flexible', 'express-brute'],
  call(_m, external, site) {
    if (external.path.includes(resultOf)) return undefined;
    const slows = external.package === 'express-slow-down';
    return native(
      {
        name: 'rate limiter',
        call(machine, _self, inner) {
          const sink = sinkOf(inner);
          if (sink && !slows) sink.target.exit({ status: literal(429), place: inner.place, headers: [] });
          return passOn(machine, inner);
        },
      },
      undefined,
      site.place,
    );
  },
};

/** The sink of the request that a middleware is called with. */
export function sinkOf(site: CallSite): RequestData['sink'] | undefined {
  const [request] = site.args;
  return request?.kind === 'native' && request.model === requestModel ? (request.data as RequestData).sink : undefined;
}

/** A guard that answers 401 before the handler. */
export function guardMiddleware(
  scheme: 'bearer' | 'basic' | 'session' | undefined,
  place: Place,
  optional = false,
): Value {
  return native(
    {
      name: 'guard',
      method: (_m, self, key, site) => (key === 'unless' ? unlessLeftOut(self, site) : undefined),
      call(machine, _self, inner) {
        const sink = sinkOf(inner);
        if (sink && optional) {
          sink.target.addGuard({
            kind: 'optional-authentication',
            scheme,
            scopes: [],
            place,
            level: sink.target.stage.level,
            confidence: 'proved',
          });
        } else if (sink) {
          const before = sink.target.credentialScheme;
          sink.target.credentialScheme = scheme ?? before;
          sink.target.exit({ status: literal(401), place: inner.place, headers: [] });
          sink.target.credentialScheme = before;
        }
        const [request] = inner.args;
        if (request?.kind === 'native') {
          for (const key of ['user', 'auth'])
            request.props.set(key, { value: { kind: 'unknown', reason: 'dependency-injection', truthy: !optional } });
        }
        return passOn(machine, inner);
      },
    },
    scheme,
    place,
  );
}

/** `guard.unless({ path: […] })`: requests that can be told leave the guard out; of others nobody knows. */
function unlessLeftOut(guard: Value, made: CallSite): Value {
  const call = (m: Machine, inner: CallSite): Value => {
    const [request] = inner.args;
    const data =
      request?.kind === 'native' && request.model === requestModel ? (request.data as RequestData) : undefined;
    const subject = data?.subject;
    if (subject) subject.asked = true;
    const { path, method } = subject ?? { path: undefined, method: undefined };
    const leftOut = isLeftOut(m, made.args[0], { path, method }, made.place);
    if (leftOut === false) return m.call(guard, inner);
    if (leftOut === undefined) {
      data?.sink.target.openGuards('conditional-registration', made.place);
      data?.sink.target.openExits('conditional-registration', made.place);
    }
    return passOn(m, inner);
  };
  return native({ name: 'guard', call: (m, _self, inner) => call(m, inner) }, undefined, made.place);
}

const guarding: PackageModel = {
  packages: [
    'express-jwt',
    'express-oauth2-jwt-bearer',
    'express-basic-auth',
    'express-openid-connect',
    '@clerk/express',
  ],
  call(m, external, site) {
    const last = external.path.at(-1);
    if (external.package === '@clerk/express')
      return last === 'requireAuth'
        ? guardMiddleware('bearer', site.place)
        : last === 'clerkMiddleware'
          ? transparent(m, 'clerk', site)
          : undefined;
    if (external.package === 'express-openid-connect')
      return last === 'requiresAuth'
        ? guardMiddleware('session', site.place)
        : last === 'auth'
          ? transparent(m, 'openid', site)
          : undefined;
    if (external.package === 'express-oauth2-jwt-bearer' && last === 'requiredScopes') return scopeMiddleware(site);
    const options = site.args[0];
    const required =
      options?.kind === 'object'
        ? m.get(
            options,
            external.package === 'express-oauth2-jwt-bearer' ? 'authRequired' : 'credentialsRequired',
            site.place,
          )
        : undefined;
    const optional = required?.kind === 'literal' && required.value === false;
    return guardMiddleware(external.package === 'express-basic-auth' ? 'basic' : 'bearer', site.place, optional);
  },
};

/** Guards that ask for scopes of the token: `requiredScopes('read:orders write:orders')`, `jwtAuthz(['read:orders'])`. */
const scoping: PackageModel = {
  packages: ['express-jwt-authz'],
  call: (_m, external, site) => (external.path.includes(resultOf) ? undefined : scopeMiddleware(site)),
};

/** A guard that answers 403 unless the caller has the named scopes. */
function scopeMiddleware(site: CallSite): Value {
  const [given] = site.args;
  const list = given?.kind === 'array' && !given.rest ? given.items : given ? [given] : [];
  const texts = list.map((item) =>
    item.kind === 'literal' && typeof item.value === 'string' ? item.value : undefined,
  );
  const known = texts.every((text) => text !== undefined);
  const scopes = known ? texts.flatMap((text) => text.split(/\s+/).filter(Boolean)) : [];
  return native(
    {
      name: 'scope guard',
      call(machine, _self, inner) {
        const sink = sinkOf(inner);
        if (sink) {
          sink.target.exit({ status: literal(403), place: inner.place, headers: [] });
          sink.target.addGuard({
            kind: 'authorization',
            scopes,
            place: site.place,
            level: sink.target.stage.level,
            confidence: 'proved',
          });
        }
        return passOn(machine, inner);
      },
    },
    undefined,
    site.place,
  );
}

/** Wrappers that hand a rejected promise to `next`: the wrapped function is what matters. */
const wrapping: PackageModel = {
  packages: [
    'express-async-handler',
    'async-middleware',
    'express-async-errors',
    'express-async-router',
    'express-asyncify',
    'awilix-express',
    'util-promisify',
    '@awaitjs/express',
    'async-express-mw',
    'express-async-wrap',
    'middleware-async',
  ],
  call(_m, _external, site) {
    return site.args[0] ?? unknown('unresolved-import', site.place);
  },
};

export const middlewarePackages: readonly PackageModel[] = [passing, watching, limiting, guarding, scoping, wrapping];
