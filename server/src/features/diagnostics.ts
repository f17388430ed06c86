// Owns what an editor shows in its files: every finding on the code's side and on the contract's side, with the other side as
// related information, and beside them what could not be read. It must not know a protocol's types.

import type { Place } from '../base/place.ts';
import type { ContractProblem, PastPlace } from '../contract/model.ts';
import type { Finding, RelatedPlace, Severity } from '../findings/finding.ts';
import type { Analysis, ProjectAnalysis } from './analysis.ts';
import { changeDiagnostics } from './change-diagnostics.ts';

export type { Severity } from '../findings/finding.ts';

export interface FileDiagnostic {
  readonly place: Place;
  readonly severity: Severity;
  readonly message: string;
  /** A rule id, `configuration` or `contract-unreadable`. */
  readonly code: string;
  /** Present when the code is a rule with a page. */
  readonly finding?: Finding;
  readonly related: readonly RelatedPlace[];
  /** Who says it, when it is not us. */
  readonly source?: 'spectral';
  /** An address that explains a code which has no page of ours. */
  readonly documentation?: string;
  /** The id of the kind of change that it is about, which has a page of ours. */
  readonly change?: string;
  /** The identity of that change. */
  readonly fingerprint?: string;
  /** What stood there in the state that the contract at `contract` is held against. */
  readonly past?: { readonly contract: string; readonly place: PastPlace; readonly message: string };
  /** True for text that could go without a loss. */
  readonly unnecessary: boolean;
  /** True for what the project has accepted: shown struck through. */
  readonly accepted?: boolean;
}

export interface DiagnosticOptions {
  /** How many findings a file shows before one entry stands for the rest. */
  readonly maxPerFile: number;
  /** Whether findings of a severity are shown at all. */
  readonly shows: (severity: Severity) => boolean;
  /** Whether findings that the baseline accepts are shown, as hints. */
  readonly accepted?: boolean;
}

const bySeverity: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** The diagnostics of every file that has any. */
export function diagnosticsOf(
  analysis: Analysis,
  options: DiagnosticOptions,
  linted: readonly FileDiagnostic[] = [],
): ReadonlyMap<string, readonly FileDiagnostic[]> {
  const byFile = new Map<string, FileDiagnostic[]>();
  const add = (diagnostic: FileDiagnostic): void => {
    if (!options.shows(diagnostic.severity)) return;
    const known = byFile.get(diagnostic.place.file);
    if (known) known.push(diagnostic);
    else byFile.set(diagnostic.place.file, [diagnostic]);
  };
  for (const project of analysis.projects) {
    for (const finding of project.findings) {
      if (!finding.suppressed) sidesOf(finding, project).forEach(add);
      else if (options.accepted && finding.suppressed.by === 'baseline') acceptedSides(finding, project).forEach(add);
    }
    changeDiagnostics(project).forEach(add);
    problemsOf(project).forEach(add);
  }
  linted.forEach(add);
  for (const [file, diagnostics] of byFile) byFile.set(file, capped(file, diagnostics, options.maxPerFile));
  return byFile;
}

/** What the baseline accepts is a remark that nobody has to act upon: it says why it was accepted. */
function acceptedSides(finding: Finding, project: ProjectAnalysis): FileDiagnostic[] {
  const { reason = null, until = null } = finding.suppressed ?? {};
  const why = reason === null ? 'in the baseline' : reason.replace(/[.\s]+$/, '');
  const end = until === null ? '' : ` until ${until}`;
  return sidesOf(finding, project).map((one) => ({
    ...one,
    severity: 'hint' as const,
    message: `Accepted${end}: ${why}. ${one.message}`,
    accepted: true,
  }));
}

