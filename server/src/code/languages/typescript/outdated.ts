// Owns the question whether what a variable held after loading may have been replaced since.
// It must not know who asks.

import type { Cell, Value } from './value.ts';

/** Whether a cell still holds the plain value that loading its module left in it, although functions write it since. */
export function isOutdated(cell: Cell, value: Value): boolean {
  return cell.wired !== undefined && value.kind === 'literal' && cell.wired.value === value;
}
