// A contract that changed since it was released: the commands of the palette, and the way back at the changed place.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { actionsAt, fileUri, findings, open, replace, ruleOf, until } from '../editor.ts';

const contract = 'openapi.yaml';
const demanded = '        - orderReference\n        - description\n        - createdAt';
const loosened = '        - orderReference\n        - description';
const marked = (rule: string): vscode.Diagnostic[] => findings(contract).filter((found) => ruleOf(found) === rule);

interface Suggested {
  readonly suggested: string | null;
  readonly kept: boolean;
}

/** The contract with a field of an answer that need not be there any more, and the mark on it. */
async function loosen(): Promise<vscode.TextEditor> {
  const editor = await open(contract);
  await replace(editor, demanded, loosened);
  await until(
    () => marked('response-property-became-optional'),
    (found) => found.length === 1,
    'the mark on the change',
  );
  return editor;
}

describe('a contract that changed since it was released', () => {
  afterEach(async () => {
    await vscode.window.showTextDocument(fileUri(contract));
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until(
      () => marked('version-bump-missing'),
      (found) => found.length === 0,
      'the released state',
    );
  });

  it('Suggest Version Bump sets the version that the changes call for', async () => {
    const { document } = await loosen();
    const told = await vscode.commands.executeCommand<Suggested>(
      'contractFidelity.suggestVersionBump',
      undefined,
      'version',
    );
    assert.equal(told.suggested, '2.0.0');
    assert.equal(told.kept, false);
    assert.match(document.getText(), /^ {2}version: 2\.0\.0$/m);
    await until(
      () => marked('version-bump-missing'),
      (found) => found.length === 0,
      'nothing to call for',
    );
  });

  it('is restored at the changed place', async () => {
    const { document } = await loosen();
    const [mark] = marked('response-property-became-optional');
    const actions = await actionsAt(document.uri, mark!.range);
    const action = actions.find(({ title }) => /^Contract: restore .* as in main$/.test(title));
    assert.ok(action?.edit, actions.map(({ title }) => title).join(' | '));
    assert.ok(await vscode.workspace.applyEdit(action.edit));
    assert.ok(document.getText().includes(demanded));
    await until(
      () => marked('response-property-became-optional'),
      (found) => found.length === 0,
      'no mark',
    );
  });

  it('Record Release notes the committed state', async () => {
    await open(contract);
    assert.equal(await vscode.commands.executeCommand('contractFidelity.recordRelease'), true);
    const bytes = await vscode.workspace.fs.readFile(fileUri('.fidelity/baseline.json'));
    const { releases } = JSON.parse(new TextDecoder().decode(bytes)) as { releases: { version: string }[] };
    assert.deepEqual(
      releases.map(({ version }) => version),
      ['1.4.0'],
    );
    await vscode.workspace.fs.delete(fileUri('.fidelity'), { recursive: true });
  });
});
