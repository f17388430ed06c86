// Owns the finding of an app's routes whose paths cover another path, without asking each of them.
// It must not know methods, registration order or what any rule decides.

import type { App, Route } from '../../code/model.ts';

/** One step down all paths of an app. */
interface Step {
  readonly literals: Map<string, Step>;
  parameter: Step | undefined;
  /** Routes that end here, and those that take any rest from here on, by their position in the app. */
  readonly ends: number[];
  readonly rests: number[];
}

const step = (): Step => ({ literals: new Map(), parameter: undefined, ends: [], rests: [] });

const remembered = new WeakMap<App, Step>();

/** The routes that every request for a path matches, in the app's order. Case counts for nothing, as in Express. */
export function coveringRoutes(app: App, path: string): readonly Route[] {
  const root = remembered.get(app) ?? indexOf(app.routes);
  remembered.set(app, root);
  const narrow = segmentsOf(path);
  let here: readonly Step[] = [root];
  const found: number[] = [];
  for (const segment of narrow) {
    found.push(...here.flatMap((one) => one.rests));
    here = here.flatMap((one) => below(one, segment));
  }
  found.push(...here.flatMap((one) => one.ends));
  return found.sort((a, b) => a - b).map((index) => app.routes[index]!);
}

/** Where a segment of the narrower path leads: a rest is covered by a rest alone, a parameter by no constant. */
function below({ literals, parameter }: Step, segment: string): readonly Step[] {
  if (segment === '{*}') return [];
  const literal = segment.includes('{') ? undefined : literals.get(segment.toLowerCase());
  return [literal, parameter].filter((one) => one !== undefined);
}

function indexOf(routes: readonly Route[]): Step {
  const root = step();
  for (const [index, { path }] of routes.entries()) insert(root, segmentsOf(path), index);
  return root;
}

function insert(root: Step, segments: readonly string[], index: number): void {
  let here = root;
  for (const [position, segment] of segments.entries()) {
    if (segment === '{*}') {
      // What follows a rest says nothing of what it takes.
      if (position === segments.length - 1) here.rests.push(index);
      return;
    }
    if (/^\{[^{}*?]+\}$/.test(segment)) here = here.parameter ??= step();
    else if (segment.includes('{')) return;
    else {
      const next = here.literals.get(segment.toLowerCase()) ?? step();
      here.literals.set(segment.toLowerCase(), next);
      here = next;
    }
  }
  here.ends.push(index);
}

/** Whether every request for `narrow` is matched by `wide`. */
export function covers(wide: string, narrow: string): boolean {
  const others = segmentsOf(narrow);
  const root = step();
  insert(root, segmentsOf(wide), 0);
  let here: readonly Step[] = [root];
  for (const segment of others) {
    if (here.some((one) => one.rests.length > 0)) return true;
    here = here.flatMap((one) => below(one, segment));
  }
  return here.some((one) => one.ends.length > 0);
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter(Boolean);
}
