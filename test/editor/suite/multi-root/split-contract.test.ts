// Several roots, one of them inside of another, a contract in three files, and a configuration that holds for one root only.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { definitions, fileUri, findings, open, rangeOf, replace, ruleOf, until } from '../editor.ts';

const handler = 'src/app.ts';
const fragment = 'schemas/order.yaml';
const billing = 2;

describe('a workspace of several roots', () => {
  it('shows the finding of a split contract in the file that has the text', async () => {
    const { document } = await open(fragment);
    const [finding, ...others] = await until(
      () => findings(fragment),
      (found) => found.length > 0,
      'the finding in the fragment',
    );
    assert.deepEqual(others.map(ruleOf), []);
    assert.equal(ruleOf(finding!), 'response-type-mismatch');
    assert.equal(document.getText(finding!.range), 'integer');
    for (const root of ['openapi.yaml', 'paths/order.yaml']) {
      await open(root);
      assert.deepEqual(findings(root).map(ruleOf), [], `${root} has no fault of its own`);
    }
  });

  it('says it once in code that two of the roots hold', async () => {
    await open(handler);
    const found = await until(
      () => findings(handler),
      (list) => list.length > 0,
      'the finding in the handler',
    );
    assert.deepEqual(found.map(ruleOf), ['response-type-mismatch']);
    assert.equal(found[0]!.severity, vscode.DiagnosticSeverity.Error);
  });

  it('takes the configuration of each root for that root alone', async () => {
    const uri = fileUri(handler, billing);
    const [finding] = await until(
      () => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'contract-fidelity'),
      (found) => found.length > 0,
      'the finding of the other service',
    );
    assert.equal(ruleOf(finding!), 'status-undeclared');
    assert.equal(finding!.severity, vscode.DiagnosticSeverity.Warning);
  });

  it('goes from a route through the references of the contract to the operation', async () => {
    const { document } = await open(handler);
    const targets = await until(
      () => definitions(document.uri, rangeOf(document, "'/orders/:id'").start.translate(0, 2)),
      (found) => found.some(({ path }) => path.endsWith('.yaml')),
      'the operation',
    );
    assert.ok(
      targets.some(({ path }) => path.endsWith('/paths/order.yaml')),
      JSON.stringify(targets),
    );
  });

  it('follows an unsaved edit of the fragment, and its undoing', async () => {
    const editor = await open(fragment);
    await replace(editor, 'type: integer', 'type: string');
    await until(
      () => [...findings(fragment), ...findings(handler)],
      (found) => found.length === 0,
      'silence on both sides',
    );
    await vscode.commands.executeCommand('undo');
    await until(
      () => findings(handler),
      (found) => found.length === 1,
      'the finding again',
    );
  });

  it('knows the operations of every contract by name', async () => {
    const symbols = await until(
      () => vscode.commands.executeCommand<vscode.SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', 'e'),
      (found) => found.some(({ name }) => name.includes('createInvoice')) && found.length > 1,
      'the symbols',
    );
    assert.ok(
      symbols.some(({ name }) => name.includes('getOrder')),
      symbols.map(({ name }) => name).join(),
    );
  });
});
