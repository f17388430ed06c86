// Owns the comparison of one alternative with several: whether it fits one of them, and which one it was meant to fit.
// It must not know objects' insides, constraints or what a finding is.

import type { PlainShape, Walk } from './compare.ts';
import { fieldPath, type Verdict } from './difference.ts';
import { type ObjectShape, resolveShape, type Shape } from './shape.ts';

/** One alternative of the containing side, tried. */
interface Trial {
  readonly member: PlainShape;
  readonly walk: Walk;
  readonly verdict: Verdict;
}

/**
 * Whether `sub` is contained in one of `sups`. When none takes it, the differences to the member that it was evidently
 * meant to be are recorded; when that cannot be told, the matter stays unknown.
 */
export function compareWithUnion(
  walk: Walk,
  sub: PlainShape,
  sups: readonly PlainShape[],
  path: string,
  certain: boolean,
): Verdict {
  const unknown = sups.find((member) => member.kind === 'unknown');
  if (unknown) return walk.undecide(path, unknown.kind === 'unknown' ? unknown.reason : undefined);
  if (sub.kind === 'never') return 'holds';
  const trials = sups
    .filter((member) => member.kind !== 'never')
    .map((member) => tryMember(walk, sub, member, path, certain));
  const [only] = trials;
  if (only && trials.length === 1) {
    walk.adopt(only.walk);
    return only.verdict;
  }
  const holding = trials.filter((trial) => trial.verdict === 'holds');
  if (holding.length > 0) {
    // Remarks that do not hurt (a field in an open object) are only true when a single member can have been meant.
    const quiet = holding.find((trial) => trial.walk.differences.length === 0);
    if (!quiet && holding.length === 1) walk.adopt(holding[0]!.walk);
    return 'holds';
  }
  const doubtful = trials.find((trial) => trial.verdict === 'unknown');
  if (doubtful) {
    walk.undecided.push(...doubtful.walk.undecided);
    return 'unknown';
  }
  return explainFailure(walk, sub, trials, path, certain);
}

function tryMember(walk: Walk, sub: PlainShape, member: PlainShape, path: string, certain: boolean): Trial {
  const trial = walk.trial();
  const [code, contract] = walk.direction === 'response' ? [sub, member] : [member, sub];
  return { member, walk: trial, verdict: trial.compare(code, contract, path, certain) };
}

function explainFailure(
  walk: Walk,
  sub: PlainShape,
  trials: readonly Trial[],
  path: string,
  certain: boolean,
): Verdict {
  const alike = trials.filter((trial) => trial.member.kind === sub.kind);
  if (alike.length === 0) {
    const whole: Shape = {
      kind: 'union',
      members: trials.map((trial) => trial.member),
      origin: trials[0]?.member.origin,
    };
    const [code, contract]: [Shape, Shape] = walk.direction === 'response' ? [sub, whole] : [whole, sub];
    walk.differ(sub.kind === 'null' ? 'null' : 'type', path, code, contract, { certain });
    return 'fails';
  }
  if (alike.length === 1) {
    walk.adopt(alike[0]!.walk);
    return 'fails';
  }
  const meant = sub.kind === 'object' ? meantMember(sub, alike) : undefined;
  if (!meant || sub.kind !== 'object') return walk.undecide(path, 'several alternatives could be meant');
  // A field whose values belong to several alternatives says that all of them are meant.
  if (!meant.discriminated && spansSeveral(sub, alike))
    return walk.undecide(path, 'several alternatives could be meant');
  if (!meant.discriminated && walk.direction === 'request') widenConstants(meant.trial, alike, path);
  walk.adopt(meant.trial.walk, meant.discriminated);
  return 'fails';
}

/** Where nothing told the reader's alternatives apart, a field of constants takes what it does in all of them. */
function widenConstants(meant: Trial, alike: readonly Trial[], path: string): void {
  const { differences } = meant.walk;
  for (const [index, found] of differences.entries()) {
    if (meant.member.kind !== 'object') return;
    const name = [...meant.member.fields.keys()].find((one) => fieldPath(path, one) === found.path);
    if (name === undefined || found.kind !== 'enum' || !found.detail || found.detail.contract !== undefined) continue;
    const allowed = alike.map(({ member }) => {
      const field = member.kind === 'object' ? member.fields.get(name) : undefined;
      return field && textsOf(field.shape);
    });
    if (allowed.some((values) => values === undefined)) continue;
    const values = [...new Set(allowed.flatMap((one) => one ?? []))];
    const whole: Shape = { kind: 'string', values, origin: meant.member.fields.get(name)?.shape.origin };
    differences[index] = {
      ...found,
      code: whole,
      detail: { ...found.detail, code: values.map((value) => `\`${value}\``).join(', ') },
    };
  }
}

