// Owns the notification `workspace/didChangeWatchedFiles`: files changed, came or went outside of the editor.

import { type DidChangeWatchedFilesParams, FileChangeType } from 'vscode-languageserver';
import { isVirtual, pathOf } from '../addresses.ts';
import type { Session } from '../session.ts';

/** Files that cannot matter, whatever a client's watcher reports. */
const elsewhere = /\/(?:node_modules|\.git)\//;

/** What git writes when a branch is switched or something is committed. */
const pastMoved = /\/\.git\/(?:logs\/)?HEAD$/;

export function didChangeWatchedFiles(session: Session, { changes }: DidChangeWatchedFilesParams): void {
  const paths = changes.flatMap(({ uri, type }) => {
    const path = pathOf(uri);
    // What is on no disk is handed over by the client when it changes.
    return path === undefined || isVirtual(path) || elsewhere.test(path) ? [] : [{ path, type }];
  });
  const committed = changes.some(({ uri }) => pastMoved.test(uri));
  if (committed) session.refreshBaselines();
  if (paths.length === 0) {
    if (committed) session.invalidate();
    return;
  }
  // Files that change behind the editor's back may come from another commit.
  session.refreshBaselines();
  if (paths.some(({ type }) => type !== FileChangeType.Changed)) session.disk.forget();
  else session.disk.changed(paths.map(({ path }) => path));
  // A change of a file whose unsaved text is open changes nothing that we see.
  if (paths.some(({ path, type }) => type !== FileChangeType.Changed || !session.documents.at(path)))
    session.invalidate();
}
