// Owns which methods an API route answers: it is run once for each method, and once for one that nobody knows.
// It must not know how a request is run.

import type { Exit, HandlerFacts } from '../../../model.ts';

/** One route of a handler that serves every method of a path. */
export interface MethodFacts {
  readonly method: string;
  readonly facts: () => HandlerFacts;
}

const tried = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** A method that no handler knows: what is answered to it is what is answered to every method that a handler refuses. */
export const strange = 'x-strange';

/**
 * The methods that a handler answers. One that never asks for the method answers all of them alike. Otherwise a method is answered
 * when its answers are others than those of a method that nobody knows; and when these succeed, so does every method that is left. `named` are the methods worth trying.
 */
export function answeredMethods(
  run: (method: string) => HandlerFacts,
  asks: (facts: HandlerFacts) => boolean,
  named: ReadonlySet<string> | undefined,
): MethodFacts[] {
  const other = run(strange);
  const whole: MethodFacts = { method: 'all', facts: () => other };
  if (!asks(other)) return [whole];
  const refused = new Set(other.exits.map(keyOf));
  const own = tried.flatMap((method): MethodFacts[] => {
    if (named && !named.has(method)) return [];
    const facts = run(method);
    const differs = facts.exits.some((exit) => !refused.has(keyOf(exit))) || opens(facts, other);
    return differs ? [{ method, facts: () => facts }] : [];
  });
  const refuses = other.exits.some((exit) => exit.status === 405 || exit.status === 501);
  const served = !refuses && other.exits.some((exit) => exit.status < 400 && exit.confidence === 'proved');
  return own.length === 0 || served ? [...own, whole] : own;
}

function keyOf({ status, place }: Exit): string {
  return `${status} ${place.file}:${place.start}`;
}

/** Whether more can leave than is known, where that is not so for a method that is refused. */
function opens(facts: HandlerFacts, other: HandlerFacts): boolean {
  const isOpen = ({ exitCompleteness: axis, suspected }: HandlerFacts) =>
    suspected !== undefined || (!axis.closed && axis.detail !== 'no success was seen');
  return isOpen(facts) && !isOpen(other);
}
