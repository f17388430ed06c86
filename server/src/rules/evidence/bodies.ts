// Owns the comparison of what the code accepts as a body with what the operation declares.
// It must not know what any rule decides: three rules each take their kind of difference from here.

import type { Place } from '../../base/place.ts';
import type { BodyAcceptance, Confidence, ParameterRead, Route } from '../../code/model.ts';
import type { ContractPlace, MediaType, Operation } from '../../contract/model.ts';
import { compareShapes } from '../../shape/compare.ts';
import type { Difference } from '../../shape/difference.ts';
import { isJson, takesIn } from './media-types.ts';
import { contractPlace, isShared, nearestPlace } from './places.ts';

/** One difference between a body that the code accepts and the declared schema. */
export interface BodyDifference {
  /** `body.lines[].amount`. */
  readonly subject: string;
  readonly path: string;
  readonly difference: Difference;
  readonly body: BodyAcceptance;
  readonly media: MediaType;
  readonly code: Place;
  readonly contract: ContractPlace;
  readonly confidence: Confidence;
}

const remembered = new WeakMap<Route, WeakMap<Operation, readonly BodyDifference[]>>();

/** The differences between the bodies that a route's validators and types accept and the declared ones. */
export function bodyDifferences(operation: Operation, route: Route): readonly BodyDifference[] {
  const ofRoute = remembered.get(route) ?? new WeakMap<Operation, readonly BodyDifference[]>();
  remembered.set(route, ofRoute);
  const known = ofRoute.get(operation);
  if (known) return known;
  const found = compareBodies(operation, route);
  ofRoute.set(operation, found);
  return found;
}

function compareBodies(operation: Operation, route: Route): readonly BodyDifference[] {
  const { bodies } = route.facts().reads;
  const found: BodyDifference[] = [];
  for (const body of bodies) {
    const media = declaredMedia(operation, body);
    if (!media?.shape) continue;
    // Forms carry texts; what a validator makes of them says nothing about the type that was sent.
    const asText = !isJson(media.base) && !media.base.includes('*');
    for (const difference of compareShapes(body.shape, media.shape, 'request', { asText }).differences) {
      const stated = difference.codeOrigin ?? body.place;
      found.push({
        subject: bodySubject(difference.path),
        path: difference.path,
        difference,
        body,
        media,
        code: stated.file === body.place.file ? stated : nearestPlace(stated, body.via, route),
        contract: contractPlace(difference.contractOrigin, media.place),
        confidence: difference.certain ? body.confidence : 'likely',
      });
    }
  }
  return distinct(found);
}

/** The declared media type that a validated body answers to: the validator's own, else JSON, else the only one. */
function declaredMedia(operation: Operation, body: BodyAcceptance): MediaType | undefined {
  const content = operation.body?.content ?? [];
  const named = content.find((media) => body.mediaTypes.some((type) => takesIn(media.base, type)));
  if (named) return named;
  if (body.mediaTypes.length > 0 && content.length > 1) return undefined;
  return content.find((media) => isJson(media.base)) ?? (content.length === 1 ? content[0] : undefined);
}

/** `body.amount`; the body itself is `body`, an item of a list that is the body `body[].amount`. */
export function bodySubject(path: string): string {
  if (path === '') return 'body';
  return path.startsWith('[') ? `body${path}` : `body.${path}`;
}

/**
 * Fields that the handler reads by name, from JSON and form bodies alike. A middleware that looks into every body (for a
 * log, for a tenant) says nothing about the body of this operation, unless it rejects requests.
 */
export function fieldReads(route: Route): readonly ParameterRead[] {
  return route
    .facts()
    .reads.parameters.filter(
      (read) => (read.in === 'body' || read.in === 'form') && (read.required === true || !isShared(read, route)),
    );
}

function distinct(found: readonly BodyDifference[]): readonly BodyDifference[] {
  const kept = new Map<string, BodyDifference>();
  for (const one of found) {
    const key = `${one.difference.kind} ${one.difference.detail?.name ?? ''} ${one.subject}`;
    const known = kept.get(key);
    const stronger = known?.body.source === 'type' && one.body.source === 'validator';
    if (!known || stronger) kept.set(key, one);
  }
  return [...kept.values()];
}
