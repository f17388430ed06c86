// Owns the helper behind lenses: it shows places in the editor's own way. It is in no palette, because its arguments come from the server.

import * as vscode from 'vscode';
import type { Server } from '../server.ts';

export const showPlacesCommand = 'contractFidelity.showPlaces';

/** A location of the protocol. */
export interface ShownLocation {
  readonly uri: string;
  readonly range: { readonly start: ShownPosition; readonly end: ShownPosition };
}

export interface ShownPosition {
  readonly line: number;
  readonly character: number;
}

/** `given` is a URI, a position and locations; what is of another form is left alone. */
export async function showPlaces(server: Server, given: readonly unknown[]): Promise<void> {
  const [uri, position, locations] = given;
  if (typeof uri !== 'string' || !isPosition(position) || !Array.isArray(locations)) return;
  await goAmong(server, server.uriFrom(uri), pointOf(position), locations.filter(isLocation));
}

/** Goes to the one location, or lets somebody choose among several. */
export async function goAmong(
  server: Server,
  uri: vscode.Uri,
  position: vscode.Position,
  locations: readonly ShownLocation[],
): Promise<void> {
  const places = locations.map(
    ({ uri: target, range }) =>
      new vscode.Location(server.uriFrom(target), new vscode.Range(pointOf(range.start), pointOf(range.end))),
  );
  const nothing = vscode.l10n.t('Nothing was found here.');
  await vscode.commands.executeCommand('editor.action.goToLocations', uri, position, places, 'peek', nothing);
}

const pointOf = ({ line, character }: ShownPosition): vscode.Position => new vscode.Position(line, character);

function isPosition(value: unknown): value is ShownPosition {
  if (typeof value !== 'object' || value === null) return false;
  const { line, character } = value as Partial<ShownPosition>;
  return typeof line === 'number' && typeof character === 'number';
}

function isLocation(value: unknown): value is ShownLocation {
  if (typeof value !== 'object' || value === null) return false;
  const { uri, range } = value as Partial<ShownLocation>;
  return typeof uri === 'string' && isPosition(range?.start) && isPosition(range?.end);
}
