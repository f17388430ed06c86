// Owns what the tests of the suite do with the editor: opening, waiting, editing. It must not know findings.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

export const extensionId = 'contract-fidelity.contract-fidelity';

/** The URI of a file of the workspace, in its first root or in another. */
export function fileUri(path: string, root = 0): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[root];
  assert.ok(folder, 'a workspace is open');
  return vscode.Uri.joinPath(folder.uri, path);
}

export async function open(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(fileUri(path)));
}

/** Our diagnostics of a file. */
export function findings(path: string): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(fileUri(path)).filter(({ source }) => source === 'contract-fidelity');
}

export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Asks again until the answer holds; fails with what was there instead. */
export async function until<T>(ask: () => T | PromiseLike<T>, holds: (answer: T) => boolean, what: string): Promise<T> {
  const deadline = Date.now() + 40_000;
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (Date.now() > deadline) assert.fail(`waited in vain for ${what}; there was ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Replaces a text in an open document, without saving. */
export async function replace(editor: vscode.TextEditor, from: string, to: string): Promise<void> {
  const at = editor.document.getText().indexOf(from);
  assert.ok(at >= 0, `"${from}" is in the document`);
  const range = new vscode.Range(editor.document.positionAt(at), editor.document.positionAt(at + from.length));
  assert.ok(await editor.edit((builder) => builder.replace(range, to)));
}

/** The range of a text at its first occurrence. */
export function rangeOf(document: vscode.TextDocument, text: string): vscode.Range {
  const at = document.getText().indexOf(text);
  assert.ok(at >= 0, `"${text}" is in the document`);
  return new vscode.Range(document.positionAt(at), document.positionAt(at + text.length));
}

/** Where the editor goes from a place. */
export async function definitions(uri: vscode.Uri, at: vscode.Position, kind = 'Definition'): Promise<vscode.Uri[]> {
  type Found = vscode.Location | vscode.LocationLink;
  const found = await vscode.commands.executeCommand<Found[]>(`vscode.execute${kind}Provider`, uri, at);
  return found.map((one) => ('targetUri' in one ? one.targetUri : one.uri));
}

/** The text of the cards at a place. */
export async function hoverText(uri: vscode.Uri, at: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, at);
  return hovers
    .flatMap(({ contents }) => contents.map((content) => (typeof content === 'string' ? content : content.value)))
    .join('\n');
}

/** The actions at a range, with the edits of the first of them. */
export function actionsAt(
  uri: vscode.Uri,
  range: vscode.Range,
  kind = vscode.CodeActionKind.QuickFix,
): Thenable<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    kind.value,
    20,
  );
}

/** Waits until a question about the findings has one answer, and gives it. */
export async function theOne(ask: () => readonly vscode.Diagnostic[], what: string): Promise<vscode.Diagnostic> {
  const found = await until(ask, ({ length }) => length === 1, what);
  return found[0]!;
}

/** Waits until a question about the findings has no answer any more. */
export async function silence(ask: () => readonly vscode.Diagnostic[], what: string): Promise<void> {
  await until(ask, ({ length }) => length === 0, `silence on ${what}`);
}

/** What is proposed at a place, by label. */
export async function proposals(uri: vscode.Uri, at: vscode.Position): Promise<string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    uri,
    at,
  );
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

/** Takes every unsaved change back, so that one test leaves nothing to the next. */
export async function revert(path: string): Promise<void> {
  await open(path);
  await vscode.commands.executeCommand('workbench.action.files.revert');
}
