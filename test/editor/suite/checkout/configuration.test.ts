// fidelity.yaml in the editor: completed, explained, checked, and never half in force. Suppressions: written by an action, and told when idle.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { actionsAt, fileUri, findings, hoverText, open, proposals, replace, revert, ruleOf, until } from '../editor.ts';

const accounts = 'src/routes/accounts.ts';
const configuration = 'fidelity.yaml';

async function write(text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(fileUri(configuration), new TextEncoder().encode(text));
}

const severities = (): unknown[] =>
  findings(accounts).flatMap((found) => (ruleOf(found) === 'response-type-mismatch' ? [found.severity] : []));

describe('fidelity.yaml', () => {
  after(async () => {
    // An editor keeps the text of a deleted file for a while, and what is open holds: an empty configuration says nothing.
    await write('');
    await until(
      severities,
      ([first]) => first === vscode.DiagnosticSeverity.Error,
      'the severity without a configuration',
    );
  });

  it('is in force as soon as it is there', async () => {
    await open(accounts);
    await until(severities, ([first]) => first === vscode.DiagnosticSeverity.Error, 'the finding');
    await write('rules:\n  response-type-mismatch: warning\n');
    await until(
      severities,
      ([first]) => first === vscode.DiagnosticSeverity.Warning,
      'the severity of the configuration',
    );
  });

  it('is completed and explained', async () => {
    const { document } = await open(configuration);
    const end = document.lineAt(1).range.end;
    const rules = await until(
      () => proposals(document.uri, new vscode.Position(1, 2)),
      (labels) => labels.includes('status-undeclared'),
      'the rules',
    );
    assert.ok(rules.includes('link-missing'));
    await until(
      () => proposals(document.uri, end),
      (labels) => labels.includes('off') && labels.includes('hint'),
      'the severities',
    );
    assert.match(await hoverText(document.uri, new vscode.Position(0, 1)), /Severity per rule/);
  });

  it('has a mistake at its line, while the last one that was right holds', async () => {
    const editor = await open(configuration);
    await replace(editor, 'warning', 'sometimes');
    const [mistake, ...others] = await until(
      () => findings(configuration),
      (found) => found.length > 0,
      'the mistake',
    );
    assert.deepEqual(others, []);
    assert.equal(editor.document.getText(mistake!.range), 'sometimes');
    assert.deepEqual(severities(), [vscode.DiagnosticSeverity.Warning]);
    await revert(configuration);
    await until(
      () => findings(configuration),
      (found) => found.length === 0,
      'a configuration that is right again',
    );
  });
});

describe('a suppression', () => {
  it('is written by an action, silences its finding, and is told when it has none any more', async () => {
    const editor = await open(accounts);
    const [finding] = await until(
      () => findings(accounts).filter((found) => ruleOf(found) === 'response-type-mismatch'),
      (found) => found.length === 1,
      'the finding',
    );
    const actions = await actionsAt(editor.document.uri, finding!.range);
    const ignore = actions.find(({ title }) => title === 'Ignore response-type-mismatch here');
    assert.ok(ignore?.edit, actions.map(({ title }) => title).join(' | '));
    assert.ok(await vscode.workspace.applyEdit(ignore.edit));
    assert.match(editor.document.getText(), /fidelity-ignore response-type-mismatch/);
    await until(
      () => findings(accounts).map(ruleOf),
      (rules) => !rules.includes('response-type-mismatch'),
      'silence',
    );
    await replace(editor, 'Date.now()', 'new Date().toISOString()');
    const [unused] = await until(
      () => findings(accounts).filter((found) => ruleOf(found) === 'suppression-unused'),
      (found) => found.length === 1,
      'the suppression without a finding',
    );
    assert.ok(unused!.tags?.includes(vscode.DiagnosticTag.Unnecessary));
    await revert(accounts);
  });
});
