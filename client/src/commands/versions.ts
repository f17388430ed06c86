// Owns the putting of what speaks of versions into the editor: the texts of the past and the commands. It must not know what they do.

import * as vscode from 'vscode';
import type { Server } from '../server.ts';
import { BaselineContent, ChangesContent } from '../views/baseline-content.ts';
import { compareContract } from './compare-contract.ts';
import { recordRelease, suggestVersion } from './suggest-version.ts';

export const compareContractCommand = 'contractFidelity.compareContract';

export function registerVersions(server: Server): readonly vscode.Disposable[] {
  const changes = new ChangesContent();
  return [
    vscode.workspace.registerTextDocumentContentProvider(BaselineContent.scheme, new BaselineContent(server)),
    vscode.workspace.registerTextDocumentContentProvider(ChangesContent.scheme, changes),
    vscode.commands.registerCommand(compareContractCommand, (uri?: unknown, base?: unknown) =>
      compareContract(server, changes, uri, base),
    ),
    vscode.commands.registerCommand('contractFidelity.suggestVersionBump', (uri?: unknown, choice?: unknown) =>
      suggestVersion(server, (contract) => compareContract(server, changes, contract, ''), uri, choice),
    ),
    vscode.commands.registerCommand('contractFidelity.recordRelease', (uri?: unknown) => recordRelease(server, uri)),
  ];
}
