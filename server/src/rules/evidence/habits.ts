// Owns the habits of a contract: what it leaves out of every operation although the code does it before nearly all of them.
// And what one schema of the code says to several operations at once. It must not know what any rule decides.

import type { Exit, ParameterRead } from '../../code/model.ts';
import { declaredResponse, type Operation } from '../../contract/model.ts';
import type { Governed } from '../../workspace/model.ts';
import { isOwnExit } from './statuses.ts';

/** Fewer operations than this show no habit. */
const enoughOperations = 4;

const remembered = new WeakMap<Governed, ReadonlySet<number>>();

/**
 * Whether guards and middlewares answer a status before more than half of a contract's operations while not one operation
 * declares it. That is one decision of the contract's author and not as many mistakes as there are operations.
 */
export function isStatusHabit(governed: Governed, status: number): boolean {
  const known = remembered.get(governed) ?? statusHabits(governed);
  remembered.set(governed, known);
  return known.has(status);
}

function statusHabits({ bindings }: Governed): ReadonlySet<number> {
  if (bindings.length < enoughOperations) return new Set();
  const reached = new Map<number, number>();
  for (const { routes } of bindings) {
    const exits = routes.flatMap((route) => route.facts().exits.filter((exit) => !isOwnExit(exit)));
    for (const status of new Set(exits.map((exit) => exit.status))) reached.set(status, (reached.get(status) ?? 0) + 1);
  }
  const habits = [...reached].filter(([status, count]) => {
    return count * 2 > bindings.length && !bindings.some(({ operation }) => names(operation, status));
  });
  return new Set(habits.map(([status]) => status));
}

/** Whether an operation has the status in its own words: `default` speaks of no status in particular. */
function names(operation: Operation, status: number): boolean {
  const range = `${Math.floor(status / 100)}XX`;
  return operation.responses.some(
    (response) => response.status === String(status) || response.status.toUpperCase() === range,
  );
}

/** From so many operations on, what one place of a middleware answers is one finding for a reader, and not as many. */
const manyOperations = 8;

const places = new WeakMap<Governed, ReadonlyMap<string, number>>();

/** Whether one place of a guard or middleware answers this status before many operations that do not declare it. */
export function isSharedExit(governed: Governed, exit: Exit): boolean {
  const known = places.get(governed) ?? countExits(governed);
  places.set(governed, known);
  return (known.get(placeOfExit(exit)) ?? 0) >= manyOperations;
}

function countExits({ bindings }: Governed): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { operation, routes } of bindings) {
    const exits = routes.flatMap((route) =>
      route.facts().exits.filter((exit) => !isOwnExit(exit) && !declaredResponse(operation, exit.status)),
    );
    for (const key of new Set(exits.map(placeOfExit))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function placeOfExit({ place, status }: Exit): string {
  return `${place.file}:${place.start}:${status}`;
}

const fields = new WeakMap<Governed, ReadonlyMap<string, number>>();

/** Whether the place that reads a body field runs for operations without a body as a rule: code that many of them share. */
export function isSharedRead(governed: Governed, read: ParameterRead): boolean {
  const known = fields.get(governed) ?? countReads(governed);
  fields.set(governed, known);
  return (known.get(keyOf(read)) ?? 0) >= enoughOperations;
}

function countReads({ bindings }: Governed): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { operation, routes } of bindings) {
    if (operation.body) continue;
    const reads = routes.flatMap((route) =>
      route.facts().reads.parameters.filter((read) => read.in === 'body' || read.in === 'form'),
    );
    for (const key of new Set(reads.map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Whether more than half of a contract's bodies are declared in this media type, and many are. */
export function isMediaHabit({ bindings }: Governed, mediaType: string): boolean {
  const bodies = bindings.flatMap(({ operation }) => (operation.body ? [operation.body] : []));
  const declared = bodies.filter(({ content }) => content.some((media) => media.base === mediaType)).length;
  return declared >= manyOperations && declared * 2 > bodies.length;
}

const checks = new WeakMap<Governed, ReadonlyMap<string, number>>();

/**
 * Whether a validator's optional name stands in a schema that several operations share: it lets the name through, but which of the
 * handlers looks at it is not told by the schema.
 */
export function isSharedCheck(governed: Governed, read: ParameterRead): boolean {
  if (read.source !== 'validator') return false;
  const known = checks.get(governed) ?? countChecks(governed);
  checks.set(governed, known);
  return (known.get(keyOf(read)) ?? 0) > 1;
}

function countChecks({ bindings }: Governed): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { routes } of bindings) {
    const reads = routes.flatMap((route) =>
      route.facts().reads.parameters.filter((read) => read.source === 'validator'),
    );
    for (const key of new Set(reads.map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function keyOf({ place, in: location, name }: ParameterRead): string {
  return `${place.file}:${place.start}:${location}:${name}`;
}
