// What the commands do that the palette offers.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extensionId, fileUri, findings, open, ruleOf, until } from './editor.ts';

const tabs = (): string[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));

describe('the commands', () => {
  it('are all registered', async () => {
    const manifest: { contributes: { commands: { command: string }[] } } =
      vscode.extensions.getExtension(extensionId)!.packageJSON;
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.map(({ command }) => command).filter((name) => !registered.has(name));
    assert.deepEqual(missing, []);
  });

  it('Check Workspace says how much was found', async () => {
    const outcome = await vscode.commands.executeCommand<Record<string, number>>('contractFidelity.checkWorkspace');
    assert.ok(outcome.findings! >= 12, `findings: ${outcome.findings}`);
    assert.ok(outcome.operations! > 10 && outcome.verified! > 0 && outcome.verified! <= outcome.operations!);
  });

  it('Explain Rule shows the page of a rule', async () => {
    await vscode.commands.executeCommand('contractFidelity.explainRule', 'status-undeclared');
    await until(tabs, (labels) => labels.some((label) => label.includes('status-undeclared')), 'the preview');
    const uri = vscode.Uri.from({ scheme: 'contract-fidelity-rule', path: '/status-undeclared.md' });
    const page = await vscode.workspace.openTextDocument(uri);
    assert.match(page.getText(), /## Why it matters/i);
  });

  it('Open Contract of This File goes from a handler to its contract', async () => {
    await open('src/routes/payments.ts');
    await until(
      async () => {
        await vscode.commands.executeCommand('contractFidelity.openContract');
        return vscode.window.activeTextEditor?.document.uri.path;
      },
      (path) => path?.endsWith('/openapi.yaml') === true,
      'the contract',
    );
  });

  it('Restart Server brings every finding again', async () => {
    await open('src/routes/accounts.ts');
    const shown = (): string[] => findings('src/routes/accounts.ts').map(ruleOf).sort();
    const before = await until(shown, (rules) => rules.length > 0, 'the findings');
    await vscode.commands.executeCommand('contractFidelity.restartServer');
    await until(shown, (rules) => rules.join() === before.join(), 'the same findings');
  });

  it('Create Configuration File writes what was found', async () => {
    await open('openapi.yaml');
    await vscode.commands.executeCommand('contractFidelity.createConfigurationFile');
    const written = await vscode.workspace.openTextDocument(fileUri('fidelity.yaml'));
    assert.match(written.getText(), /contracts:[\s\S]*file: openapi\.yaml/);
    // The configuration of what was found changes no finding.
    await until(
      () => findings('src/routes/accounts.ts').map(ruleOf),
      (rules) => rules.includes('response-type-mismatch'),
      'the findings',
    );
    await vscode.workspace.fs.delete(fileUri('fidelity.yaml'));
  });
});
