// Owns what a framework serves as routes of the model: how a registration becomes a route, and which paths serve no client.
// It must not know any one framework, nor what a request runs through.

import type { Place } from '../../../base/place.ts';
import {
  type AbstainReason,
  type Completeness,
  closed,
  type HandlerFacts,
  type OperationRouter,
  type Route,
} from '../../model.ts';
import { atAGlance } from './glance.ts';
import { describeHandler } from './handler-place.ts';
import type { Machine } from './machine.ts';
import type { PathTemplate } from './paths.ts';
import { writtenPathOf } from './registration-path.ts';
import type { Value } from './value.ts';

/** The routes of one app, or of a router that nothing mounts. */
export interface Served {
  readonly routes: Route[];
  completeness: Completeness;
  /** Routers whose routes come from a contract. */
  readonly operationRouters?: OperationRouter[];
}

/** Says that there may be routes which were not found; the first reason stands. */
export function openServed(served: Served, reason: AbstainReason, place: Place): void {
  if (served.completeness.closed) served.completeness = { closed: false, reason, place };
}

/** What is known of one route when it is registered. */
export interface Registered extends Pick<Route, 'app' | 'framework' | 'method' | 'path' | 'order' | 'mounts'> {
  readonly registration: { readonly place: Place; readonly pathPlace: Place };
  readonly target: PathTemplate;
  readonly handler: Value | undefined;
  /** Why the path is not known whole. */
  readonly lost: AbstainReason | undefined;
  /** Whether it depends on a condition that it is registered at all. */
  readonly conditional: boolean;
  /** Set where a mount on the way takes only some texts. */
  readonly constrained?: boolean;
  /** Set where nothing mounts the router. */
  readonly unmounted?: boolean;
  /** Set where more than the path says that the route serves no client of the API. */
  readonly internal?: boolean;
  readonly documentation?: Route['documentation'];
  /**
   * Finds the facts for requests of one method, or of `all`; it is asked once for each, when somebody wants them, and not at all
   * where those of an earlier snapshot hold.
   */
  readonly facts: (method: string) => HandlerFacts;
}

/** A registration as a route of the model. */
export function describeRoute(m: Machine, registered: Registered): Route {
  const { app, method, path, order, registration, target, lost, documentation } = registered;
  const id = `${app}#${order}:${method} ${path}`;
  const known = new Map<string, HandlerFacts>();
  const factsFor = (asked: string): HandlerFacts => {
    const kept = known.get(asked);
    if (kept) return kept;
    const facts = m.factCache.get(m, asked === method ? id : `${id} as ${asked}`, () => registered.facts(asked));
    known.set(asked, facts);
    return facts;
  };
  const pathPlace = target.place ?? registration.pathPlace;
  const written = writtenPathOf(m, registered.framework, { place: registration.place, pathPlace });
  return {
    id,
    app,
    method,
    path,
    framework: registered.framework,
    place: registration.place,
    pathPlace,
    ...(written === undefined ? {} : { written }),
    ...describeHandler(registered.handler),
    order,
    completeness: completenessOf(registered),
    ...(target.constrained || registered.constrained ? { constrained: true } : {}),
    unmounted: registered.unmounted === true || lost !== undefined,
    internal: registered.internal === true || isInternal(path) || (method === 'options' && path.includes('*')),
    mounts: registered.mounts,
    ...(documentation ? { documentation } : {}),
    facts: () => factsFor(method),
    glance: () => atAGlance(m, () => registered.facts(method)).reads,
    ...(method === 'all' ? { factsFor } : {}),
  };
}

function completenessOf({ lost, conditional, registration: { place, pathPlace } }: Registered): Completeness {
  if (lost) return { closed: false, reason: lost, place: pathPlace };
  return conditional ? { closed: false, reason: 'conditional-registration', place } : closed;
}

const internalPath =
  /(^|\/)(health(z|check)?|live(z|ness)?|ready(z|iness)?|ping|metrics|docs?|api-docs|swagger(\.json|\.yaml|-ui)?|openapi(\.json|\.yaml)?|favicon\.ico|robots\.txt|static|assets|public)(\/|$)/i;

/** Paths that serve operations or people rather than clients of the API. */
export function isInternal(path: string): boolean {
  return path === '/' || path === '/{*}' || internalPath.test(path);
}
