// Owns how a served route is reported: its address, its place and the parameters that it takes.
// It must not know findings or formats.

import type { App, HandlerFacts, ReadLocation, Route } from '../code/model.ts';
import { resolveShape, type Shape } from '../shape/shape.ts';
import type { ReportedRoute } from './model.ts';
import type { Places } from './places.ts';

const LOCATIONS: readonly ReadLocation[] = ['path', 'query', 'header', 'cookie', 'body', 'form'];

/** Every route of every app, by app and registration order. */
export function routesInOrder(apps: readonly App[]): readonly Route[] {
  return apps.flatMap((app) => [...app.routes].sort((a, b) => a.order - b.order));
}

/**
 * One route. Where a contract names it, its handler was followed to the end; where none does, a glance has to do for the names of what it
 * takes, because a service may have ten times as many routes as its contract.
 */
export function reportRoute(route: Route, places: Places, bound: boolean): ReportedRoute {
  return {
    method: route.method.toUpperCase(),
    path: route.path,
    file: places.relative(route.place.file),
    line: places.line(route.place),
    framework: route.framework,
    params: paramsOf(route.path, bound || !route.glance ? route.facts().reads : route.glance()),
  };
}

/** What the template names and what the code reads, each once: by location, then in the order of appearance. */
function paramsOf(path: string, reads: HandlerFacts['reads']): ReportedRoute['params'] {
  const params = new Map<string, ReportedRoute['params'][number]>();
  for (const [, name] of path.matchAll(/\{([^{}]+)\}/g)) {
    if (name !== undefined && name !== '*') params.set(`path:${name}`, { name, in: 'path' });
  }
  for (const read of reads.parameters) {
    const key = `${read.in}:${read.name}`;
    if (!params.has(key)) params.set(key, { name: read.name, in: read.in });
  }
  for (const body of reads.bodies) {
    const location = body.mediaTypes.length > 0 && body.mediaTypes.every(isForm) ? 'form' : 'body';
    for (const name of fieldsOf(body.shape)) {
      const known = params.has(`body:${name}`) || params.has(`form:${name}`);
      if (!known) params.set(`${location}:${name}`, { name, in: location });
    }
  }
  return [...params.values()].sort((a, b) => LOCATIONS.indexOf(a.in) - LOCATIONS.indexOf(b.in));
}

const isForm = (mediaType: string): boolean => /form/.test(mediaType);

/** The fields at the top of a body that is taken as a whole. */
function fieldsOf(shape: Shape): readonly string[] {
  const resolved = resolveShape(shape);
  if (resolved.kind === 'object') return [...resolved.fields.keys()];
  return resolved.kind === 'union' ? resolved.members.flatMap(fieldsOf) : [];
}
