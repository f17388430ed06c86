// Owns texts of the past as documents of the editor: what a contract looked like in the state that it is compared with.
// It must not know git; the server reads it.

import * as vscode from 'vscode';
import { serverCommands } from '../../../server/src/lsp/protocol.ts';
import type { Server } from '../server.ts';

export class BaselineContent implements vscode.TextDocumentContentProvider {
  static readonly scheme = 'contract-fidelity-baseline';

  constructor(private readonly server: Server) {}

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const text = await this.server.execute<string | null>(serverCommands.baselineText, this.server.uriFor(uri));
    return text ?? vscode.l10n.t('The past of this file is not known.');
  }
}

/** The list of changes as a Markdown document that can be previewed, kept for as long as it may be shown. */
export class ChangesContent implements vscode.TextDocumentContentProvider {
  static readonly scheme = 'contract-fidelity-changes';
  private readonly texts = new Map<string, string>();

  /** The address of a list. The same name shows the latest text. */
  put(name: string, markdown: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: ChangesContent.scheme, path: `/${name}.md` });
    this.texts.set(uri.toString(), markdown);
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }
}
