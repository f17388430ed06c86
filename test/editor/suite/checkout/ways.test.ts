// The ways between code and contract, as the editor offers them: definition, implementation, references, lenses, symbols, call hierarchy.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { definitions, fileUri, hoverText, open, rangeOf, until } from '../editor.ts';

const handler = 'src/routes/payments.ts';
const contract = 'openapi.yaml';
const operation = 'post:\n      operationId: createPayment';

const ends = (uris: readonly vscode.Uri[], end: string): boolean => uris.some(({ path }) => path.endsWith(end));

describe('the ways between code and contract', () => {
  it('lead from a route to its operation', async () => {
    const { document } = await open(handler);
    const at = rangeOf(document, "payments.post('/',").start.translate(0, 'payments.po'.length);
    await until(
      () => definitions(document.uri, at),
      (found) => ends(found, '/openapi.yaml'),
      'the operation',
    );
  });

  it('lead from an operation to its handler, as implementation and as reference', async () => {
    const { document } = await open(contract);
    const at = rangeOf(document, operation).start.translate(0, 1);
    for (const kind of ['Implementation', 'Reference']) {
      await until(
        () => definitions(document.uri, at, kind),
        (found) => ends(found, '/src/routes/payments.ts'),
        `the handler as ${kind}`,
      );
    }
  });

  it('lead from a reference to the component, and say on the component who names it', async () => {
    const { document } = await open(contract);
    const reference = rangeOf(document, "'#/components/schemas/CreatePayment'").start.translate(0, 8);
    const [target] = await until(
      () =>
        vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
          'vscode.executeDefinitionProvider',
          document.uri,
          reference,
        ),
      (found) => found.length > 0,
      'the component',
    );
    const range = 'targetRange' in target! ? (target.targetSelectionRange ?? target.targetRange) : target!.range;
    assert.match(document.lineAt(range.start.line).text, /CreatePayment:/);
    const card = await hoverText(document.uri, range.start.translate(0, 1));
    assert.match(card, /CreatePayment/);
  });

  it('stand as lenses above an operation, and say how it is doing', async () => {
    await open(contract);
    const titles = await until(
      async () => {
        const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
          'vscode.executeCodeLensProvider',
          fileUri(contract),
          200,
        );
        return lenses.map(({ command }) => command?.title ?? '');
      },
      (found) => found.length > 20 && found.every((title) => title !== ''),
      'the lenses with their words',
    );
    for (const wanted of [/^1 handler$/, /^verified$/, /drifts?$/]) {
      assert.ok(
        titles.some((title) => wanted.test(title)),
        `${wanted} among ${[...new Set(titles)].join(' | ')}`,
      );
    }
  });

  it('are switched off one by one', async () => {
    await open(contract);
    const settings = vscode.workspace.getConfiguration('contractFidelity');
    const lenses = async (): Promise<number> =>
      (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', fileUri(contract)))
        .length;
    await settings.update('codeLens', false, vscode.ConfigurationTarget.Workspace);
    try {
      await until(lenses, (count) => count === 0, 'no lens');
    } finally {
      await settings.update('codeLens', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await until(lenses, (count) => count > 0, 'the lenses again');
  });

  it('begin at the name of an operation, wherever one is', async () => {
    const symbols = await until(
      () =>
        vscode.commands.executeCommand<vscode.SymbolInformation[]>(
          'vscode.executeWorkspaceSymbolProvider',
          'capturePayment',
        ),
      (found) => found.some(({ location }) => location.uri.path.endsWith('/openapi.yaml')),
      'the operation',
    );
    assert.ok(symbols.length > 0);
  });

  it('are calls, out to the handler of an operation', async () => {
    const { document } = await open(contract);
    const at = rangeOf(document, operation).start.translate(0, 1);
    const [item] = await vscode.commands.executeCommand<vscode.CallHierarchyItem[]>(
      'vscode.prepareCallHierarchy',
      document.uri,
      at,
    );
    assert.equal(item?.name, 'POST /payments');
    const calls = await vscode.commands.executeCommand<vscode.CallHierarchyOutgoingCall[]>(
      'vscode.provideOutgoingCalls',
      item,
    );
    assert.ok(
      ends(
        calls.map(({ to }) => to.uri),
        '/src/routes/payments.ts',
      ),
    );
  });
});
