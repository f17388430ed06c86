// Owns the order of a request: which hooks, checks and handlers one route runs through, and which error handlers stand behind it.
// It must not run them.

import type { Place } from '../../../../base/place.ts';
import type { Chain, Link } from '../http-run.ts';
import { linkOf, stepOf } from '../links.ts';
import type { Machine } from '../machine.ts';
import { isEmpty, undefinedValue, type Value } from '../value.ts';
import { beginRoute } from './begin.ts';
import { type Hook, type InstanceState, outermost } from './instances.ts';
import type { RequestData } from './request.ts';
import { fieldPlace, type RouteRegistration } from './routes.ts';
import { validateRequest } from './schemas.ts';

/** The phases before the handler, in order; the schema is checked between the third and the fourth. */
const phases = ['onRequest', 'preParsing', 'preValidation'] as const;

/** What one route's request runs through. */
export function chainOf(
  m: Machine,
  context: InstanceState,
  registration: RouteRegistration,
  route: RequestData['route'],
): Chain {
  const { options, place } = registration;
  const config = isEmpty(options) ? undefinedValue : m.get(options, 'config', place);
  const own: Link[] = [];
  for (const limit of context.hooks.filter((hook) => limits(m, hook, config, registration)))
    own.push(hookLink(context, limit));
  for (const phase of phases) own.push(...phaseLinks(m, context, registration, phase));
  own.push(
    stepOf((machine, { request }) => {
      validateRequest(machine, request.data as RequestData, context, options, place);
      return true;
    }, place),
  );
  own.push(...phaseLinks(m, context, registration, 'preHandler'));
  own.push(linkOf(registration.handler, registration.handlerPlace, 'route'));
  // A link of its own begins each run, so that no two routes share a request.
  const start = stepOf((machine, { request, response }) => {
    beginRoute(machine, context, registration, config, request, response, route);
    return true;
  }, place);
  return { shared: [start], own, mappers: mappersOf(m, context, registration) };
}

/** Whether a limiter that was registered applies to a route. */
function limits(m: Machine, hook: Hook, config: Value, { order, place }: RouteRegistration): boolean {
  // A limiter hooks the routes that are registered after it has been loaded.
  if (!hook.name.startsWith('rate-limit') || (hook.order ?? 0) > order) return false;
  const own = isEmpty(config) ? undefinedValue : m.get(config, 'rateLimit', place);
  if (hook.name === 'rate-limit') return !(own.kind === 'literal' && own.value === false);
  return own.kind === 'object';
}

function hookLink(context: InstanceState, hook: Hook): Link {
  return linkOf(
    hook.value,
    hook.place,
    hook.owner.parent === undefined && outermost(context).kind === 'app' ? 'app' : 'router',
  );
}

/** The hooks of one phase: those of the contexts, then the route's own. */
function phaseLinks(m: Machine, context: InstanceState, registration: RouteRegistration, phase: string): Link[] {
  const links = context.hooks.filter((hook) => hook.name === phase).map((hook) => hookLink(context, hook));
  const { options } = registration;
  if (isEmpty(options)) return links;
  const own = m.get(options, phase, registration.place);
  if (isEmpty(own)) return links;
  const at = fieldPlace(options, phase) ?? registration.place;
  const add = (value: Value): void => {
    if (value.kind === 'array') {
      for (const item of value.items) add(item);
      if (value.rest) links.push(linkOf(value.rest, at, 'route'));
    } else if (!isEmpty(value)) links.push(linkOf(value, placeOfValue(value) ?? at, 'route'));
  };
  // Options that are spread from somewhere may hold hooks; that alone does not make the chain unknown.
  if (own.kind === 'unknown' && options.kind === 'object' && !options.props.has(phase)) {
    links.push(linkOf(own, at, 'route'));
    return links;
  }
  add(own);
  return links;
}

function placeOfValue(value: Value): Place | undefined {
  return value.kind === 'native' || value.kind === 'external' ? value.place : undefined;
}

/** Error handlers, nearest first. */
function mappersOf(m: Machine, context: InstanceState, registration: RouteRegistration): Link[] {
  const links: Link[] = [];
  const own = isEmpty(registration.options)
    ? undefinedValue
    : m.get(registration.options, 'errorHandler', registration.place);
  if (!isEmpty(own) && own.kind !== 'unknown')
    links.push(linkOf(own, fieldPlace(registration.options, 'errorHandler') ?? registration.place, 'route'));
  for (let state: InstanceState | undefined = context; state; state = state.parent) {
    if (state.errorHandler)
      links.push(linkOf(state.errorHandler.value, state.errorHandler.place, state.parent ? 'router' : 'app'));
  }
  return links;
}
