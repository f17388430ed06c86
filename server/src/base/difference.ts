// Owns how much two texts have in common at their ends. It must not know what the texts mean.

/** Pieces of a text are compared at once, so that the machine does it and no loop. */
const PIECE = 65_536;

/** How many characters two texts have in common at their beginning. */
export function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  for (let piece = PIECE; piece > 0 && at < most; ) {
    const size = Math.min(piece, most - at);
    if (a.slice(at, at + size) === b.slice(at, at + size)) at += size;
    else piece = size >> 1;
  }
  return at;
}

/** How many characters two texts have in common at their end, without the first `taken` ones. */
export function commonEnd(a: string, b: string, taken: number): number {
  const most = Math.min(a.length, b.length) - taken;
  let at = 0;
  for (let piece = PIECE; piece > 0 && at < most; ) {
    const size = Math.min(piece, most - at);
    const [left, right] = [a.length - at, b.length - at];
    if (a.slice(left - size, left) === b.slice(right - size, right)) at += size;
    else piece = size >> 1;
  }
  return at;
}
