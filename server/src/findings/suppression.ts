// Owns the decision whether a finding is suppressed, and the findings about suppressions themselves: one without a reason,
// one past its day, one that matches nothing. It must not know rules, loaders or how a contract is read.

import { commonEnd, commonStart } from '../base/difference.ts';
import type { FileSource } from '../base/host.ts';
import { LineIndex, type Place } from '../base/place.ts';
import { commonFolder, relativeTo } from '../base/relative.ts';
import type { Finding, Polarity, Severity } from './finding.ts';
import { fingerprint } from './fingerprint.ts';
import { type IgnoreComment, mayIgnore, readIgnoreComments } from './ignore-comments.ts';
import { type IgnoreStatement, isDay, parseIgnoreExtension } from './ignore-statement.ts';

/** The catalogue entries of the findings that this file makes. Their pages stand beside it. */
export const suppressionRules: readonly {
  readonly id: string;
  readonly family: 'suppression';
  readonly polarity: Polarity;
  readonly summary: string;
}[] = [
  {
    id: 'suppression-unexplained',
    family: 'suppression',
    polarity: 'witness',
    summary: 'A finding is suppressed without saying why.',
  },
  {
    id: 'suppression-expired',
    family: 'suppression',
    polarity: 'witness',
    summary: 'A suppression is past its last day and holds no longer.',
  },
  {
    id: 'suppression-unused',
    family: 'suppression',
    polarity: 'absence',
    summary: 'A suppression matches no finding.',
  },
];

/** An `x-fidelity-ignore` of a contract, as plain data. */
export interface DeclaredIgnore {
  /** The contract's root file. */
  readonly contractRoot: string;
  /** The operation that carries it; null for the document's root, where it covers the whole contract. */
  readonly operation: string | null;
  readonly value: unknown;
  /** Where its carrier stands: the operation's key, or the start of the root document. */
  readonly place: Place & { readonly pointer: string };
}

export interface SuppressionInput {
  readonly files: FileSource;
  /** Files that were analysed, in which comments are looked for. Files of findings are added by themselves. */
  readonly scanned: readonly string[];
  readonly declared: readonly DeclaredIgnore[];
  /** Every rule that ran: a suppression of a rule that is switched off is not called unused. */
  readonly ran: ReadonlySet<string>;
  /** Every rule there is; a name outside of it is called unknown. Left out: the same as `ran`. */
  readonly known?: ReadonlySet<string>;
  /** `YYYY-MM-DD`; without it no suppression expires. */
  readonly today?: string;
  /** False when something could not be read, so that a suppression without a match proves nothing. Default true. */
  readonly judgeUnused?: boolean;
  /** Line indexes of the files, when somebody keeps them; read from the files when absent. */
  readonly lines?: ((path: string) => LineIndex | undefined) | undefined;
  /** A fixed severity per rule id, or `off`, for the findings about suppressions. */
  readonly severities?: ReadonlyMap<string, Severity | 'off'>;
}

/** From this length on it pays to look at what an edit changed only. */
const LARGE = 100_000;

interface KnownComments {
  readonly version: string;
  readonly comments: readonly IgnoreComment[];
  /** The text, when it is large and has nothing that could be a comment of ours. */
  readonly unmarked?: string;
}

/** Whether an edit of a text that has no mark may have brought one. */
function addsMark(before: string, text: string): boolean {
  const same = commonStart(before, text);
  const rest = commonEnd(before, text, same);
  return mayIgnore(text.slice(Math.max(0, same - 20), text.length - rest + 20));
}

/** Remembers the comments of files by their version, so that an edit re-reads one file. Keep one for as long as a workspace. */
export class IgnoreCommentIndex {
  private readonly known = new Map<string, KnownComments>();

  comments(files: FileSource, path: string): readonly IgnoreComment[] {
    const version = files.version(path);
    if (version === undefined) return [];
    const before = this.known.get(path);
    if (before?.version === version) return before.comments;
    const read = files.read(path);
    const text = 'text' in read ? read.text : '';
    const marked = before?.unmarked === undefined ? mayIgnore(text) : addsMark(before.unmarked, text);
    const comments = marked ? readIgnoreComments(path, text) : [];
    this.known.set(path, { version, comments, ...(marked || text.length < LARGE ? {} : { unmarked: text }) });
    return comments;
  }
}

