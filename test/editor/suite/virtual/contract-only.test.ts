// A workspace of which nothing is on disk: the extension is there, and keeps to the contract.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extensionId, findings, hoverText, open, rangeOf, ruleOf, until } from '../editor.ts';

describe('a virtual workspace', () => {
  // A file system in memory cannot be searched, so that the editor does not find the contract by itself; repositories can.
  it('starts the extension by a command', async () => {
    assert.equal(vscode.workspace.workspaceFolders?.[0]?.uri.scheme, 'memfs');
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension, 'the extension is not switched off for what is virtual');
    const outcome = await vscode.commands.executeCommand<object>('contractFidelity.checkWorkspace');
    assert.ok(extension.isActive);
    // The first answer knows what was handed over.
    assert.deepEqual(outcome, { findings: 1, files: 1, operations: 1, verified: 0, contractOnly: true });
  });

  it('shows the findings of the contract before and after somebody opens it', async () => {
    await until(
      () => findings('openapi.yaml').map(ruleOf),
      (rules) => rules.length > 0,
      'the finding of the contract',
    );
    await open('openapi.yaml');
    assert.deepEqual(findings('openapi.yaml').map(ruleOf), ['example-invalid']);
  });

  it('says nothing of code', async () => {
    const { document } = await open('openapi.yaml');
    const card = await until(
      () => hoverText(document.uri, rangeOf(document, 'get:').start),
      (text) => text !== '',
      'the card',
    );
    assert.match(card, /Code is not read here, because the workspace is virtual/);
    await open('src/app.ts');
    assert.deepEqual(findings('src/app.ts'), []);
  });
});
