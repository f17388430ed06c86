// Owns calls of functions that a project has taught as registrars: each call registers a route on an app that stands for them all.
// It must not know how a framework serves; it calls the framework's own package as the code would.

import type { Registrar, TaughtFramework } from '../../registrars.ts';
import type { Machine } from './machine.ts';
import { joinPaths } from './paths.ts';
import {
  type CallSite,
  type ExternalValue,
  isEmpty,
  literal,
  objectOf,
  type PackageModel,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from './value.ts';

/** The package that makes each framework's app or router, and how. */
const makers: Readonly<
  Record<TaughtFramework, { readonly external: ExternalValue; readonly by: 'call' | 'construct' }>
> = {
  express: { external: { kind: 'external', package: 'express', path: ['default'] }, by: 'call' },
  fastify: { external: { kind: 'external', package: 'fastify', path: ['default'] }, by: 'call' },
  koa: { external: { kind: 'external', package: '@koa/router', path: ['default'] }, by: 'construct' },
  hono: { external: { kind: 'external', package: 'hono', path: ['Hono'] }, by: 'construct' },
  hapi: { external: { kind: 'external', package: '@hapi/hapi', path: ['server'] }, by: 'call' },
  restify: { external: { kind: 'external', package: 'restify', path: ['createServer'] }, by: 'call' },
};

/** The registrars of one run, with the apps that they register on. */
export class TaughtRegistrars {
  private readonly apps = new Map<string, Value>();
  private readonly byName: ReadonlyMap<string, readonly Registrar[]>;

  constructor(registrars: readonly Registrar[]) {
    const byName = new Map<string, Registrar[]>();
    for (const one of registrars) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
    this.byName = byName;
  }

  /** Whether a call of this name may register routes. */
  has(name: string): boolean {
    return this.byName.has(name);
  }

  /** Registers what a call says; false when no registrar of that name is meant. `file` is where the function is written. */
  take(m: Machine, name: string, file: string | undefined, site: CallSite): boolean {
    const registrar = this.byName
      .get(name)
      ?.find((one) => !one.declaredIn || (file !== undefined && one.declaredIn(file)));
    // While requests run, nothing is registered any more.
    if (!registrar || m.summarising) return false;
    const app = this.appFor(m, registrar.framework, site);
    const path = site.args[registrar.path];
    if (!app || !path) return false;
    const handlers = handlersOf(registrar, site);
    for (const method of methodsOf(registrar, site)) {
      if (registrar.framework === 'hapi') {
        const spec = { method: literal(method === 'all' ? '*' : method), path: prefixed(registrar.prefix, path) };
        const handler = handlers.at(-1);
        const route = objectOf(handler ? { ...spec, handler: handler.value } : spec, site.place);
        const places = new Map([['path', site.argPlaces[registrar.path] ?? site.place]]);
        const given = { ...site, args: [{ ...route, places }], argPlaces: [site.place], node: undefined, open: false };
        m.call(m.get(app, 'route', site.place), given, app);
        continue;
      }
      const args = [prefixed(registrar.prefix, path), ...handlers.map((handler) => handler.value)];
      const argPlaces = [site.argPlaces[registrar.path] ?? site.place, ...handlers.map((handler) => handler.place)];
      m.call(m.get(app, method, site.place), { ...site, args, argPlaces, node: undefined, open: false }, app);
    }
    return true;
  }

  /** One app for each framework and package. */
  private appFor(m: Machine, framework: TaughtFramework, site: CallSite): Value | undefined {
    const key = `${framework}\0${m.resolver.packageFolder(site.place.file) ?? ''}`;
    const known = this.apps.get(key);
    if (known) return known;
    const { external, by } = makers[framework];
    const model: PackageModel | undefined = m.model(external.package);
    const bare: CallSite = { ...site, args: [], argPlaces: [], node: undefined, open: false };
    const app = by === 'call' ? model?.call?.(m, external, bare) : model?.construct?.(m, external, bare);
    if (app) this.apps.set(key, app);
    return app;
  }
}

function handlersOf(
  registrar: Registrar,
  site: CallSite,
): { readonly value: Value; readonly place: CallSite['place'] }[] {
  const at = (index: number) => ({
    value: site.args[index] ?? unknown('unresolved-import', site.place),
    place: site.argPlaces[index] ?? site.place,
  });
  if (registrar.handler !== undefined) return [at(registrar.handler)];
  const taken = new Set([registrar.path, registrar.method]);
  return site.args.flatMap((value, index) =>
    index > registrar.path && !taken.has(index) && isCallable(value) ? [at(index)] : [],
  );
}

function isCallable(value: Value): boolean {
  return ['function', 'native', 'external', 'unknown', 'union', 'array'].includes(value.kind);
}

const verbs = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all']);

/** The methods that a call registers; one that cannot be read is any. */
function methodsOf(registrar: Registrar, site: CallSite): string[] {
  if (typeof registrar.method === 'string') return [registrar.method];
  const given = site.args[registrar.method] ?? undefinedValue;
  const words = given.kind === 'array' ? given.items.map(textOf) : [textOf(given)];
  const methods = words.map((word) => {
    const plain = word?.toLowerCase() ?? '';
    return registrar.methods.get(plain) ?? (plain === 'del' ? 'delete' : plain);
  });
  return methods.every((method) => verbs.has(method)) ? methods : ['all'];
}

function prefixed(prefix: string, path: Value): Value {
  if (prefix === '' || isEmpty(path)) return path;
  const text = textOf(path);
  if (text !== undefined) return literal(joinPaths(prefix, text), path.kind === 'literal' ? path.place : undefined);
  if (path.kind !== 'template') return path;
  return { ...path, parts: [prefix.replace(/\/$/, ''), ...path.parts] };
}
