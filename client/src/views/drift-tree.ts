// Owns the tree of drift beside the Problems: contracts, their operations, and what differs in each. It shows the data of the report.
// It must not know how findings are made.

import * as vscode from 'vscode';
import { type DriftData, type DriftFinding, driftUri, requestDrift } from '../drift.ts';
import type { Server } from '../server.ts';

type Node =
  | {
      readonly kind: 'contract';
      readonly file: string;
      readonly label: string;
      readonly findings: readonly DriftFinding[];
    }
  | { readonly kind: 'operation'; readonly label: string; readonly findings: readonly DriftFinding[] }
  | { readonly kind: 'finding'; readonly finding: DriftFinding };

const icons = {
  error: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
  warning: new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground')),
  information: new vscode.ThemeIcon('info'),
  hint: new vscode.ThemeIcon('lightbulb'),
} as const;

export class DriftTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changes.event;
  private readonly view: vscode.TreeView<Node>;
  private readonly subscriptions: vscode.Disposable[];
  private root: vscode.Uri | undefined;

  constructor(private readonly server: Server) {
    this.view = vscode.window.createTreeView('contractFidelity.drift', {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.subscriptions = [
      this.changes,
      this.view,
      server.onState((state) => {
        if (state.state === 'ready') this.changes.fire(undefined);
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (!node) return this.contracts();
    if (node.kind === 'contract') return operationsOf(node.findings);
    if (node.kind === 'operation') return node.findings.map((finding) => ({ kind: 'finding', finding }));
    return [];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if (node.kind === 'finding') return this.findingItem(node.finding);
    const grave = node.findings.some(({ severity }) => severity === 'error');
    const state = grave ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
    const item = new vscode.TreeItem(node.label, state);
    item.description = `${node.findings.length}`;
    item.iconPath = new vscode.ThemeIcon(node.kind === 'contract' ? 'book' : 'symbol-method');
    item.accessibilityInformation = { label: vscode.l10n.t('{0}, {1} findings', node.label, node.findings.length) };
    return item;
  }

  private findingItem(finding: DriftFinding): vscode.TreeItem {
    const message = finding.message.replaceAll('`', '');
    const item = new vscode.TreeItem(message);
    const place = finding.code ?? finding.contract;
    item.description = finding.rule;
    item.iconPath = icons[finding.severity];
    item.tooltip = message;
    item.contextValue = 'finding';
    item.accessibilityInformation = { label: `${finding.severity}: ${message}` };
    if (place && this.root) {
      const at = new vscode.Position(Math.max(0, place.line - 1), Math.max(0, place.column - 1));
      const options = { selection: new vscode.Range(at, at), preserveFocus: true };
      const uri = driftUri(this.root, place.file);
      item.command = { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [uri, options] };
    }
    return item;
  }

  private async contracts(): Promise<Node[]> {
    const answer = await requestDrift(this.server, { format: 'data' }).catch(() => null);
    if (!answer) return [];
    this.root = this.server.uriFrom(answer.root);
    const { contracts, findings, score } = JSON.parse(answer.text) as DriftData;
    const open = findings.filter(({ suppressed }) => suppressed === null);
    this.view.message = open.length === 0 ? vscode.l10n.t('Nothing that could be seen differs.') : undefined;
    this.view.description = score.value === null ? undefined : vscode.l10n.t('fidelity {0} of 100', score.value);
    this.view.badge =
      open.length === 0 ? undefined : { value: open.length, tooltip: vscode.l10n.t('{0} findings', open.length) };
    const nodes: Node[] = contracts.map(({ file, title, version }) => ({
      kind: 'contract',
      file,
      label: `${title || file} ${version}`.trim(),
      findings: open.filter(({ root }) => root === file),
    }));
    const homeless = open.filter(({ root }) => !contracts.some(({ file }) => file === root));
    if (homeless.length > 0) {
      nodes.push({ kind: 'contract', file: '', label: vscode.l10n.t('In no contract'), findings: homeless });
    }
    return nodes.filter((node) => node.kind === 'contract' && node.findings.length > 0);
  }
}

function operationsOf(findings: readonly DriftFinding[]): Node[] {
  const groups = new Map<string, DriftFinding[]>();
  for (const finding of findings) {
    const label = finding.operation ?? vscode.l10n.t('The contract as a whole');
    groups.set(label, [...(groups.get(label) ?? []), finding]);
  }
  return [...groups].map(([label, own]) => ({ kind: 'operation', label, findings: own }));
}
