// Owns one project of the editor: its configuration, its workspace with the caches in it, and a run of the rules.
// It must not know a protocol, nor other projects.

import type { Companion } from '../base/companion.ts';
import type { Cancellation, FileSource } from '../base/host.ts';
import type { Contract, VersionGap, VersionStanding } from '../contract/model.ts';
import { type Baseline, baselineName, readBaseline } from '../findings/baseline.ts';
import type { FixOffer } from '../findings/finding.ts';
import { IgnoreCommentIndex } from '../findings/suppression.ts';
import { LinkRoom } from '../links/index.ts';
import type { ConfigurationProblem } from '../registry/configuration.ts';
import { type Configuration, configurationName } from '../registry/configuration.ts';
import { type ConfigurationReading, readConfiguration } from '../registry/read-configuration.ts';
import { severityOverrides } from '../registry/selection.ts';
import { withVoices } from '../report/changes/voice.ts';
import { RuleMemory } from '../rules/memory.ts';
import { runRules } from '../rules/run.ts';
import { type InquiryOptions, inquire, type Outcome } from '../types/inquiries.ts';
import { TypeKnowledge } from '../types/knowledge.ts';
import { questionsOf } from '../types/questions.ts';
import type { NoBaseline } from '../versioning/baseline.ts';
import { missingText } from '../versioning/baseline-text.ts';
import { type StandingOptions, Standings } from '../versioning/standing.ts';
import type { WorkspaceModel } from '../workspace/model.ts';
import { Workspace } from '../workspace/workspace.ts';
import type { AnalysisInput, ProjectAnalysis } from './analysis.ts';
import { type BaseChoice, baseChoices, type ContractComparison, compareWith, pastText } from './comparing.ts';
import { firstLook } from './first-look.ts';
import { Lineages } from './lineages.ts';
import type { LineCache } from './text.ts';
import type { LineageSeen } from './version.ts';
import { changelogOffer, notedRelease, versionOffer } from './version-offers.ts';

interface Configured {
  /** Identity of the configuration's text: another version means another workspace. */
  readonly version: string | undefined;
  readonly reading: ConfigurationReading;
  readonly workspace: Workspace;
  /** Whether nothing was wrong with the configuration that holds. */
  readonly sound: boolean;
}

export class Project {
  private configured: Configured | undefined;
  private readonly ignoreComments = new IgnoreCommentIndex();
  private readonly memory = new RuleMemory();
  private readonly links = new LinkRoom();
  private readonly types = new TypeKnowledge();
  private standings: Standings | undefined;
  /** What the latest run read, for asking about it. */
  private latest:
    | { readonly model: WorkspaceModel; readonly files: FileSource; readonly options: StandingOptions | undefined }
    | undefined;
  private readonly lineages = new Lineages();

  /** `folder` is absolute; a configuration in it holds for the project, else the nearest one above it in the workspace. */
  constructor(private readonly folder: string) {}

  /** `narrowed` takes the files of the whole workspace down to this project's. */
  async run(
    input: AnalysisInput,
    narrowed: (whole: FileSource) => FileSource,
    cancellation: Cancellation,
    lines: LineCache,
    alone = true,
  ): Promise<ProjectAnalysis> {
    const { reading, workspace } = this.configure(input);
    const { configuration } = reading;
    let files = narrowed(input.files);
    const answers = input.types ? this.types.answers(files, 'keep') : undefined;
    let model = await workspace.model(files, cancellation, answers);
    if (model.contracts.length === 0 && configuration.contracts.length === 0) {
      // Some services commit nothing but the contract that a build wrote: better that one than none.
      const produced = narrowed(input.withProduced());
      const second = await workspace.model(produced, cancellation);
      if (second.contracts.length > 0) {
        files = produced;
        model = second;
      }
    }
    // What is said of a copy of another host's document stands in it: its lines are asked for like those of any file.
    files = input.remote?.over(files, configuration.remoteHosts ?? []) ?? files;
    const accepted = baselineOf(input, configuration.folder, alone);
    const judging = {
      baseline: accepted.baseline,
      severityIn: severityOverrides(configuration),
      severities: configuration.rules,
      today: input.today,
      ignoreComments: this.ignoreComments,
      lines: lines.of(files),
    };
    const analysis = (part: Pick<ProjectAnalysis, 'model' | 'findings' | 'standings' | 'gaps' | 'links'>) => ({
      folder: this.folder,
      ...part,
      configuration,
      configurationProblems: [...reading.problems, ...accepted.problems],
      ...(accepted.baseline && { baseline: accepted.baseline }),
      ...(input.contractOnly?.(this.folder) ? { contractOnly: true as const } : {}),
      ...(reading.file === undefined ? {} : { configurationFile: reading.file }),
    });
    if (input.first && !this.latest) {
      const look = firstLook(model, files, input.first.paths(), judging);
      if (look) {
        const { paths, ...seen } = look;
        const part = analysis({ ...seen, standings: [], gaps: [], links: this.links.index(files, []) });
        input.first.found({ files, lines: lines.of(files), projects: [part], milliseconds: 0 }, paths);
      }
    }
    await readFacts(model, cancellation);
    const options = optionsOf(configuration, input.today);
    this.latest = { model, files, options };
    const { standings, gaps } = this.standingsOf(model, files, options, input);
    const findings = runRules(model, files, {
      ...judging,
      memory: this.memory,
      links: this.links,
      versions: standings,
      onFailure: input.onRuleFailure,
    });
    return analysis({ model, findings, standings, gaps, links: this.links.index(files, model.contracts) });
  }

