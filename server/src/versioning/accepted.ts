// Owns the changes that a project accepts: which they are, as text beside the record of releases, how long that holds, and what it does to
// a comparison. It must not know where the text is kept, nor editors.

import { type Scheme, schemeOf, parse as versionParts } from './bump/schemes.ts';
import type { Change } from './change.ts';
import { type Comparison, overall } from './compare.ts';
import { sortChanges } from './diff/collect.ts';

export interface AcceptedChange {
  /** Relative to the folder that holds `.fidelity`, forward slashes. */
  readonly contract: string;
  /** The version of the baseline when it was accepted: it holds until the next one that may break. */
  readonly version: string;
  readonly fingerprint: string;
  readonly reason: string;
}

/** What a project accepts of a contract. */
export interface Acceptances {
  readonly changes: readonly AcceptedChange[];
  /** The contract's path as the changes name it. */
  readonly contract: string;
}

/** The accepted changes of a record's text; none where it is no record, which {@link readRecord} says. */
export function readAccepted(text: string): readonly AcceptedChange[] {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return [];
  }
  const { changes } = (root ?? {}) as { readonly changes?: unknown };
  return Array.isArray(changes) ? changes.flatMap(acceptedOf) : [];
}

function acceptedOf(value: unknown): AcceptedChange[] {
  const { contract, version, fingerprint, reason } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const sound = [contract, version, fingerprint, reason].every((field) => typeof field === 'string' && field !== '');
  return sound ? [value as AcceptedChange] : [];
}

/** The same comparison, in which accepted changes call for no more than a compatible one does. They say so in their reasons. */
export function withAccepted(
  comparison: Comparison,
  { changes: accepted, contract }: Acceptances,
  scheme?: Scheme,
): Comparison {
  const { base, changes, order } = comparison;
  const holding = new Map(
    accepted
      .filter((one) => one.contract === contract && holds(one, base.version, scheme))
      .map((one) => [one.fingerprint, one]),
  );
  if (!changes.some((change) => holding.has(change.fingerprint) && weighs(change))) return comparison;
  const softened = changes.map((change): Change => {
    const found = holding.get(change.fingerprint);
    if (!found || !weighs(change)) return change;
    const reason = `${change.reason}; accepted: ${found.reason.replace(/[.\s]+$/, '')}`;
    return { ...change, level: 'compatible', softened: change.softened ?? change.level, reason };
  });
  return { ...comparison, changes: sortChanges(softened, order), level: overall(softened) };
}

/** How many acceptances of a contract do nothing any more, its baseline being the comparison's base: what they accept is gone, or released. */
export function idleAcceptances(
  { base, changes }: Comparison,
  { changes: accepted, contract }: Acceptances,
  scheme?: Scheme,
): number {
  const present = new Set(changes.map((change) => change.fingerprint));
  return accepted.filter(
    (one) => one.contract === contract && !(holds(one, base.version, scheme) && present.has(one.fingerprint)),
  ).length;
}

const holds = ({ version }: AcceptedChange, base: string, scheme: Scheme | undefined): boolean =>
  seriesOf(version, scheme) === seriesOf(base, scheme);

const weighs = ({ level }: Pick<Change, 'level'>): boolean => level === 'breaking' || level === 'risky';

/** What stays the same until a version may break: the major number, below 1.0.0 the minor one too; else the whole version. */
function seriesOf(version: string, given: Scheme | undefined): string {
  const scheme = given ?? schemeOf(version);
  const parsed = scheme === 'semver' ? versionParts(version) : undefined;
  if (!parsed) return version;
  const [major = 0, minor = 0] = parsed.numbers;
  return major === 0 ? `0.${minor}` : String(major);
}
