import { afterEach, describe, expect, it } from 'vitest';
import { Client, edited, rangeOf } from './client.ts';
import { contract, handler, manifest, service } from './service.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

describe('textDocument/codeAction', () => {
  it('offers the fix by its side first, ignoring after it, without edits', async () => {
    client = await Client.start({ files: service });
    const actions = await client.actions('src/app.ts', rangeOf(handler, '404'));
    expect(actions.map(({ title }) => title)).toEqual([
      'Contract: add the response 404 to GET /orders/{id}',
      'Ignore status-undeclared here',
    ]);
    expect(actions.map(({ edit }) => edit)).toEqual([undefined, undefined]);
    expect(actions[0]).toMatchObject({ kind: 'quickfix', diagnostics: [{ code: 'status-undeclared' }] });
    expect(actions[0]!.isPreferred).toBeUndefined();
  });

  it('prefers the fix of the side that a setting names as the wrong one', async () => {
    client = await Client.start({ files: service, initializationOptions: { settings: { sourceOfTruth: 'code' } } });
    const [fix] = await client.actions('src/app.ts', rangeOf(handler, '404'));
    expect(fix!.isPreferred).toBe(true);
  });

  it('calls the client to explain a rule only when the client can', async () => {
    client = await Client.start({ files: service, initializationOptions: { commands: { explainRule: 'explain' } } });
    const actions = await client.actions('src/app.ts', rangeOf(handler, '404'));
    expect(actions.at(-1)!.command).toMatchObject({ command: 'explain', arguments: ['status-undeclared'] });
  });

  it('offers nothing where nothing was found', async () => {
    client = await Client.start({ files: service });
    expect(await client.actions('src/app.ts', rangeOf(handler, 'import'))).toEqual([]);
  });
});

describe('codeAction/resolve', () => {
  it('repairs the contract from the handler, and the finding is gone', async () => {
    client = await Client.start({ files: service });
    await client.open('openapi.yaml', contract);
    const [action] = await client.actions('src/app.ts', rangeOf(handler, '404'));
    const { edit } = await client.resolve(action!);
    const change = edit!.documentChanges![0]!;
    expect(change).toMatchObject({ textDocument: { uri: client.uri('openapi.yaml'), version: 1 } });
    const repaired = edited(contract, client.uri('openapi.yaml'), edit!);
    expect(repaired.startsWith(contract.trimEnd())).toBe(true);
    expect(repaired).toContain("        '404':\n          description: ");
    await client.change('openapi.yaml', repaired);
    expect(await client.diagnostics('src/app.ts')).toEqual([]);
  });

  it('works on the unsaved text as it is when the action is chosen', async () => {
    client = await Client.start({ files: service });
    await client.open('openapi.yaml', contract);
    const [action] = await client.actions('src/app.ts', rangeOf(handler, '404'));
    const longer = contract.replace('info:', '# One more line.\ninfo:');
    await client.change('openapi.yaml', longer);
    const { edit } = await client.resolve(action!);
    expect(edited(longer, client.uri('openapi.yaml'), edit!)).toContain(
      "                    type: string\n        '404':",
    );
  });

  it('asks for confirmation before it changes another file, where the client can ask', async () => {
    client = await Client.start({ files: service, edits: { documentChanges: true, changeAnnotationSupport: {} } });
    const [fromCode] = await client.actions('src/app.ts', rangeOf(handler, '404'));
    const there = (await client.resolve(fromCode!)).edit!;
    expect(Object.values(there.changeAnnotations!)).toMatchObject([{ needsConfirmation: true }]);
    const [finding] = await client.diagnostics('openapi.yaml');
    const [fromContract] = await client.actions('openapi.yaml', finding!.range);
    expect((await client.resolve(fromContract!)).edit!.changeAnnotations).toBeUndefined();
  });

  it('gives plain changes to clients without versioned edits', async () => {
    client = await Client.start({ files: service, edits: {} });
    const [action] = await client.actions('src/app.ts', rangeOf(handler, '404'));
    const { edit } = await client.resolve(action!);
    expect(Object.keys(edit!.changes!)).toEqual([client.uri('openapi.yaml')]);
  });

  it('writes an ignore comment that works, with the reason selected where snippets are known', async () => {
    client = await Client.start({ files: service, edits: { documentChanges: true, snippetEditSupport: true } });
    await client.open('src/app.ts', handler);
    const actions = await client.actions('src/app.ts', rangeOf(handler, '404'));
    const { edit } = await client.resolve(actions.find(({ title }) => title.startsWith('Ignore'))!);
    const snippet = edited(handler, client.uri('src/app.ts'), edit!);
    expect(snippet).toContain(
      `    // fidelity-ignore status-undeclared -- \${1:accepted as it is}\n    return res.status(404)`,
    );
    await client.change('src/app.ts', snippet.replace(`\${1:accepted as it is}`, 'the gateway hides it'));
    expect(await client.diagnostics('src/app.ts')).toEqual([]);
  });

  it('says why there is no edit when the contract is broken', async () => {
    client = await Client.start({ files: service });
    await client.open('openapi.yaml', contract);
    const [action] = await client.actions('src/app.ts', rangeOf(handler, '404'));
    await client.change('openapi.yaml', `${contract}  /broken: [\n`);
    const resolved = await client.resolve(action!);
    expect(resolved.edit).toBeUndefined();
    expect(resolved.disabled!.reason).toMatch(/syntax error/);
  });

  it('trusts nothing that a client sends back', async () => {
    client = await Client.start({ files: service });
    const data = { uri: client.uri('src/app.ts'), kind: 'fix' };
    const offers = [
      { id: 'ignore-comment', data: { file: '/etc/passwd', offset: 0, rule: 'x', reason: 'y' } },
      { id: 'add-response', data: { file: 7, pointer: null } },
      { id: 'no-such-recipe', data: {} },
      'nonsense',
    ];
    for (const offer of offers) {
      const resolved = await client.resolve({ title: 'x', data: { ...data, offer } });
      expect(resolved.edit).toBeUndefined();
    }
  });
});

describe('source.fixAll', () => {
  it('is offered to who asks for it, and changes nothing that is not safe', async () => {
    client = await Client.start({
      files: { 'package.json': manifest, 'openapi.yaml': contract, 'src/app.ts': handler },
    });
    const [action] = await client.actions('openapi.yaml', rangeOf(contract, 'openapi'), ['source.fixAll']);
    expect(action!.kind).toBe('source.fixAll.contractFidelity');
    expect((await client.resolve(action!)).disabled!.reason).toMatch(/no safe fix/);
  });
});
