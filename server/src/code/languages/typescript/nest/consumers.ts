// Owns the middlewares that modules configure: `configure(consumer)` with `apply`, `exclude` and `forRoutes`.
// It must not run them.

import type { Place } from '../../../../base/place.ts';
import { classMember } from '../classes.ts';
import type { Machine } from '../machine.ts';
import { covers, readPaths } from '../paths.ts';
import { siteAt } from '../sites.ts';
import { type ClassValue, type Model, type NativeValue, native, numberOf, type Value } from '../value.ts';
import type { Injector } from './injector.ts';
import type { ModuleGraph, ModuleNode } from './module-graph.ts';

/** Where a middleware stands. */
interface Where {
  /** Undefined: every path. */
  readonly paths?: readonly string[];
  readonly method?: string;
  readonly controller?: ClassValue;
  /** Nobody can read where. */
  readonly lost?: boolean;
}

export interface Middleware {
  readonly value: Value;
  readonly place: Place;
  readonly module: ModuleNode;
  readonly where: readonly Where[];
  readonly except: readonly Where[];
}

const methodNames = ['get', 'post', 'put', 'delete', 'patch', 'all', 'options', 'head', 'search'];

interface Draft {
  readonly module: ModuleNode;
  readonly middlewares: readonly { readonly value: Value; readonly place: Place }[];
  readonly except: Where[];
  readonly found: Middleware[];
}

/** Runs `configure` of every module and gives what it registers, in order. */
export function middlewaresOf(m: Machine, graph: ModuleGraph, injector: Injector): readonly Middleware[] {
  const found: Middleware[] = [];
  for (const module of graph.modules) {
    const { cls } = module;
    const place = { file: cls.frame.module.file, start: cls.node.getStart(), end: cls.node.end };
    if (!cls.node.members.some((member) => member.name?.getText() === 'configure')) continue;
    const consumer = native(consumerModel, { module, found });
    m.bounded(cls.frame.module.file, () => {
      const instance = injector.instantiate(cls, module);
      const configure = classMember(m, cls, 'configure', instance);
      if (configure) m.call(configure, siteAt(m, place, [consumer]), instance);
    });
  }
  return found;
}

const consumerModel: Model = {
  name: 'middleware consumer',
  method(_m, self, key, site) {
    if (key !== 'apply') return undefined;
    const { module, found } = self.data as Pick<Draft, 'module' | 'found'>;
    const middlewares = site.args.flatMap((value, index) => {
      const place = site.argPlaces[index] ?? site.place;
      return value.kind === 'array' ? value.items.map((item) => ({ value: item, place })) : [{ value, place }];
    });
    return native({ ...proxyModel }, { module, found, middlewares, except: [], consumer: self });
  },
};

const proxyModel: Model = {
  name: 'middleware configuration',
  method(m, self, key, site) {
    const draft = self.data as Draft & { readonly consumer: NativeValue };
    if (key === 'exclude') {
      draft.except.push(...site.args.flatMap((value) => placesOf(m, value, site.place)));
      return self;
    }
    if (key !== 'forRoutes') return undefined;
    const where = site.args.flatMap((value) => placesOf(m, value, site.place));
    for (const { value, place } of draft.middlewares)
      draft.found.push({ value, place, module: draft.module, where, except: draft.except });
    return draft.consumer;
  },
};

function placesOf(m: Machine, value: Value, place: Place): Where[] {
  if (value.kind === 'class') return [{ controller: value }];
  if (value.kind === 'array') {
    const rest = value.rest ? [{ lost: true }] : [];
    return [...value.items.flatMap((item) => placesOf(m, item, place)), ...rest];
  }
  if (value.kind === 'union') return value.members.flatMap((member) => placesOf(m, member, place));
  if (value.kind === 'object') {
    const method = numberOf(m.get(value, 'method', place));
    const name = method === undefined ? undefined : methodNames[method];
    return placesOf(m, m.get(value, 'path', place), place).map((where) => ({
      ...where,
      ...(name && name !== 'all' ? { method: name } : {}),
    }));
  }
  const reading = readPaths(value, place);
  if (reading.lost || reading.paths.length === 0) return [{ lost: true }];
  return [{ paths: reading.paths.map((path) => path.template) }];
}

/** A route as middlewares look at it. */
export interface Asked {
  readonly path: string;
  /** The path without the app's prefix, which patterns leave out. */
  readonly bare: string;
  readonly method: string;
  readonly controller: ClassValue;
}

/** Whether a middleware runs for a route; undefined when that cannot be read. */
export function runsFor(middleware: Middleware, route: Asked): boolean | undefined {
  if (middleware.except.some((where) => matches(where, route, true) === true)) return false;
  const answers = middleware.where.map((where) => matches(where, route, false));
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

function matches(where: Where, route: Asked, exact: boolean): boolean | undefined {
  if (where.lost) return undefined;
  if (where.controller) return where.controller.node === route.controller.node;
  if (where.method && where.method !== route.method && route.method !== 'all') return false;
  return (where.paths ?? ['/{*}']).some((pattern) => {
    if (pattern === '/{*}' || pattern === '{*}') return true;
    const paths = [route.path, route.bare];
    // A pattern without a wildcard means this very path.
    return paths.some((path) => (pattern.includes('{*}') ? covers(pattern, path) : sameTemplate(pattern, path, exact)));
  });
}

function sameTemplate(pattern: string, path: string, exact: boolean): boolean {
  const wanted = pattern.split('/').filter((part) => part !== '');
  const have = path.split('/').filter((part) => part !== '');
  if (wanted.length !== have.length) return false;
  return wanted.every(
    (part, index) => part === have[index] || part.startsWith('{') || (!exact && have[index]!.startsWith('{')),
  );
}
