// Owns one project of the editor: its configuration, its workspace with the caches in it, and a run of the rules.
// It must not know a protocol, nor other projects.

import type { Companion } from '../base/companion.ts';
import type { Cancellation, FileSource } from '../base/host.ts';
import type { VersionStanding } from '../contract/model.ts';
import { IgnoreCommentIndex } from '../findings/suppression.ts';
import { LinkRoom } from '../links/index.ts';
import { configurationName, type VersionSettings } from '../registry/configuration.ts';
import { type ConfigurationReading, readConfiguration } from '../registry/read-configuration.ts';
import { withVoices } from '../report/changes/voice.ts';
import { RuleMemory } from '../rules/memory.ts';
import { runRules } from '../rules/run.ts';
import { type InquiryOptions, inquire, type Outcome } from '../types/inquiries.ts';
import { TypeKnowledge } from '../types/knowledge.ts';
import { questionsOf } from '../types/questions.ts';
import { Standings } from '../versioning/standing.ts';
import type { WorkspaceModel } from '../workspace/model.ts';
import { Workspace } from '../workspace/workspace.ts';
import type { AnalysisInput, ProjectAnalysis } from './analysis.ts';
import type { LineCache } from './text.ts';

interface Configured {
  /** Identity of the configuration's text: another version means another workspace. */
  readonly version: string | undefined;
  readonly reading: ConfigurationReading;
  readonly workspace: Workspace;
}

export class Project {
  private configured: Configured | undefined;
  private readonly ignoreComments = new IgnoreCommentIndex();
  private readonly memory = new RuleMemory();
  private readonly links = new LinkRoom();
  private readonly types = new TypeKnowledge();
  private standings: Standings | undefined;
  /** What the latest run read, for asking about it. */
  private latest: { readonly model: WorkspaceModel; readonly files: FileSource } | undefined;

  /** `folder` is absolute; a configuration in it holds for the project, else the nearest one above it in the workspace. */
  constructor(private readonly folder: string) {}

  /** `narrowed` takes the files of the whole workspace down to this project's. */
  async run(
    input: AnalysisInput,
    narrowed: (whole: FileSource) => FileSource,
    cancellation: Cancellation,
    lines: LineCache,
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
    await readFacts(model, cancellation);
    this.latest = { model, files };
    const standings = this.standingsOf(model, files, configuration.versions, input);
    const findings = runRules(model, files, {
      severities: configuration.rules,
      today: input.today,
      ignoreComments: this.ignoreComments,
      memory: this.memory,
      links: this.links,
      versions: standings,
      lines: lines.of(files),
      onFailure: input.onRuleFailure,
    });
    return {
      folder: this.folder,
      model,
      findings,
      standings,
      links: this.links.index(files, model.contracts),
      configuration,
      configurationProblems: reading.problems,
      ...(reading.file === undefined ? {} : { configurationFile: reading.file }),
    };
  }

  refreshBaselines(): void {
    this.standings?.refresh();
  }

  private standingsOf(
    model: WorkspaceModel,
    files: FileSource,
    decisions: VersionSettings,
    input: AnalysisInput,
  ): readonly VersionStanding[] {
    const { history, today } = input;
    if (!history || today === undefined) return [];
    this.standings ??= new Standings(history);
    const { standings } = this;
    return model.governed.flatMap(({ contract, role }) => {
      if (role === 'consumed' || contract.partial) return [];
      const standing = standings.of(contract.file, files, { decisions, today });
      return 'missing' in standing ? [] : [withVoices(standing, model)];
    });
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
    const known = this.configured?.reading.file ?? `${this.folder}/${configurationName}`;
    const nearest = `${this.folder}/${configurationName}`;
    // A configuration of the project's own may appear below the one that held so far.
    const appeared = known !== nearest && input.files.exists(nearest);
    if (this.configured && !appeared && this.configured.version === source(known).version(known))
      return this.configured;
    const inside = readConfiguration(input.files, this.folder);
    const reading = inside.file === undefined ? readConfiguration(input.configurations, this.folder) : inside;
    const version = source(reading.file ?? nearest).version(reading.file ?? nearest);
    this.configured = { version, reading, workspace: new Workspace({ configuration: reading.configuration }) };
    return this.configured;
  }
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
