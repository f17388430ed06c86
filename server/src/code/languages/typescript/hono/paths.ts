// Owns the question which of an app's registrations run for a path, by Hono's patterns.
// It must not know what is registered.

import { anyRest, anySegment, type Segment, SegmentTree } from '../../../../base/segment-tree.ts';

/**
 * The patterns of one app's registrations. A wildcard at the end takes whatever follows; a pattern that names what a path leaves open
 * runs for some requests only, and is none of that path's.
 */
export class PatternIndex {
  private readonly tree = new SegmentTree({ emptyRests: true });

  /** Registers a pattern, which is a template, under a number. */
  add(pattern: string, index: number): void {
    const parts = partsOf(pattern);
    this.tree.add(
      parts.map((part, at) => (part === '{*}' && at === parts.length - 1 ? anyRest : segmentOf(part))),
      index,
    );
  }

  /** What runs for a path, which is a template too, in order and each once. */
  runningFor(path: string): readonly number[] {
    return this.tree.covering(partsOf(path).map(segmentOf));
  }
}

const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '');
const segmentOf = (part: string): Segment => (part.startsWith('{') ? anySegment : part);

/** Whether what is registered at a pattern runs for a path; both are templates. */
export function runsFor(pattern: string, path: string): boolean {
  const index = new PatternIndex();
  index.add(pattern, 0);
  return index.runningFor(path).length > 0;
}
