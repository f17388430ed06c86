import { afterEach, describe, expect, it } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { Client, rangeOf, textIn } from './client.ts';
import { contract, handler, manifest, repairedContract, service } from './service.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

const statuses = (items: readonly { code?: unknown }[]): unknown[] =>
  items.filter(({ code }) => code === 'status-undeclared');

describe('textDocument/diagnostic', () => {
  it('shows a finding on the code and on the contract, each with the other as related information', async () => {
    client = await Client.start({ files: service });
    const [inCode] = await client.diagnostics('src/app.ts');
    expect(inCode).toMatchObject({ code: 'status-undeclared', source: 'contract-fidelity', severity: 1 });
    expect(textIn(handler, inCode!.range)).toBe('404');
    expect(inCode!.relatedInformation!.map(({ location }) => location.uri)).toContain(client.uri('openapi.yaml'));
    expect(inCode!.data).toMatchObject({
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
      fixes: ['add-response'],
    });

    const [inContract] = await client.diagnostics('openapi.yaml');
    expect(inContract).toMatchObject({ code: 'status-undeclared', message: inCode!.message });
    expect(inContract!.data).toEqual(inCode!.data);
    expect(inContract!.relatedInformation!.map(({ location }) => location.uri)).toContain(client.uri('src/app.ts'));
  });

  it('shows in a fragment the way that leads there from the root', async () => {
    const at = contract.indexOf('    get:');
    const item = contract.slice(at).replace(/^ {4}/gm, '');
    const root = `${contract.slice(0, at)}    $ref: paths/order.yaml\n`;
    client = await Client.start({ files: { ...service, 'openapi.yaml': root, 'paths/order.yaml': item } });
    const [finding] = statuses(await client.diagnostics('paths/order.yaml')) as Diagnostic[];
    const steps = finding!.relatedInformation!.filter(({ message }) => message.includes('refers to the file'));
    expect(steps.map(({ location }) => [location.uri, textIn(root, location.range)])).toEqual([
      [client.uri('openapi.yaml'), 'paths/order.yaml'],
    ]);
  });

  it('follows unsaved edits of the contract into the handler, and back', async () => {
    client = await Client.start({ files: service });
    expect(statuses(await client.diagnostics('src/app.ts'))).toHaveLength(1);
    await client.open('openapi.yaml', contract);
    await client.change('openapi.yaml', repairedContract);
    expect(await client.diagnostics('src/app.ts')).toEqual([]);
    expect(await client.diagnostics('openapi.yaml')).toEqual([]);
    await client.change('openapi.yaml', contract);
    expect(statuses(await client.diagnostics('src/app.ts'))).toHaveLength(1);
    expect(statuses(await client.diagnostics('openapi.yaml'))).toHaveLength(1);
  });

  it('follows unsaved edits of the handler into the contract', async () => {
    client = await Client.start({ files: service });
    await client.open('src/app.ts', handler);
    await client.edit('src/app.ts', [{ range: rangeOf(handler, '404'), text: '410' }]);
    const [finding] = await client.diagnostics('openapi.yaml');
    expect(finding!.message).toContain('410');
    await client.close('src/app.ts');
    expect((await client.diagnostics('openapi.yaml'))[0]!.message).toContain('404');
  });

  it('moves with the text above it', async () => {
    client = await Client.start({ files: service });
    await client.open('src/app.ts', handler);
    const [before] = await client.diagnostics('src/app.ts');
    await client.edit('src/app.ts', [
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '\n\n' },
    ]);
    const [after] = await client.diagnostics('src/app.ts');
    expect(after!.range.start.line).toBe(before!.range.start.line + 2);
    expect(after!.data).toEqual(before!.data);
  });

  it('says "unchanged" to who has the present result, across a restart of the server too', async () => {
    client = await Client.start({ files: service });
    const first = await client.pull('src/app.ts');
    expect(await client.pull('src/app.ts', first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
    const clean = await client.pull('package.json');
    expect(clean).toMatchObject({ kind: 'full', items: [] });
    expect(await client.pull('package.json', clean.resultId)).toMatchObject({ kind: 'unchanged' });
    const second = await Client.start({ files: {}, folder: client.folder });
    expect(await second.pull('src/app.ts', first.resultId)).toMatchObject({ kind: 'unchanged' });
    await second.stop();
  });

  it('keeps quiet about what it cannot read while a contract is being typed', async () => {
    client = await Client.start({ files: service });
    await client.open('openapi.yaml', contract);
    const broken = contract.replace("        '200':\n", "        '200': {\n          oops: [\n");
    await client.change('openapi.yaml', broken);
    const shown = await client.diagnostics('src/app.ts');
    // Nothing may be called undocumented or undeclared because the text cannot be read at this moment.
    expect(shown.filter(({ severity }) => severity === 1 || severity === 2).map(({ code }) => code)).not.toContain(
      'operation-undocumented',
    );
    await client.change('openapi.yaml', contract);
    expect(statuses(await client.diagnostics('src/app.ts'))).toHaveLength(1);
  });

  it('respects ignore comments as they are typed', async () => {
    client = await Client.start({ files: service });
    await client.open('src/app.ts', handler);
    const ignored = handler.replace(
      '    return res.status(404)',
      '    // fidelity-ignore status-undeclared -- the gateway hides it\n    return res.status(404)',
    );
    await client.change('src/app.ts', ignored);
    expect(await client.diagnostics('src/app.ts')).toEqual([]);
    expect(await client.diagnostics('openapi.yaml')).toEqual([]);
  });

  it('caps a flooded file with one entry for the rest', async () => {
    const returns = Array.from(
      { length: 9 },
      (_, index) => `  if (req.query.q === '${index}') return res.status(${430 + index}).end();`,
    );
    const flooded = handler.replace(
      "  if (req.params.id === '0') {",
      `${returns.join('\n')}\n  if (req.params.id === '0') {`,
    );
    client = await Client.start({
      files: { ...service, 'src/app.ts': flooded },
      initializationOptions: { settings: { maxFindingsPerFile: 3 } },
    });
    const shown = await client.diagnostics('src/app.ts');
    expect(shown).toHaveLength(4);
    expect(shown[0]).toMatchObject({ code: 'more-findings', severity: 3 });
  });

  it('reads the nearest configuration of every folder', async () => {
    client = await Client.start({
      files: {
        'a/package.json': manifest,
        'a/openapi.yaml': contract,
        'a/src/app.ts': handler,
        'b/package.json': manifest,
        'b/openapi.yaml': contract,
        'b/src/app.ts': handler,
        'b/fidelity.yaml': 'rules:\n  status-undeclared: off\n',
      },
      folders: ['a', 'b', 'b/src'],
    });
    expect(statuses(await client.diagnostics('a/src/app.ts'))).toHaveLength(1);
    expect(await client.diagnostics('b/src/app.ts')).toEqual([]);
    await client.open('b/fidelity.yaml', 'rules: {}\n');
    expect(statuses(await client.diagnostics('b/src/app.ts'))).toHaveLength(1);
  });

  it('says what is wrong in a configuration, where it is wrong', async () => {
    const text = 'rules:\n  status-undeclared: loud\n';
    client = await Client.start({ files: { ...service, 'fidelity.yaml': text } });
    const [problem] = await client.diagnostics('fidelity.yaml');
    expect(problem).toMatchObject({ code: 'configuration', severity: 2 });
    expect(textIn(text, problem!.range)).toContain('loud');
  });
});
