// Owns the language status item: which contract governs the active document, how much of it is verified, and the analysis' state.
// It must not know how either is found out.

import * as vscode from 'vscode';
import type { DocumentStatus } from '../../../server/src/lsp/protocol.ts';
import type { Server } from '../server.ts';

export interface GoverningContract {
  readonly uri: vscode.Uri;
  readonly title: string;
}

export class StatusItem implements vscode.Disposable {
  /** The contracts that govern the active document. */
  contracts: readonly GoverningContract[] = [];
  private readonly item: vscode.LanguageStatusItem;
  private readonly subscriptions: vscode.Disposable[] = [];
  /** Tells answers apart: a slow one about the former document must not overwrite a newer one. */
  private asked = 0;

  constructor(private readonly server: Server) {
    this.item = vscode.languages.createLanguageStatusItem('contractFidelity.status', server.selector);
    this.item.name = 'Contract Fidelity';
    this.item.text = 'Contract Fidelity';
    this.subscriptions.push(
      this.item,
      server.onState((state) => {
        this.item.busy = state.state === 'analysing';
        if (state.state !== 'analysing') void this.refresh();
      }),
      vscode.window.onDidChangeActiveTextEditor(() => void this.refresh()),
    );
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async refresh(): Promise<void> {
    // Folders of another kind may have come.
    this.item.selector = this.server.selector;
    const asked = ++this.asked;
    const document = vscode.window.activeTextEditor?.document;
    const served = document && this.server.serves(document) ? document : undefined;
    const status = await this.server.status(served).catch(() => undefined);
    if (asked === this.asked && status) this.show(status);
  }

  private show(status: DocumentStatus): void {
    const { item } = this;
    this.contracts = status.contracts.map(({ uri, title }) => ({ uri: this.server.uriFrom(uri), title }));
    item.severity = vscode.LanguageStatusSeverity.Information;
    item.command = undefined;
    item.detail = undefined;
    if (status.state === 'failed') {
      item.severity = vscode.LanguageStatusSeverity.Error;
      item.text = vscode.l10n.t('The analysis failed');
      item.detail = status.message;
      item.command = { command: 'contractFidelity.showOutput', title: vscode.l10n.t('Show Output') };
      return;
    }
    if (status.state === 'disabled') {
      item.text = vscode.l10n.t('Switched off');
      return;
    }
    const [contract, ...others] = status.contracts;
    if (!contract) {
      item.text = vscode.l10n.t('No contract governs this file');
      return;
    }
    item.text = status.contractOnly
      ? vscode.l10n.t('Contract only, because this workspace is virtual')
      : vscode.l10n.t('Verified {0} of {1} operations', status.verified, status.operations);
    const names =
      others.length === 0 ? contract.title : vscode.l10n.t('{0} and {1} more', contract.title, others.length);
    const time = status.milliseconds === undefined ? '' : `, ${status.milliseconds} ms`;
    const [reason] = status.contractOnly ? [] : status.reasons;
    const why = reason ? ` – ${vscode.l10n.t('{0} not verified: {1}', reason.operations, reason.meaning)}` : '';
    item.detail = `${names} ${others.length === 0 ? contract.version : ''}`.trim() + time + why;
    item.command = { command: 'contractFidelity.openContract', title: vscode.l10n.t('Open Contract') };
  }
}
