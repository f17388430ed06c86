// Contract tags in comments: written, completed, followed, renamed, checked and put right.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  actionsAt,
  definitions,
  fileUri,
  findings,
  hoverText,
  open,
  proposals,
  rangeOf,
  replace,
  revert,
  ruleOf,
  until,
} from '../editor.ts';

const handler = 'src/routes/payments.ts';
const contract = 'openapi.yaml';
const route = "payments.post('/',";

/** Writes a tag above the first route, without saving. */
async function tagged(tag: string): Promise<vscode.TextDocument> {
  const editor = await open(handler);
  await replace(editor, route, `// @contract ${tag}\n${route}`);
  return editor.document;
}

const links = (): vscode.Diagnostic[] => findings(handler).filter((found) => ruleOf(found).startsWith('link-'));

async function apply(document: vscode.TextDocument, title: RegExp): Promise<void> {
  const [finding] = await until(links, (found) => found.length > 0, 'the finding about the tag');
  const actions = await actionsAt(document.uri, finding!.range);
  const fix = actions.find((action) => title.test(action.title));
  assert.ok(fix?.edit, `a fix among ${actions.map((action) => action.title).join(' | ')}`);
  assert.ok(await vscode.workspace.applyEdit(fix.edit));
  await until(links, (found) => found.length === 0, 'silence about the tag');
}

describe('contract tags', () => {
  afterEach(async () => {
    await revert(handler);
    await revert(contract);
  });

  it('are written by a command', async () => {
    const editor = await open(handler);
    const { start } = rangeOf(editor.document, route);
    editor.selection = new vscode.Selection(start, start);
    await until(
      async () => {
        await vscode.commands.executeCommand('contractFidelity.insertContractLink', 'createPayment');
        return editor.document.getText();
      },
      (text) => text.includes(`// @contract createPayment\n${route}`),
      'the tag',
    );
  });

  it('are completed with operations and their parts', async () => {
    const document = await tagged('createP');
    const end = rangeOf(document, '@contract createP').end;
    await until(
      () => proposals(document.uri, end),
      (labels) => labels.includes('createPayment'),
      'the operation',
    );
    await replace(await open(handler), '@contract createP\n', '@contract createPayment#\n');
    await until(
      () => proposals(document.uri, rangeOf(document, '@contract createPayment#').end),
      (labels) => labels.includes('responses.409'),
      'the answers of the operation',
    );
  });

  it('lead to their section, show its card, and are links', async () => {
    const document = await tagged('createPayment');
    const at = rangeOf(document, '@contract createPayment').start.translate(0, 12);
    await until(
      () => definitions(document.uri, at),
      (found) => found.some(({ path }) => path.endsWith('/openapi.yaml')),
      'the section',
    );
    assert.match(await hoverText(document.uri, at), /POST \/payments/);
    const found = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
      50,
    );
    assert.ok(found.some(({ target }) => target?.path.endsWith('/openapi.yaml')));
    const references = await definitions(
      fileUri(contract),
      rangeOf(await vscode.workspace.openTextDocument(fileUri(contract)), 'createPayment').start.translate(0, 1),
      'Reference',
    );
    assert.ok(references.some(({ path }) => path.endsWith('/payments.ts')));
  });

  it('are renamed with the operation', async () => {
    const document = await tagged('createPayment');
    const at = rangeOf(document, '@contract createPayment').start.translate(0, 12);
    const edit = await until(
      () =>
        Promise.resolve(
          vscode.commands.executeCommand<vscode.WorkspaceEdit>(
            'vscode.executeDocumentRenameProvider',
            document.uri,
            at,
            'authorisePayment',
          ),
        ).catch(() => undefined),
      (made) => made !== undefined && made.size === 2,
      'the edit of both files',
    );
    assert.deepEqual(
      edit!
        .entries()
        .map(([uri]) => uri.path.split('/').at(-1))
        .sort(),
      ['openapi.yaml', 'payments.ts'],
    );
  });

  it('that are broken are put right by the nearest name', async () => {
    const document = await tagged('createPaymnet');
    await until(links, (found) => found.map(ruleOf).includes('link-broken'), 'the broken tag');
    await apply(document, /createPayment/);
    assert.match(document.getText(), /@contract createPayment\n/);
  });

  it('that name another operation than the route serves are found', async () => {
    await tagged('listPayments');
    await until(links, (found) => found.map(ruleOf).includes('link-misplaced'), 'the misplaced tag');
  });

  it('are stale once their section has changed, and are pinned anew', async () => {
    const document = await tagged('createPayment@0badc0de');
    await until(links, (found) => found.map(ruleOf).includes('link-stale'), 'the stale tag');
    await apply(document, /^Code: pin the link/);
    await replace(await open(contract), 'Authorise a payment', 'Authorise or decline a payment');
    await until(links, (found) => found.map(ruleOf).includes('link-stale'), 'the stale tag after the change');
  });
});
