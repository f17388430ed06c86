// Owns the commands "Go to Contract" and "Go to Handlers and Callers": from where the cursor stands to the other side.

import * as vscode from 'vscode';
import { type SpeakerAt, serverCommands } from '../../../server/src/lsp/protocol.ts';
import type { Server } from '../server.ts';
import { goAmong, type ShownLocation } from './show-places.ts';

export async function goToContract(server: Server): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const { document, selection } = editor;
  const uri = server.uriFor(document.uri);
  const found = await server.execute<ShownLocation | null>(serverCommands.section, uri, selection.active);
  await goAmong(server, document.uri, selection.active, found ? [found] : []);
}

/** Handlers first, then callers, tests and tags: straight there when it is one place, else by a list that says who is who. */
export async function goToHandlers(server: Server): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const { document, selection } = editor;
  const uri = server.uriFor(document.uri);
  const found = await server.execute<readonly SpeakerAt[] | null>(serverCommands.speakers, uri, selection.active);
  const speakers = found ?? [];
  const chosen = speakers.length > 1 ? await chosenAmong(server, speakers) : speakers;
  if (chosen) await goAmong(server, document.uri, selection.active, chosen);
}

interface SpeakerItem extends vscode.QuickPickItem {
  readonly speaker?: SpeakerAt;
}

async function chosenAmong(
  server: Server,
  speakers: readonly SpeakerAt[],
): Promise<readonly ShownLocation[] | undefined> {
  const titles = {
    handler: vscode.l10n.t('Handlers'),
    call: vscode.l10n.t('Callers'),
    test: vscode.l10n.t('Tests'),
    link: vscode.l10n.t('Links'),
  };
  const items = speakers.flatMap((speaker, index): SpeakerItem[] => {
    const { group, name, range } = speaker;
    const path = vscode.workspace.asRelativePath(server.uriFrom(speaker.uri));
    const item = { label: `${path}:${range.start.line + 1}`, description: name, speaker };
    const first = speakers[index - 1]?.group !== group;
    return first ? [{ label: titles[group], kind: vscode.QuickPickItemKind.Separator }, item] : [item];
  });
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Where this operation is served, called, tested and linked'),
    matchOnDescription: true,
  });
  return picked?.speaker && [picked.speaker];
}
