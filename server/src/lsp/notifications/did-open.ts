// Owns the notification `textDocument/didOpen`.

import type { DidOpenTextDocumentParams } from 'vscode-languageserver';
import { within } from '../../base/relative.ts';
import { isVirtual, pathOf } from '../addresses.ts';
import type { Session } from '../session.ts';

export function didOpen(session: Session, { textDocument }: DidOpenTextDocumentParams): void {
  const { uri, languageId, version, text } = textDocument;
  const path = pathOf(uri);
  // Editors open much that is no file of a workspace: states of the past, outputs, settings.
  if (path === undefined || (isVirtual(path) && !session.folders.some((folder) => within(folder, path)))) return;
  // The text may differ from the file's when the editor restores unsaved work.
  if (session.documents.add(uri, languageId, version, text)) session.opened();
}
