// Owns the running of rules over a bound workspace: drafts become findings with severity, place in the text, identity and
// suppression. It must not know what any single rule looks for, nor an editor or an output format.

import type { FileSource } from '../base/host.ts';
import type { LineIndex } from '../base/place.ts';
import type { Confidence } from '../code/model.ts';
import type { VersionStanding } from '../contract/model.ts';
import { applyBaseline, type Baseline } from '../findings/baseline.ts';
import type { Finding, Severity } from '../findings/finding.ts';
import { type IgnoreCommentIndex, suppress } from '../findings/suppression.ts';
import { LinkRoom } from '../links/index.ts';
import type { Governed, WorkspaceModel } from '../workspace/model.ts';
import { rules as allRules } from './catalogue.ts';
import { declaredIgnores, scannedFiles } from './ignores.ts';
import { LineNames } from './line-names.ts';
import { makeFinding } from './make-finding.ts';
import { RuleMemory, type Told } from './memory.ts';
import { askLinkRules, askRules, askVersionRules } from './outcomes.ts';
import type { LinkRule, ModelRule, Rule, VersionRule } from './rule.ts';

export interface RuleOptions {
  /** A fixed severity per rule id, or `off`. What is not named keeps the severity of its tier. */
  readonly severities?: ReadonlyMap<string, Severity | 'off'>;
  /** `YYYY-MM-DD`: lets suppressions expire. Without it none does. */
  readonly today?: string;
  /** Rules to run in the place of the whole catalogue; for tests of the runner itself. */
  readonly rules?: readonly Rule[];
  /** The severity of a rule in one file, for projects that are stricter in one folder than in another. */
  readonly severityIn?: (file: string, rule: string) => Severity | 'off' | undefined;
  /** What the project has accepted. */
  readonly baseline?: Baseline;
  /** Kept by whoever keeps the workspace: an edit re-reads one file's comments. */
  readonly ignoreComments?: IgnoreCommentIndex;
  /** Kept likewise, so that an edit runs what it touched. */
  readonly memory?: RuleMemory;
  /** Kept likewise, for tags. */
  readonly links?: LinkRoom;
  /** Line indexes of the files, when somebody keeps them. */
  readonly lines?: (path: string) => LineIndex | undefined;
  /** How contracts stand against their baselines, where there are any. */
  readonly versions?: readonly VersionStanding[];
  /** Told when a rule throws: it says nothing of that contract, and the others go on. */
  readonly onFailure?: (rule: string, message: string) => void;
}

/**
 * Every finding of a workspace, sorted by file, offset, rule and subject, so that equal input gives equal output.
 * Suppressed ones are in it and say so. Throws `Cancelled` when reading facts was cancelled, nothing else.
 */
