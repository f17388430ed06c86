// Owns the notification `textDocument/didSave`: clients without file watchers tell us of changes on disk only in this way.

import type { DidSaveTextDocumentParams } from 'vscode-languageserver';
import { isVirtual, pathOf } from '../addresses.ts';
import type { Session } from '../session.ts';

export function didSave(session: Session, { textDocument }: DidSaveTextDocumentParams): void {
  const path = pathOf(textDocument.uri);
  // The open text is what was analysed already: only what is on disk below it has to be looked at again.
  if (path !== undefined && !isVirtual(path)) session.disk.changed([path]);
}
