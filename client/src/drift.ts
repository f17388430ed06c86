// Owns the drift report as the client gets it from the server: one request, and where its places lie.
// It must not know how it is shown.

import * as vscode from 'vscode';
import { type DriftReportAnswer, type DriftReportParams, serverCommands } from '../../server/src/lsp/protocol.ts';
import type { Server } from './server.ts';

/** What the tree shows of a report; the page has all of it. */
export interface DriftData {
  readonly score: { readonly value: number | null; readonly points: number };
  readonly contracts: readonly { readonly file: string; readonly title: string; readonly version: string }[];
  readonly findings: readonly DriftFinding[];
}

export interface DriftFinding {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly confidence: 'proved' | 'likely';
  readonly operation: string | null;
  readonly message: string;
  readonly fingerprint: string;
  readonly root: string | null;
  readonly contract: DriftPlace | null;
  readonly code: DriftPlace | null;
  readonly suppressed: { readonly reason: string | null } | null;
}

export interface DriftPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export function requestDrift(server: Server, params: DriftReportParams): Promise<DriftReportAnswer | null> {
  return server.execute<DriftReportAnswer | null>(serverCommands.driftReport, params);
}

/** The file that a path of the report names. */
export function driftUri(root: vscode.Uri, file: string): vscode.Uri {
  return file.startsWith('/') || /^[A-Za-z]:\//.test(file) ? vscode.Uri.file(file) : vscode.Uri.joinPath(root, file);
}

/** Shows a place; lines and columns count from 1. */
export async function openDriftPlace(root: vscode.Uri, place: DriftPlace, beside = false): Promise<void> {
  const at = new vscode.Position(Math.max(0, place.line - 1), Math.max(0, place.column - 1));
  await vscode.window.showTextDocument(driftUri(root, place.file), {
    selection: new vscode.Range(at, at),
    ...(beside && { viewColumn: vscode.ViewColumn.Beside }),
  });
}