  refreshBaselines(): void {
    this.standings?.refresh();
  }

  private standingsOf(
    model: WorkspaceModel,
    files: FileSource,
    options: StandingOptions | undefined,
    { history }: AnalysisInput,
  ): { readonly standings: readonly VersionStanding[]; readonly gaps: readonly VersionGap[] } {
    if (!history || !options) return { standings: [], gaps: [] };
    this.standings ??= new Standings(history);
    const standings: VersionStanding[] = [];
    const gaps: VersionGap[] = [];
    for (const { contract, role } of model.governed) {
      if (role === 'consumed' || contract.partial) continue;
      const standing = this.standings.of(contract.file, files, options);
      if ('missing' in standing) gaps.push(gapOf(contract, standing.missing));
      else standings.push(withVoices(standing, model));
    }
    return { standings, gaps };
  }

  /** What a contract of the latest run can be compared with. */
  baseChoices(file: string): readonly BaseChoice[] {
    const known = this.asked();
    return known ? baseChoices(file, known.files, known.standings, known.options) : [];
  }

  /** A contract beside its baseline, or beside another state where `base` names one. */
  compareWith(file: string, base: string): ContractComparison | { readonly failure: string } {
    const known = this.asked(base);
    if (!known) return { failure: 'git is not asked here' };
    return compareWith(file, known.files, known.standings, known.options, known.model);
  }

  /** The text of a file in the state that a contract is compared with. */
  pastText(contract: string, base: string, file: string): string | undefined {
    const known = this.asked(base);
    return known && pastText(contract, file, known.files, known.standings, known.options);
  }

  /** What an offer at a changed place of a contract asks for, found on the texts of the latest run. */
  versionOffer(file: string, id: string, data: FixOffer['data']): ReturnType<typeof versionOffer> {
    const known = this.asked();
    return known ? versionOffer(file, id, data, known) : { refused: 'git is not asked here' };
  }

  /** The committed state of a contract as one more release. Nothing is written. */
  noteRelease(file: string): ReturnType<typeof notedRelease> {
    const known = this.asked();
    return known ? notedRelease(file, known) : { refused: 'git is not asked here' };
  }

  /** The offer to write the changelog of a contract, if there is one to write. */
  changelogOffer(file: string): ReturnType<typeof changelogOffer> {
    const known = this.asked();
    return known && changelogOffer(file, known);
  }

  /** The line of versions of a contract; rejects with `Cancelled` when the caller gave up. */
  async lineage(file: string, cancellation: Cancellation): Promise<LineageSeen | undefined> {
    const known = this.asked();
    return known && this.lineages.of(file, known.standings.historyOf(file), known.options, known.files, cancellation);
  }

  private asked(base = '') {
    if (!this.latest?.options || !this.standings) return undefined;
    const { model, files, options } = this.latest;
    const decisions = base === '' ? options.decisions : { ...options.decisions, base };
    return { model, files, standings: this.standings, options: { ...options, decisions } };
  }

