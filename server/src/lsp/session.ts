// Owns the state of one connection: folders, open documents, settings, and the analysis that follows their changes.
// Requests and notifications read and change it; it must not know which of them there are.

import type { Connection } from 'vscode-languageserver';
import { Cancelled, type FileSource, type History } from '../base/host.ts';
import { Analyser, type Analysis } from '../features/analysis.ts';
import { diagnosticsOf, type FileDiagnostic } from '../features/diagnostics.ts';
import { type Say, sayIn } from '../features/language/speak.ts';
import { lintingOf } from '../features/linting.ts';
import type { LineageSeen } from '../features/version.ts';
import { ChildCompanion } from '../host/child-companion.ts';
import { openHistory } from '../host/git.ts';
import { LintThread } from '../host/lint-thread.ts';
import { overlay } from '../host/overlay.ts';
import { KeptDocuments, remoteFolder } from '../host/remote-documents.ts';
import type { Abilities } from './abilities.ts';
import { isVirtual } from './addresses.ts';
import { AnalysisLoop, cancellationOf } from './analysis-loop.ts';
import { configurationFiles, DiskFiles } from './disk-files.ts';
import { Documents } from './documents.ts';
import { FirstLooks, type Looked } from './first-look.ts';
import { LintTier } from './lint-tier.ts';
import {
  type AnalysisState,
  defaultSettings,
  type InitializationOptions,
  type Settings,
  statusNotification,
} from './protocol.ts';
import { type FileReport, reportsOf } from './reports.ts';
import { RulePages } from './rule-addresses.ts';
import { TypeTier } from './type-tier.ts';
import { VirtualFiles } from './virtual-files.ts';

const onDisk = (folders: readonly string[]): readonly string[] => folders.filter((folder) => !isVirtual(folder));

/** What is on no disk has no repository that git could be asked about. */
const historyOf: typeof openHistory = (folder) =>
  isVirtual(folder) ? { failure: 'no-repository' } : openHistory(folder);

const severities = ['error', 'warning', 'information', 'hint'] as const;

/** An analysis with what the editor shows of it. */
export interface Shown {
  readonly analysis: Analysis;
  readonly diagnostics: ReadonlyMap<string, readonly FileDiagnostic[]>;
  /** Reports by path; files without diagnostics are absent. */
  readonly reports: ReadonlyMap<string, FileReport>;
}

export class Session {
  readonly documents = new Documents();
  /** How the editor's own texts are said. */
  readonly say: Say;
  readonly disk: DiskFiles;
  /** Files of folders that are on no disk. */
  readonly virtual = new VirtualFiles();
  readonly pages: RulePages;
  settings: Settings = defaultSettings;
  folders: readonly string[];
  state: AnalysisState = { state: 'analysing' };
  /** The document that changed last: its client asks for its diagnostics without being told. */
  lastEdited: string | undefined;
  /** Documents that were asked for one by one since the last request for the whole workspace: addresses by path. */
  readonly askedAlone = new Map<string, string>();
  readonly loop: AnalysisLoop<Shown>;
  /** Hear of every finished analysis, with what was shown before. */
  readonly listeners = new Set<(shown: Shown, before: Looked | undefined) => void>();
  /** What open documents show while the workspace is read for the first time. */
  readonly looks = new FirstLooks();
  /** Hears of each such look. */
  onLook: ((looked: Looked) => void) | undefined;
  private readonly analyser = new Analyser();
  private readonly types: TypeTier;
  private readonly lint: LintTier;
  private readonly remote = new KeptDocuments(remoteFolder());
  private before: Shown | undefined;
  /** Grows whenever what is read may have changed in a way that makes a look at it worthless. */
  private texts = 0;
  private readonly lineages = new Map<string, Promise<LineageSeen | undefined>>();
  private readonly life = { cancelled: false };

