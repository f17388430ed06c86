// Owns the client of the language server tests: a real one, over standard input and output of a real process.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type CodeAction,
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type DocumentSymbol,
  type Hover,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol/node';
import { LineIndex } from '../../server/src/base/place.ts';
import { bundledServer } from './server-bundle.ts';

export interface ClientOptions {
  /** Files of the workspace by relative path. */
  readonly files: Readonly<Record<string, string>>;
  /** A folder that exists, in the place of a temporary one; it is left as it is. */
  readonly folder?: string;
  /** Folders that the client opens, relative; the whole workspace unless given. */
  readonly folders?: readonly string[];
  /** URIs of folders that are on no disk, which the client opens too. */
  readonly virtual?: readonly string[];
  /** False for a client that only takes what is pushed. */
  readonly pulls?: boolean;
  readonly initializationOptions?: Record<string, unknown>;
  /** What the client answers when it is asked for its settings. */
  readonly settings?: Record<string, unknown>;
  /** The bundle of the server to start; the present sources without the type checker unless given. */
  readonly server?: string;
  /** True for a client that declares nothing of what it can do: it opens, changes and saves documents, and takes what is pushed. */
  readonly plain?: boolean;
  /** Added to the client's capabilities for `workspace.workspaceEdit`. */
  readonly edits?: Record<string, unknown>;
  /** The language of the client's own texts. */
  readonly locale?: string;
  /** More of what the client can do, over the usual. */
  readonly capabilities?: {
    readonly textDocument?: Record<string, unknown>;
    readonly workspace?: Record<string, unknown>;
  };
}

const languages = new Map([
  ['.ts', 'typescript'],
  ['.json', 'json'],
  ['.py', 'python'],
]);

/** One connection with a workspace of its own in a temporary folder. */
export class Client {
  readonly pushed = new Map<string, PublishDiagnosticsParams>();
  readonly watched: string[] = [];
  /** What the server has asked of the client, by method. */
  readonly requested: string[] = [];
  refreshes = 0;
  settings: Record<string, unknown>;
  initialized!: InitializeResult;
  private readonly temporary: boolean;
  private readonly versions = new Map<string, number>();

  private constructor(
    readonly folder: string,
    readonly process: ChildProcess,
    readonly connection: ProtocolConnection,
    options: ClientOptions,
  ) {
    this.settings = options.settings ?? {};
    this.temporary = options.folder === undefined;
  }

