// Owns the running of one example: its files become a workspace, and what is found is compared with what is marked.
// It must not know how a page is written.

import type { FileSource } from '../../server/src/base/host.ts';
import { LineIndex, type Place } from '../../server/src/base/place.ts';
import type { VersionStanding } from '../../server/src/contract/model.ts';
import type { Finding, Severity } from '../../server/src/findings/finding.ts';
import { runRules } from '../../server/src/rules/run.ts';
import { Standings } from '../../server/src/versioning/standing.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { memoryFiles } from './memory-files.ts';
import { onlyMain } from './memory-history.ts';
import type { Example, Mark } from './page.ts';

const root = '/workspace';

/** How an example differs from its marks, each as one sentence; empty when it agrees. */
export interface Verdict {
  /** Findings that nothing marks, written as the mark that would expect them. */
  readonly unmarked: readonly { readonly rule: string; readonly text: string }[];
  /** Marks that nothing was found for. */
  readonly unmet: readonly { readonly rule: string; readonly text: string }[];
  /** Rules that threw. */
  readonly failures: readonly string[];
}

/** Runs every rule over the example's files; a rule that is off by default only when it is named, with its severity. */
export async function checkExample(
  example: Example,
  severities: ReadonlyMap<string, Severity> = new Map(),
): Promise<Verdict> {
  const manifest = { 'package.json': '{ "name": "example", "version": "1.0.0" }\n' };
  const files = memoryFiles({ ...manifest, ...presentFiles(example.files) }, root);
  const model = await new Workspace().model(files);
  const failures: string[] = [];
  const findings = runRules(model, files, {
    severities,
    versions: standingsOf(example.files, files),
    onFailure: (rule, message) => failures.push(`${rule}: ${message}`),
  });
  return { ...compareWithMarks(example, findings), failures };
}

/** The files of an example as they are now: those under `main:` are what the main branch had. */
export const presentFiles = (files: Example['files']): Example['files'] =>
  Object.fromEntries(Object.entries(files).filter(([name]) => !name.startsWith('main:')));

/** How the contracts of an example stand against their states under `main:`. */
export function standingsOf(texts: Example['files'], files: FileSource): readonly VersionStanding[] {
  const past = Object.entries(texts).flatMap(([name, text]) =>
    name.startsWith('main:') ? [[name.slice('main:'.length), text] as const] : [],
  );
  const standings = new Standings(() => ({ found: onlyMain(root, new Map(past)) }));
  return past.flatMap(([name]) => {
    const standing = standings.of(`${root}/${name}`, files, { decisions: {}, today: '2026-06-01' });
    return 'missing' in standing ? [] : [standing];
  });
}

/** Compares findings with marks: every mark is met, and every finding is marked on one of its sides. */
export function compareWithMarks(example: Example, findings: readonly Finding[]): Omit<Verdict, 'failures'> {
  const indexes = new Map(Object.entries(example.files).map(([name, text]) => [name, new LineIndex(text)]));
  const shown = findings.filter((finding) => !finding.suppressed);
  const met = new Set<Mark>();
  const marked = new Set<Finding>();
  for (const mark of example.marks) {
    const finding =
      shown.find((one) => !marked.has(one) && meets(mark, one, indexes)) ??
      shown.find((one) => meets(mark, one, indexes));
    if (!finding) continue;
    met.add(mark);
    marked.add(finding);
  }
  return {
    unmarked: shown
      .filter((finding) => !marked.has(finding))
      .map((finding) => ({ rule: finding.rule, text: describeFinding(finding, indexes) })),
    unmet: example.marks
      .filter((mark) => !met.has(mark))
      .map((mark) => ({
        rule: mark.rule,
        text: `${mark.file}:${mark.line + 1}:${mark.start + 1} expects ${describeMark(mark)}`,
      })),
  };
}

function meets(mark: Mark, finding: Finding, indexes: ReadonlyMap<string, LineIndex>): boolean {
  if (mark.rule !== finding.rule || mark.severity !== finding.severity) return false;
  let from = 0;
  for (const piece of mark.pieces) {
    const found = finding.message.indexOf(piece, from);
    if (found === -1) return false;
    from = found + piece.length;
  }
  return [finding.code, finding.contract].some((place) => {
    const columns = place && columnsOf(place, indexes);
    return (
      columns?.file === mark.file &&
      columns.line === mark.line &&
      columns.start === mark.start &&
      columns.end === mark.end
    );
  });
}

/** The columns of a place in its first line; what goes on below that line is cut off. */
function columnsOf(
  place: Place,
  indexes: ReadonlyMap<string, LineIndex>,
): { readonly file: string; readonly line: number; readonly start: number; readonly end: number } | undefined {
  const file = place.file.slice(root.length + 1);
  const index = indexes.get(file);
  if (!index) return undefined;
  const start = index.position(place.start);
  const end = index.position(place.end);
  const last = end.line === start.line ? end.column : index.line(start.line).length;
  return { file, line: start.line, start: start.column, end: last };
}

function describeFinding(finding: Finding, indexes: ReadonlyMap<string, LineIndex>): string {
  const sides = [finding.code, finding.contract].flatMap((place) => {
    const columns = place ? columnsOf(place, indexes) : undefined;
    if (!columns) return [];
    const text = indexes.get(columns.file)?.line(columns.line) ?? '';
    const carets = '^'.repeat(Math.max(1, columns.end - columns.start));
    const padding = ' '.repeat(columns.start);
    return [
      `${columns.file}:${columns.line + 1}\n${text}\n${padding}${carets} ${finding.severity}[${finding.rule}]: ${finding.message}`,
    ];
  });
  return sides.length > 0 ? sides.join('\n') : `${finding.severity}[${finding.rule}]: ${finding.message}`;
}

function describeMark(mark: Mark): string {
  return `${mark.severity}[${mark.rule}]: ${mark.pieces.join(' … ')}`;
}
