// Owns the number that changes call for: the step, the version that takes it, and whether the contract's own number does.
// It must not know how changes were found or where they are shown.

import type { Change, Policy } from '../change.ts';
import { usualPolicy } from '../change.ts';
import { type Level, worst } from '../changes/row.ts';
import type { Comparison } from '../compare.ts';
import { nextVersion, reaches, type Scheme, type Step, schemeOf, stepIn } from './schemes.ts';

export interface Bump {
  readonly scheme: Scheme;
  /** The step that the changes call for, in the terms of the scheme. */
  readonly needed: Step;
  /** The least version that takes the step after the base's; null when none is needed or the scheme has no number for it. */
  readonly suggested: string | null;
  /** Whether the revision's own version takes the step. Null: it cannot be told. */
  readonly kept: boolean | null;
  /** What people should know beside the number, as sentences. */
  readonly notes: readonly string[];
}

export interface BumpOptions {
  /** `YYYY-MM-DD`, for versions that are dates. */
  readonly today: string;
  readonly scheme?: Scheme;
  readonly policy?: Policy;
}

/** The step that a level asks for. */
export function stepOf(level: Level | undefined, policy: Policy = usualPolicy): Step {
  switch (level) {
    case 'breaking':
      return 'major';
    case 'risky':
      return policy.risky;
    case 'compatible':
      return 'minor';
    case 'documentation':
      return 'patch';
    case undefined:
      return 'none';
  }
}

/** What a comparison asks of `info.version`. */
export function bumpFor(comparison: Comparison, options: BumpOptions): Bump {
  const { base, revision, changes } = comparison;
  const level = worst(changes.map((change) => change.level));
  const wanted = stepOf(level, options.policy);
  const scheme = options.scheme ?? schemeOf(base.version);
  const needed = stepIn(scheme, base.version, wanted);
  const suggested =
    nextVersion(scheme, base.version, wanted === 'major' && needed === 'minor' ? 'minor' : needed, options.today) ??
    null;
  const kept = isKept(scheme, base.version, revision.version, needed, suggested);
  return { scheme, needed, suggested, kept, notes: notesOf(comparison, scheme, needed, suggested, level) };
}

/** Whether a version takes the step after another one. */
function isKept(scheme: Scheme, before: string, after: string, needed: Step, suggested: string | null): boolean | null {
  if (needed === 'none') return true;
  if (scheme === 'unknown') return null;
  // A date promises no more than that something is newer.
  if (scheme === 'calendar') return after !== before && (reaches(scheme, after, before) ?? null);
  if (suggested === null) return reaches(scheme, after, before) ?? null;
  return reaches(scheme, after, suggested) ?? null;
}

function notesOf(
  comparison: Comparison,
  scheme: Scheme,
  needed: Step,
  suggested: string | null,
  level: Level | undefined,
): string[] {
  const { base, revision, changes } = comparison;
  const notes: string[] = [];
  if (needed !== 'none' && scheme === 'unknown')
    notes.push(`The version "${base.version}" is of no known scheme, so that there is a level and no number.`);
  if (needed !== 'none' && scheme === 'integer' && suggested === null)
    notes.push('A whole number counts what breaks: these changes keep it.');
  if (level === 'risky')
    notes.push(
      'Nothing is certain to break: the level comes from risky changes, and the policy of the project decides what they call for.',
    );
  const path = pathVersion(
    base.root.get('servers')?.items()[0]?.get('url')?.text ?? base.root.get('basePath')?.text ?? '',
  );
  const pathNow = pathVersion(
    revision.root.get('servers')?.items()[0]?.get('url')?.text ?? revision.root.get('basePath')?.text ?? '',
  );
  if (level === 'breaking' && path !== undefined && path === pathNow) {
    notes.push(
      `The path names the version too (/v${path}): clients that stay on it meet the breaking changes, so that they belong under /v${path + 1}.`,
    );
  }
  if (changes.some((change) => change.softened)) notes.push('Some changes count less than usual: see their reasons.');
  return notes;
}

/** The number in a path such as `/v2`. */
function pathVersion(url: string): number | undefined {
  const found = /\/v(\d+)(?=\/|$)/.exec(url)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** How many changes of each level there are, in words: "3 breaking, 1 risky and 2 compatible changes". */
export function countedLevels(changes: readonly Pick<Change, 'level'>[]): string {
  const names: readonly Level[] = ['breaking', 'risky', 'compatible', 'documentation'];
  const parts = names.flatMap((level) => {
    const count = changes.filter((change) => change.level === level).length;
    return count === 0 ? [] : [`${count} ${level}`];
  });
  if (parts.length === 0) return 'no change';
  const last = parts.pop()!;
  const listed = parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
  return `${listed} ${changes.length === 1 ? 'change' : 'changes'}`;
}
