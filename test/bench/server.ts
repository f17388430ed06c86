// Owns the language server under measurement: its process, and the messages of an editor that types. It must not know what
// the figures are for.

import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type DocumentDiagnosticReport,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import {
  type AnalysisState,
  processEnvironment,
  processFlags,
  serverCommands,
  statusNotification,
} from '../../server/src/lsp/protocol.ts';

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Change {
  readonly start: Position;
  readonly end: Position;
  readonly text: string;
}

export class MeasuredServer {
  /** Milliseconds of the last analysis by the server's own clock. */
  analysis = 0;
  private readonly versions = new Map<string, number>();

  private constructor(
    private readonly folder: string,
    private readonly child: ChildProcess,
    private readonly connection: ProtocolConnection,
  ) {}

  /** Starts a server on a folder. Nothing waits between keystroke and analysis, so that the work alone is measured. */
  static async start(bundle: string, folder: string, flags: readonly string[] = []): Promise<MeasuredServer> {
    const child = spawn(process.execPath, [...processFlags, ...flags, bundle, '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...processEnvironment },
    });
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const server = new MeasuredServer(folder, child, connection);
    connection.onNotification(statusNotification, ({ milliseconds }: AnalysisState) => {
      if (milliseconds !== undefined) server.analysis = milliseconds;
    });
    connection.onRequest('workspace/diagnostic/refresh', () => null);
    connection.listen();
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: [{ name: 'bench', uri: pathToFileURL(folder).href }],
      initializationOptions: { settings: { analysisDelay: 0 }, status: true },
      capabilities: {
        textDocument: { diagnostic: { relatedInformation: true, codeDescriptionSupport: true } },
        workspace: { diagnostics: { refreshSupport: true } },
      },
    });
    await connection.sendNotification('initialized', {});
    return server;
  }

  private uri(path: string): string {
    return pathToFileURL(join(this.folder, path)).href;
  }

  async open(path: string): Promise<string> {
    const text = readFileSync(join(this.folder, path), 'utf8');
    this.versions.set(path, 1);
    const textDocument = {
      uri: this.uri(path),
      languageId: path.endsWith('.ts') ? 'typescript' : 'yaml',
      version: 1,
      text,
    };
    await this.connection.sendNotification('textDocument/didOpen', { textDocument });
    return text;
  }

  /** Replaces the text of an open file and waits for what it shows. */
  async type(path: string, text: string): Promise<DocumentDiagnosticReport> {
    const version = (this.versions.get(path) ?? 1) + 1;
    this.versions.set(path, version);
    const textDocument = { uri: this.uri(path), version };
    await this.connection.sendNotification('textDocument/didChange', { textDocument, contentChanges: [{ text }] });
    return this.pull(path);
  }

  /** Changes a range of an open file, as an editor does with every keystroke, and waits for what the file shows. */
  async edit(path: string, { start, end, text }: Change): Promise<DocumentDiagnosticReport> {
    const version = (this.versions.get(path) ?? 1) + 1;
    this.versions.set(path, version);
    const textDocument = { uri: this.uri(path), version };
    const contentChanges = [{ range: { start, end }, text }];
    await this.connection.sendNotification('textDocument/didChange', { textDocument, contentChanges });
    return this.pull(path);
  }

  pull(path: string): Promise<DocumentDiagnosticReport> {
    return this.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: this.uri(path) } });
  }

  /** Findings of everything, by the server's own count. */
  async findings(): Promise<number> {
    const outcome: { findings: number } = await this.connection.sendRequest('workspace/executeCommand', {
      command: serverCommands.check,
    });
    return outcome.findings;
  }

  /** Resident memory in megabytes, as the server reports it. */
  async memory(): Promise<number> {
    const text: string = await this.connection.sendRequest('workspace/executeCommand', {
      command: serverCommands.diagnosticInformation,
    });
    return Number(/^Memory: (\d+) MB$/m.exec(text)?.[1]);
  }

  /** Milliseconds of processor time that the process has had so far; undefined where the system does not tell. */
  processor(): number | undefined {
    try {
      const fields = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      // Ticks of user and system time, a hundredth of a second each.
      return (Number(fields[11]) + Number(fields[12])) * 10;
    } catch {
      return undefined;
    }
  }

  async stop(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.child.once('exit', () => resolve()));
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    await ended;
    this.connection.dispose();
  }
}
