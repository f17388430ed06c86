// Owns the command "Compare Contract With…": somebody chooses a state of the past, and sees both sides with the list of changes.
// It must not know how contracts are compared.

import * as vscode from 'vscode';
import {
  type BaseChoice,
  type ComparedChange,
  type ContractComparison,
  type PlaceAt,
  serverCommands,
} from '../../../server/src/lsp/protocol.ts';
import type { Server } from '../server.ts';
import type { ChangesContent } from '../views/baseline-content.ts';

/** `uri` and `base` come from a lens or a link; without them the active contract is meant, and its base is asked for. */
export async function compareContract(
  server: Server,
  changes: ChangesContent,
  uri?: unknown,
  base?: unknown,
): Promise<void> {
  const contract = typeof uri === 'string' ? uri : activeAddress(server);
  if (contract === undefined) return;
  const chosen = typeof base === 'string' ? base : await chooseBase(server, contract);
  if (chosen === undefined) return;
  const found = await server.execute<ContractComparison | { readonly failure: string } | null>(
    serverCommands.compareContract,
    contract,
    chosen,
  );
  if (!found || 'failure' in found) {
    const why = found?.failure ?? vscode.l10n.t('this file belongs to no contract');
    await vscode.window.showWarningMessage(vscode.l10n.t('There is nothing to compare with: {0}.', why));
    return;
  }
  const left = server.uriFrom(found.base.address);
  const right = server.uriFrom(contract);
  const name = right.path.slice(right.path.lastIndexOf('/') + 1);
  const title = `${name}: ${found.base.name} (${found.base.version}) ↔ ${found.version}`;
  await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true });
  showChanges(server, changes, found, title);
}

/** The address of the active file; undefined for what is no file. */
export function activeAddress(server: Server): string | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document && server.serves(document) ? server.uriFor(document.uri) : undefined;
}

/** Lets somebody choose among the states of the past, or name another one. */
async function chooseBase(server: Server, contract: string): Promise<string | undefined> {
  const choices = await server.execute<readonly BaseChoice[] | null>(serverCommands.baseChoices, contract);
  if (!choices) {
    await vscode.window.showInformationMessage(vscode.l10n.t('Open a contract to compare it with its past.'));
    return undefined;
  }
  const known = choices.map(({ base, label, detail }) => ({ label, description: detail, base }));
  const other = { label: vscode.l10n.t('Another revision…'), description: '', base: undefined };
  const picked = await vscode.window.showQuickPick([...known, other], {
    placeHolder: vscode.l10n.t('The state to compare with'),
    matchOnDescription: true,
  });
  if (!picked) return undefined;
  if (picked.base !== undefined) return picked.base;
  const typed = await vscode.window.showInputBox({
    prompt: vscode.l10n.t('A branch, a tag, a commit, tag:PATTERN, or the path of a contract'),
  });
  return typed?.trim() || undefined;
}

interface ChangeItem extends vscode.QuickPickItem {
  readonly change?: ComparedChange;
}

/** The list of changes beside both sides: moving through it shows each change, leaving it keeps the place. */
function showChanges(server: Server, content: ChangesContent, found: ContractComparison, title: string): void {
  const list = vscode.window.createQuickPick<ChangeItem>();
  const asDocument: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('open-preview'),
    tooltip: vscode.l10n.t('Open the list as a document'),
  };
  list.title = title;
  list.placeholder = found.verdict;
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.buttons = [asDocument];
  list.items = itemsOf(found);
  list.onDidChangeActive(([item]) => item?.change && void reveal(server, item.change, true));
  list.onDidAccept(() => {
    const [item] = list.selectedItems;
    list.hide();
    if (item?.change) void reveal(server, item.change, false);
  });
  list.onDidTriggerButton(() => {
    list.hide();
    const uri = content.put(title.replace(/[/\\?#]/g, ' '), found.markdown);
    void vscode.commands.executeCommand('markdown.showPreview', uri);
  });
  list.onDidHide(() => list.dispose());
  list.show();
}

function itemsOf({ changes, unread }: ContractComparison): ChangeItem[] {
  const items: ChangeItem[] = [];
  let level: string | undefined;
  for (const change of changes) {
    if (change.level !== level) items.push({ label: change.level, kind: vscode.QuickPickItemKind.Separator });
    level = change.level;
    const about = [change.operation, change.subject].filter((part) => part !== null).join(' · ');
    const more = [change.witness && vscode.l10n.t('for instance {0}', change.witness), change.voice];
    items.push({
      label: change.message,
      description: about,
      detail: more.filter(Boolean).join(' · ') || change.reason,
      change,
    });
  }
  if (changes.length === 0) items.push({ label: vscode.l10n.t('Nothing changed.') });
  for (const text of unread) items.push({ label: vscode.l10n.t('Not read: {0}', text) });
  return items;
}

/** Shows where a change stands: on the side of today, else where it stood. */
async function reveal(server: Server, { after, before }: ComparedChange, focus: boolean): Promise<void> {
  const visible = vscode.window.visibleTextEditors;
  const editorOf = (place: PlaceAt): vscode.TextEditor | undefined => {
    const uri = server.uriFrom(place.uri).toString();
    return visible.find((editor) => editor.document.uri.toString() === uri);
  };
  for (const place of [after, before]) {
    if (!place) continue;
    const range = rangeOf(place);
    const editor = editorOf(place);
    if (editor) {
      editor.selection = new vscode.Selection(range.start, range.start);
      editor.revealRange(range, vscode.TextEditorRevealType.InCenter);
    }
  }
  const target = after ?? before;
  if (focus || !target || editorOf(target)) return;
  // A change in another file than the two that are shown.
  await vscode.window.showTextDocument(server.uriFrom(target.uri), { selection: rangeOf(target) });
}

const rangeOf = ({ range: { start, end } }: PlaceAt): vscode.Range =>
  new vscode.Range(start.line, start.character, end.line, end.character);
