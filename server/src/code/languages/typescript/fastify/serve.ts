// Owns what a Fastify app serves: the contexts' registrations flattened into routes.
// It must not know what a request runs through; see `chain.ts` and `protocol.ts`.

import { closed, type Route } from '../../../model.ts';
import { checked } from '../contract-driven/checked.ts';
import { describeRouter, type Entry } from '../contract-driven/routers.ts';
import { HttpRun } from '../http-run.ts';
import type { Machine } from '../machine.ts';
import { joinPaths, type PathTemplate } from '../paths.ts';
import { describeRoute, type Served } from '../served.ts';
import { isEmpty, truth, undefinedValue } from '../value.ts';
import { chainOf } from './chain.ts';
import { documentationOf } from './documentation.ts';
import { contextsOf, type InstanceState, outermost } from './instances.ts';
import { protocol } from './protocol.ts';
import type { RouteRegistration } from './routes.ts';

/** Flattens an app, or an instance that nothing is known to make. */
export function serveFastify(m: Machine, top: InstanceState, app: string): Served {
  const run = new HttpRun(m, protocol);
  const served: Served = { routes: [], completeness: closed, operationRouters: [] };
  const contexts = contextsOf(top);
  for (const context of contexts) {
    if (context.open && served.completeness.closed) served.completeness = { closed: false, ...context.open };
  }
  const all = contexts.flatMap((context) => context.routes.map((registration) => ({ context, registration })));
  all.sort((a, b) => a.registration.order - b.registration.order);
  for (const { context, registration } of all) {
    for (const method of registration.methods) {
      for (const target of registration.reading.paths)
        served.routes.push(routeOf(m, run, context, registration, method, target, app, served.routes.length));
    }
  }
  for (const context of contexts) {
    const { operationRouter: router } = context;
    if (!router) continue;
    served.operationRouters?.push(
      describeRouter(router, context.prefix !== '', (entry, method, path) =>
        checked(routeOf(m, run, context, operationOf(entry, method, path), method, { template: path }, app, 0), true),
      ),
    );
  }
  return served;
}

/** A registration as the plugin makes it for an operation. */
function operationOf({ value, place }: Entry, method: string, path: string): RouteRegistration {
  return {
    methods: [method],
    reading: { paths: [{ template: path }] },
    options: undefinedValue,
    handler: value,
    handlerPlace: place,
    place,
    pathPlace: place,
    conditional: false,
    order: Number.POSITIVE_INFINITY,
  };
}

function routeOf(
  m: Machine,
  run: HttpRun,
  context: InstanceState,
  registration: RouteRegistration,
  method: string,
  target: PathTemplate,
  app: string,
  order: number,
): Route {
  const path = joinPaths(context.prefix, target.template);
  const top = outermost(context);
  const lost = context.lost ?? target.lostPrefix ?? (top.kind === 'loose' ? 'unresolved-prefix' : undefined);
  const websocket =
    !isEmpty(registration.options) && truth(m.get(registration.options, 'websocket', registration.place)) === true;
  return describeRoute(m, {
    app,
    framework: 'fastify',
    method,
    path,
    order,
    registration,
    target,
    handler: registration.handler,
    lost,
    conditional: registration.conditional || context.conditional,
    internal: websocket,
    mounts: context.mounts,
    documentation: documentationOf(m, registration.options, registration.place),
    facts: (asked) =>
      run.facts(
        chainOf(m, context, registration, {
          method: asked === 'all' ? undefined : asked.toUpperCase(),
          path: lost ? undefined : path,
        }),
      ),
  });
}
