// Owns the hierarchy of calls over the border: an operation of a contract calls the handlers that serve it, and is called from the
// places that name it. It must not know a protocol.

import type { Place } from '../base/place.ts';
import type { Contract, Operation } from '../contract/model.ts';
import { placeIn } from '../links/model.ts';
import type { Analysis } from './analysis.ts';
import { firstLine, handlersOf } from './navigation.ts';
import { linksTo, operationOf, routesOf, subjectAt } from './subject.ts';

export interface HierarchyItem {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'operation' | 'handler' | 'call' | 'link';
  readonly place: Place;
  readonly selection: Place;
  /** Names the operation again when somebody goes on from here. */
  readonly operation?: string;
}

/** The operation that is meant at an offset of either side. */
export function hierarchyAt(analysis: Analysis, file: string, offset: number): HierarchyItem | undefined {
  const meant = operationOf(subjectAt(analysis, file, offset));
  return meant && itemOf(meant.operation, meant.contract);
}

/** Who calls the operation over HTTP, tests last, as far as that was gathered; and who names it: the tags of comments. */
export function incomingCalls(analysis: Analysis, item: string): readonly HierarchyItem[] {
  const operation = operationCalled(analysis, item);
  if (!operation) return [];
  const callers = analysis.calls?.of(operation);
  const named = (place: Place): string =>
    `${nameOf(place.file)}:${(analysis.lines(place.file)?.position(place.start).line ?? 0) + 1}`;
  const calls = [...(callers?.calls ?? []), ...(callers?.tests ?? [])].map(
    ({ place, urlPlace, client }): HierarchyItem => {
      const inside = place.start <= urlPlace.start && urlPlace.end <= place.end;
      return {
        name: named(urlPlace),
        detail: `${operation.key} (${client})`,
        kind: 'call',
        place: inside ? place : urlPlace,
        selection: urlPlace,
      };
    },
  );
  const links = linksTo(analysis, operation).map(({ link, resolution }): HierarchyItem => {
    const place = placeIn(link, link.tag);
    return { name: named(place), detail: resolution.name, kind: 'link', place, selection: place };
  });
  return [...calls, ...links];
}

/** The handlers that serve the operation. */
export function outgoingCalls(analysis: Analysis, item: string): readonly HierarchyItem[] {
  const operation = operationCalled(analysis, item);
  if (!operation) return [];
  const routes = routesOf(analysis, operation);
  return handlersOf(analysis, routes).map(({ place }) => {
    const route = routes.find((one) => (one.handlerPlace ?? one.place) === place);
    const name = route?.handlerName ?? `${nameOf(place.file)}`;
    const detail = route ? `${route.method.toUpperCase()} ${route.path} (${route.framework})` : '';
    return { name, detail, kind: 'handler', place, selection: firstLine(analysis, place) };
  });
}

function itemOf(operation: Operation, contract: Contract): HierarchyItem {
  return {
    name: operation.key,
    detail: `${nameOf(contract.file)}${operation.operationId === undefined ? '' : ` · ${operation.operationId}`}`,
    kind: 'operation',
    place: operation.place,
    selection: operation.place,
    operation: `${contract.file}\n${operation.key}`,
  };
}

function operationCalled(analysis: Analysis, item: string): Operation | undefined {
  const [file, key] = item.split('\n');
  return analysis.projects
    .flatMap(({ model }) => model.contracts)
    .find((contract) => contract.file === file)
    ?.operations.find((operation) => operation.key === key);
}

const nameOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1);
