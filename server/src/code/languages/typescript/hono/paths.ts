// Owns the question which of an app's registrations run for a path, by Hono's patterns.
// It must not know what is registered.

/** One step down all patterns. */
interface Step {
  readonly literals: Map<string, Step>;
  parameter: Step | undefined;
  /** Registrations whose pattern ends here, and those that take whatever follows, nothing included. */
  readonly ends: number[];
  readonly rests: number[];
}

const step = (): Step => ({ literals: new Map(), parameter: undefined, ends: [], rests: [] });

/**
 * The patterns of one app's registrations. A wildcard at the end takes whatever follows; a pattern that names what a path leaves open
 * runs for some requests only, and is none of that path's.
 */
export class PatternIndex {
  private readonly root = step();

  /** Registers a pattern, which is a template, under a number. */
  add(pattern: string, index: number): void {
    let here = this.root;
    const parts = partsOf(pattern);
    for (const [at, part] of parts.entries()) {
      if (part === '{*}' && at === parts.length - 1) {
        here.rests.push(index);
        return;
      }
      if (part.startsWith('{')) here = here.parameter ??= step();
      else {
        const next = here.literals.get(part) ?? step();
        here.literals.set(part, next);
        here = next;
      }
    }
    here.ends.push(index);
  }

  /** What runs for a path, which is a template too, in order and each once. */
  runningFor(path: string): readonly number[] {
    let here: readonly Step[] = [this.root];
    const found: number[] = [];
    for (const part of partsOf(path)) {
      found.push(...here.flatMap(({ rests }) => rests));
      here = here.flatMap(({ literals, parameter }) =>
        [literals.get(part), parameter].filter((one) => one !== undefined),
      );
    }
    found.push(...here.flatMap(({ rests, ends }) => [...rests, ...ends]));
    return [...new Set(found)].sort((a, b) => a - b);
  }
}

const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '');

/** Whether what is registered at a pattern runs for a path; both are templates. */
export function runsFor(pattern: string, path: string): boolean {
  const index = new PatternIndex();
  index.add(pattern, 0);
  return index.runningFor(path).length > 0;
}
