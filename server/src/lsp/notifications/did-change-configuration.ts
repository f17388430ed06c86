// Owns the notification `workspace/didChangeConfiguration`: settings come with it, or are asked for where the client allows it.

import type { DidChangeConfigurationParams } from 'vscode-languageserver';
import type { Session } from '../session.ts';
import { readSettings } from '../settings.ts';

export const section = 'contractFidelity';

export async function didChangeConfiguration(session: Session, params: DidChangeConfigurationParams): Promise<void> {
  session.setSettings(readSettings(await settingsFrom(session, params)));
}

async function settingsFrom(session: Session, params: DidChangeConfigurationParams): Promise<unknown> {
  if (session.abilities.configuration) return session.connection.workspace.getConfiguration(section);
  const given: unknown = params.settings;
  if (typeof given !== 'object' || given === null) return undefined;
  return (given as Readonly<Record<string, unknown>>)[section] ?? given;
}
