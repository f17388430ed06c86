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
} from '../../server/src/lsp/protocol.ts';
import { showPlacesCommand } from './commands/show-places.ts';

const languages = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'yaml', 'json', 'jsonc'];
/** Languages whose comments may name a section of a contract. */
const commented = ['python', 'go', 'java', 'kotlin', 'csharp', 'ruby', 'php', 'rust'];

export class Server implements vscode.Disposable {
  readonly output = vscode.window.createOutputChannel('Contract Fidelity', { log: true });
  private readonly changes = new vscode.EventEmitter<AnalysisState>();
  /** Fires whenever the state of the analysis changes. */
  readonly onState = this.changes.event;
  private readonly client: LanguageClient;

  constructor(context: vscode.ExtensionContext) {
    const module = context.asAbsolutePath('dist/server.js');
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
      documentSelector: [...languages, ...commented].map((language) => ({ scheme: 'file', language })),
      outputChannel: this.output,
      initializationOptions,
      // A hover's only command links are ours: the server escapes everything that comes from a contract.
      markdown: {
        isTrusted: { enabledCommands: ['contractFidelity.explainRule', 'contractFidelity.compareContract'] },
      },
      diagnosticPullOptions: { onChange: true, onFocus: true },
    };
    this.client = new LanguageClient('contractFidelity', 'Contract Fidelity', serverOptions, clientOptions);
    this.client.onNotification(statusNotification, (state: AnalysisState) => this.changes.fire(state));
  }

  async start(): Promise<void> {
    await this.client.start();
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
      const outcome: T = await this.client.sendRequest('workspace/executeCommand', { command, arguments: [] }, token);
      return token.isCancellationRequested ? undefined : outcome;
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    }
  }

  /** Calls one of the server's commands. */
  async execute<T>(command: string, ...args: unknown[]): Promise<T> {
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
    return document.uri.scheme === 'file' && languages.includes(document.languageId);
  }

  dispose(): void {
    this.changes.dispose();
    void this.client.dispose();
    this.output.dispose();
  }
}
