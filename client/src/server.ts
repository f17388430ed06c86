// Owns the language server's process as the client sees it: how it is started, restarted and asked.
// It must not know what the server does.

import * as vscode from 'vscode';
import {
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FileEvent,
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  State,
  TransportKind,
  type WorkspaceEdit,
} from 'vscode-languageclient/node';
import {
  type AnalysisState,
  type DocumentStatus,
  documentStatusRequest,
  type InitializationOptions,
  processEnvironment,
  processFlags,
  statusNotification,
  type VirtualFilesParams,
  virtualFilesNotification,
} from '../../server/src/lsp/protocol.ts';
import { showPlacesCommand } from './commands/show-places.ts';

const contractLanguages = ['yaml', 'json', 'jsonc'];
const languages = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact', ...contractLanguages];
/** Languages whose comments may name a section of a contract. */
const commented = ['python', 'go', 'java', 'kotlin', 'csharp', 'ruby', 'php', 'rust'];

/** How long an answer waits for texts that are handed over, in milliseconds: they may have to come over a network. */
const patience = 30_000;

export class Server implements vscode.Disposable {
  readonly output = vscode.window.createOutputChannel('Contract Fidelity', { log: true });
  private readonly changes = new vscode.EventEmitter<AnalysisState>();
  /** Fires whenever the state of the analysis changes. */
  readonly onState = this.changes.event;
  private readonly runs = new vscode.EventEmitter<void>();
  /** Fires whenever a server begins to run, also after one that has ended. */
  readonly onRunning = this.runs.event;
  /** Resolves when the server runs that was started last. */
  private started: Promise<void> = Promise.resolve();
  /** Resolves when it has what it cannot read itself, without which its answers would speak of less than there is. */
  handed: Promise<void> = Promise.resolve();
  /** Where there are contracts beside those on disk. */
  private schemes: readonly string[];
  private client: LanguageClient;

  constructor(
    private readonly context: vscode.ExtensionContext,
    schemes: readonly string[],
  ) {
    this.schemes = schemes;
    this.client = this.connect();
  }

  private connect(): LanguageClient {
    const module = this.context.asAbsolutePath('dist/server.js');
    const serverOptions: ServerOptions = {
      run: { module, transport: TransportKind.ipc, options: { execArgv: [...processFlags], env: processEnvironment } },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
    };
    const initializationOptions: InitializationOptions = {
      trusted: vscode.workspace.isTrusted,
      status: true,
      // Opens the page as a preview; the argument is the rule's id in a JSON array.
      rulePage: `command:contractFidelity.explainRule?${encodeURIComponent('["')}{rule}${encodeURIComponent('"]')}`,
      commands: {
        explainRule: 'contractFidelity.explainRule',
        showPlaces: showPlacesCommand,
        suggestAgain: 'editor.action.triggerSuggest',
        compareContract: 'contractFidelity.compareContract',
      },
      baselineScheme: 'contract-fidelity-baseline',
    };
    const clientOptions: LanguageClientOptions = {
      documentSelector: [
        ...[...languages, ...commented].map((language) => ({ scheme: 'file', language })),
        ...this.schemes.flatMap((scheme) => contractLanguages.map((language) => ({ scheme, language }))),
      ],
      outputChannel: this.output,
      initializationOptions,
      // A hover's only command links are ours: the server escapes everything that comes from a contract.
      markdown: {
        isTrusted: { enabledCommands: ['contractFidelity.explainRule', 'contractFidelity.compareContract'] },
      },
      diagnosticPullOptions: { onChange: true, onFocus: true },
    };
    const client = new LanguageClient('contractFidelity', 'Contract Fidelity', serverOptions, clientOptions);
    client.onNotification(statusNotification, (state: AnalysisState) => this.changes.fire(state));
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) this.runs.fire();
    });
    return client;
  }

  /** Serves documents of these schemes too. A server is started anew for one that is new, and true is said then. */
  async speak(schemes: readonly string[]): Promise<boolean> {
    if (schemes.every((scheme) => this.schemes.includes(scheme))) return false;
    this.schemes = [...new Set([...this.schemes, ...schemes])];
    const before = this.client;
    this.client = this.connect();
    await before.dispose();
    await this.start();
    return true;
  }

  /** Hands over texts that the server cannot read; whoever hears that it runs hands over everything. */
  async handOver(files: VirtualFilesParams): Promise<void> {
    if (this.client.isRunning()) await this.client.sendNotification(virtualFilesNotification, files);
  }

  /** Which documents the server says something of. */
  get selector(): vscode.DocumentSelector {
    return [
      { scheme: 'file', pattern: '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,yaml,yml,json}' },
      ...this.schemes.map((scheme) => ({ scheme, pattern: '**/*.{yaml,yml,json}' })),
    ];
  }

  async start(): Promise<void> {
    this.started = this.client.start();
    await this.started;
  }

  private async complete(): Promise<void> {
    await this.started;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patience);
    });
    await Promise.race([this.handed, late]);
    clearTimeout(timer);
  }

  async restart(): Promise<void> {
    await this.client.restart();
  }

  /** Writes a file of the workspace and says so to the server, which a watcher may do late or, for a new folder, not at all. */
  async write(uri: vscode.Uri, text: string): Promise<void> {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    const change: FileEvent = { uri: this.uriFor(uri), type: FileChangeType.Created };
    await this.client.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [change] });
  }

  /** Calls one of the server's commands that somebody may give up waiting for; undefined once they have. */
  async executeUnless<T>(token: vscode.CancellationToken, command: string): Promise<T | undefined> {
    try {
      await this.complete();
      const outcome: T = await this.client.sendRequest('workspace/executeCommand', { command, arguments: [] }, token);
      return token.isCancellationRequested ? undefined : outcome;
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    }
  }

  /** Calls one of the server's commands. */
  async execute<T>(command: string, ...args: unknown[]): Promise<T> {
    await this.complete();
    return this.client.sendRequest('workspace/executeCommand', { command, arguments: args });
  }

  /** What the server knows of a document, or of everything; undefined while it is not running. */
  async status(document: vscode.TextDocument | undefined): Promise<DocumentStatus | undefined> {
    if (!this.client.isRunning()) return undefined;
    const uri = document ? this.client.code2ProtocolConverter.asUri(document.uri) : undefined;
    return this.client.sendRequest(documentStatusRequest, { uri });
  }

  /** The protocol's spelling of an address, and back. */
  uriFor(uri: vscode.Uri): string {
    return this.client.code2ProtocolConverter.asUri(uri);
  }

  uriFrom(uri: string): vscode.Uri {
    return this.client.protocol2CodeConverter.asUri(uri);
  }

  /** An edit of the protocol as the editor applies it. */
  async editFrom(edit: WorkspaceEdit): Promise<vscode.WorkspaceEdit> {
    return this.client.protocol2CodeConverter.asWorkspaceEdit(edit);
  }

  /** Whether a document is one that the server looks at. */
  serves(document: vscode.TextDocument): boolean {
    const { languageId, uri } = document;
    if (uri.scheme === 'file') return languages.includes(languageId);
    return this.schemes.includes(uri.scheme) && contractLanguages.includes(languageId);
  }

  dispose(): void {
    this.changes.dispose();
    this.runs.dispose();
    void this.client.dispose();
    this.output.dispose();
  }
}
