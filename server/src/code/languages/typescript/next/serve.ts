// Owns what a Next.js project serves: its files turned into routes, each with what a request runs through.
// It must not know how files are found or how a request is run; see `project.ts` and `protocol.ts`.

import type { Place } from '../../../../base/place.ts';
import { closed, type HandlerFacts, type Route } from '../../../model.ts';
import type { Framework, Surroundings } from '../framework.ts';
import { describeHandler } from '../handler-place.ts';
import { type Chain, HttpRun, type Link } from '../http-run.ts';
import { linkOf, stepOf } from '../links.ts';
import type { Machine } from '../machine.ts';
import type { Module } from '../module.ts';
import { joinPaths, parametersOf } from '../paths.ts';
import { writtenPathOf } from '../registration-path.ts';
import { isInternal } from '../served.ts';
import type { Subject } from '../subject.ts';
import { isEmpty, textOf, type Value } from '../value.ts';
import { rewrittenPaths } from './config.ts';
import { placeOfExport } from './exported.ts';
import { compareTemplates, looksLikeRoute } from './file-routes.ts';
import { runsFor } from './matcher.ts';
import { methodsNamed } from './method-words.ts';
import { answeredMethods, type MethodFacts } from './methods.ts';
import { findProjects, type NextProject, type ProjectRoute } from './project.ts';
import { apiProtocol, handlerProtocol, runMiddleware } from './protocol.ts';

const exportedMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

const projectsOf = new WeakMap<Machine, NextProject[]>();

/** Next.js, as the front-end asks for it. */
export const nextFramework: Framework = {
  name: 'next',
  serves: looksLikeRoute,
  wire(m, { files, sources }) {
    const projects = findProjects(m, files, sources);
    projectsOf.set(m, projects);
    for (const project of projects) {
      for (const file of [...project.routes.map((route) => route.file), project.middleware]) {
        const module = file === undefined ? undefined : m.modules.module(file);
        if (module) m.modules.run(module);
      }
    }
  },
  apps: (m, surroundings) => (projectsOf.get(m) ?? []).flatMap((project) => appOf(m, project, surroundings)),
};

function appOf(m: Machine, project: NextProject, surroundings: Surroundings) {
  const routes = new Server(m, project).routes();
  const place = project.configFile ?? project.routes[0]!.file;
  if (routes.length === 0) return [];
  return [
    surroundings.app({
      framework: 'next',
      place: { file: place, start: 0, end: 0 },
      folder: project.folder,
      routes,
      completeness: closed,
    }),
  ];
}

/** One handler of one file. */
interface Served {
  readonly template: string;
  readonly file: ProjectRoute;
  readonly handler: Value;
  readonly place: Place;
  readonly method: string;
  readonly facts: () => HandlerFacts;
}

class Server {
  private readonly run: HttpRun;
  private readonly middleware: { readonly value: Value; readonly config: Value; readonly place: Place } | undefined;

  constructor(
    private readonly m: Machine,
    private readonly project: NextProject,
  ) {
    this.run = new HttpRun(m, handlerProtocol);
    this.middleware = this.readMiddleware();
  }

  routes(): Route[] {
    const served = this.project.routes.flatMap((file) => this.file(file));
    served.sort((a, b) => compareTemplates(a.template, b.template));
    const { config } = this.project;
    const routes: Route[] = [];
    for (const one of served) {
      const own = joinPaths(config.basePath, one.template);
      const others = rewrittenPaths(one.template, config.rewrites).map((path) => joinPaths(config.basePath, path));
      routes.push(this.route(one, own, others.length > 0, routes.length));
      for (const path of new Set(others)) if (path !== own) routes.push(this.alias(one, path, routes.length));
    }
    return routes;
  }

  /** The same handler at a path that is rewritten to its own. */
  private alias(one: Served, path: string, order: number): Route {
    return {
      ...this.route(one, path, true, order),
      mounts: [{ place: one.place, what: `is rewritten to ${one.template}` }],
    };
  }

  /** A route. Where a handler has several paths, nobody can tell which of them is the public one. */
  private route(one: Served, path: string, several: boolean, order: number): Route {
    const written = writtenPathOf(this.m, 'next', { place: one.place, pathPlace: one.place });
    return {
      id: `${this.project.folder}#${one.method} ${path}`,
      app: this.project.configFile ?? this.project.routes[0]!.file,
      method: one.method,
      path,
      framework: 'next',
      place: one.place,
      pathPlace: one.place,
      ...(written === undefined ? {} : { written }),
      ...describeHandler(one.handler),
      order,
      completeness: closed,
      unmounted: false,
      internal: several || isInternal(path) || one.method === 'options' || one.method === 'head',
      mounts: [],
      facts: one.facts,
    };
  }

