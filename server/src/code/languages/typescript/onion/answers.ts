// Owns the state of an answer that is kept until the whole chain has run: its alternatives, each from paths of its own.
// It must not know what an answer is made of; each framework says that.

import { joinParts, members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { type Cell, type Model, type NativeValue, native, type ObjectValue, truth, type Value } from '../value.ts';

const model: Model = { name: 'answers' };

/** More alternatives than this are no longer kept apart by what a function returned with each of them. */
const limit = 40;

/**
 * The alternatives that the answer has along the present path. They live in one cell, so that branches keep theirs apart and joins
 * gather them; a status and a body that were set on one path stay together.
 */
export class Answers<A extends object> {
  readonly cell: Cell;

  constructor(
    private readonly m: Machine,
    first: A,
  ) {
    this.cell = { value: native(model, [first]) };
  }

  /** The alternatives of a state, each once. */
  static of<A>(state: Value | undefined): A[] {
    const all = state ? members(state).flatMap((value) => (value.kind === 'native' ? (value.data as A[]) : [])) : [];
    return [...new Set(all)];
  }

  /** The alternatives on the present path. */
  list(): readonly A[] {
    return this.held().data as readonly A[];
  }

  /** Puts others in their place. */
  write(list: readonly A[]): void {
    this.m.write(this.cell, native(model, list));
  }

  /** Changes every alternative of the present path. */
  update(change: (answer: A, index: number) => A): void {
    this.write(this.list().map(change));
  }

  /** The same part of every alternative, as a value that varies together with them. */
  part(select: (answer: A) => Value): Value {
    const held = this.held();
    return joinParts(held, (held.data as readonly A[]).map(select));
  }

  /** The part of a value that belongs to one alternative of the present path. */
  own(value: Value, index: number): Value {
    return ownPart(value, this.held(), index, 0);
  }

  /** Keeps the alternatives for which a condition may come out as it did. */
  assume(test: Value, positive: boolean): void {
    const parts = test.kind === 'union' ? test.parts : undefined;
    if (!parts || parts.of !== this.cell.value) return;
    const list = this.list();
    const kept = list.filter((_, index) => truth(parts.values[index]!) !== !positive);
    if (kept.length > 0 && kept.length < list.length) this.write(kept);
  }

  /** Goes on from the states in which a function returned; what it gives varies together with them. */
  settle(states: readonly Value[], values: readonly Value[], joined: Value): Value {
    if (states.every((state) => state === states[0])) {
      if (states[0] && states[0] !== this.cell.value) this.m.write(this.cell, states[0]);
      return joined;
    }
    const parts = states.map((state) => Answers.of<A>(state));
    const list = parts.flat();
    if (list.length > limit || joined.kind !== 'union') {
      this.write([...new Set(list)].slice(0, 4 * limit));
      return joined;
    }
    const held = native(model, list);
    this.m.write(this.cell, held);
    return joinParts(
      held,
      parts.flatMap((part, index) => part.map(() => values[index]!)),
    );
  }

  /** The state as one value, so that parts of it can be told to belong together. */
  private held(): NativeValue {
    const { value } = this.cell;
    if (value?.kind === 'native') return value;
    const held = native(model, Answers.of<A>(value));
    this.m.write(this.cell, held);
    return held;
  }
}

/** Looks a few levels into objects: `{ data: ctx.body }` holds the body of each alternative. */
function ownPart(value: Value, of: object, index: number, depth: number): Value {
  if (value.kind === 'union') return value.parts?.of === of ? value.parts.values[index]! : value;
  if (value.kind !== 'object' || depth > 2 || value.cls) return value;
  let changed = false;
  const props: ObjectValue['props'] = new Map();
  for (const [key, cell] of value.props) {
    const part = cell.value && ownPart(cell.value, of, index, depth + 1);
    changed ||= part !== cell.value;
    props.set(key, part === cell.value ? cell : { value: part });
  }
  return changed ? { ...value, props } : value;
}
