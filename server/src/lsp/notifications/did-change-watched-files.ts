// Owns the notification `workspace/didChangeWatchedFiles`: files changed, came or went outside of the editor.

import { type DidChangeWatchedFilesParams, FileChangeType } from 'vscode-languageserver';
import { pathOf } from '../addresses.ts';
import type { Session } from '../session.ts';

/** Files that cannot matter, whatever a client's watcher reports. */
const elsewhere = /\/(?:node_modules|\.git)\//;

export function didChangeWatchedFiles(session: Session, { changes }: DidChangeWatchedFilesParams): void {
  const paths = changes.flatMap(({ uri, type }) => {
    const path = pathOf(uri);
    return path === undefined || elsewhere.test(path) ? [] : [{ path, type }];
  });
  if (paths.length === 0) return;
  // Files that change behind the editor's back may come from another commit.
  session.refreshBaselines();
  if (paths.some(({ type }) => type !== FileChangeType.Changed)) session.disk.forget();
  else session.disk.changed(paths.map(({ path }) => path));
  // A change of a file whose unsaved text is open changes nothing that we see.
  if (paths.some(({ path, type }) => type !== FileChangeType.Changed || !session.documents.at(path)))
    session.invalidate();
}
