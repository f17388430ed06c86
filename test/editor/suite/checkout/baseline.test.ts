// The baseline in the editor: what it accepts is a hint, struck through, with the reason; the command writes it.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fileUri, findings, open, ruleOf, until } from '../editor.ts';

const accounts = 'src/routes/accounts.ts';
const mismatch = (): vscode.Diagnostic[] =>
  findings(accounts).filter((found) => ruleOf(found) === 'response-type-mismatch');

describe('the baseline', () => {
  after(async () => {
    await vscode.workspace.fs.delete(fileUri('.fidelity'), { recursive: true });
  });

  it('accepts what is open, with a reason', async () => {
    await open(accounts);
    await until(mismatch, (found) => found.length === 1, 'the finding');
    const done = await vscode.commands.executeCommand('contractFidelity.updateBaseline', 'Known for years', true);
    assert.equal(done, true);
    const bytes = await vscode.workspace.fs.readFile(fileUri('.fidelity/baseline.json'));
    const { findings: accepted } = JSON.parse(new TextDecoder().decode(bytes)) as { findings: { reason: string }[] };
    assert.ok(accepted.length >= 12);
    assert.ok(accepted.every(({ reason }) => reason === 'Known for years'));
  });

  it('leaves a hint that is struck through and says why', async () => {
    const [hint] = await until(mismatch, ([found]) => found?.severity === vscode.DiagnosticSeverity.Hint, 'the hint');
    assert.deepEqual(hint!.tags, [vscode.DiagnosticTag.Deprecated]);
    assert.match(String(hint!.message), /^Accepted: Known for years\./);
  });

  it('is hidden by a setting, and shown again', async () => {
    const settings = vscode.workspace.getConfiguration('contractFidelity');
    await settings.update('showAccepted', false, vscode.ConfigurationTarget.Workspace);
    try {
      await until(mismatch, (found) => found.length === 0, 'nothing');
    } finally {
      await settings.update('showAccepted', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await until(mismatch, (found) => found.length === 1, 'the hint again');
  });
});
