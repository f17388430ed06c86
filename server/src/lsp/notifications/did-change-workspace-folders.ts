// Owns the notification `workspace/didChangeWorkspaceFolders`.

import type { WorkspaceFoldersChangeEvent } from 'vscode-languageserver';
import { pathOf } from '../addresses.ts';
import type { Session } from '../session.ts';

export function didChangeWorkspaceFolders(session: Session, { added, removed }: WorkspaceFoldersChangeEvent): void {
  const gone = new Set(removed.map(({ uri }) => pathOf(uri)));
  const fresh = added.flatMap(({ uri }) => pathOf(uri) ?? []);
  session.setFolders([...new Set([...session.folders.filter((folder) => !gone.has(folder)), ...fresh])]);
}
