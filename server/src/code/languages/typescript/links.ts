// Owns the links of a chain: their identities, the framework's own work among them, and what is open where one cannot be called.
// It must not know any one framework, nor in which order links run.

import type { Place } from '../../../base/place.ts';
import type { FactCollector } from './facts.ts';
import type { Exchange, Link } from './http-run.ts';
import type { Machine } from './machine.ts';
import { type Model, native, type Value } from './value.ts';

/** Work of the framework that stands in a chain; false when nothing behind it can be reached. */
export type Step = (m: Machine, exchange: Exchange, link: Link) => boolean;

const stepModel: Model = { name: 'framework step' };

let nextLink = 0;

/** A link with an identity of its own. */
export const linkOf = (value: Value, place: Place, level: Link['level']): Link => ({
  id: nextLink++,
  value,
  place,
  level,
});

/** Work of the framework as a link. It `inspects` when the framework hands it parts of the request, as a validator's are. */
export const stepOf = (step: Step, place: Place, level: Link['level'] = 'route', inspects = false): Link => ({
  ...linkOf(native(stepModel, step, place), place, level),
  inspects,
});

/** Runs a link that is the framework's own work; undefined where it is anything else. */
export function runStep(m: Machine, exchange: Exchange, link: Link): boolean | undefined {
  const { value } = link;
  return value.kind === 'native' && value.model === stepModel ? (value.data as Step)(m, exchange, link) : undefined;
}

/**
 * Whether a link is nothing that can be called here: a value that nobody knows, or a package's without a model. Then all is open that it
 * may do. `generic` says that a package's code stands before the handler and cannot know this operation's own names.
 */
export function opensAll(
  collector: FactCollector,
  { value, place }: Pick<Link, 'value' | 'place'>,
  generic?: 'request',
): boolean {
  if (value.kind === 'external') {
    collector.openAll('framework-unmodelled', place, value.package, generic);
    return true;
  }
  if (value.kind !== 'unknown' && value.kind !== 'typed' && value.kind !== 'input') return false;
  collector.openAll(value.kind === 'unknown' ? value.reason : 'unresolved-import', place);
  return true;
}
