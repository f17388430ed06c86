// Owns what the interpreter tells a chain of middlewares in which each encloses those behind it, while one request runs through it.
// It must not know any one framework; `onion/` implements it.

import type { Thrown } from './machine.ts';
import type { Scene } from './onion/scene.ts';
import type { Value } from './value.ts';

/** A chain that keeps its answer until everything has run, so that each path through a function needs a state of its own. */
export interface RunningChain {
  /** How often a middleware has handed the request on: what is caught around that was thrown behind it. */
  readonly handedOn: number;
  /** The thrown value that is being handled. */
  readonly handled: Thrown | undefined;
  /** Does work that handles a thrown value. */
  handling<T>(thrown: Thrown, work: () => T): T;
  /** A function returns on the present path; `list` is where it collects what it returns. */
  leaves(list: readonly Value[]): void;
  /** A function has ended: what it gives, with the states of the paths on which it returned. */
  ended(list: readonly Value[], value: Value): Value;
  /** Where the present path stands, for an answer that is told of later. */
  scene(): Scene;
  /** A condition on the state of the answer holds, or fails, on the present path. */
  assume(test: Value, positive: boolean): void;
}
