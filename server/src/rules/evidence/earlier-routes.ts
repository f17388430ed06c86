// Owns the finding of an app's routes whose paths cover another path, without asking each of them.
// It must not know methods, registration order or what any rule decides.

import { anyRest, anySegment, type Segment, SegmentTree } from '../../base/segment-tree.ts';
import type { App, Route } from '../../code/model.ts';

const remembered = new WeakMap<App, SegmentTree>();

/** The routes that every request for a path matches, in the app's order. Case counts for nothing, as in Express. */
export function coveringRoutes(app: App, path: string): readonly Route[] {
  const tree = remembered.get(app) ?? treeOf(app.routes.map((route) => route.path));
  remembered.set(app, tree);
  return tree.covering(segmentsOf(path).map(asNarrow)).map((index) => app.routes[index]!);
}

/** Whether every request for `narrow` is matched by `wide`. */
export function covers(wide: string, narrow: string): boolean {
  return treeOf([wide]).covering(segmentsOf(narrow).map(asNarrow)).length > 0;
}

/** A path is left out where it has a segment that is partly open, since that takes some requests only. */
function treeOf(paths: readonly string[]): SegmentTree {
  const tree = new SegmentTree({ emptyRests: false });
  for (const [index, path] of paths.entries()) {
    const segments = segmentsOf(path).map(asWide);
    // What follows a rest says nothing of what it takes.
    if (segments.slice(0, -1).includes(anyRest)) continue;
    if (segments.every((segment) => segment !== undefined)) tree.add(segments, index);
  }
  return tree;
}

function asWide(segment: string): Segment | undefined {
  if (segment === '{*}') return anyRest;
  if (/^\{[^{}*?]+\}$/.test(segment)) return anySegment;
  return segment.includes('{') ? undefined : segment.toLowerCase();
}

function asNarrow(segment: string): Segment {
  if (segment === '{*}') return anyRest;
  return segment.includes('{') ? anySegment : segment.toLowerCase();
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter(Boolean);
}
