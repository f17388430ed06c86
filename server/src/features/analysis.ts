// Owns the analysis of an editor's folders: from files to findings, again and again as they change, project by project.
// It must not know a protocol, nor where files come from.

import type { Companion, CompanionFailure } from '../base/companion.ts';
import type { Cancellation, FileSource, History, HistoryAnswer, RemoteDocuments } from '../base/host.ts';
import { CallRoom } from '../code/call-room.ts';
import type { Contract, VersionGap, VersionStanding } from '../contract/model.ts';
import type { Baseline } from '../findings/baseline.ts';
import type { Finding } from '../findings/finding.ts';
import type { LinkIndex } from '../links/model.ts';
import type { Configuration, ConfigurationProblem } from '../registry/configuration.ts';
import type { InquiryOptions } from '../types/inquiries.ts';
import type { WorkspaceModel } from '../workspace/model.ts';
import { CallIndex } from './callers.ts';
import { Project } from './project.ts';
import { outermost, ProjectFiles, projectFolders, projectOf } from './projects.ts';
import { LineCache, type Lines } from './text.ts';

/** What is known of one project after a run. */
export interface ProjectAnalysis {
  readonly folder: string;
  readonly model: WorkspaceModel;
  /** Every finding, suppressed ones included. */
  readonly findings: readonly Finding[];
  /** How its contracts stand against their baselines, where there are any. */
  readonly standings: readonly VersionStanding[];
  /** The contracts that have no baseline. */
  readonly gaps: readonly VersionGap[];
  /** The tags in the comments of its files. */
  readonly links: LinkIndex;
  readonly configuration: Configuration;
  /** What the project has accepted; absent when it keeps no baseline. */
  readonly baseline?: Baseline;
  readonly configurationProblems: readonly ConfigurationProblem[];
  /** Whether its code cannot be read, so that nothing is said of what serves its contracts. */
  readonly contractOnly?: true;
  /** The configuration that was read; absent when there is none. */
  readonly configurationFile?: string;
}

/** The outcome of one run over all folders. Immutable: every place in it belongs to the texts of `files`. */
export interface Analysis {
  readonly files: FileSource;
  readonly lines: Lines;
  readonly projects: readonly ProjectAnalysis[];
  readonly milliseconds: number;
  /** Who calls its operations. Absent from what is no whole analysis. */
  readonly calls?: CallIndex;
}

/** What one run reads. */
export interface AnalysisInput {
  /** The editor's folders, absolute; overlapping ones are analysed once. */
  readonly folders: readonly string[];
  readonly files: FileSource;
  /** The same files with the data of build folders among them, for projects that commit no other contract. */
  readonly withProduced: () => FileSource;
  /** Where configurations above the editor's folders are found. */
  readonly configurations: FileSource;
  /** The day (`YYYY-MM-DD`) against which suppressions end. */
  readonly today?: string;
  /** The past of the repository that a folder lies in. Absent: contracts are not held against their baselines. */
  readonly history?: (folder: string) => HistoryAnswer<History>;
  /** What keeps documents of other hosts. Absent where nobody trusts the workspace: none is used then. */
  readonly remote?: RemoteDocuments;
  /** Whether only the contracts of a folder can be read. Absent: of none. */
  readonly contractOnly?: (folder: string) => boolean;
  /** Whether what a type checker has said is taken into account. */
  readonly types?: boolean;
  /** Files that somebody looks at while a project is read for the first time, and who hears what can be said of them before the rest. */
  readonly first?: {
    readonly paths: () => ReadonlySet<string>;
    readonly found: (part: Analysis, paths: readonly string[]) => void;
  };
  /** Hears of a rule that threw; the others went on. */
  readonly onRuleFailure?: (rule: string, message: string) => void;
}

/** Runs analyses; keeps what can be kept from one run to the next. */
export class Analyser {
  private readonly projects = new Map<string, Project>();
  private readonly lines = new LineCache();
  private readonly calls = new CallRoom();

  /** Analyses all folders. Rejects with `Cancelled` when the caller gave up. */
  async run(input: AnalysisInput, cancellation: Cancellation): Promise<Analysis> {
    const start = performance.now();
    const { files } = input;
    const folders = outermost(input.folders).flatMap((root) => projectFolders(root, files));
    for (const known of this.projects.keys()) if (!folders.includes(known)) this.projects.delete(known);
    const analysed = new Map<string, ProjectAnalysis>();
    for (const folder of lookedAtFirst(folders, input.first?.paths())) {
      await cancellation.breathe();
      cancellation.check();
      let project = this.projects.get(folder);
      if (!project) {
        project = new Project(folder);
        this.projects.set(folder, project);
      }
      const narrowed = (whole: FileSource): FileSource => new ProjectFiles(whole, folder, folders);
      analysed.set(folder, await project.run(input, narrowed, cancellation, this.lines, folders.length === 1));
    }
    const projects = folders.flatMap((folder) => analysed.get(folder) ?? []);
    const hosts = projects.flatMap(({ configuration }) => configuration.remoteHosts ?? []);
    const all = input.remote?.over(files, hosts) ?? files;
    const calls = new CallIndex(
      () => this.calls.of(files),
      projects.flatMap(({ model }) => model.governed),
    );
    return { files: all, lines: this.lines.of(all), projects, calls, milliseconds: performance.now() - start };
  }

  /** A branch was switched or something was committed: baselines are looked for anew. */
  refreshBaselines(): void {
    for (const project of this.projects.values()) project.refreshBaselines();
  }

  /** The project that a file belongs to, as of the latest run. */
  projectFor(path: string): Project | undefined {
    const folder = projectOf([...this.projects.keys()], path);
    return folder === undefined ? undefined : this.projects.get(folder);
  }

  /** Whether the latest analysis left a question that types can answer. */
  hasTypeQuestions(): boolean {
    return [...this.projects.values()].some((project) => project.hasTypeQuestions());
  }

  /** Asks a type checker what the latest analysis could not know; the next one has the answers. */
  async askTypes(
    checker: Companion,
    options: InquiryOptions,
  ): Promise<{ readonly answered: number; readonly failure?: CompanionFailure }> {
    let answered = 0;
    for (const project of [...this.projects.values()]) {
      const outcome = await project.askTypes(checker, options);
      answered += outcome?.answered ?? 0;
      if (outcome && (outcome.failure !== undefined || !outcome.complete))
        return { answered, failure: outcome.failure };
    }
    return { answered };
  }
}

/** The folders with those in front that somebody looks into. */
function lookedAtFirst(folders: readonly string[], paths: ReadonlySet<string> = new Set()): readonly string[] {
  const looked = new Set([...paths].map((path) => projectOf(folders, path)));
  return [...folders].sort((a, b) => Number(looked.has(b)) - Number(looked.has(a)));
}

/** The project of an analysis that a file belongs to. */
export function projectAt(analysis: Analysis, path: string): ProjectAnalysis | undefined {
  const folder = projectOf(
    analysis.projects.map((project) => project.folder),
    path,
  );
  return analysis.projects.find((project) => project.folder === folder);
}

/** Whether nothing is known of the code beside a contract, because it cannot be read. */
export const isContractOnly = (analysis: Analysis, contract: Contract): boolean =>
  projectAt(analysis, contract.file)?.contractOnly === true;
