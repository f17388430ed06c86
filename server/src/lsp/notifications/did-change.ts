// Owns the notification `textDocument/didChange`.

import type { DidChangeTextDocumentParams } from 'vscode-languageserver';
import type { Session } from '../session.ts';

export function didChange(session: Session, { textDocument, contentChanges }: DidChangeTextDocumentParams): void {
  if (!session.documents.change(textDocument.uri, textDocument.version, contentChanges)) return;
  session.invalidate(undefined, session.documents.get(textDocument.uri)?.path);
}
