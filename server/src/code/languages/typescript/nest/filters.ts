// Owns exception filters: which of them takes a thrown value, and what the framework answers when none does.
// It must not know which filters a route has.

import { isInstance } from '../classes.ts';
import type { Machine, Thrown } from '../machine.ts';
import { isEmpty, literal, numberOf, objectOf, someString, type Value } from '../value.ts';
import { type Answering, createAnswer, sendBody } from './answers.ts';
import { bodyOfException, statusOfException } from './exceptions.ts';
import { allNotes, notesOfClass } from './notes.ts';
import { callOn, collectorOf, createScene, instanceFor, type Scene } from './scene.ts';
import type { Use } from './uses.ts';

/** Whether a filter takes a value: by the classes that `@Catch` names, all values without any. Undefined: it may. */
function takes(m: Machine, filter: Value, value: Value): boolean | undefined {
  const cls = filter.kind === 'class' ? filter : filter.kind === 'object' ? filter.cls : undefined;
  if (cls?.kind === 'external') return true;
  if (cls?.kind !== 'class') return undefined;
  let current: Value | undefined = cls;
  for (let hops = 0; current?.kind === 'class' && hops < 12; hops++) {
    const [note] = allNotes(notesOfClass(m, current), 'Catch');
    if (note) {
      if (note.args.length === 0) return true;
      const answers = note.args.map((target) => isInstance(m, value, target));
      return answers.includes(true) ? true : answers.every((answer) => answer === false) ? false : undefined;
    }
    current = current.parent;
  }
  // Without `@Catch` a filter takes everything.
  return true;
}

/** Answers a thrown value with a filter; gives what the filter leaves to others. */
export function runFilter(scene: Scene, use: Use, thrown: Thrown): readonly Thrown[] {
  const { m } = scene;
  const filter = use.value;
  const instance = instanceFor(scene, filter);
  const matches = takes(m, filter.kind === 'external' ? instance : filter, thrown.value);
  if (matches === false) return [thrown];
  if (instance.kind !== 'object' && instance.kind !== 'native') {
    collectorOf(scene).openExits('custom-error-mapper', use.place);
    return [];
  }
  // A filter writes an answer of its own.
  const fresh = createScene({
    ...scene,
    exchange: { ...scene.exchange, response: createAnswer(scene) },
  });
  const unsure = matches === undefined ? 1 : 0;
  m.conditional += unsure;
  const { thrown: passed } = m.catching(() => callOn(m, instance, 'catch', [thrown.value, fresh.context], use.place));
  m.conditional -= unsure;
  m.dead = false;
  const rethrown = passed.map((one) => ({ ...one, place: thrown.place, via: thrown.via }));
  return matches === undefined ? [...rethrown, thrown] : rethrown;
}

/** The framework's own answer: the status and body of an HTTP exception; anything else is its 500. */
export function answerException(scene: Answering, thrown: Pick<Thrown, 'value' | 'place'>): void {
  const { m } = scene;
  const { value, place } = thrown;
  const status = statusOfException(m, value, place) ?? statusOfHttpError(m, value, place);
  if (status === undefined) return;
  const body = statusOfException(m, value, place)
    ? bodyOfException(m, value, status, place)
    : objectOf({ statusCode: status, message: someString() });
  const response = createAnswer(scene);
  sendBody({ ...scene, exchange: { ...scene.exchange, response } }, body, place, undefined, status);
}

/** Errors that look like those of `http-errors` keep their status. */
function statusOfHttpError(m: Machine, value: Value, place: Scene['endpoint']['place']): Value | undefined {
  if (value.kind !== 'object') return undefined;
  const status = m.get(value, 'statusCode', place);
  if (isEmpty(status) || isEmpty(m.get(value, 'message', place))) return undefined;
  const number = numberOf(status);
  return number === undefined ? undefined : literal(number);
}
