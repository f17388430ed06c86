// Owns the question what stands at an offset of a file: findings, a route, an operation.
// It must not know how the answer is shown.

import type { Place } from '../base/place.ts';
import type { Route } from '../code/model.ts';
import type { Operation } from '../contract/model.ts';
import type { Finding } from '../findings/finding.ts';
import type { Binding, Governed } from '../workspace/model.ts';
import { type Analysis, projectAt } from './analysis.ts';

const touches = (place: Place, file: string, offset: number): boolean =>
  place.file === file && place.start <= offset && offset <= place.end;

/** The open findings whose code or contract place overlaps a span; an empty span touches what it stands at. */
export function findingsAt(analysis: Analysis, file: string, start: number, end: number): Finding[] {
  const overlaps = (place: Place | null): boolean =>
    place !== null && place.file === file && place.start <= end && start <= place.end;
  return analysis.projects.flatMap(({ findings }) =>
    findings.filter((finding) => !finding.suppressed && (overlaps(finding.code) || overlaps(finding.contract))),
  );
}

/** A route with the operation that it serves, if any. */
export interface FoundRoute {
  readonly route: Route;
  readonly binding: Binding | undefined;
  /** The text that stands for the route. */
  readonly place: Place;
}

/** The route whose registration (up to and with its path) or whose handler's first line holds the offset. */
export function routeAt(analysis: Analysis, file: string, offset: number): FoundRoute | undefined {
  const project = projectAt(analysis, file);
  if (!project) return undefined;
  for (const app of project.model.code.apps) {
    for (const route of app.routes) {
      const place = placesOf(analysis, route).find((one) => touches(one, file, offset));
      if (place) return { route, binding: project.model.bindingOfRoute.get(route.id), place };
    }
  }
  return undefined;
}

/** Where a reader points to mean the route: not the whole registration, which may hold the handler's body. */
function placesOf(analysis: Analysis, route: Route): Place[] {
  const { place, pathPlace, handlerPlace } = route;
  const same = pathPlace.file === place.file && pathPlace.end >= place.start && pathPlace.end <= place.end;
  const registration = same ? [{ file: place.file, start: place.start, end: pathPlace.end }] : [pathPlace];
  if (!handlerPlace) return registration;
  const lines = analysis.lines(handlerPlace.file);
  if (!lines) return registration;
  const { line } = lines.position(handlerPlace.start);
  const lineEnd = lines.offset({ line, column: lines.line(line).length });
  return [
    ...registration,
    { file: handlerPlace.file, start: handlerPlace.start, end: Math.min(lineEnd, handlerPlace.end) },
  ];
}

export interface FoundOperation {
  readonly operation: Operation;
  readonly governed: Governed;
  readonly routes: readonly Route[];
  readonly place: Place;
}

/** The operation whose method or path key holds the offset. A path's key stands for its first operation. */
export function operationAt(analysis: Analysis, file: string, offset: number): FoundOperation | undefined {
  for (const { model } of analysis.projects) {
    for (const governed of model.governed) {
      for (const { operation, routes } of governed.bindings) {
        for (const place of [operation.place, operation.pathPlace]) {
          if (touches(place, file, offset)) return { operation, governed, routes, place };
        }
      }
    }
  }
  return undefined;
}
