// What the commands do that the palette offers.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { actionsAt, extensionId, fileUri, findings, open, rangeOf, ruleOf, until } from '../editor.ts';

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

  it('Show Drift Report opens the report', async () => {
    assert.equal(await vscode.commands.executeCommand('contractFidelity.showDriftReport'), true);
    await until(tabs, (labels) => labels.includes('Drift Report'), 'the panel');
  });

  it('Go to Contract and Go to Handlers lead there and back', async () => {
    const editor = await open('src/routes/payments.ts');
    const { start } = rangeOf(editor.document, "post('/',");
    const at = (wanted: string): boolean => vscode.window.activeTextEditor?.document.uri.path.endsWith(wanted) === true;
    editor.selection = new vscode.Selection(start, start);
    await vscode.commands.executeCommand('contractFidelity.goToContract');
    await until(() => at('/openapi.yaml'), Boolean, 'the contract');
    await vscode.commands.executeCommand('contractFidelity.goToHandlers');
    await until(() => at('/src/routes/payments.ts'), Boolean, 'the handler');
  });

  it('Copy Diagnostic Information tells versions and counts, and nothing of the workspace', async () => {
    await vscode.commands.executeCommand('contractFidelity.copyDiagnosticInformation');
    const text = await vscode.env.clipboard.readText();
    assert.match(text, /^VS Code \d/);
    assert.match(text, /Contracts: 1/);
    assert.doesNotMatch(text, /payments|checkout/i);
  });

  it('Apply all safe fixes is offered on request only', async () => {
    const { document } = await open('openapi.yaml');
    const range = new vscode.Range(0, 0, 0, 1);
    const kind = vscode.CodeActionKind.SourceFixAll.append('contractFidelity');
    const titles = (await actionsAt(document.uri, range, kind)).map(({ title }) => title);
    assert.ok(titles.includes('Apply all safe fixes of Contract Fidelity'), titles.join(' | '));
    const quick = await actionsAt(document.uri, range);
    assert.ok(!quick.some(({ title }) => titles.includes(title)));
  });
});
