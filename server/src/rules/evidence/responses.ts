// Owns the comparison of every exit of a route with the response that the operation declares for it.
// It must not know what any rule decides: each takes the differences from here that are assigned to it.

import type { Place } from '../../base/place.ts';
import type { Confidence, Exit, Route } from '../../code/model.ts';
import { type ContractPlace, describingResponse, type MediaType, type Operation } from '../../contract/model.ts';
import type { RelatedPlace } from '../../findings/finding.ts';
import { type AnswerFault, type JudgedDifference, judgeAnswer } from './answer-faults.ts';
import { jsonContent } from './media-types.ts';
import { contains, contractPlace, nearestPlace, samePlace } from './places.ts';
import { isOwnExit } from './statuses.ts';
import { relatedSteps } from './wording.ts';

/** One difference between an answer and its declared schema, with all exits that show it; the best one first. */
export interface AnswerDifference extends JudgedDifference {
  readonly status: number;
  /** `200.body.items[].id`. */
  readonly subject: string;
  /** `items[].id`; the body itself is `''`. */
  readonly path: string;
  readonly exits: readonly Exit[];
  readonly code: Place;
  readonly contract: ContractPlace;
  readonly confidence: Confidence;
  readonly related: readonly RelatedPlace[];
}

const remembered = new WeakMap<Route, WeakMap<Operation, readonly AnswerDifference[]>>();

/** The differences between a route's answers and an operation, each subject and kind once. */
export function answerDifferences(operation: Operation, route: Route): readonly AnswerDifference[] {
  const ofRoute = remembered.get(route) ?? new WeakMap<Operation, readonly AnswerDifference[]>();
  remembered.set(route, ofRoute);
  const known = ofRoute.get(operation);
  if (known) return known;
  const found = compareAnswers(operation, route);
  ofRoute.set(operation, found);
  return found;
}

/** The differences that one rule tells. */
export function answersWith(operation: Operation, route: Route, fault: AnswerFault): readonly AnswerDifference[] {
  return answerDifferences(operation, route).filter((found) => found.fault === fault);
}

interface Witness extends JudgedDifference {
  readonly exit: Exit;
  readonly media: MediaType;
}

function compareAnswers(operation: Operation, route: Route): readonly AnswerDifference[] {
  const witnesses = new Map<string, Witness[]>();
  for (const exit of route.facts().exits) {
    if (exit.body === undefined || exit.origin === 'framework') continue;
    const response = describingResponse(operation, exit.status);
    const media = response && jsonContent(response.content, exit);
    if (!media?.shape) continue;
    for (const found of judgeAnswer(exit.status, exit.body, media.shape)) {
      const { difference } = found;
      const key = `${exit.status} ${found.fault} ${difference.kind} ${difference.detail?.name ?? ''} ${difference.path}`;
      const list = witnesses.get(key) ?? [];
      list.push({ exit, media, ...found });
      witnesses.set(key, list);
    }
  }
  return [...witnesses.values()].map((list) => merge(list, route));
}

function merge(list: readonly Witness[], route: Route): AnswerDifference {
  const sorted = [...list].sort((a, b) => rank(a) - rank(b));
  const { exit, media, difference, fault, wrapping } = sorted[0]!;
  const declared = contractPlace(difference.contractOrigin, media.place);
  const stated = difference.codeOrigin ?? exit.bodyPlace ?? exit.place;
  const place = placeOf(stated, exit, route);
  const path = difference.path;
  const also = sorted
    .slice(1, 6)
    .map((witness) => witness.exit.place)
    .filter((other) => !samePlace(other, exit.place))
    .map((other) => ({ place: other, message: 'Also sent here' }));
  return {
    status: exit.status,
    subject: `${exit.status}.body${path === '' ? '' : path.startsWith('[') ? path : `.${path}`}`,
    path,
    difference,
    fault,
    wrapping,
    exits: sorted.map((witness) => witness.exit),
    code: place,
    contract: declared,
    confidence: confidenceOf(sorted[0]!),
    related: [
      ...(samePlace(stated, place) ? [] : [{ place: stated, message: 'Stated here' }]),
      ...relatedSteps(exit.via),
      ...also,
    ],
  };
}

/** The statement's own text when the handler makes it; otherwise where the handler sends it, with the statement beside it. */
function placeOf(stated: Place, exit: Exit, route: Route): Place {
  if (contains(route.handlerPlace, stated)) return stated;
  const sent = exit.bodyPlace ?? exit.place;
  // What is sent may be handed on by a middleware that wraps the response; the handler's own call comes first.
  const outside = !contains(route.handlerPlace, sent) && contains(route.handlerPlace, exit.place);
  return nearestPlace(outside ? exit.place : sent, exit.via, route);
}

function rank(witness: Witness): number {
  return (confidenceOf(witness) === 'proved' ? 0 : 2) + (isOwnExit(witness.exit) ? 0 : 1);
}

/** What a guard or a validator sends is described by its library's defaults: never more than likely. */
function confidenceOf({ exit, difference }: Witness): Confidence {
  return exit.confidence === 'proved' && difference.certain && isOwnExit(exit) ? 'proved' : 'likely';
}
