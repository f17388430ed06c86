// Owns when two states of a route or of a governed contract give every rule the same to see. It must not know any rule.

import type { Place } from '../base/place.ts';
import type { Completeness, DocumentedParameter, Route, RouteDocumentation, Step } from '../code/model.ts';
import type { Governed, MissingHandler } from '../workspace/model.ts';

/** A contract without its bindings and apps, which are compared on their own. */
export type GovernedRest = Omit<Governed, 'bindings' | 'apps'>;

/** One comparison per part, so that a part that is added cannot be forgotten here. */
type Comparisons<T> = { readonly [Part in keyof T]-?: (a: T[Part], b: T[Part]) => boolean };

const identical = (a: unknown, b: unknown): boolean => a === b;

/** Only those without undocumented routes and conflicts are kept, so that these two are never equal otherwise. */
export const sameRest = comparing<GovernedRest>({
  contract: identical,
  role: identical,
  style: identical,
  reason: identical,
  confidence: identical,
  sourceOfTruth: identical,
  prefix: identical,
  basePathConflict: (a, b) => a === undefined && b === undefined,
  undocumented: (a, b) => a.length === 0 && b.length === 0,
  routeCompleteness: sameCompleteness,
});

export const sameForm = comparing<Omit<Route, 'facts' | 'factsFor' | 'glance'>>({
  id: identical,
  app: identical,
  method: identical,
  path: identical,
  framework: identical,
  place: samePlace,
  pathPlace: samePlace,
  written: identical,
  handlerPlace: samePlace,
  handlerName: identical,
  operationId: identical,
  order: identical,
  completeness: sameCompleteness,
  constrained: identical,
  unmounted: identical,
  internal: identical,
  mounts: sameSteps,
  deprecated: samePlace,
  documentation: sameDocumentation,
});

function comparing<T>(parts: Comparisons<T>): (a: T, b: T) => boolean {
  const each = (Object.keys(parts) as (keyof T)[]).map(
    (part) =>
      (a: T, b: T): boolean =>
        parts[part](a[part], b[part]),
  );
  return (a, b) => each.every((same) => same(a, b));
}

function samePlace(a: Place | undefined, b: Place | undefined): boolean {
  return a === b || (a?.file === b?.file && a?.start === b?.start && a?.end === b?.end);
}

function sameDocumentation(a: RouteDocumentation | undefined, b: RouteDocumentation | undefined): boolean {
  if (a === b) return true;
  if (!a || !b || a.statuses.length !== b.statuses.length || !samePlace(a.deprecated, b.deprecated)) return false;
  if (!samePlace(a.body, b.body) || !sameParameters(a.parameters ?? [], b.parameters ?? [])) return false;
  return a.statuses.every(
    (one, index) => one.status === b.statuses[index]!.status && samePlace(one.place, b.statuses[index]!.place),
  );
}

function sameParameters(a: readonly DocumentedParameter[], b: readonly DocumentedParameter[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, index) => {
      const other = b[index]!;
      const alike = one.in === other.in && one.name === other.name && one.required === other.required;
      return alike && samePlace(one.place, other.place);
    })
  );
}

function sameSteps(a: readonly Step[], b: readonly Step[]): boolean {
  return (
    a.length === b.length &&
    a.every((step, index) => step.what === b[index]!.what && samePlace(step.place, b[index]!.place))
  );
}

/** Equal when the same handler is missing from the same place. */
export function sameMissing(a: MissingHandler | undefined, b: MissingHandler | undefined): boolean {
  if (!a || !b) return a === b;
  const meant = (one: MissingHandler): string => JSON.stringify(one.meant);
  return a.name === b.name && a.router === b.router && samePlace(a.place, b.place) && meant(a) === meant(b);
}

export function sameCompleteness(a: Completeness | undefined, b: Completeness | undefined): boolean {
  if (a === b) return true;
  if (!a || !b || a.closed || b.closed) return a?.closed === true && b?.closed === true;
  return a.reason === b.reason && a.detail === b.detail && samePlace(a.place, b.place);
}