/** One suppression with what it covers and whether anything was covered. */
interface Entry {
  readonly statement: IgnoreStatement;
  readonly by: 'comment' | 'contract';
  readonly place: Place & { readonly pointer?: string };
  readonly operation: string | null;
  readonly contractRoot: string | null;
  readonly used: Set<string>;
}

/**
 * Marks suppressed findings and appends the findings about suppressions. The order of the given findings is kept.
 * An expired suppression no longer suppresses; one without a reason does, and is itself reported.
 */
export function suppress(
  findings: readonly Finding[],
  input: SuppressionInput,
  index: IgnoreCommentIndex = new IgnoreCommentIndex(),
): readonly Finding[] {
  const byLine = commentEntries(findings, input, index);
  const declared = input.declared.flatMap((ignore) => declaredEntries(ignore, input.files));
  if (byLine.size === 0 && declared.length === 0) return findings;

  const lines = new LineReader(input.files, input.lines);
  const decided = findings.map((finding) => {
    if (finding.suppressed) return finding;
    const entry = candidates(finding, byLine, declared, lines).find((one) =>
      one.statement.rules.includes(finding.rule),
    );
    if (!entry) return finding;
    entry.used.add(finding.rule);
    if (isPast(entry.statement, input.today)) return finding;
    const { reason, until } = entry.statement;
    return { ...finding, suppressed: { by: entry.by, reason, until } };
  });

  const folder = commonFolder(input.files.roots);
  const entries = [...new Set([...[...byLine.values()].flat(), ...declared])];
  return [...decided, ...entries.flatMap((entry) => judge(entry, input, folder)).flatMap(configured)];

  function configured(about: Finding): readonly Finding[] {
    const severity = input.severities?.get(about.rule);
    if (severity === 'off') return [];
    return [severity === undefined ? about : { ...about, severity }];
  }
}

/** Comment entries by `file:line`. */
function commentEntries(
  findings: readonly Finding[],
  input: SuppressionInput,
  index: IgnoreCommentIndex,
): ReadonlyMap<string, Entry[]> {
  const paths = new Set(input.scanned);
  for (const finding of findings) {
    if (finding.code) paths.add(finding.code.file);
    if (finding.contract) paths.add(finding.contract.file);
  }
  const byLine = new Map<string, Entry[]>();
  for (const path of paths) {
    for (const comment of index.comments(input.files, path)) {
      const key = `${path}:${comment.line}`;
      const entry: Entry = {
        statement: comment.statement,
        by: 'comment',
        place: { file: path, start: comment.start, end: comment.end },
        operation: null,
        contractRoot: null,
        used: new Set(),
      };
      byLine.set(key, [...(byLine.get(key) ?? []), entry]);
    }
  }
  return byLine;
}

function declaredEntries(ignore: DeclaredIgnore, files: FileSource): readonly Entry[] {
  const place = { ...locate(ignore, files), pointer: `${ignore.place.pointer}/x-fidelity-ignore` };
  return parseIgnoreExtension(ignore.value).map((statement) => ({
    statement,
    by: 'contract',
    place,
    operation: ignore.operation,
    contractRoot: ignore.contractRoot,
    used: new Set(),
  }));
}

