// Owns the command "Copy Diagnostic Information": versions and counts for a bug report, nothing of the workspace's contents.

import * as vscode from 'vscode';
import { serverCommands } from '../../../server/src/lsp/protocol.ts';
import type { Server } from '../server.ts';

export async function copyDiagnosticInformation(server: Server): Promise<void> {
  const text = await server.execute<string>(serverCommands.diagnosticInformation);
  await vscode.env.clipboard.writeText(`VS Code ${vscode.version} (${vscode.env.appName})\n${text}`);
  void vscode.window.setStatusBarMessage(vscode.l10n.t('Diagnostic information copied'), 3000);
}
