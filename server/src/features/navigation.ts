// Owns the ways between code and contract: from a route or a tag to its section, from an operation to its handlers, tags and
// back, and all tags of a file as links. It must not know a protocol. Ways inside of a contract are not its business.

import type { Place } from '../base/place.ts';
import type { Route } from '../code/model.ts';
import type { Operation } from '../contract/model.ts';
import { placeIn } from '../links/model.ts';
import { type Analysis, projectAt } from './analysis.ts';
import { linksTo, linksToSection, operationOf, operationsOf, routesOf, type Subject, subjectAt } from './subject.ts';

/** Somewhere to go. */
export interface Target {
  /** Everything that belongs to it. */
  readonly place: Place;
  /** The word on which to land. */
  readonly selection: Place;
}

/** Where something leads, and the words that lead there. */
export interface Way {
  readonly origin: Place;
  readonly targets: readonly Target[];
}

/** From a route, a handler or a tag to the section of the contract; from an operation of the contract to its handlers. */
export function definitionAt(analysis: Analysis, file: string, offset: number): Way | undefined {
  const subject = subjectAt(analysis, file, offset);
  if (!subject) return undefined;
  const origin = subject.place;
  switch (subject.kind) {
    case 'link': {
      const { resolution } = subject.link;
      const sections =
        resolution.kind === 'found' ? [resolution] : resolution.kind === 'ambiguous' ? resolution.sections : [];
      return {
        origin,
        targets: sections.map(({ section }) => ({ place: section.place, selection: section.keyPlace })),
      };
    }
    case 'route': {
      const operation = subject.binding?.operation;
      return operation && { origin, targets: [{ place: operation.place, selection: operation.place }] };
    }
    case 'operation':
      return { origin, targets: handlersOf(analysis, subject.routes) };
    case 'call':
      return {
        origin,
        targets: subject.operations.map(({ operation }) => ({ place: operation.place, selection: operation.place })),
      };
    case 'component':
      return undefined;
  }
}

/** The section of a contract that is meant at an offset: of a route, a tag, or anything in the body of a handler. */
export function sectionAt(analysis: Analysis, file: string, offset: number): Place | undefined {
  const subject = subjectAt(analysis, file, offset);
  if (subject?.kind === 'link') {
    const { resolution } = subject.link;
    return resolution.kind === 'found' ? resolution.section.keyPlace : undefined;
  }
  const meant = operationOf(subject);
  if (meant) return meant.operation.place;
  const around = routesAround(analysis, file, offset)[0];
  return around && projectAt(analysis, file)?.model.bindingOfRoute.get(around.id)?.operation.place;
}

/** The routes whose registration or handler an offset lies in, the innermost first. */
export function routesAround(analysis: Analysis, file: string, offset: number): readonly Route[] {
  const routes = projectAt(analysis, file)?.model.code.apps.flatMap((app) => app.routes) ?? [];
  const size = (route: Route): number =>
    Math.min(
      ...[route.place, route.handlerPlace].flatMap((place) =>
        place && place.file === file && place.start <= offset && offset <= place.end ? [place.end - place.start] : [],
      ),
    );
  return routes
    .map((route) => ({ route, size: size(route) }))
    .filter((one) => Number.isFinite(one.size))
    .sort((a, b) => a.size - b.size)
    .map(({ route }) => route);
}

/** The handlers of the operation that is meant, from either side. */
export function implementationAt(analysis: Analysis, file: string, offset: number): Way | undefined {
  const subject = subjectAt(analysis, file, offset);
  const meant = operationsOf(subject);
  if (!subject || meant.length === 0) return undefined;
  const routes = meant.flatMap(({ operation }) => routesOf(analysis, operation));
  return { origin: subject.place, targets: handlersOf(analysis, routes) };
}

/** Whether an offset means an operation, from whatever side, so that it is worth knowing who calls it. */
export function meansOperation(analysis: Analysis, file: string, offset: number): boolean {
  return operationsOf(subjectAt(analysis, file, offset)).length > 0;
}

/** Everything that speaks of the same operation or component: registrations, calls, tags, and its own place where that is wanted. */
export function referencesAt(
  analysis: Analysis,
  file: string,
  offset: number,
  includeDeclaration: boolean,
): readonly Place[] {
  return referencesOf(analysis, subjectAt(analysis, file, offset), includeDeclaration);
}

