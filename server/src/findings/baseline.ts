// Owns the accepted past: which findings a project knows and leaves as they are, as a file that only shrinks, and what it does to findings.
// It must not know where the file lies, rules, or an editor.

import type { Place } from '../base/place.ts';
import type { Finding, Severity } from './finding.ts';
import { fingerprint } from './fingerprint.ts';

/** Where a project keeps it, relative to the folder of its configuration. */
export const baselineName = '.fidelity/baseline.json';

/** Raised when a reader of the file would have to change. */
const VERSION = 1;

/** One accepted finding. All but the fingerprint is for people who review the file. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly operation: string | null;
  readonly subject: string;
  readonly reason: string | null;
  /** `YYYY-MM-DD`: the last day on which it is accepted. */
  readonly until: string | null;
}

export interface Baseline {
  readonly file: string;
  /** False when the file keeps something else alone, such as releases: nothing was ever accepted then. */
  readonly begun: boolean;
  /** What else the file keeps; it is written back as it was. */
  readonly rest: Readonly<Record<string, unknown>>;
  /** True when it speaks of more than was looked at, so that an entry without a finding proves nothing. */
  readonly partial?: boolean;
  readonly entries: readonly (BaselineEntry & { readonly place: Place })[];
}

/** A baseline that cannot be read accepts nothing, and says why: half of it would let old findings fail a run without a word. */
export type BaselineReading = Baseline | { readonly problem: string; readonly place: Place };

/** Reads the file's text. `file` is its absolute path. Never throws. */
export function readBaseline(file: string, text: string): BaselineReading {
  const place = { file, start: 0, end: 0 };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'The baseline is no JSON, so that nothing is accepted.', place };
  }
  const { schemaVersion, findings = [], ...rest } = record(value);
  if (schemaVersion !== VERSION || !Array.isArray(findings)) {
    return { problem: `The baseline has not the form of version ${VERSION}, so that nothing is accepted.`, place };
  }
  let from = 0;
  const entries = findings.flatMap((item: unknown) => {
    const entry = record(item);
    if (typeof entry.fingerprint !== 'string' || !/^[0-9a-f]{16}$/.test(entry.fingerprint)) return [];
    const at = text.indexOf(entry.fingerprint, from);
    from = Math.max(from, at);
    return [
      {
        fingerprint: entry.fingerprint,
        rule: texts(entry.rule) ?? '',
        operation: texts(entry.operation),
        subject: texts(entry.subject) ?? '',
        reason: texts(entry.reason),
        until: texts(entry.until),
        place: { file, start: Math.max(0, at), end: Math.max(0, at) + entry.fingerprint.length },
      },
    ];
  });
  return { file, begun: Object.hasOwn(record(value), 'findings'), rest, entries };
}