/** One diagnostic per side of a finding; one alone when both sides are the same text. */
function sidesOf(finding: Finding, project: ProjectAnalysis): FileDiagnostic[] {
  const side = (place: Place, other: RelatedPlace | undefined): FileDiagnostic => ({
    place,
    severity: finding.severity,
    message: finding.message,
    code: finding.rule,
    finding,
    related: relatedOf(place, other, [...finding.related, ...wayInto(place, finding, project)]),
    unnecessary: finding.rule === 'suppression-unused',
  });
  const { code, contract } = finding;
  const subject = finding.operation ?? 'Its place';
  const inContract = contract ? { place: contract, message: `${subject} in the contract` } : undefined;
  const inCode = code ? { place: code, message: 'In the code' } : undefined;
  if (code && contract && samePlace(code, contract)) return [side(code, undefined)];
  return [...(code ? [side(code, inContract)] : []), ...(contract ? [side(contract, inCode)] : [])];
}

/** How the contract comes to a file that is not its root: a fragment shows nowhere what it is a part of. */
function wayInto(place: Place, { contract, contractRoot }: Finding, { model }: ProjectAnalysis): RelatedPlace[] {
  if (place !== contract || contractRoot === place.file) return [];
  const way = model.contracts.find(({ file }) => file === contractRoot)?.wayTo?.(place.file) ?? [];
  return way.map((step) => ({ place: step, message: 'The contract refers to the file here' }));
}

function relatedOf(place: Place, other: RelatedPlace | undefined, related: readonly RelatedPlace[]): RelatedPlace[] {
  const all: RelatedPlace[] = [];
  // The rule's own words about the other side are better than ours.
  for (const item of [...related, ...(other ? [other] : [])]) {
    if (samePlace(item.place, place)) continue;
    if (!all.some((seen) => samePlace(seen.place, item.place))) all.push(item);
  }
  return all;
}

const samePlace = (a: Place, b: Place): boolean => a.file === b.file && a.start === b.start && a.end === b.end;

function problemsOf(project: ProjectAnalysis): FileDiagnostic[] {
  const shared = { related: [], unnecessary: false };
  const configuration = project.configurationProblems.map(
    ({ message, place }): FileDiagnostic => ({ place, message, severity: 'warning', code: 'configuration', ...shared }),
  );
  const seen = new Set<string>();
  const contracts = project.model.contracts.flatMap(({ file, problems, wayTo }) =>
    problems.flatMap((problem): FileDiagnostic[] => {
      const { place, message } = problem;
      const key = `${place.file}:${place.start}:${message}`;
      // Files that several contracts share have each problem once.
      if (seen.has(key)) return [];
      seen.add(key);
      const way = place.file === file ? [] : (wayTo?.(place.file) ?? []);
      const related = way.map((step) => ({ place: step, message: 'The contract refers to the file here' }));
      return [{ place, message, severity: severityOf(problem), code: 'contract-unreadable', ...shared, related }];
    }),
  );
  const left = (project.model.leftAlone ?? []).map(
    ({ message, place }): FileDiagnostic => ({
      place,
      message,
      severity: 'information',
      code: 'left-alone',
      ...shared,
    }),
  );
  return [...configuration, ...contracts, ...left];
}

/** Broken text is normal while typing, and other tools say it loudly; what we refuse to read is said by nobody else. */
function severityOf(problem: ContractProblem): Severity {
  return problem.kind === 'syntax' || problem.kind === 'invalid' ? 'information' : 'warning';
}

function capped(file: string, diagnostics: readonly FileDiagnostic[], most: number): FileDiagnostic[] {
  const inText = (a: FileDiagnostic, b: FileDiagnostic): number =>
    a.place.start - b.place.start || a.place.end - b.place.end;
  if (diagnostics.length <= most) return [...diagnostics].sort(inText);
  const serious = [...diagnostics].sort(
    (a, b) => bySeverity.indexOf(a.severity) - bySeverity.indexOf(b.severity) || inText(a, b),
  );
  const shown = serious.slice(0, most).sort(inText);
  const rest = diagnostics.length - most;
  const message = `${rest} more ${rest === 1 ? 'finding is' : 'findings are'} not shown in this file; \`fidelity check\` lists all.`;
  const summary: FileDiagnostic = {
    place: { file, start: 0, end: 0 },
    severity: 'information',
    message,
    code: 'more-findings',
    related: [],
    unnecessary: false,
  };
  return [summary, ...shown];
}