export function referencesOf(
  analysis: Analysis,
  subject: Subject | undefined,
  includeDeclaration: boolean,
): readonly Place[] {
  if (subject?.kind === 'component') {
    const { section } = subject.component;
    const tags = linksToSection(analysis, section).map(({ link }) => placeIn(link, link.tag));
    return distinct([...(includeDeclaration ? [section.keyPlace] : []), ...tags]);
  }
  const places = operationsOf(subject).flatMap(({ operation }) => [
    ...(includeDeclaration ? [operation.place] : []),
    ...routesOf(analysis, operation).map((route) => route.pathPlace),
    ...callPlaces(analysis, operation),
    ...linksTo(analysis, operation).map(({ link }) => placeIn(link, link.tag)),
  ]);
  return distinct(places);
}

/** The addresses of those who call an operation, tests last; none until somebody had them gathered. */
export function callPlaces(analysis: Analysis, operation: Operation): readonly Place[] {
  const callers = analysis.calls?.of(operation);
  return callers ? [...callers.calls, ...callers.tests].map(({ urlPlace }) => urlPlace) : [];
}

/** Who speaks of an operation, in the words of the one who asks. */
export interface Speaker {
  readonly group: 'handler' | 'call' | 'test' | 'link';
  /** Who it is: the route of a handler, a client, what a tag names. */
  readonly name: string;
  readonly place: Place;
}

/** Everybody who speaks of the operation at an offset: its handlers first, then callers, tests and tags. */
export function speakersAt(analysis: Analysis, file: string, offset: number): readonly Speaker[] {
  const speakers = operationsOf(subjectAt(analysis, file, offset)).flatMap(({ operation }): Speaker[] => {
    const routes = routesOf(analysis, operation);
    const { calls = [], tests = [] } = analysis.calls?.of(operation) ?? {};
    return [
      ...handlersOf(analysis, routes).map(({ place, selection }): Speaker => {
        const route = routes.find((one) => (one.handlerPlace ?? one.place) === place);
        const name = route ? `${route.method.toUpperCase()} ${route.path} (${route.framework})` : '';
        return { group: 'handler', name, place: selection };
      }),
      ...calls.map(({ client, urlPlace }): Speaker => ({ group: 'call', name: client, place: urlPlace })),
      ...tests.map(({ client, urlPlace }): Speaker => ({ group: 'test', name: client, place: urlPlace })),
      ...linksTo(analysis, operation).map(({ link, resolution }): Speaker => {
        return { group: 'link', name: resolution.name, place: placeIn(link, link.tag) };
      }),
    ];
  });
  const order = ['handler', 'call', 'test', 'link'];
  return speakers.sort((a, b) => order.indexOf(a.group) - order.indexOf(b.group));
}

/** A tag as a link to its section. */
export interface DocumentLink {
  readonly place: Place;
  readonly target: Place;
  readonly tooltip: string;
}

/** The tags of a file that lead to one section. */
export function linksIn(analysis: Analysis, file: string): readonly DocumentLink[] {
  const links = projectAt(analysis, file)?.links.in(file) ?? [];
  return links.flatMap((link): DocumentLink[] => {
    const { resolution } = link;
    if (resolution.kind !== 'found') return [];
    const target = resolution.section.keyPlace;
    return [{ place: placeIn(link, link.tag.targetSpan), target, tooltip: resolution.name }];
  });
}

/** The handlers of routes as places to go to; the registration where no handler was found. */
export function handlersOf(analysis: Analysis, routes: readonly Route[]): readonly Target[] {
  const targets = routes.map((route): Target => {
    const place = route.handlerPlace ?? route.place;
    return { place, selection: firstLine(analysis, place) };
  });
  const seen = new Set<string>();
  return targets.filter(({ place }) => {
    const key = `${place.file}:${place.start}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** The part of a place on its first line: what an editor marks when it goes there. */
export function firstLine(analysis: Analysis, place: Place): Place {
  const lines = analysis.lines(place.file);
  if (!lines) return place;
  const { line } = lines.position(place.start);
  const end = lines.offset({ line, column: lines.line(line).length });
  return { file: place.file, start: place.start, end: Math.max(place.start, Math.min(end, place.end)) };
}

function distinct(places: readonly Place[]): readonly Place[] {
  return [...new Map(places.map((place) => [`${place.file}:${place.start}:${place.end}`, place])).values()];
}