  static async start(options: ClientOptions): Promise<Client> {
    const folder = options.folder ?? realpathSync(mkdtempSync(join(tmpdir(), 'fidelity-lsp-')));
    for (const [path, text] of Object.entries(options.files)) writeFile(join(folder, path), text);
    const child = spawn(process.execPath, [options.server ?? bundledServer(), '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const client = new Client(folder, child, connection, options);
    await client.initialize(options);
    return client;
  }

  private async initialize(options: ClientOptions): Promise<void> {
    const { connection } = this;
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.pushed.set(params.uri, params);
    });
    connection.onRequest('workspace/diagnostic/refresh', () => {
      this.requested.push('workspace/diagnostic/refresh');
      this.refreshes++;
      return null;
    });
    connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => {
      this.requested.push('workspace/configuration');
      return items.map(() => this.settings);
    });
    connection.onRequest('client/registerCapability', ({ registrations }: { registrations: { method: string }[] }) => {
      this.requested.push('client/registerCapability');
      this.watched.push(...registrations.map(({ method }) => method));
      return null;
    });
    for (const method of ['workspace/codeLens/refresh', 'window/workDoneProgress/create', 'workspace/applyEdit']) {
      connection.onRequest(method, () => {
        this.requested.push(method);
        return null;
      });
    }
    connection.listen();
    const onDisk = (options.folders ?? ['.']).map((name) => ({
      name,
      uri: pathToFileURL(join(this.folder, name)).href,
    }));
    const folders = [...onDisk, ...(options.virtual ?? []).map((uri) => ({ name: uri, uri }))];
    this.initialized = await connection.sendRequest('initialize', {
      processId: process.pid,
      ...(options.locale === undefined ? {} : { locale: options.locale }),
      rootUri: null,
      workspaceFolders: folders,
      initializationOptions: options.initializationOptions,
      capabilities: options.plain
        ? {}
        : {
            textDocument: {
              ...(options.pulls === false
                ? {}
                : {
                    diagnostic: {
                      relatedInformation: true,
                      codeDescriptionSupport: true,
                      relatedDocumentSupport: true,
                    },
                  }),
              publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true },
              hover: { contentFormat: ['markdown'] },
              codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } },
              ...options.capabilities?.textDocument,
            },
            workspace: {
              configuration: options.settings !== undefined,
              workspaceFolders: true,
              diagnostics: { refreshSupport: true },
              didChangeWatchedFiles: { dynamicRegistration: true },
              workspaceEdit: options.edits ?? { documentChanges: true },
              ...options.capabilities?.workspace,
            },
          },
    });
    await connection.sendNotification('initialized', {});
  }

  /** The address of a file of the workspace; what is one already stays as it is. */
  uri(path: string): string {
    if (/^[a-z-]+:/.test(path)) return path;
    return pathToFileURL(join(this.folder, path)).href;
  }

  /** Opens a file with a text that need not be the one on disk. */
  async open(path: string, text: string): Promise<void> {
    this.versions.set(path, 1);
    const languageId = languages.get(path.slice(path.lastIndexOf('.'))) ?? 'yaml';
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: this.uri(path), languageId, version: 1, text },
    });
  }

  /** Replaces the text of an open file. */
  async change(path: string, text: string): Promise<void> {
    await this.edit(path, [{ text }]);
  }

  async edit(path: string, contentChanges: readonly { range?: Range; text: string }[]): Promise<void> {
    const version = (this.versions.get(path) ?? 0) + 1;
    this.versions.set(path, version);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: this.uri(path), version },
      contentChanges,
    });
  }

  async save(path: string, text: string): Promise<void> {
    writeFile(join(this.folder, path), text);
    await this.connection.sendNotification('textDocument/didSave', { textDocument: { uri: this.uri(path) } });
  }

  /** Tells the server of many changes on disk at once, as a watcher does after a branch was switched. */
  async watchers(changes: readonly { readonly path: string; readonly type: 1 | 2 | 3 }[]): Promise<void> {
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: changes.map(({ path, type }) => ({ uri: this.uri(path), type })),
    });
  }

  /** The server dies from one moment to the next; the workspace stays as it is. */
  async kill(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.connection.dispose();
    this.process.kill('SIGKILL');
    await ended;
  }

  async close(path: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri: this.uri(path) } });
  }

  /** Changes the disk and tells the server, as a client's watcher does. `undefined` deletes. */
  async disk(path: string, text: string | undefined, type: 1 | 2 | 3 = text === undefined ? 3 : 2): Promise<void> {
    if (text === undefined) rmSync(join(this.folder, path));
    else writeFile(join(this.folder, path), text);
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: this.uri(path), type }],
    });
  }

  pull(path: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.connection.sendRequest('textDocument/diagnostic', {
      textDocument: { uri: this.uri(path) },
      previousResultId,
    });
  }

  /** What a file shows once the present texts are analysed. */
  async diagnostics(path: string): Promise<Diagnostic[]> {
    const report = await this.pull(path);
    if (report.kind !== 'full') throw new Error('a full report was expected');
    return report.items;
  }

  documentSymbols(path: string): Promise<DocumentSymbol[] | null> {
    return this.connection.sendRequest('textDocument/documentSymbol', { textDocument: { uri: this.uri(path) } });
  }

  hover(path: string, position: Position): Promise<Hover | null> {
    return this.connection.sendRequest('textDocument/hover', { textDocument: { uri: this.uri(path) }, position });
  }

  actions(path: string, range: Range, only?: string[]): Promise<CodeAction[]> {
    return this.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: this.uri(path) },
      range,
      context: { diagnostics: [], only },
    });
  }

  resolve(action: CodeAction): Promise<CodeAction> {
    return this.connection.sendRequest('codeAction/resolve', action);
  }

  execute<T>(command: string, ...args: unknown[]): Promise<T> {
    return this.connection.sendRequest('workspace/executeCommand', { command, arguments: args });
  }

  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.process.once('exit', (code) => resolve(code)));
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const code = await ended;
    this.connection.dispose();
    if (this.temporary) rmSync(this.folder, { recursive: true, force: true });
    return code;
  }
}

/** The position of the first character of a text in another. */
export function positionOf(text: string, needle: string): Position {
  const at = text.indexOf(needle);
  if (at < 0) throw new Error(`"${needle}" is not in the text`);
  const { line, column } = new LineIndex(text).position(at);
  return { line, character: column };
}

/** The range that a text covers at its first occurrence. */
export function rangeOf(text: string, needle: string): Range {
  const start = positionOf(text, needle);
  return { start, end: { line: start.line, character: start.character + needle.length } };
}

/** The text of a range. */
export function textIn(text: string, range: Range): string {
  const index = new LineIndex(text);
  const offset = ({ line, character }: Position): number => index.offset({ line, column: character });
  return text.slice(offset(range.start), offset(range.end));
}

/** A text after the edits that a workspace edit holds for a URI. */
export function edited(text: string, uri: string, edit: WorkspaceEdit): string {
  const found = edit.documentChanges?.flatMap((change) =>
    'textDocument' in change && change.textDocument.uri === uri ? change.edits : [],
  );
  const edits = found ?? edit.changes?.[uri] ?? [];
  const index = new LineIndex(text);
  const offset = ({ line, character }: Position): number => index.offset({ line, column: character });
  const sorted = [...edits].sort((a, b) => offset(b.range.start) - offset(a.range.start));
  let result = text;
  for (const one of sorted) {
    const newText = 'newText' in one ? one.newText : one.snippet.value;
    result = result.slice(0, offset(one.range.start)) + newText + result.slice(offset(one.range.end));
  }
  return result;
}

/** Asks again until the answer is what was waited for; a test never waits by the clock alone. */
export async function until<T>(ask: () => T | Promise<T>, done: (answer: T) => boolean, what: string): Promise<T> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const answer = await ask();
    if (done(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function writeFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
