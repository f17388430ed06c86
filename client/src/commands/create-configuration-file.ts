// Owns the command "Create Configuration File": a `fidelity.yaml` from what was found, never over one that is there.

import * as vscode from 'vscode';
import { serverCommands } from '../../../server/src/lsp/protocol.ts';
import type { Server } from '../server.ts';

export async function createConfigurationFile(server: Server): Promise<void> {
  const folder = await chooseFolder();
  if (!folder) return;
  const file = vscode.Uri.joinPath(folder.uri, 'fidelity.yaml');
  const text = await server.execute<string | null>(serverCommands.configuration, server.uriFor(folder.uri));
  if (text !== null) {
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(file, { overwrite: false, contents: new TextEncoder().encode(text) });
    if (!(await vscode.workspace.applyEdit(edit))) {
      void vscode.window.showWarningMessage(vscode.l10n.t('fidelity.yaml could not be written.'));
      return;
    }
  }
  await vscode.window.showTextDocument(file);
}

/** The folder that a command is about: the only one, that of the active document, or one that is picked. */
export async function chooseFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const active = vscode.window.activeTextEditor?.document.uri;
  const own = active && vscode.workspace.getWorkspaceFolder(active);
  if (folders.length < 2) return folders[0];
  return own ?? vscode.window.showWorkspaceFolderPick();
}