export function runRules(model: WorkspaceModel, files: FileSource, options: RuleOptions = {}): readonly Finding[] {
  const catalogue = options.rules ?? allRules;
  const running = catalogue.filter((rule) => (options.severities?.get(rule.id) ?? (rule.off ? 'off' : 'on')) !== 'off');
  const isLinkRule = (rule: Rule): rule is LinkRule => rule.scope === 'links';
  const isVersionRule = (rule: Rule): rule is VersionRule => rule.scope === 'versions';
  const modelRules = running.filter((rule): rule is ModelRule => !isLinkRule(rule) && !isVersionRule(rule));
  const lines = new LineNames(files, options.lines);
  const memory = options.memory ?? new RuleMemory();
  const findings = new Map<string, Finding>();
  const add = (finding: Finding): void => {
    const key = `${ownerOf(finding)}\n${finding.fingerprint}`;
    if (!findings.has(key)) findings.set(key, finding);
  };
  memory.begin(modelRules, options.severities);
  for (const governed of model.governed) {
    // What this code merely calls is somebody else's to implement.
    if (governed.role === 'consumed') continue;
    const governs = governanceOf(governed);
    for (const told of askRules(modelRules, governed, model, memory, options.onFailure)) {
      add(makeFinding(told, governs, governed, options, files, lines));
    }
  }
  memory.end();
  const linkRules = running.filter(isLinkRule);
  // Comments of every file are read for tags: only where somebody asks about them.
  if (linkRules.length > 0) {
    const links = (options.links ?? new LinkRoom()).index(files, model.contracts);
    for (const told of askLinkRules(linkRules, links, model, options.onFailure)) {
      const governed = governedBy(told, model);
      add(makeFinding(told, 'proved', governed, options, files, lines));
    }
  }
  const versions = (options.versions ?? []).filter(({ contract }) => isOwned(contract, model));
  for (const told of askVersionRules(running.filter(isVersionRule), versions, model, options.onFailure)) {
    const governed = model.governed.find(({ contract }) => contract.file === told.standing.contract);
    add(makeFinding(told, 'proved', governed, options, files, lines));
  }
  const sorted = [...findings.values()].flatMap((finding) => placed(finding, options)).sort(compareFindings);
  const ran = new Set(running.map((rule) => rule.id));
  const judgeUnused = model.contracts.every((contract) => !contract.incomplete && contract.problems.length === 0);
  const decided = suppress(
    sorted,
    {
      files,
      scanned: scannedFiles(model),
      declared: declaredIgnores(model),
      ran,
      known: new Set(catalogue.map((rule) => rule.id)),
      today: options.today,
      judgeUnused,
      lines: options.lines,
    },
    options.ignoreComments,
  );
  const accepted = options.baseline
    ? applyBaseline(decided, options.baseline, {
        today: options.today,
        ran,
        judgeUnused,
        severities: options.severities,
      })
    : decided;
  return [...accepted].sort(compareFindings);
}

/** Whether a contract is this project's own to number. */
const isOwned = (file: string, model: WorkspaceModel): boolean =>
  model.governed.some(({ contract, role }) => contract.file === file && role !== 'consumed');

/** How sure it is that this contract speaks of this code: when most of it is not served, something else may be meant. */
export function governanceOf(governed: Governed): Confidence {
  if (governed.confidence) return governed.confidence;
  const bound = governed.bindings.filter((binding) => binding.routes.length > 0).length;
  return bound * 2 >= governed.bindings.length ? 'proved' : 'likely';
}

/** The contract that a link leads into, when it leads into one. */
function governedBy({ draft }: Told, { governed }: WorkspaceModel): Governed | undefined {
  const { contract, operation } = draft;
  return governed.find(
    (one) =>
      (operation !== null && one.contract.operations.includes(operation)) ||
      (operation === null && contract !== null && one.contract.files.includes(contract.file)),
  );
}

/** The code's folder speaks before the contract's: it is the code that somebody is strict or lenient about. */
function placed(finding: Finding, { severityIn }: RuleOptions): readonly Finding[] {
  if (!severityIn) return [finding];
  const { code, contract, rule } = finding;
  const severity = (code && severityIn(code.file, rule)) ?? (contract && severityIn(contract.file, rule)) ?? undefined;
  if (severity === 'off') return [];
  return [severity === undefined ? finding : { ...finding, severity }];
}

/** What no operation owns belongs to its place in the code: two contracts of one app lack the same route once. */
function ownerOf({ operation, code, contractRoot }: Finding): string | null {
  return operation === null && code ? `${code.file}:${code.start}` : contractRoot;
}

function compareFindings(a: Finding, b: Finding): number {
  const left = a.code ?? a.contract;
  const right = b.code ?? b.contract;
  return (
    compareTexts(left?.file ?? '', right?.file ?? '') ||
    (left?.start ?? 0) - (right?.start ?? 0) ||
    compareTexts(a.rule, b.rule) ||
    compareTexts(a.subject, b.subject) ||
    compareTexts(a.fingerprint, b.fingerprint)
  );
}

/** By code units, so that the order does not depend on anybody's language. */
function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
