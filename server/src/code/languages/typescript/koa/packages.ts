// Owns the package models of Koa itself: applications, routers, mounts and what composes middlewares.
// It must not hold their behaviour.

import ts from 'typescript';
import type { Machine } from '../machine.ts';
import { readPaths } from '../paths.ts';
import {
  type CallSite,
  isEmpty,
  native,
  type PackageModel,
  resultOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { appOf, compose, createApp, mount } from './apps.ts';
import { koaJoiRouter } from './joi-router.ts';
import { koaMiddlewares } from './middlewares.ts';
import { createRouter, verbs } from './routers.ts';
import { koaZodRouter } from './zod-router.ts';

const koa: PackageModel = {
  packages: ['koa'],
  construct: (m, external, site) =>
    isOwn(external.path.at(-1))
      ? createApp(m, site.place, site.node !== undefined && ts.isParameter(site.node.parent))
      : undefined,
  call: (m, external, site) => (isOwn(external.path.at(-1)) ? createApp(m, site.place) : undefined),
};

function isOwn(last: string | undefined): boolean {
  return last === undefined || last === 'default' || last === 'Koa' || last === 'Application';
}

function routerFrom(m: Machine, last: string | undefined, site: CallSite): Value | undefined {
  if (last !== undefined && last !== 'default' && !/Router$/.test(last)) return undefined;
  return createRouter(m, site.args[0], site.place);
}

const routers: PackageModel = {
  packages: [
    'koa-router',
    '@koa/router',
    '@types/koa-router',
    'koa-better-router',
    'koa-trie-router',
    'koa-tree-router',
  ],
  construct: (m, external, site) => routerFrom(m, external.path.at(-1), site),
  call: (m, external, site) =>
    external.path.includes(resultOf) ? undefined : routerFrom(m, external.path.at(-1), site),
  instance(m, path, _args, place) {
    const name = path.at(-1);
    return name === 'default' || name === 'Router' || name === 'IRouter' || name === 'RouterInstance' || name === '='
      ? createRouter(m, undefined, place, true)
      : undefined;
  },
};

const mounting: PackageModel = {
  packages: ['koa-mount'],
  call: (m, external, site) => (external.path.includes(resultOf) ? undefined : mount(m, site)),
};

const composing: PackageModel = {
  packages: ['koa-compose'],
  call: (m, external, site) => (external.path.includes(resultOf) ? undefined : compose(m, site)),
};

/** `route.get(path, (ctx, ...values) => …)`: a middleware that answers one path. */
const routing: PackageModel = {
  packages: ['koa-route'],
  call(m, external, site) {
    const verb = external.path.at(-1);
    if (verb === undefined || !verbs.has(verb) || external.path.includes(resultOf)) return undefined;
    const router = createRouter(m, undefined, site.place);
    const [path, handler] = site.args;
    if (!path || !handler) return undefined;
    m.call(m.get(router, verb, site.place), {
      ...site,
      args: [path, withValues(path, handler, site)],
      argPlaces: site.argPlaces.slice(0, 2),
    });
    return m.call(m.get(router, 'routes', site.place), { ...site, args: [], argPlaces: [] });
  },
};

/** The handler of `koa-route` takes the values of the path's parameters between the context and `next`. */
function withValues(path: Value, handler: Value, site: CallSite): Value {
  const [reading] = readPaths(path, site.place).paths;
  const names = [...(reading?.template ?? '').matchAll(/\{([^{}*]+)\}/g)].map((match) => match[1]!);
  const wrapped = native(
    {
      name: 'koa route',
      call(m, _self, inner) {
        const [context, next] = inner.args;
        if (!context) return undefinedValue;
        const params = m.get(context, 'params', site.place);
        const values = names.map((name) => m.get(params, name, site.place));
        const args = [context, ...values, ...(next ? [next] : [])];
        return m.call(handler, { ...inner, args, argPlaces: args.map(() => inner.place) }, context);
      },
    },
    undefined,
    site.argPlaces[1],
  );
  return wrapped;
}

/** `onerror(app)` answers what nobody catches in a form of its own. */
const formatters: PackageModel = {
  packages: ['koa-onerror'],
  call(m, external, site) {
    if (external.path.includes(resultOf)) return undefined;
    const app = appOf(m, site.args[0]);
    if (app) app.formatted = true;
    return site.args[0] ?? undefinedValue;
  },
};

/** `websockify(app)` and its kin give back the app that they are given. */
const wrappers: PackageModel = {
  packages: ['koa-websocket', 'koa-joi-swagger', 'koa-swagger-decorator'],
  call: (_m, _external, site) =>
    isEmpty(site.args[0] ?? undefinedValue) ? unknown('framework-unmodelled', site.place) : site.args[0],
};

export const koaPackages: readonly PackageModel[] = [
  ...koaMiddlewares,
  koa,
  routers,
  mounting,
  composing,
  routing,
  formatters,
  wrappers,
  koaJoiRouter,
  koaZodRouter,
];