/** The text of a baseline: one finding per line, in an order that makes changes easy to review, and behind them what else the file keeps. */
export function writeBaseline(entries: readonly BaselineEntry[], rest: Baseline['rest'] = {}): string {
  const seen = new Set<string>();
  const lines = entries
    .filter((entry) => !seen.has(entry.fingerprint) && seen.add(entry.fingerprint))
    .map(({ fingerprint: id, rule, operation, subject, reason, until }) => ({
      key: [operation ?? '', rule, subject, id].join('\n'),
      text: JSON.stringify({
        fingerprint: id,
        rule,
        operation,
        subject,
        ...(reason !== null && { reason }),
        ...(until !== null && { until }),
      }),
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const list = lines.map(({ text }) => `    ${text}`).join(',\n');
  const others = Object.entries(rest).map(
    ([key, value]) => `,\n  ${JSON.stringify(key)}: ${JSON.stringify(value, null, 2).replaceAll('\n', '\n  ')}`,
  );
  return `{\n  "schemaVersion": ${VERSION},\n  "findings": [${list === '' ? '' : `\n${list}\n  `}]${others.join('')}\n}\n`;
}

/** What a finding is in a baseline. */
export function baselineEntry(finding: Finding, reason: string | null): BaselineEntry {
  const { fingerprint: id, rule, operation, subject } = finding;
  return { fingerprint: id, rule, operation, subject, reason, until: null };
}

export interface BaselineOptions {
  /** `YYYY-MM-DD`; without it no entry ends. */
  readonly today?: string;
  /** Rules that ran: an entry of another one is not called superfluous. */
  readonly ran: ReadonlySet<string>;
  /** False when something was not read, so that an entry without a finding proves nothing. */
  readonly judgeUnused: boolean;
  readonly severities?: ReadonlyMap<string, Severity | 'off'>;
}

/** Entries that no finding matches any more. */
export function unusedEntries(findings: readonly Finding[], baseline: Baseline): Baseline['entries'] {
  const found = new Set(findings.map((finding) => finding.fingerprint));
  return baseline.entries.filter((entry) => !found.has(entry.fingerprint));
}

/** Marks the findings that a baseline accepts, and appends a finding for each entry that is past its day or matches nothing. */
export function applyBaseline(
  findings: readonly Finding[],
  baseline: Baseline,
  options: BaselineOptions,
): readonly Finding[] {
  const entries = new Map(baseline.entries.map((entry) => [entry.fingerprint, entry]));
  const expired = new Set<string>();
  const decided = findings.map((finding) => {
    const entry = entries.get(finding.fingerprint);
    if (!entry || finding.suppressed) return finding;
    if (entry.until !== null && options.today !== undefined && entry.until < options.today) {
      expired.add(entry.fingerprint);
      return finding;
    }
    return { ...finding, suppressed: { by: 'baseline' as const, reason: entry.reason, until: entry.until } };
  });
  const about = (rule: string, message: string, entry: Baseline['entries'][number]): readonly Finding[] => {
    const severity = options.severities?.get(rule) ?? 'information';
    return severity === 'off' ? [] : [findingAbout(entry, rule, message, severity)];
  };
  const ended = baseline.entries
    .filter((entry) => expired.has(entry.fingerprint))
    .flatMap((entry) =>
      about('suppression-expired', `The baseline accepted this until ${entry.until}, and it is still there.`, entry),
    );
  if (!options.judgeUnused || baseline.partial) return [...decided, ...ended];
  const unused = unusedEntries(findings, baseline)
    .filter((entry) => options.ran.has(entry.rule))
    .flatMap((entry) =>
      about(
        'suppression-unused',
        'The baseline accepts a finding that is no longer there; `fidelity baseline prune` removes it.',
        entry,
      ),
    );
  return [...decided, ...ended, ...unused];
}

function findingAbout(entry: Baseline['entries'][number], rule: string, message: string, severity: Severity): Finding {
  return {
    rule,
    family: 'suppression',
    polarity: rule === 'suppression-unused' ? 'absence' : 'witness',
    severity,
    confidence: 'proved',
    operation: null,
    contractRoot: null,
    subject: `baseline:${entry.rule}`,
    message,
    contract: null,
    code: entry.place,
    related: [],
    fingerprint: fingerprint(rule, entry.operation, `baseline:${entry.rule}`, [entry.fingerprint]),
    fixes: [],
    suppressed: null,
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

const texts = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export interface BaselineChange {
  readonly entries: readonly BaselineEntry[];
  /** Findings that were open and are accepted now. */
  readonly added: readonly Finding[];
  /** Entries that matched nothing and are gone. */
  readonly removed: readonly BaselineEntry[];
}

/** The baseline as it should be: without what is no longer there and, when wanted, with what is open now. Reasons and days are kept. */
export function nextBaseline(
  findings: readonly Finding[],
  baseline: Baseline | undefined,
  accept: { readonly reason: string | null } | undefined,
): BaselineChange {
  const known = baseline?.entries ?? [];
  const removed = baseline ? unusedEntries(findings, baseline) : [];
  const gone = new Set(removed.map((entry) => entry.fingerprint));
  const kept = known.filter((entry) => !gone.has(entry.fingerprint));
  const listed = new Set(kept.map((entry) => entry.fingerprint));
  // What is said about suppressions is put right where they stand; accepting it would hide that they are superfluous.
  const added = accept
    ? findings.filter((one) => one.suppressed === null && one.family !== 'suppression' && !listed.has(one.fingerprint))
    : [];
  const fresh = accept ? added.map((finding) => baselineEntry(finding, accept.reason)) : [];
  return { entries: [...kept, ...fresh], added, removed };
}
