// Owns the commands "Go to Contract" and "Go to Handlers and Callers": from where the cursor stands to the other side.

import * as vscode from 'vscode';
import { serverCommands } from '../../../server/src/lsp/protocol.ts';
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

export async function goToHandlers(server: Server): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const { document, selection } = editor;
  const uri = server.uriFor(document.uri);
  const found = await server.execute<readonly ShownLocation[] | null>(serverCommands.references, uri, selection.active);
  await goAmong(server, document.uri, selection.active, found ?? []);
}
