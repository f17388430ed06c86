// Owns the finding of those among many path templates that cover another one, without asking each of them.
// It must not know how a template is written, what routes are or whose they are.

/** Any one segment. */
export const anySegment = Symbol('any segment');
/** Whatever follows; nothing may stand behind it. */
export const anyRest = Symbol('any rest');

export type Segment = string | typeof anySegment | typeof anyRest;

/** One step down all templates. */
interface Step {
  readonly literals: Map<string, Step>;
  parameter: Step | undefined;
  /** Numbers of the templates that end here, and of those that take any rest from here on. */
  readonly ends: number[];
  readonly rests: number[];
}

const step = (): Step => ({ literals: new Map(), parameter: undefined, ends: [], rests: [] });

/** Templates by their segments, each under a number. */
export class SegmentTree {
  private readonly root = step();
  private readonly emptyRests: boolean;

  /** With `emptyRests`, a rest also covers the path on which nothing follows. */
  constructor({ emptyRests }: { readonly emptyRests: boolean }) {
    this.emptyRests = emptyRests;
  }

  add(segments: readonly Segment[], number: number): void {
    let here = this.root;
    for (const segment of segments) {
      if (segment === anyRest) {
        here.rests.push(number);
        return;
      }
      here = nextOf(here, segment);
    }
    here.ends.push(number);
  }

  /** The numbers of the templates that cover every path of another one, in rising order. */
  covering(narrow: readonly Segment[]): readonly number[] {
    let here: readonly Step[] = [this.root];
    const found = new Set<number>();
    for (const segment of narrow) {
      for (const number of here.flatMap(({ rests }) => rests)) found.add(number);
      here = here.flatMap((one) => below(one, segment));
    }
    const last = here.flatMap(({ ends, rests }) => (this.emptyRests ? [...ends, ...rests] : ends));
    for (const number of last) found.add(number);
    return [...found].sort((a, b) => a - b);
  }
}

function nextOf(here: Step, segment: string | typeof anySegment): Step {
  if (segment === anySegment) {
    here.parameter ??= step();
    return here.parameter;
  }
  const next = here.literals.get(segment) ?? step();
  here.literals.set(segment, next);
  return next;
}

/** Where a segment of the narrower template leads: a rest is covered by a rest alone, any segment by no constant. */
function below({ literals, parameter }: Step, segment: Segment): readonly Step[] {
  if (segment === anyRest) return [];
  const literal = segment === anySegment ? undefined : literals.get(segment);
  return [literal, parameter].filter((one) => one !== undefined);
}
