// Owns the notification `textDocument/didOpen`.

import type { DidOpenTextDocumentParams } from 'vscode-languageserver';
import type { Session } from '../session.ts';

export function didOpen(session: Session, { textDocument }: DidOpenTextDocumentParams): void {
  const { uri, languageId, version, text } = textDocument;
  // The text may differ from the file's when the editor restores unsaved work.
  if (session.documents.add(uri, languageId, version, text)) session.opened();
}
