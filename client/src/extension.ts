// Owns the extension's life in VS Code: the language client, its status and its commands. It knows no analysis.

import * as vscode from 'vscode';
import { checkWorkspace } from './commands/check-workspace.ts';
import { copyDiagnosticInformation } from './commands/copy-diagnostic-information.ts';
import { createConfigurationFile } from './commands/create-configuration-file.ts';
import { explainRule, RulePageContent } from './commands/explain-rule.ts';
import { goToContract, goToHandlers } from './commands/go-to.ts';
import { insertContractLink } from './commands/insert-contract-link.ts';
import { openContract } from './commands/open-contract.ts';
import { restartServer } from './commands/restart-server.ts';
import { showDriftReport } from './commands/show-drift-report.ts';
import { showOutput } from './commands/show-output.ts';
import { showPlaces, showPlacesCommand } from './commands/show-places.ts';
import { updateBaseline } from './commands/update-baseline.ts';
import { registerVersions } from './commands/versions.ts';
import { Server } from './server.ts';
import { DriftPanel } from './views/drift-panel.ts';
import { DriftTree } from './views/drift-tree.ts';
import { StatusItem } from './views/status-item.ts';
import { VirtualFolders, virtualSchemes } from './virtual-folders.ts';

/** What other extensions and tests get from `activate`. */
export interface ContractFidelity {
  /** Resolves when the server answers. */
  readonly ready: Promise<void>;
}

export function activate(context: vscode.ExtensionContext): ContractFidelity {
  const server = new Server(context, virtualSchemes());
  const command = (name: string, run: (...args: never[]) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(`contractFidelity.${name}`, run);
  const status = new StatusItem(server);
  const drift = new DriftPanel(server);
  context.subscriptions.push(
    server,
    status,
    drift,
    new DriftTree(server),
    new VirtualFolders(server),
    vscode.workspace.registerTextDocumentContentProvider(RulePageContent.scheme, new RulePageContent(server)),
    command('checkWorkspace', () => checkWorkspace(server)),
    command('explainRule', (rule?: unknown) => explainRule(server, rule)),
    command('restartServer', () => restartServer(server)),
    command('showOutput', () => showOutput(server)),
    command('createConfigurationFile', () => createConfigurationFile(server)),
    command('copyDiagnosticInformation', () => copyDiagnosticInformation(server)),
    command('showDriftReport', (fingerprint?: unknown) => showDriftReport(drift, fingerprint)),
    command('updateBaseline', (reason?: unknown, sure?: unknown) => updateBaseline(server, reason, sure)),
    command('openContract', () => openContract(status)),
    command('goToContract', () => goToContract(server)),
    command('goToHandlers', () => goToHandlers(server)),
    command('insertContractLink', (target?: unknown) =>
      insertContractLink(server, typeof target === 'string' ? target : undefined),
    ),
    ...registerVersions(server),
    vscode.commands.registerCommand(showPlacesCommand, (...given: unknown[]) => showPlaces(server, given)),
  );
  void vscode.commands.executeCommand('setContext', 'contractFidelity.active', true);
  return { ready: server.start() };
}