  /** Whether the latest run left a question that types can answer and that was not asked of these texts before. */
  hasTypeQuestions(): boolean {
    return (
      this.latest !== undefined && this.types.inquiry(questionsOf(this.latest.model), this.latest.files) !== undefined
    );
  }

  /** Asks a type checker what the latest run could not know. The next run has the answers. */
  async askTypes(checker: Companion, options: InquiryOptions): Promise<Outcome | undefined> {
    if (!this.latest) return undefined;
    const { model, files } = this.latest;
    return inquire(this.types, questionsOf(model), files, checker, options);
  }

  private configure(input: AnalysisInput): Configured {
    const source = (file: string): FileSource => (input.files.exists(file) ? input.files : input.configurations);
    const versionOf = (files: readonly string[]): string =>
      files.map((file) => source(file).version(file) ?? '').join('\n');
    const nearest = `${this.folder}/${configurationName}`;
    const known = this.configured?.reading.sources ?? [nearest];
    // A configuration of the project's own may appear below the one that held so far.
    const appeared = known[0] !== nearest && input.files.exists(nearest);
    if (this.configured && !appeared && this.configured.version === versionOf(known)) return this.configured;
    const inside = readConfiguration(input.files, this.folder);
    // What it extends may lie outside of the workspace, as the configuration itself may.
    const outside = inside.file === undefined || inside.problems.length > 0;
    const read = outside ? readConfiguration(overBoth(input), this.folder) : inside;
    const version = versionOf(read.sources ?? [nearest]);
    const before = this.configured;
    // Half of a configuration is not what anybody meant: while it is wrong, the last one that was right holds.
    const keeps = read.problems.length > 0 && before?.sound === true && before.reading.file === read.file;
    this.configured = keeps
      ? { ...before, version, reading: { ...read, configuration: before.reading.configuration } }
      : {
          version,
          reading: read,
          workspace: new Workspace({
            configuration: read.configuration,
            remote: input.remote,
            contractOnly: input.contractOnly?.(this.folder) ?? false,
          }),
          sound: read.problems.length === 0,
        };
    return this.configured;
  }
}

/** Without a day nothing is judged: a sunset may have passed. */
const optionsOf = ({ versions, folder }: Configuration, today: string | undefined): StandingOptions | undefined =>
  today === undefined ? undefined : { decisions: versions, folder, today };

function gapOf(contract: Contract, missing: NoBaseline): VersionGap {
  const { file, versionPlace, version } = contract;
  const expected = missing.failure !== 'no-repository' && missing.failure !== 'no-git';
  return { contract: file, place: versionPlace, version, why: missingText(missing), expected };
}

/** The workspace's files, and behind them those of any folder, for configurations. */
function overBoth({ files, configurations }: AnalysisInput): FileSource {
  const source = (path: string): FileSource => (files.exists(path) ? files : configurations);
  return {
    roots: files.roots,
    list: () => files.list(),
    read: (path) => source(path).read(path),
    exists: (path) => source(path).exists(path),
    version: (path) => source(path).version(path),
  };
}

/** What the project has accepted, from beside its configuration. */
function baselineOf(
  { files, configurations }: AnalysisInput,
  folder: string,
  alone: boolean,
): { readonly baseline?: Baseline; readonly problems: readonly ConfigurationProblem[] } {
  const file = `${folder}/${baselineName}`;
  const source = files.exists(file) ? files : configurations;
  if (!source.exists(file)) return { problems: [] };
  const read = source.read(file);
  if (!('text' in read)) return { problems: [] };
  const reading = readBaseline(file, read.text);
  if ('problem' in reading) return { problems: [{ message: reading.problem, place: reading.place }] };
  return { baseline: alone ? reading : { ...reading, partial: true }, problems: [] };
}

/** Reads the facts behind every route that rules will ask for, so that the editor's requests get their turns in between. */
async function readFacts(model: WorkspaceModel, cancellation: Cancellation): Promise<void> {
  for (const governed of model.governed) {
    if (governed.role === 'consumed') continue;
    for (const { routes } of governed.bindings) {
      for (const route of routes) {
        await cancellation.breathe();
        cancellation.check();
        route.facts();
      }
    }
  }
  await cancellation.breathe();
  cancellation.check();
}
