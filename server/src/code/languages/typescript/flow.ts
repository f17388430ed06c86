// Owns the ways in which a statement ends.
// It must not know the interpreter.

/** How a statement ends: the next one follows, a loop is left, or the function is left. */
export enum Flow {
  Next = 0,
  Break = 1,
  Exit = 2,
}
