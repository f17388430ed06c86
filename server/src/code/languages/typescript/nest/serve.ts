// Owns what a Nest app serves: its modules' controllers flattened into routes, each with the chain that a request runs through.
// It must not run the chain; see `chain.ts`.

import type { Place } from '../../../../base/place.ts';
import { type Completeness, closed, type Route, type Step } from '../../../model.ts';
import { deprecationOf } from '../deprecation.ts';
import { HttpRun } from '../http-run.ts';
import type { Machine } from '../machine.ts';
import { placeOf } from '../module.ts';
import { joinPaths, readPaths } from '../paths.ts';
import { writtenPathOf } from '../registration-path.ts';
import { isInternal } from '../served.ts';
import { type ClassValue, isEmpty, literal, numberOf, textOf, undefinedValue, type Value } from '../value.ts';
import type { AppState } from './application.ts';
import { chainOf } from './chain.ts';
import { type Middleware, middlewaresOf } from './consumers.ts';
import { documentationOf, isHidden } from './documentation.ts';
import { type EndpointRoute, endpointsOf, versionsOf } from './endpoints.ts';
import { Injector } from './injector.ts';
import { protocol } from './protocol.ts';

export interface Served {
  readonly routes: readonly Route[];
  readonly completeness: Completeness;
}

/** What is around the routes of an app. */
interface Around {
  readonly m: Machine;
  readonly run: HttpRun;
  readonly app: AppState | undefined;
  readonly injector: Injector;
  readonly middlewares: readonly Middleware[];
  readonly id: string;
  readonly routes: Route[];
}

/** The routes of one app. */
export function serveApp(m: Machine, app: AppState): Served {
  const graph = app.graph();
  const around: Around = {
    m,
    run: new HttpRun(m, protocol(app.platform)),
    app,
    injector: app.injector,
    middlewares: middlewaresOf(m, graph, app.injector),
    id: app.place.file,
    routes: [],
  };
  let completeness: Completeness = graph.lost ? { closed: false, ...graph.lost } : closed;
  for (const module of graph.modules) {
    for (const { cls, conditional } of module.controllers) {
      for (const found of endpointsOf(m, cls, module)) {
        if (found.lost && completeness.closed) completeness = { closed: false, ...found.lost };
        emit(around, found, graph.prefixes.get(module.cls.node), conditional);
      }
    }
  }
  return { routes: around.routes, completeness };
}

/** The routes of controllers that no app is seen to have. */
export function serveLoose(m: Machine, controllers: readonly ClassValue[], id: string, place: Place): Served {
  const around: Around = {
    m,
    run: new HttpRun(m, protocol('express')),
    app: undefined,
    injector: new Injector(m, () => []),
    middlewares: [],
    id,
    routes: [],
  };
  for (const cls of controllers)
    for (const found of endpointsOf(m, cls, undefined)) emit(around, found, undefined, false);
  return { routes: around.routes, completeness: { closed: false, reason: 'unresolved-prefix', place } };
}

/** A path with what the app puts before it. */
interface Placed {
  readonly path: string;
  readonly bare: string;
  readonly lost?: Route['completeness'];
}

function emit(around: Around, found: EndpointRoute, modulePath: string | undefined, conditional: boolean): void {
  const { m, app } = around;
  const versions = versionPrefixes(m, app, found);
  for (const target of found.templates) {
    for (const version of versions.prefixes) {
      const inner = [modulePath ?? '', target.template].reduce(joinPaths);
      for (const placed of withPrefix(m, app, inner, version, found)) {
        const lost = target.lost
          ? ({ closed: false, reason: target.lost, place: found.pathPlace } as const)
          : placed.lost;
        push(around, found, placed, target.place ?? found.pathPlace, lost ?? versions.lost, conditional);
      }
    }
  }
}

function push(
  around: Around,
  found: EndpointRoute,
  placed: Placed,
  pathPlace: Place,
  lost: Completeness | undefined,
  conditional: boolean,
): void {
  const { m, app, id: owner, routes } = around;
  const { endpoint, verb } = found;
  const order = routes.length;
  const unmounted =
    app === undefined || (lost !== undefined && !lost.closed && lost.reason !== 'conditional-registration');
  const completeness: Completeness = lost
    ? lost
    : app === undefined
      ? { closed: false, reason: 'unresolved-prefix', place: found.place }
      : conditional
        ? { closed: false, reason: 'conditional-registration', place: found.place }
        : closed;
  const id = `${owner}#${order}:${verb} ${placed.path}`;
  const deprecated = deprecationOf(endpoint.method);
  const documentation = documentationOf(m, endpoint);
  const written = writtenPathOf(m, 'nest', { place: found.place, pathPlace });
  let facts: ReturnType<Route['facts']> | undefined;
  routes.push({
    id,
    app: owner,
    method: verb,
    path: placed.path,
    framework: 'nest',
    place: found.place,
    pathPlace,
    ...(written === undefined ? {} : { written }),
    handlerPlace: placeOf(endpoint.method),
    handlerName: endpoint.name,
    order,
    completeness,
    unmounted,
    internal: isInternal(placed.path) || isHidden(m, endpoint),
    mounts: mountsOf(found, app),
    ...(deprecated ? { deprecated } : {}),
    ...(documentation ? { documentation } : {}),
    facts: () =>
      (facts ??= m.factCache.get(m, id, () => {
        const route = { path: placed.path, bare: placed.bare, method: verb, unmounted };
        const { chain, finish } = chainOf(m, app, around.injector, endpoint, route, around.middlewares);
        return finish(around.run.facts(chain));
      })),
  });
}