/** The key `x-fidelity-ignore` itself, looked up from its carrier on; the carrier's place when the text does not show it. */
function locate(ignore: DeclaredIgnore, files: FileSource): Place {
  const { file, start, end } = ignore.place;
  const read = files.read(file);
  if (!('text' in read)) return { file, start, end };
  const key = ignore.operation === null ? /^(?:x-fidelity-ignore)|(?<=["'])x-fidelity-ignore/gm : /x-fidelity-ignore/g;
  key.lastIndex = ignore.operation === null ? 0 : start;
  const found = key.exec(read.text);
  return found ? { file, start: found.index, end: found.index + found[0].length } : { file, start, end };
}

function candidates(
  finding: Finding,
  byLine: ReadonlyMap<string, Entry[]>,
  declared: readonly Entry[],
  lines: LineReader,
): readonly Entry[] {
  const near: Entry[] = [];
  for (const place of [finding.code, finding.contract]) {
    if (place) near.push(...(byLine.get(`${place.file}:${lines.lineOf(place)}`) ?? []));
  }
  const above = declared.filter(
    (entry) =>
      entry.contractRoot === finding.contractRoot &&
      (entry.operation === null || entry.operation === finding.operation),
  );
  // The operation's own statement speaks before the document's.
  return [...near, ...above.filter((entry) => entry.operation !== null), ...above.filter((e) => e.operation === null)];
}

function isPast(statement: IgnoreStatement, today: string | undefined): boolean {
  if (statement.until === null) return false;
  if (!isDay(statement.until)) return true;
  return today !== undefined && statement.until < today;
}

function judge(entry: Entry, input: SuppressionInput, folder: string): readonly Finding[] {
  const { rules, reason, until } = entry.statement;
  const known = input.known ?? input.ran;
  const found: Finding[] = [];
  const names = rules.join(', ') || 'no rule';
  if (rules.length === 0) {
    const message =
      'This suppression names no rule, so it suppresses nothing: write `fidelity-ignore <rule> -- reason`.';
    found.push(report('suppression-unused', entry, '', message, folder));
  } else if (reason === null) {
    const message = `The suppression of ${names} gives no reason: add one after \`--\`.`;
    found.push(report('suppression-unexplained', entry, names, message, folder));
  }
  if (until !== null && isPast(entry.statement, input.today)) {
    const message = isDay(until)
      ? `The suppression of ${names} held until ${until} and suppresses nothing any more.`
      : `The suppression of ${names} ends on "${until}", which is not a day in the form YYYY-MM-DD, so it suppresses nothing.`;
    found.push(report('suppression-expired', entry, names, message, folder));
    return found;
  }
  for (const rule of new Set(rules)) {
    if (entry.used.has(rule)) continue;
    if (!known.has(rule)) {
      const message = `There is no rule "${rule}", so this suppression matches nothing.`;
      found.push(report('suppression-unused', entry, rule, message, folder));
    } else if (input.ran.has(rule) && input.judgeUnused !== false) {
      const message = `Nothing is found here by ${rule} any more: the suppression can go.`;
      const about = report('suppression-unused', entry, rule, message, folder);
      found.push({ ...about, fixes: entry.used.size === 0 ? removal(entry, about, input.files) : [] });
    }
  }
  return found;
}

/** A comment that suppresses nothing of what it names can go without anybody noticing. */
function removal({ by, place }: Entry, about: Finding, files: FileSource): Finding['fixes'] {
  const read = files.read(place.file);
  if (by !== 'comment' || !('text' in read)) return [];
  const { file, start, end } = place;
  const data = { file, offset: start, was: read.text.slice(start, end) };
  const side = about.contract ? 'contract' : 'code';
  return [{ id: 'remove-comment', title: 'Remove the suppression', side, safety: 'safe', data }];
}

function report(rule: string, entry: Entry, subject: string, message: string, folder: string): Finding {
  const info = suppressionRules.find((one) => one.id === rule)!;
  const { file, start, end, pointer } = entry.place;
  const inContract = entry.by === 'contract' || /\.(?:ya?ml|json)$/i.test(file);
  return {
    rule,
    family: info.family,
    polarity: info.polarity,
    severity: 'information',
    confidence: 'proved',
    operation: entry.operation,
    contractRoot: entry.contractRoot,
    subject,
    message,
    contract: inContract ? { file, start, end, pointer: pointer ?? '' } : null,
    code: inContract ? null : { file, start, end },
    related: [],
    fingerprint: fingerprint(rule, entry.operation, subject, [relativeTo(folder, file), entry.statement.reason ?? '']),
    fixes: [],
    suppressed: null,
  };
}

/** Lines of places, with one line index per file. */
class LineReader {
  private readonly indexes = new Map<string, LineIndex | null>();

  constructor(
    private readonly files: FileSource,
    private readonly lines?: (path: string) => LineIndex | undefined,
  ) {}

  lineOf(place: Place): number {
    if (this.lines) return this.lines(place.file)?.position(place.start).line ?? -1;
    let index = this.indexes.get(place.file);
    if (index === undefined) {
      const read = this.files.read(place.file);
      index = 'text' in read ? new LineIndex(read.text) : null;
      this.indexes.set(place.file, index);
    }
    return index ? index.position(place.start).line : -1;
  }
}