  private file(file: ProjectRoute): Served[] {
    const module = this.m.modules.module(file.file);
    if (!module) return [];
    return file.router === 'app' ? this.routeHandlers(file, module) : this.apiRoute(file, module);
  }

  private routeHandlers(file: ProjectRoute, module: Module): Served[] {
    return exportedMethods.flatMap((name) => {
      const handler = this.m.modules.exportOf(module, name);
      if (isEmpty(handler) || (handler.kind === 'unknown' && !this.exports(module, name))) return [];
      const place = placeOfExport(module, name);
      return file.templates.map((template): Served => {
        const method = name.toLowerCase();
        const facts = this.factsFor(this.run, file, template, linkOf(handler, place, 'route'), `${name} ${template}`);
        return { template, file, handler, place, method, facts: () => facts(method) };
      });
    });
  }

  /** Whether a module names an export itself or passes on all that another module has. */
  private exports(module: Module, name: string): boolean {
    return module.exports.has(name);
  }

  private apiRoute(file: ProjectRoute, module: Module): Served[] {
    const handler = this.m.modules.exportOf(module, 'default');
    if (isEmpty(handler)) return [];
    const place = placeOfExport(module, 'default');
    const run = isEdge(this.m, module) ? this.run : new HttpRun(this.m, apiProtocol(file.parameters));
    const named = methodsNamed(module.source);
    return file.templates.flatMap((template) => {
      const facts = this.factsFor(run, file, template, linkOf(handler, place, 'route'), template);
      return answeredMethods(facts, (one) => asked.has(one), named).map(
        (one: MethodFacts): Served => ({ template, file, handler, place, ...one }),
      );
    });
  }

  /** The facts of a handler for one method; the same question has the same answer for as long as the files are the same. */
  private factsFor(run: HttpRun, file: ProjectRoute, template: string, handler: Link, name: string) {
    const { m } = this;
    const known = new Map<string, HandlerFacts>();
    return (method: string): HandlerFacts => {
      const before = known.get(method);
      if (before) return before;
      const facts = m.factCache.get(m, `${file.file}#${name} ${method}`, () => {
        const path = joinPaths(this.project.config.basePath, template);
        const made: { subject?: Subject } = {};
        const computed = run.facts({ ...this.chain(handler, template, made), path, method });
        if (made.subject?.asked) asked.add(computed);
        return computed;
      });
      known.set(method, facts);
      return facts;
    };
  }

  private chain(handler: Link, template: string, made: { subject?: Subject }): Chain {
    // A link of its own begins each run, so that no two routes share a request.
    const start = stepOf(
      (_m, { request }) => {
        made.subject = (request.data as { readonly subject: Subject }).subject;
        return true;
      },
      handler.place,
      'app',
    );
    const filled = parametersOf(template);
    return { shared: [start], own: [...this.guards(template), handler], mappers: [], filled };
  }

  /** The middleware as a link, where it runs for a path. */
  private guards(template: string): Link[] {
    const { middleware, m } = this;
    if (!middleware) return [];
    const runs = runsFor(m, middleware.config, template);
    if (runs === false) return [];
    return [
      stepOf(
        (machine, exchange, link) => {
          if (runs) return runMiddleware(machine, exchange, link, middleware.value);
          exchange.sink.target.openExits('conditional-registration', middleware.place);
          exchange.sink.target.openGuards('conditional-registration', middleware.place);
          return true;
        },
        middleware.place,
        'app',
      ),
    ];
  }

  private readMiddleware(): Server['middleware'] {
    const { m, project } = this;
    const module = project.middleware === undefined ? undefined : m.modules.module(project.middleware);
    if (!module) return undefined;
    for (const name of ['middleware', 'proxy', 'default']) {
      const value = m.modules.exportOf(module, name);
      if (isEmpty(value)) continue;
      return { value, config: m.modules.exportOf(module, 'config'), place: placeOfExport(module, name) };
    }
    return undefined;
  }
}

/** Facts of runs in which something asked for the method or the path. */
const asked = new WeakSet<HandlerFacts>();

/** Whether an API route runs where requests and responses are the web's. */
function isEdge(m: Machine, module: Module): boolean {
  const place = { file: module.file, start: 0, end: 0 };
  const config = m.modules.exportOf(module, 'config');
  const runtime = isEmpty(config) ? config : m.get(config, 'runtime', place);
  return /edge/.test(textOf(runtime) ?? textOf(m.modules.exportOf(module, 'runtime')) ?? '');
}
