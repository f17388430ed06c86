// Owns the command "Update Baseline": what is open now is accepted, after somebody said so and why.

import * as vscode from 'vscode';
import { type BaselineUpdate, serverCommands } from '../../../server/src/lsp/protocol.ts';
import type { Server } from '../server.ts';
import { chooseFolder } from './create-configuration-file.ts';

/** `reason` and `sure` are for callers that do not want to be asked. */
export async function updateBaseline(server: Server, reason?: unknown, sure?: unknown): Promise<boolean> {
  const folder = await chooseFolder();
  if (!folder) return false;
  const ask = (why: string | undefined): Promise<BaselineUpdate | null> =>
    server.execute<BaselineUpdate | null>(serverCommands.baseline, server.uriFor(folder.uri), why ?? null);
  const planned = await ask(undefined);
  if (!planned) return false;
  if (planned.added === 0 && planned.removed === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('The baseline is up to date.'));
    return false;
  }
  const why = typeof reason === 'string' ? reason : await askReason(planned);
  if (why === undefined && planned.added > 0) return false;
  if (sure !== true && !(await confirmed(planned))) return false;
  const update = await ask(why === '' ? undefined : why);
  if (!update) return false;
  await server.write(server.uriFrom(update.uri), update.text);
  void vscode.window.setStatusBarMessage(
    vscode.l10n.t('Baseline: {0} accepted, {1} removed', update.added, update.removed),
    4000,
  );
  return true;
}

async function askReason({ added }: BaselineUpdate): Promise<string | undefined> {
  if (added === 0) return '';
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Accept {0} findings', added),
    prompt: vscode.l10n.t('Why are they left as they are? The reason stands in the baseline.'),
  });
}

/** A baseline that grows is a decision; one that shrinks is housekeeping. */
async function confirmed({ added, exists }: BaselineUpdate): Promise<boolean> {
  if (!exists || added === 0) return true;
  const accept = vscode.l10n.t('Accept');
  const text = vscode.l10n.t('The baseline would grow by {0} findings.', added);
  return (await vscode.window.showWarningMessage(text, { modal: true }, accept)) === accept;
}