  constructor(
    readonly connection: Connection,
    readonly abilities: Abilities,
    readonly options: InitializationOptions,
    folders: readonly string[],
    readonly version: string,
    /** Of whoever uses the client, such as `de-AT`; absent where the client does not say. */
    readonly locale?: string,
  ) {
    this.say = sayIn(locale);
    this.folders = folders;
    this.disk = new DiskFiles(onDisk(folders));
    this.pages = new RulePages(options.rulePage);
    this.types = new TypeTier(new ChildCompanion({ bundle: 'types.js', megabytes: 2_048, idle: 120_000 }), {
      hasQuestions: () => this.settings.types === 'on' && this.analyser.hasTypeQuestions(),
      ask: (checker, patience, onStart) =>
        this.analyser.askTypes(checker, { patience, onStart, unsaved: this.unsaved() }),
      answered: () => this.renew(),
      failed: (failure) => {
        if (failure !== 'absent') this.connection.console.warn(`The type checker gave no answer: it is ${failure}.`);
      },
    });
    this.lint = new LintTier(() => new LintThread(), {
      requests: () => (this.before ? this.lintRequests(this.before.analysis) : []),
      answered: () => this.renew(),
      failed: (problem) => this.connection.console.warn(problem),
    });
    this.loop = new AnalysisLoop<Shown>({
      run: async (cancellation) => {
        const input = this.input();
        return this.show(await this.analyser.run({ ...input, first: this.firstLook(input.files) }, cancellation));
      },
      started: () => this.setState({ state: 'analysing' }),
      finished: (shown) => {
        this.setState({ state: 'ready', milliseconds: Math.round(shown.analysis.milliseconds) });
        const looked = this.looks.end();
        const before = this.before ?? looked;
        this.before = shown;
        this.looks.dismiss();
        for (const listener of this.listeners) listener(shown, before);
        this.types.analysed();
        this.lint.analysed();
        void this.fetchRemote();
      },
      failed: (error) => {
        this.connection.console.error(
          `The analysis failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
        this.setState({ state: 'failed', message: error instanceof Error ? error.message : String(error) });
      },
    });
  }

  /** Something that the analysis reads has changed; `edited` is the document that somebody typed in, when it was that. */
  invalidate(delay = this.settings.analysisDelay, edited?: string): void {
    this.texts++;
    this.looks.end();
    this.await(delay, edited);
  }

  /** A document was opened, mostly with the text that its file has. */
  opened(): void {
    this.await(0);
  }

  /** The client is there, with these settings; documents that it opened before may be under analysis. */
  begin(settings: Settings): void {
    const same = JSON.stringify(settings) === JSON.stringify(this.settings);
    this.settings = settings;
    if (same) this.await(0);
    else this.invalidate(0);
  }

  private await(delay: number, edited?: string): void {
    this.lastEdited = edited;
    if (!this.settings.enable) {
      this.loop.abandon();
      this.setState({ state: 'disabled' });
      this.types.stop();
      this.lint.stop();
      return;
    }
    this.types.edited();
    this.lint.edited();
    this.loop.invalidate(delay);
  }

  /** More has become known of the same texts. The client hears of it, also in the document that was typed in last. */
  private renew(): void {
    this.lastEdited = undefined;
    this.loop.invalidate(0);
  }

  /** The analysis of the present texts; the latest there is when it failed, undefined when there is none or we are switched off. */
  async ready(): Promise<Shown | undefined> {
    return this.settings.enable ? this.loop.ready() : undefined;
  }

  /** What a document shows: of its present text, or of a first look at it while the rest of the workspace is read. */
  async reportsFor(path: string): Promise<Looked | undefined> {
    if (!this.settings.enable) return undefined;
    return this.before ? this.loop.ready() : Promise.race([this.loop.ready(), this.looks.at(path)]);
  }

  /** Who looks where while a workspace is read for the first time: nobody, where a client could not be told of the rest. */
  private firstLook(files: FileSource): Parameters<Analyser['run']>[0]['first'] {
    const { pullsDiagnostics, refreshesDiagnostics } = this.abilities;
    if (this.before || (pullsDiagnostics && !refreshesDiagnostics)) return undefined;
    const { texts } = this;
    return {
      // Also what was opened since the run began, where it is what the run has read.
      paths: () =>
        new Set(
          [...this.documents.all()].flatMap(({ path, document }) => {
            const read = files.read(path);
            return 'text' in read && read.text === document.getText() ? [path] : [];
          }),
        ),
      found: (part, paths) => {
        if (texts !== this.texts) return;
        const { reports } = this.show(part);
        this.looks.take(paths, reports);
        this.onLook?.({ reports });
      },
    };
  }

  /** The past of the repository around a folder. Git is asked only where nobody said that the workspace is not trusted. */
  history(folder: string): History | undefined {
    if (this.options.trusted === false || isVirtual(folder)) return undefined;
    const opened = openHistory(folder);
    return 'found' in opened ? opened.found : undefined;
  }

  setFolders(folders: readonly string[]): void {
    this.folders = folders;
    this.disk.setFolders(onDisk(folders));
    this.virtual.keep(folders);
    this.invalidate(0);
  }

  /** Takes new settings; what is shown is made anew when they change it. */
  setSettings(settings: Settings): void {
    this.settings = settings;
    if (settings.types === 'off') this.types.stop();
    if (settings.lint === 'off') this.lint.stop();
    this.invalidate(0);
    if (!settings.enable) for (const listener of this.listeners) listener(this.nothing(), this.before);
  }

  dispose(): void {
    this.life.cancelled = true;
    this.loop.dispose();
    this.types.stop();
    this.lint.stop();
    this.listeners.clear();
  }

  /** `YYYY-MM-DD`. */
  today(): string {
    return new Date().toISOString().slice(0, 10);
  }

  private input(): Parameters<Analyser['run']>[0] {
    return {
      folders: this.folders,
      files: this.filesOver(this.disk.current()),
      withProduced: () => this.filesOver(this.disk.withProduced()),
      configurations: this.filesOver(configurationFiles()),
      contractOnly: isVirtual,
      today: this.today(),
      types: this.settings.types === 'on',
      ...(this.options.trusted === true ? { remote: this.remote } : {}),
      history: this.options.trusted === false ? undefined : historyOf,
      onRuleFailure: (rule, message) =>
        this.connection.console.error(`The rule ${rule} failed and was left out: ${message}`),
    };
  }

  /** These files of the disk, those that are on no disk, and over both what is not saved. */
  private filesOver(disk: FileSource): FileSource {
    return overlay(this.virtual.beside(disk, this.folders), this.documents.buffers());
  }

  /** The project that a file belongs to, as the latest analysis divided the folders. */
  projectFor(path: string): ReturnType<Analyser['projectFor']> {
    return this.analyser.projectFor(path);
  }

  /** The line of versions of a contract; undefined when it is not known or nobody waits any more. Read once at a time. */
  lineage(contract: string): Promise<LineageSeen | undefined> {
    const known = this.lineages.get(contract);
    if (known) return known;
    const reading = this.readLineage(contract).finally(() => this.lineages.delete(contract));
    this.lineages.set(contract, reading);
    return reading;
  }

  private async readLineage(contract: string): Promise<LineageSeen | undefined> {
    try {
      return await this.projectFor(contract)?.lineage(contract, cancellationOf(this.life));
    } catch (error) {
      if (error instanceof Cancelled) return undefined;
      throw error;
    }
  }

  /** Fetches the documents of allowed hosts that the latest analysis missed. */
  private async fetchRemote(): Promise<void> {
    const { fetched, failures } = await this.remote.fetch();
    for (const failure of failures) this.connection.console.warn(failure);
    if (fetched > 0) this.renew();
  }

  /** A branch was switched or something was committed. */
  refreshBaselines(): void {
    this.analyser.refreshBaselines();
  }

  /** The texts that the disk does not have, under the versions by which the analysis knows them. */
  private unsaved(): { path: string; text: string; version: string }[] {
    const buffers = this.documents.buffers();
    const files = overlay(this.disk.current(), buffers);
    return [...buffers].flatMap(([path, { text }]) => {
      const version = files.version(path);
      return version === undefined ? [] : [{ path, text, version }];
    });
  }

  private lintRequests(analysis: Analysis): ReturnType<typeof lintingOf> {
    return lintingOf(analysis, {
      mode: this.settings.lint,
      trusted: this.options.trusted === true,
      isOpen: (path) => this.documents.at(path) !== undefined,
    });
  }

  private show(analysis: Analysis): Shown {
    const least = severities.indexOf(this.settings.minimumSeverity);
    const diagnostics = diagnosticsOf(
      analysis,
      {
        maxPerFile: this.settings.maxFindingsPerFile,
        shows: (severity) => severities.indexOf(severity) <= least,
        accepted: this.settings.showAccepted,
      },
      this.lint.diagnostics,
    );
    return { analysis, diagnostics, reports: reportsOf(this, analysis, diagnostics) };
  }

  private nothing(): Shown {
    const files = this.disk.current();
    const analysis: Analysis = { files, lines: () => undefined, projects: [], milliseconds: 0 };
    return { analysis, diagnostics: new Map(), reports: new Map() };
  }

  private setState(state: AnalysisState): void {
    this.state = state;
    if (this.options.status) void this.connection.sendNotification(statusNotification, state);
  }
}
