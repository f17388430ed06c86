// Owns the notification `textDocument/didClose`: from now on the file on disk counts again.

import type { DidCloseTextDocumentParams } from 'vscode-languageserver';
import { isVirtual, pathOf } from '../addresses.ts';
import type { Session } from '../session.ts';

export function didClose(session: Session, { textDocument }: DidCloseTextDocumentParams): void {
  const path = pathOf(textDocument.uri);
  if (path === undefined || !session.documents.remove(textDocument.uri)) return;
  if (!isVirtual(path)) session.disk.changed([path]);
  session.invalidate();
}
