// Owns the package models of Hono and of what is published for it.
// It must not hold their behaviour.

import type { Machine } from '../machine.ts';
import { zodPackage } from '../packages/zod/package.ts';
import {
  type CallSite,
  type ExternalValue,
  isEmpty,
  native,
  nativeFunction,
  objectOf,
  type PackageModel,
  resultOf,
  someString,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { createApp } from './apps.ts';
import { contextOf } from './context.ts';
import { describing } from './documented.ts';
import { httpException } from './exceptions.ts';
import { builtIn, cookieCall, guard, middleware, page, passing, streamCall } from './middlewares.ts';
import { describedRoute } from './openapi.ts';
import { validatorCall } from './validators.ts';

/** `createFactory()`: makes apps, middlewares and lists of handlers of one kind. */
function factory(m: Machine, options: Value | undefined, site: CallSite): Value {
  const init = options?.kind === 'object' ? m.get(options, 'initApp', site.place) : undefinedValue;
  return objectOf({
    createMiddleware: nativeFunction('createMiddleware', (_machine, inner) => inner.args[0]),
    createHandlers: nativeFunction('createHandlers', (_machine, inner) => ({
      kind: 'array',
      items: inner.args.map((value, index) => keepPlace(value, inner, index)),
    })),
    createApp: nativeFunction('createApp', (machine, inner) => {
      const app = createApp(machine, inner.args[0], inner.place);
      if (!isEmpty(init)) machine.call(init, { ...inner, args: [app], argPlaces: [inner.place] });
      return app;
    }),
  });
}

function keepPlace(value: Value, site: CallSite, index: number): Value {
  const place = site.argPlaces[index];
  return value.kind === 'native' && !value.place && place ? { ...value, place } : value;
}

const hono: PackageModel = {
  packages: ['hono', '@hono/hono', 'jsr:@hono/hono'],
  construct(m, external, site) {
    const last = external.path.at(-1);
    if (last === 'HTTPException') return httpException(m, site);
    return last === 'Hono' || last === 'default' ? createApp(m, site.args[0], site.place) : undefined;
  },
  call(m, external, site) {
    const last = external.path.at(-1);
    if (last === undefined || external.path.includes(resultOf)) return undefined;
    // Some are used as they are: `app.use(cors)` is a mistake that nobody makes, `handle(app)` is no middleware at all.
    const made = builtIn(m, last, site);
    if (made) return made;
    switch (last) {
      case 'validator':
        return validatorCall(site, true);
      case 'createFactory':
        return factory(m, site.args[0], site);
      case 'createMiddleware':
        return site.args[0];
      case 'stream':
      case 'streamText':
      case 'streamSSE':
        return streamCall(m, last, site);
      case 'handle':
      case 'serve':
      case 'fire':
        return native({ name: 'hono server', call: () => undefinedValue, method: () => undefinedValue }, undefined);
      case 'testClient':
      case 'hc':
        return unknown('spread-or-any', site.place);
      case 'env':
        return unknown('environment-dependent', site.place);
      case 'html':
      case 'raw':
        return someString();
      default:
        return cookieCall(m, last, site);
    }
  },
  instance(m, path, _args, place) {
    return path.at(-1) === 'Hono' ? createApp(m, undefined, place, true) : undefined;
  },
};

/** zod with routes: what is no word of the package's own is zod's. */
const zodOpenapi: PackageModel = {
  ...zodPackage,
  packages: ['@hono/zod-openapi'],
  construct(m, external, site) {
    return external.path.at(-1) === 'OpenAPIHono'
      ? createApp(m, site.args[0], site.place)
      : zodPackage.construct?.(m, external, site);
  },
  call(m, external, site) {
    const last = external.path.at(-1);
    const [first] = site.args;
    if (last === 'createRoute') return describedRoute(m, first ?? undefinedValue, site.place);
    if (last === '$' || last === 'defineOpenAPIRoute') return first;
    return zodPackage.call?.(m, external, site);
  },
  instance(m, path, args, place) {
    if (path.at(-1) === 'OpenAPIHono') return createApp(m, undefined, place, true);
    return zodPackage.instance?.(m, path, args, place);
  },
};

const validators: PackageModel = {
  packages: [
    '@hono/zod-validator',
    '@hono/valibot-validator',
    '@hono/standard-validator',
    '@hono/typebox-validator',
    '@hono/arktype-validator',
    'hono-openapi',
  ],
  call(m, external, site) {
    const last = external.path.at(-1) ?? '';
    if (last === 'describeRoute') return describing(m, site.args[0], site.place);
    if (last === 'openAPISpecs' || last === 'openAPIRouteHandler' || last === 'generateSpecs')
      return page(external, site.place);
    if (last === 'resolver') return unknown('spread-or-any', site.place);
    return /alidator$/.test(last) ? validatorCall(site, false) : undefined;
  },
};

/** Packages that neither answer for the routes of an API nor decide who may call. */
const quiet: PackageModel = {
  packages: [
    '@hono/sentry',
    '@hono/otel',
    '@hono/prometheus',
    '@hono/structured-logger',
    '@hono/session',
    '@hono/esbuild-transpiler',
    '@hono/node-ws',
    'hono-pino',
    'hono-rate-limiter',
    'hono-sessions',
    'hono-server-timing',
    'hono-compress',
    '@sentry/hono',
    '@logtail/hono',
  ],
  call(_m, external, site) {
    if (external.path.includes(resultOf)) return contextOf(site.args[0]) ? undefinedValue : undefined;
    return external.path.at(-1)?.startsWith('get') ? undefined : middleware(external.package, site.place);
  },
};

const guards: PackageModel = {
  packages: ['@hono/clerk-auth', '@hono/auth-js', '@hono/firebase-auth', '@hono/oidc-auth', '@hono/cloudflare-access'],
  call(_m, external, site) {
    const last = external.path.at(-1);
    if (external.path.includes(resultOf)) return undefined;
    if (last === 'verifyAuth' || last === 'verifyFirebaseAuth' || last === 'oidcAuthMiddleware')
      return guard('session', site.place);
    if (last === 'cloudflareAccess') return guard('bearer', site.place);
    return last === 'clerkMiddleware' || last === 'initAuthConfig'
      ? middleware(external.package, site.place)
      : undefined;
  },
};

const pages: PackageModel = {
  packages: ['@hono/swagger-ui', '@scalar/hono-api-reference', '@hono/graphql-server', '@hono/swagger-editor'],
  call: (_m, external, site) => (external.path.includes(resultOf) ? undefined : page(external, site.place)),
};

/** What takes an app and listens. */
const servers: PackageModel = {
  packages: ['@hono/node-server', '@hono/vite-dev-server', '@hono/vite-cloudflare-pages'],
  call(_m, external: ExternalValue, site) {
    const last = external.path.at(-1);
    if (last !== undefined && passing.has(last)) return middleware(last, site.place);
    return native({ name: 'hono server', call: () => undefinedValue, method: () => undefinedValue }, undefined);
  },
};

export const honoPackages: readonly PackageModel[] = [hono, validators, quiet, guards, pages, servers, zodOpenapi];
