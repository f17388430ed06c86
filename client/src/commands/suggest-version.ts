// Owns the commands "Suggest Version Bump" and "Record Release": what a contract's changes call for, written where somebody chooses it; and
// the committed state noted as released. It must not know how contracts are compared.

import * as vscode from 'vscode';
import type { WorkspaceEdit } from 'vscode-languageclient/node';
import { type ReleaseRecord, serverCommands, type VersionSuggestion } from '../../../server/src/lsp/protocol.ts';
import type { Server } from '../server.ts';
import { activeAddress } from './compare-contract.ts';

type Choice = 'version' | 'changelog' | 'compare';

/** `given` is the contract's address, `chosen` what to do, for callers that do not want to be asked. Gives what was suggested. */
export async function suggestVersion(
  server: Server,
  compare: (uri: string) => Promise<void>,
  given?: unknown,
  chosen?: unknown,
): Promise<VersionSuggestion | undefined> {
  const contract = typeof given === 'string' ? given : activeAddress(server);
  if (contract === undefined) return undefined;
  const found = await server.execute<VersionSuggestion | { readonly failure: string } | null>(
    serverCommands.suggestVersion,
    contract,
  );
  if (!found || 'failure' in found) {
    const why = found?.failure ?? vscode.l10n.t('this file belongs to no contract');
    await vscode.window.showWarningMessage(vscode.l10n.t('No version can be suggested: {0}.', why));
    return undefined;
  }
  const choice = typeof chosen === 'string' ? chosen : await choose(found);
  if (choice === 'version' && found.edit) await apply(server, found.edit);
  if (choice === 'changelog' && found.changelog) await apply(server, found.changelog.edit);
  if (choice === 'compare') await compare(contract);
  return found;
}

async function choose({ verdict, suggested, notes, edit, changelog }: VersionSuggestion): Promise<Choice | undefined> {
  const items: (vscode.QuickPickItem & { readonly choice: Choice })[] = [];
  if (edit && suggested !== null)
    items.push({ label: vscode.l10n.t('Set version to {0}', suggested), choice: 'version' });
  if (changelog)
    items.push({ label: vscode.l10n.t('Write the changelog entry of {0}', changelog.version), choice: 'changelog' });
  items.push({ label: vscode.l10n.t('Show the changes'), detail: notes.join(' ') || undefined, choice: 'compare' });
  return (await vscode.window.showQuickPick(items, { title: verdict }))?.choice;
}

async function apply(server: Server, edit: object): Promise<void> {
  await vscode.workspace.applyEdit(await server.editFrom(edit as WorkspaceEdit));
}

/** Notes the committed state of the active contract as released. Gives whether it was. */
export async function recordRelease(server: Server, given?: unknown): Promise<boolean> {
  const contract = typeof given === 'string' ? given : activeAddress(server);
  if (contract === undefined) return false;
  const found = await server.execute<ReleaseRecord | { readonly failure: string } | null>(
    serverCommands.recordRelease,
    contract,
  );
  if (!found || 'failure' in found) {
    const why = found?.failure ?? vscode.l10n.t('this file belongs to no contract');
    await vscode.window.showWarningMessage(vscode.l10n.t('Nothing was recorded: {0}.', why));
    return false;
  }
  await server.write(server.uriFrom(found.uri), found.text);
  void vscode.window.setStatusBarMessage(
    vscode.l10n.t('Release {0} is recorded at {1}', found.version, found.commit),
    4000,
  );
  return true;
}
