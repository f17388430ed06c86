// A workspace without a contract: nothing of ours starts in it, whatever is opened.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extensionId, open, until } from '../editor.ts';

describe('a workspace without a contract', () => {
  it('starts nothing, also when code and YAML are opened', async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension, 'the extension is installed');
    await open('src/app.ts');
    await open('settings.yaml');
    // The editor's own extension for the language is up: whatever waits for the workspace has had its turn.
    const own = vscode.extensions.getExtension('vscode.typescript-language-features');
    await until(
      () => own?.isActive,
      (active) => active === true,
      "the editor's own extension",
    );
    for (let turn = 0; turn < 30; turn++) {
      assert.equal(extension.isActive, false, 'nothing asked for the extension');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const ours = vscode.languages
      .getDiagnostics()
      .flatMap(([, found]) => found.filter(({ source }) => source === 'contract-fidelity'));
    assert.deepEqual(ours, []);
  });

  it('starts it when somebody asks by a command, and then says so', async () => {
    const outcome = await vscode.commands.executeCommand<{ findings: number }>('contractFidelity.checkWorkspace');
    assert.equal(vscode.extensions.getExtension(extensionId)!.isActive, true);
    assert.equal(outcome?.findings ?? 0, 0);
  });
});
