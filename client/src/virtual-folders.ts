// Owns the workspace folders that are on no disk: their contracts are read through the editor and handed to the server, now and as they change.
// It must not know what is in them. Code is never read, and neither are rulesets, which may lead to code.

import * as vscode from 'vscode';
import { mostVirtual, type VirtualFilesParams } from '../../server/src/lsp/protocol.ts';
import type { Server } from './server.ts';

type Handed = VirtualFilesParams['files'][number];

const contractsIn = '**/*.{yaml,yml,json}';
const readable = /\.(?:ya?ml|json)$/i;
/** What no contract is made of: what tools write, and what they are told. */
const elsewhere =
  /^(?:package(?:-lock)?\.json|[tj]sconfig.*\.json|pnpm-lock\.yaml|\.spectral\..*|npm-shrinkwrap\.json)$/i;
const skipped = /^(?:node_modules|dist|build|out|coverage|\.(?!fidelity$).*)$/;
/** What is read first, in case that not everything can be: each of it may have to come over a network. */
const likely = /(?:^|\/)(?:fidelity\.ya?ml|\.fidelity\/)|openapi|swagger/i;

const mostFolders = 2_000;
const deepest = 16;
const atATime = 8;

export class VirtualFolders implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[] = [];
  private watchers: vscode.Disposable[] = [];
  constructor(private readonly server: Server) {
    this.subscriptions.push(
      server.onRunning(() => this.handAll()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.foldersChanged()),
    );
    this.watch();
  }

  dispose(): void {
    for (const one of [...this.subscriptions, ...this.watchers]) one.dispose();
  }

  private async foldersChanged(): Promise<void> {
    this.watch();
    // A server that is started anew for another scheme asks for everything when it runs.
    if (!(await this.server.speak(virtualSchemes()))) this.handAll();
  }

  private watch(): void {
    for (const watcher of this.watchers) watcher.dispose();
    this.watchers = virtualFolders().flatMap((folder) => {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, contractsIn));
      const read = (uri: vscode.Uri): void => this.handOne(folder, uri);
      return [watcher, watcher.onDidCreate(read), watcher.onDidChange(read), watcher.onDidDelete(read)];
    });
  }

  private handAll(): void {
    for (const folder of virtualFolders()) this.next(async () => this.hand(folder, true, await gather(folder.uri)));
  }

  private handOne(folder: vscode.WorkspaceFolder, uri: vscode.Uri): void {
    if (isWanted(folder.uri, uri)) this.next(async () => this.hand(folder, false, [await read(uri)]));
  }

  /** One after the other, so that an older text never overtakes a newer one. */
  private next(work: () => Promise<void>): void {
    this.server.handed = this.server.handed.then(work).catch((error: unknown) => {
      this.server.output.warn(`A folder that is on no disk could not be read: ${String(error)}`);
    });
  }

  private hand(folder: vscode.WorkspaceFolder, whole: boolean, found: readonly Read[]): Promise<void> {
    const files = found.map(({ uri, text }): Handed => ({ uri: this.server.uriFor(uri), text }));
    return this.server.handOver({ folder: this.server.uriFor(folder.uri), whole, files });
  }
}

interface Read {
  readonly uri: vscode.Uri;
  readonly text: string | null;
}

const virtualFolders = (): readonly vscode.WorkspaceFolder[] =>
  (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme !== 'file');

/** The schemes of folders that are on no disk. */
export const virtualSchemes = (): readonly string[] => [...new Set(virtualFolders().map(({ uri }) => uri.scheme))];

/** Whether a file of a folder may be part of a contract, or say how contracts are to be read. */
function isWanted(folder: vscode.Uri, uri: vscode.Uri): boolean {
  const [name = '', ...above] = uri.path.slice(folder.path.length).split('/').filter(Boolean).reverse();
  return readable.test(name) && !elsewhere.test(name) && !above.some((one) => skipped.test(one));
}

/** The texts of a folder, as many as are handed over at most, those of contracts first. */
async function gather(folder: vscode.Uri): Promise<readonly Read[]> {
  const found = (await wantedBelow(folder)).slice(0, mostVirtual.files);
  const texts: Read[] = [];
  let room: number = mostVirtual.characters;
  for (let at = 0; at < found.length && room > 0; at += atATime) {
    const some = await Promise.all(found.slice(at, at + atATime).map(read));
    for (const one of some) room -= one.text?.length ?? 0;
    texts.push(...some);
  }
  return texts;
}

async function wantedBelow(root: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  let level: vscode.Uri[] = [root];
  let entered = 0;
  for (let depth = 0; depth < deepest && level.length > 0; depth++) {
    const below: vscode.Uri[] = [];
    for (const folder of level) {
      if (entered++ >= mostFolders) break;
      for (const [name, type] of await entriesOf(folder)) {
        const uri = vscode.Uri.joinPath(folder, name);
        // What is a link leads elsewhere, or back.
        if (type === vscode.FileType.Directory && !skipped.test(name)) below.push(uri);
        if (type === vscode.FileType.File && isWanted(root, uri)) found.push(uri);
      }
    }
    level = below;
  }
  const first = (uri: vscode.Uri): number => (likely.test(uri.path.slice(root.path.length)) ? 0 : 1);
  return found.sort((a, b) => first(a) - first(b) || (a.path < b.path ? -1 : 1));
}

async function entriesOf(folder: vscode.Uri): Promise<readonly [string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch {
    // A folder that cannot be read has no files for us.
    return [];
  }
}

/** The text of a file; null when it is gone, cannot be read or is too large. */
async function read(uri: vscode.Uri): Promise<Read> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (type !== vscode.FileType.File || size > mostVirtual.charactersOfOne) return { uri, text: null };
    return { uri, text: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) };
  } catch {
    return { uri, text: null };
  }
}
