// Owns folders that live in memory, as an editor's file system: what a virtual workspace is to an extension.
// It must not know what is in the files.

import * as vscode from 'vscode';

interface Entry {
  readonly bytes: Uint8Array;
  readonly changed: number;
}

/** Files by path. Folders are there where a file lies below them. */
export class MemoryFolders implements vscode.FileSystemProvider {
  private readonly files = new Map<string, Entry>();
  private readonly changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changes.event;
  private clock = 1;

  /** Writes a file from behind the editor's back, and tells the editor as a provider does. */
  write(path: string, text: string): void {
    this.put(vscode.Uri.from({ scheme: 'memfs', path }), new TextEncoder().encode(text));
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => {});
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    const entry = this.files.get(path);
    if (entry) return { type: vscode.FileType.File, ctime: 0, mtime: entry.changed, size: entry.bytes.byteLength };
    if (this.below(path).length === 0) throw vscode.FileSystemError.FileNotFound(path);
    return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  }

  readDirectory({ path }: vscode.Uri): [string, vscode.FileType][] {
    const names = new Map<string, vscode.FileType>();
    for (const rest of this.below(path)) {
      const [name = '', ...more] = rest.split('/');
      names.set(name, more.length > 0 ? vscode.FileType.Directory : vscode.FileType.File);
    }
    return [...names];
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const entry = this.files.get(uri.path);
    if (!entry) throw vscode.FileSystemError.FileNotFound(uri);
    return entry.bytes;
  }

  writeFile(uri: vscode.Uri, bytes: Uint8Array): void {
    this.put(uri, bytes);
  }

  delete(uri: vscode.Uri): void {
    if (this.files.delete(uri.path)) this.changes.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  createDirectory(): void {
    // Folders are made by the files in them.
  }

  rename(from: vscode.Uri, to: vscode.Uri): void {
    const bytes = this.readFile(from);
    this.delete(from);
    this.put(to, bytes);
  }

  private put(uri: vscode.Uri, bytes: Uint8Array): void {
    const type = this.files.has(uri.path) ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created;
    this.files.set(uri.path, { bytes, changed: ++this.clock });
    this.changes.fire([{ type, uri }]);
  }

  private below(path: string): string[] {
    const prefix = path.endsWith('/') ? path : `${path}/`;
    return [...this.files.keys()].filter((file) => file.startsWith(prefix)).map((file) => file.slice(prefix.length));
  }
}