/** The object among several that `sub` was meant to be: by a constant field, else by the most shared field names. */
function meantMember(
  sub: ObjectShape,
  trials: readonly Trial[],
): { readonly trial: Trial; readonly discriminated: boolean } | undefined {
  const matching = trials.filter((trial) => trial.member.kind === 'object' && !excludes(sub, trial.member));
  const [first] = matching;
  if (!first) return undefined;
  if (matching.length === 1) return { trial: first, discriminated: true };
  const scored = matching
    .map((trial) => ({ trial, score: affinity(sub, trial.member) }))
    .sort((a, b) => b.score - a.score);
  const [best, next] = scored;
  if (!best || !next || best.score <= 0 || best.score === next.score) return undefined;
  return { trial: best.trial, discriminated: false };
}

/** Whether some field of constants has values that no single alternative allows, and all of them together do. */
function spansSeveral(sub: ObjectShape, trials: readonly Trial[]): boolean {
  return [...sub.fields.values()].some((field) => {
    const mine = textsOf(field.shape);
    if (!mine || mine.length < 2) return false;
    const allowed = trials.flatMap(({ member }) => {
      const other = member.kind === 'object' ? member.fields.get(field.name) : undefined;
      const theirs = other && textsOf(other.shape);
      return theirs ? [theirs] : [];
    });
    if (allowed.some((values) => mine.every((value) => values.includes(value)))) return false;
    return mine.every((value) => allowed.some((values) => values.includes(value)));
  });
}

/** Whether a field that is constant on both sides has different values, so that the member cannot be meant. */
function excludes(sub: ObjectShape, member: PlainShape): boolean {
  if (member.kind !== 'object') return true;
  for (const field of sub.fields.values()) {
    const mine = textsOf(field.shape);
    const other = member.fields.get(field.name);
    const theirs = other && mine && textsOf(other.shape);
    if (theirs && !mine.some((value) => theirs.includes(value))) return true;
  }
  return false;
}

/** The texts that a shape allows where it allows these alone, also as alternatives of one text each. */
function textsOf(shape: Shape): readonly string[] | undefined {
  const plain = resolveShape(shape);
  if (plain.kind === 'string') return plain.values;
  if (plain.kind !== 'union') return undefined;
  const each = plain.members.map(textsOf);
  return each.some((one) => one === undefined) ? undefined : each.flatMap((one) => one ?? []);
}

function affinity(sub: ObjectShape, member: PlainShape): number {
  if (member.kind !== 'object') return -1;
  let score = 0;
  for (const name of sub.fields.keys()) if (member.fields.has(name)) score++;
  for (const field of member.fields.values()) if (field.required === true && !sub.fields.has(field.name)) score--;
  return score;
}

/** Joins alternatives that are lists of constants, and `true` with `false`, so that they are compared as one. */
export function mergeLiterals(members: readonly PlainShape[]): readonly PlainShape[] {
  const merged: PlainShape[] = [];
  for (const member of members) {
    const at = merged.findIndex((known) => joinable(known, member));
    if (at === -1) merged.push(member);
    else merged[at] = join(merged[at]!, member);
  }
  return merged;
}

function joinable(a: PlainShape, b: PlainShape): boolean {
  if (a.kind === 'boolean' && b.kind === 'boolean') return true;
  if (a.kind === 'string' && b.kind === 'string') return a.values !== undefined && b.values !== undefined;
  if (a.kind === 'number' && b.kind === 'number') return a.values !== undefined && b.values !== undefined;
  return false;
}

function join(a: PlainShape, b: PlainShape): PlainShape {
  if (a.kind === 'boolean' && b.kind === 'boolean')
    return a.value === b.value ? a : { kind: 'boolean', origin: a.origin };
  if (a.kind === 'string' && b.kind === 'string') {
    return { kind: 'string', origin: a.origin, values: [...new Set([...(a.values ?? []), ...(b.values ?? [])])] };
  }
  if (a.kind === 'number' && b.kind === 'number') {
    const values = [...new Set([...(a.values ?? []), ...(b.values ?? [])])];
    return { kind: 'number', integer: a.integer && b.integer, origin: a.origin, values };
  }
  return a;
}
