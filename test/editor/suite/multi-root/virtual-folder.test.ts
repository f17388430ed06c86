// A workspace folder that is on no disk, beside folders that are: its contract is judged as it is, and as it changes.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hoverText, rangeOf, replace, ruleOf, until } from '../editor.ts';
import { MemoryFolders } from '../memory-folders.ts';

const folder = vscode.Uri.parse('memfs:/orders');
const root = vscode.Uri.joinPath(folder, 'openapi.yaml');
const fragment = vscode.Uri.joinPath(folder, 'schemas/order.yaml');

const contract = `openapi: 3.0.3
info:
  title: Orders
  version: 1.0.0
paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        '200':
          description: All of them
          content:
            application/json:
              schema:
                $ref: 'schemas/order.yaml'
              example: 7
`;

const findings = (): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(root).filter(({ source }) => source === 'contract-fidelity');

describe('a folder that is on no disk', () => {
  const files = new MemoryFolders();
  let registered: vscode.Disposable;

  before(async () => {
    registered = vscode.workspace.registerFileSystemProvider('memfs', files);
    files.write('/orders/openapi.yaml', contract);
    files.write('/orders/schemas/order.yaml', 'type: object\n');
    files.write(
      '/orders/src/app.ts',
      "import express from 'express';\nexpress().get('/other', (req, res) => res.end());\n",
    );
    const count = vscode.workspace.workspaceFolders?.length ?? 0;
    assert.ok(vscode.workspace.updateWorkspaceFolders(count, 0, { uri: folder, name: 'orders on no disk' }));
    await until(() => vscode.workspace.getWorkspaceFolder(root), Boolean, 'the folder');
  });

  after(async () => {
    const index = vscode.workspace.getWorkspaceFolder(root)?.index;
    assert.ok(index);
    vscode.workspace.updateWorkspaceFolders(index, 1);
    await until(
      () => vscode.workspace.getWorkspaceFolder(root),
      (found) => found === undefined,
      'the folder to be gone',
    );
    registered.dispose();
  });

  it('shows what contradicts itself in its contract', async () => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(root));
    const found = await until(findings, (list) => list.length > 0, 'the finding of the contract');
    assert.deepEqual(found.map(ruleOf), ['example-invalid']);
  });

  it('follows files that change, and text that is not saved', async () => {
    files.write('/orders/schemas/order.yaml', 'type: integer\n');
    await until(findings, (list) => list.length === 0, 'silence');
    const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(root));
    await replace(editor, 'example: 7', 'example: seven');
    await until(findings, (list) => list.length === 1, 'the finding in the text that is not saved');
    await vscode.commands.executeCommand('undo');
    await until(findings, (list) => list.length === 0, 'silence again');
  });

  it('has ways and cards, and says that code is not read', async () => {
    const document = await vscode.workspace.openTextDocument(root);
    type Found = vscode.Location | vscode.LocationLink;
    const targets = await until(
      () =>
        vscode.commands.executeCommand<Found[]>(
          'vscode.executeDefinitionProvider',
          root,
          rangeOf(document, 'schemas/order.yaml').start.translate(0, 2),
        ),
      (found) => found.length > 0,
      'the fragment',
    );
    const uris = targets.map((one) => ('targetUri' in one ? one.targetUri : one.uri));
    assert.ok(
      uris.some((uri) => uri.toString() === fragment.toString()),
      uris.join(' '),
    );
    const card = await hoverText(root, rangeOf(document, 'get:').start);
    assert.match(card, /Code is not read here, because the workspace is virtual/);
  });

  it('is written to by quick fixes as any other', async () => {
    files.write('/orders/schemas/order.yaml', 'type: object\n');
    const [finding] = await until(findings, (list) => list.length === 1, 'the finding');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      root,
      finding!.range,
      vscode.CodeActionKind.QuickFix.value,
      20,
    );
    const removal = actions.find(({ title }) => title.startsWith('Contract: remove the example'));
    assert.ok(removal?.edit, actions.map(({ title }) => title).join(' | '));
    assert.ok(await vscode.workspace.applyEdit(removal.edit));
    await until(findings, (list) => list.length === 0, 'silence after the fix');
    const document = await vscode.workspace.openTextDocument(root);
    assert.doesNotMatch(document.getText(), /example/);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});
