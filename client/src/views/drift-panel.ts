// Owns the panel with the drift report: it shows the server's page, opens the places that a reader clicks, and follows the drift.
// It must not know what the report says.

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { DriftReportParams } from '../../../server/src/lsp/protocol.ts';
import { openDriftPlace, requestDrift } from '../drift.ts';
import type { Server } from '../server.ts';

/** How long the drift has to rest before the page follows it, in milliseconds. */
const REST = 400;

export class DriftPanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private preset = 'overview';
  private root: vscode.Uri | undefined;
  private timer: NodeJS.Timeout | undefined;
  private shown = '';
  private readonly subscription: vscode.Disposable;

  constructor(private readonly server: Server) {
    this.subscription = server.onState((state) => {
      if (state.state === 'ready') this.soon();
    });
  }

  /** Shows the report; with a fingerprint, that finding. */
  async show(fingerprint?: string): Promise<boolean> {
    if (this.panel) this.panel.reveal(undefined, true);
    else if (!(await this.open())) return false;
    if (fingerprint !== undefined) await this.panel?.webview.postMessage({ finding: fingerprint });
    return true;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
    this.panel?.dispose();
  }

  private async open(): Promise<boolean> {
    const nonce = randomBytes(18).toString('base64url');
    const answer = await requestDrift(this.server, { format: 'page', preset: this.preset, nonce });
    if (!answer) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('There is no drift report yet. The output of Contract Fidelity says why.'),
      );
      return false;
    }
    this.root = this.server.uriFrom(answer.root);
    const panel = vscode.window.createWebviewPanel(
      'contractFidelity.drift',
      vscode.l10n.t('Drift Report'),
      { viewColumn: vscode.ViewColumn.Active, preserveFocus: false },
      { enableScripts: true, localResourceRoots: [], enableFindWidget: true },
    );
    this.panel = panel;
    panel.webview.onDidReceiveMessage((message: unknown) => void this.heard(message));
    panel.onDidChangeViewState(() => this.soon());
    panel.onDidDispose(() => {
      this.panel = undefined;
      this.shown = '';
    });
    panel.webview.html = answer.text;
    return true;
  }

  /** The page follows what is found, but not every keystroke, and never while nobody sees it. */
  private soon(): void {
    clearTimeout(this.timer);
    if (this.panel?.visible) this.timer = setTimeout(() => void this.refresh(), REST);
  }

  private async refresh(): Promise<void> {
    const answer = await requestDrift(this.server, { format: 'parts', preset: this.preset }).catch(() => null);
    if (!answer || !this.panel || answer.text === this.shown) return;
    this.shown = answer.text;
    await this.panel.webview.postMessage({ body: answer.body, data: answer.text });
  }

  /** Requests of the page. It shows text of the workspace, so that nothing it says is taken on trust. */
  private async heard(message: unknown): Promise<void> {
    if (typeof message !== 'object' || message === null) return;
    const { type, file, line, column, rule, text, preset, format } = message as Readonly<Record<string, unknown>>;
    if (type === 'open' && this.root && typeof file === 'string' && typeof line === 'number') {
      const place = { file, line, column: typeof column === 'number' ? column : 1 };
      await openDriftPlace(this.root, place, true).then(undefined, () => undefined);
    } else if (type === 'explain' && typeof rule === 'string') {
      await vscode.commands.executeCommand('contractFidelity.explainRule', rule);
    } else if (type === 'copy' && typeof text === 'string') {
      await vscode.env.clipboard.writeText(text);
      void vscode.window.setStatusBarMessage(vscode.l10n.t('Copied'), 2000);
    } else if (type === 'preset' && typeof preset === 'string') {
      this.preset = preset;
      await this.refresh();
    } else if (type === 'export' && typeof format === 'string') {
      await this.save(format);
    }
  }

  private async save(format: string): Promise<void> {
    const endings: Readonly<Record<string, string>> = { html: 'html', markdown: 'md', sarif: 'sarif', json: 'json' };
    const ending = Object.hasOwn(endings, format) ? endings[format] : undefined;
    if (ending === undefined || !this.root) return;
    const answer = await requestDrift(this.server, {
      format: format as DriftReportParams['format'],
      preset: this.preset,
    });
    const defaultUri = vscode.Uri.joinPath(this.root, `drift.${ending}`);
    const target = answer && (await vscode.window.showSaveDialog({ defaultUri }));
    if (answer && target) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(answer.text));
  }
}
