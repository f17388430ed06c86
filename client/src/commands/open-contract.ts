// Owns the command behind the status item: it opens the contract that governs the active document.

import * as vscode from 'vscode';
import type { StatusItem } from '../views/status-item.ts';

export async function openContract(status: StatusItem): Promise<void> {
  const [contract, ...others] = status.contracts;
  if (!contract) return;
  const chosen = others.length === 0 ? contract : await pick(status);
  if (chosen) await vscode.window.showTextDocument(chosen.uri);
}

async function pick(status: StatusItem) {
  const items = status.contracts.map((contract) => ({
    label: contract.title,
    description: vscode.workspace.asRelativePath(contract.uri),
    contract,
  }));
  return (await vscode.window.showQuickPick(items))?.contract;
}
