// Owns the command "Insert Contract Link": somebody chooses an operation, and a tag is written above the line.

import * as vscode from 'vscode';
import type { WorkspaceEdit } from 'vscode-languageclient/node';
import { type LinkOffer, serverCommands } from '../../../server/src/lsp/protocol.ts';
import type { Server } from '../server.ts';

/** `chosen` is the target of the tag when somebody has chosen it already. */
export async function insertContractLink(server: Server, chosen?: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const at = [server.uriFor(editor.document.uri), editor.selection.active] as const;
  const target = chosen ?? (await choose(server, at));
  if (target === undefined) return;
  const edit = await server.execute<WorkspaceEdit | null>(serverCommands.linkEdit, ...at, target);
  if (edit) await vscode.workspace.applyEdit(await server.editFrom(edit));
  else await vscode.window.showInformationMessage(vscode.l10n.t('No comment can be written here.'));
}

async function choose(server: Server, at: readonly [string, vscode.Position]): Promise<string | undefined> {
  const offers = await server.execute<readonly LinkOffer[] | null>(serverCommands.linkOffers, ...at);
  if (!offers || offers.length === 0) {
    await vscode.window.showInformationMessage(vscode.l10n.t('No contract was found that a comment could link to.'));
    return undefined;
  }
  const items = offers.map(({ label, detail, target }) => ({ label, description: detail, target }));
  const placeHolder = vscode.l10n.t('The operation that this code fulfils');
  const picked = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  return picked?.target;
}
