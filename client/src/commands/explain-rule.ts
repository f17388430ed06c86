// Owns the command "Explain Rule": the page of a rule as a Markdown preview, without a network.

import * as vscode from 'vscode';
import { serverCommands } from '../../../server/src/lsp/protocol.ts';
import type { Server } from '../server.ts';

/** Gives the pages of rules as documents, so that VS Code can preview them. */
export class RulePageContent implements vscode.TextDocumentContentProvider {
  static readonly scheme = 'contract-fidelity-rule';

  constructor(private readonly server: Server) {}

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const rule = uri.path.replace(/^\/|\.md$/g, '');
    const page = await this.server.execute<string | null>(serverCommands.explain, rule);
    return page ?? vscode.l10n.t('There is no rule "{0}".', rule);
  }
}

/** Shows the page of a rule; without one, of the finding at the cursor, else of a rule that the user picks from the open findings. */
export async function explainRule(_server: Server, rule?: unknown): Promise<void> {
  const chosen = typeof rule === 'string' ? rule : (ruleAtCursor() ?? (await pickRule()));
  if (chosen === undefined || !/^[a-z][a-z-]*$/.test(chosen)) return;
  const uri = vscode.Uri.from({ scheme: RulePageContent.scheme, path: `/${chosen}.md` });
  await vscode.commands.executeCommand('markdown.showPreview', uri);
}

function ruleAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const here = ours(vscode.languages.getDiagnostics(editor.document.uri)).find((diagnostic) =>
    diagnostic.range.contains(editor.selection.active),
  );
  return here && ruleOf(here);
}

/** Each rule with the first thing that it says here: a name alone tells nobody which finding is meant. */
async function pickRule(): Promise<string | undefined> {
  const rules = new Map<string, string>();
  for (const [, diagnostics] of vscode.languages.getDiagnostics())
    for (const one of ours(diagnostics)) {
      const rule = ruleOf(one);
      if (rule !== undefined && !rules.has(rule)) rules.set(rule, one.message.replaceAll('`', ''));
    }
  if (rules.size === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no finding to explain.'));
    return undefined;
  }
  const items = [...rules].sort(([a], [b]) => (a < b ? -1 : 1)).map(([label, detail]) => ({ label, detail }));
  const options = { placeHolder: vscode.l10n.t('Rule to explain'), matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.label;
}

function ours(diagnostics: readonly vscode.Diagnostic[]): vscode.Diagnostic[] {
  return diagnostics.filter((diagnostic) => diagnostic.source === 'contract-fidelity');
}

function ruleOf({ code }: vscode.Diagnostic): string | undefined {
  const value = typeof code === 'object' ? code.value : code;
  return typeof value === 'string' ? value : undefined;
}
