// What a person sees in the checkout example: findings while typing on both sides, hovers, and fixes.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  actionsAt,
  extensionId,
  fileUri,
  findings,
  hoverText,
  open,
  rangeOf,
  replace,
  ruleOf,
  silence,
  theOne,
  until,
} from '../editor.ts';

const handler = 'src/routes/payments.ts';
const accounts = 'src/routes/accounts.ts';
const contract = 'openapi.yaml';

const of = (path: string, rule: string): vscode.Diagnostic[] => findings(path).filter((one) => ruleOf(one) === rule);
const declined = (path: string): vscode.Diagnostic[] =>
  of(path, 'status-undeclared').filter(({ message }) => /\b402\b/.test(String(message)));

/** The text of the cards where a text begins. */
async function cardsOf(path: string, text: string): Promise<string> {
  const { document } = await open(path);
  return hoverText(document.uri, rangeOf(document, text).start.translate(0, 1));
}

describe('the checkout example', () => {
  it('activates the extension by its contract', async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension, 'the extension is installed');
    await until(
      () => extension.isActive,
      (active) => active,
      'the activation',
    );
  });

  it('shows an undeclared status in the handler, with the contract as related information', async () => {
    const { document } = await open(handler);
    const finding = await theOne(() => declined(handler), 'the 402');
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
    assert.match(document.lineAt(finding.range.start.line).text, /createPayment\(input\)/);
    const related = finding.relatedInformation?.map(({ location }) => location.uri.path) ?? [];
    assert.ok(
      related.some((path) => path.endsWith('/openapi.yaml')),
      `related places: ${related.join()}`,
    );
  });

  it('underlines exactly the field whose type disagrees', async () => {
    const { document } = await open(accounts);
    const finding = await theOne(() => of(accounts, 'response-type-mismatch'), 'the type');
    assert.equal(document.getText(finding.range), 'asOf');
  });

  it('shows the same finding in the contract, with the handler as related information', async () => {
    const { document } = await open(contract);
    const finding = await theOne(() => declined(contract), 'the 402');
    assert.ok(document.getText(finding.range).length > 0);
    const related = finding.relatedInformation?.map(({ location }) => location.uri.path) ?? [];
    assert.ok(
      related.some((path) => path.endsWith('/payments.ts')),
      `related places: ${related.join()}`,
    );
  });

  it('takes the finding back while the contract is edited and not saved, and brings it again', async () => {
    await open(handler);
    await theOne(() => declined(handler), 'the 402');
    const editor = await open(contract);
    const before = editor.document.getText();
    await replace(
      editor,
      "        '409':\n",
      "        '402':\n          description: The card was declined.\n        '409':\n",
    );
    await silence(() => [...declined(handler), ...declined(contract)], 'both sides');
    assert.equal(editor.document.isDirty, true);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), before);
    await theOne(() => declined(handler), 'the 402 again');
  });

  it('follows an unsaved edit of the handler into the contract', async () => {
    const editor = await open(accounts);
    await replace(editor, 'asOf: Date.now(),', 'asOf: new Date().toISOString(),');
    await silence(
      () => [...of(accounts, 'response-type-mismatch'), ...of(contract, 'response-type-mismatch')],
      'both sides',
    );
    await vscode.commands.executeCommand('undo');
    await theOne(() => of(contract, 'response-type-mismatch'), 'the finding again');
  });

  it('shows the operation when a route is hovered', async () => {
    const text = await until(
      () => cardsOf(handler, "post('/',"),
      (shown) => shown.includes('POST /payments'),
      'the card',
    );
    assert.match(text, /openapi\.yaml/);
    assert.match(text, /`201`/);
  });

  it('shows the rule when a finding is hovered', async () => {
    const text = await cardsOf(accounts, 'asOf');
    assert.match(text, /response\\?-type\\?-mismatch/);
  });

  it('applies the fix, which changes nothing but the missing lines', async () => {
    const { document } = await open(contract);
    const finding = await theOne(() => declined(contract), 'the 402');
    const actions = await actionsAt(document.uri, finding.range);
    const fix = actions.find(({ title }) => title === 'Contract: add the response 402 to POST /payments');
    assert.ok(fix?.edit, `a fix with its edit among: ${actions.map(({ title }) => title).join(' | ')}`);
    const before = document.getText().split('\n');
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    const after = document.getText().split('\n');
    const added = after.slice(0);
    for (const line of before) {
      const at = added.indexOf(line);
      assert.ok(at >= 0, `the line "${line}" is still there`);
      added.splice(at, 1);
    }
    assert.equal(added[0], "        '402':");
    assert.equal(after.length, before.length + added.length);
    const [previous] = after.slice(after.indexOf("        '402':") - 1);
    assert.match(previous!, /Unauthorized/);
    await silence(() => [...declined(handler), ...declined(contract)], 'both sides');
    await vscode.commands.executeCommand('undo');
    await theOne(() => declined(handler), 'the 402 again');
  });

  it('offers the fix in the handler too, to be confirmed because it changes the contract', async () => {
    const { document } = await open(handler);
    const finding = await theOne(() => declined(handler), 'the 402');
    const actions = await actionsAt(document.uri, finding.range);
    const ours = actions.filter(({ title }) => /^(?:Contract: |Code: |Ignore |Explain )/.test(title));
    assert.match(ours[0]!.title, /^Contract: /);
    assert.deepEqual(
      ours[0]!.edit!.entries().map(([uri]) => uri.toString()),
      [fileUri(contract).toString()],
    );
    assert.match(ours.at(-1)!.title, /^Explain /);
  });

  it('offers to mark a route as internal, and to write what the contract asks for into the code', async () => {
    const offered = async (path: string, rule: string): Promise<string[]> => {
      const { document } = await open(path);
      const finding = await theOne(() => of(path, rule), rule);
      return (await actionsAt(document.uri, finding.range)).map(({ title }) => title);
    };
    const written = await offered(handler, 'operation-undocumented');
    assert.ok(
      written.includes('Configuration: mark POST /v1/payments/{paymentId}/write-off as internal'),
      written.join(' | '),
    );
    const guarded = await offered('src/routes/reports.ts', 'security-guard-missing');
    assert.ok(guarded.includes('Code: put authenticate before the route, as before others'), guarded.join(' | '));
  });
});
