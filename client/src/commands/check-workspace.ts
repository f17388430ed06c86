// Owns the command "Check Workspace": everything is read again, and the outcome is said in one line.

import * as vscode from 'vscode';
import { type CheckOutcome, serverCommands } from '../../../server/src/lsp/protocol.ts';
import type { Server } from '../server.ts';

export async function checkWorkspace(server: Server): Promise<CheckOutcome | null> {
  const outcome = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, cancellable: true, title: vscode.l10n.t('Checking contracts') },
    (_progress, token) => server.executeUnless<CheckOutcome | null>(token, serverCommands.check),
  );
  // Whoever gave it up knows.
  if (outcome === undefined) return null;
  if (!outcome) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Contract Fidelity could not check the workspace. The output says why.'),
    );
    return null;
  }
  const { findings, verified, operations, contractOnly } = outcome;
  const verifiedText = contractOnly
    ? vscode.l10n.t('Contract only, because this workspace is virtual')
    : vscode.l10n.t('Verified {0} of {1} operations.', verified, operations);
  if (findings === 0) {
    void vscode.window.showInformationMessage(
      contractOnly
        ? vscode.l10n.t('No findings. {0}', verifiedText)
        : vscode.l10n.t('Contract and code agree. {0}', verifiedText),
    );
    return outcome;
  }
  const show = vscode.l10n.t('Show Problems');
  const text = vscode.l10n.t('{0} findings in {1} files. {2}', findings, outcome.files, verifiedText);
  // Nobody should have to answer the message for the command to be over.
  void vscode.window.showInformationMessage(text, show).then((chosen) => {
    if (chosen === show) void vscode.commands.executeCommand('workbench.actions.view.problems');
  });
  return outcome;
}