function mountsOf(found: EndpointRoute, app: AppState | undefined): Step[] {
  return [
    ...(app?.prefix ? [{ place: app.prefix.place, what: 'puts the prefix of the app before it' }] : []),
    { place: found.controllerPlace, what: `is served by ${found.endpoint.cls.node.name?.text ?? 'a controller'}` },
  ];
}

/** The path prefixes of a route's versions; other ways to ask for a version leave the path alone. */
function versionPrefixes(
  m: Machine,
  app: AppState | undefined,
  found: EndpointRoute,
): { readonly prefixes: readonly string[]; readonly lost?: Completeness } {
  const options = app?.versioning;
  if (!options) return { prefixes: [''] };
  const place = found.place;
  const get = (key: string): Value => (options.kind === 'object' ? m.get(options, key, place) : undefinedValue);
  const wanted = isEmpty(found.version) ? get('defaultVersion') : found.version;
  const versions = versionsOf(wanted);
  const kind = get('type');
  const isUri = isEmpty(kind) || numberOf(kind) === 0;
  if (!versions) return { prefixes: [''], lost: { closed: false, reason: 'dynamic-path', place } };
  if (!isUri) {
    // Several handlers may stand on one path, and a header chooses among them.
    return versions.length === 0 || versions[0] === undefined
      ? { prefixes: [''] }
      : { prefixes: [''], lost: { closed: false, reason: 'conditional-registration', place } };
  }
  const prefix = get('prefix');
  const letter = prefix.kind === 'literal' && prefix.value === false ? '' : (textOf(prefix) ?? 'v');
  if (versions.length === 0) return { prefixes: [''] };
  return { prefixes: versions.map((version) => (version === undefined ? '' : `/${letter}${version}`)) };
}

/** Puts version and global prefix before a path, unless the path is excluded from it. */
function withPrefix(
  m: Machine,
  app: AppState | undefined,
  inner: string,
  version: string,
  found: EndpointRoute,
): readonly Placed[] {
  const versioned = joinPaths(version, inner);
  const prefix = app?.prefix;
  if (!app || !prefix || isEmpty(prefix.value) || textOf(prefix.value) === '' || isExcluded(m, app, inner, found.verb))
    return [{ path: versioned, bare: inner }];
  const reading = readPaths(prefix.value.kind === 'literal' ? withSlash(prefix.value) : prefix.value, prefix.place);
  if (reading.lost || reading.paths.length === 0)
    return [
      {
        path: versioned,
        bare: inner,
        lost: {
          closed: false,
          reason: reading.lost === 'environment-dependent' ? reading.lost : 'unresolved-prefix',
          place: prefix.place,
        },
      },
    ];
  return reading.paths.map((path) => ({
    path: joinPaths(path.template, versioned),
    bare: versioned,
    ...(path.lostPrefix ? { lost: { closed: false as const, reason: path.lostPrefix, place: prefix.place } } : {}),
  }));
}

function withSlash(value: Value & { kind: 'literal' }): Value {
  const text = String(value.value);
  return literal(text.startsWith('/') ? text : `/${text}`, value.place);
}

/** `exclude` of `setGlobalPrefix`: texts, or paths with a method. */
function isExcluded(m: Machine, app: AppState, path: string, verb: string): boolean {
  const { prefix } = app;
  if (prefix?.options.kind !== 'object') return false;
  const list = m.get(prefix.options, 'exclude', prefix.place);
  if (list.kind !== 'array') return false;
  return list.items.some((item) => {
    const value = item.kind === 'object' ? m.get(item, 'path', prefix.place) : item;
    const text = textOf(value);
    if (text === undefined) return false;
    const method = item.kind === 'object' ? numberOf(m.get(item, 'method', prefix.place)) : undefined;
    const methods = ['get', 'post', 'put', 'delete', 'patch', 'all', 'options', 'head'];
    if (method !== undefined && methods[method] !== 'all' && methods[method] !== verb) return false;
    return readPaths(literal(text.startsWith('/') ? text : `/${text}`), prefix.place).paths.some(({ template }) =>
      pathMatches(template, path),
    );
  });
}

function pathMatches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const have = path.split('/');
  for (const [index, part] of wanted.entries()) {
    if (part === '{*}' || part === '(.*)') return true;
    if (have[index] === undefined) return false;
    if (part !== have[index] && !part.startsWith('{')) return false;
  }
  return wanted.length === have.length;
}
