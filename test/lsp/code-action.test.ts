import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Client, edited, rangeOf } from './client.ts';
import { contract, handler, service } from './service.ts';

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
      'Ignore status-undeclared for GET /orders/{id}',
    ]);
    expect(actions.map(({ edit }) => edit)).toEqual([undefined, undefined, undefined]);
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

  it('ignores a rule for a whole operation, in the contract, after asking', async () => {
    client = await Client.start({
      files: service,
      edits: { documentChanges: true, changeAnnotationSupport: {}, snippetEditSupport: true },
    });
    const actions = await client.actions('src/app.ts', rangeOf(handler, '404'));
    const { edit } = await client.resolve(actions.find(({ title }) => title.endsWith('for GET /orders/{id}'))!);
    expect(Object.values(edit!.changeAnnotations!)).toMatchObject([
      { label: 'Changes openapi.yaml', needsConfirmation: true },
    ]);
    const ignored = edited(contract, client.uri('openapi.yaml'), edit!);
    expect(ignored).toContain('      x-fidelity-ignore:\n        status-undeclared: accepted as it is\n');
    await client.open('openapi.yaml', ignored);
    expect(await client.diagnostics('src/app.ts')).toEqual([]);
  });

  it('accepts a finding in the baseline, which is made when there is none', async () => {
    const edits = { documentChanges: true, resourceOperations: ['create'], changeAnnotationSupport: {} };
    client = await Client.start({ files: service, edits });
    const actions = await client.actions('src/app.ts', rangeOf(handler, '404'));
    expect(actions.at(-1)!.title).toBe('Accept this status-undeclared in the baseline');
    const { edit } = await client.resolve(actions.at(-1)!);
    const file = '.fidelity/baseline.json';
    expect(edit!.documentChanges![0]).toEqual({
      kind: 'create',
      uri: client.uri(file),
      options: { ignoreIfExists: true },
    });
    expect(Object.values(edit!.changeAnnotations!)).toMatchObject([{ needsConfirmation: true }]);
    await client.disk(file, edited('', client.uri(file), edit!), 1);
    const [accepted] = await client.diagnostics('src/app.ts');
    expect(accepted).toMatchObject({ severity: 4, message: expect.stringMatching(/^Accepted: accepted as it is\. /) });

    // The next finding is written beside it.
    const other = handler.replace('app.listen', "app.put('/orders/:id', (req, res) => res.end());\n\napp.listen");
    await client.open('src/app.ts', other);
    const more = await client.actions('src/app.ts', rangeOf(other, "app.put('/orders/:id'"));
    const accepting = more.find(({ title }) => title.startsWith('Accept this operation-undocumented'));
    const second = (await client.resolve(accepting!)).edit!;
    const text = readFileSync(join(client.folder, file), 'utf8');
    await client.disk(file, edited(text, client.uri(file), second), 2);
    expect(JSON.parse(readFileSync(join(client.folder, file), 'utf8')).findings).toHaveLength(2);
    expect((await client.diagnostics('src/app.ts')).every(({ severity }) => severity === 4)).toBe(true);
  });

  it('marks a route as internal in the configuration, which is made when there is none', async () => {
    const edits = { documentChanges: true, resourceOperations: ['create'], changeAnnotationSupport: {} };
    const routes = handler.replace(
      'app.listen',
      "app.delete('/orders/:id', (req, res) => res.end());\napp.put('/orders/:id', (req, res) => res.end());\n\napp.listen",
    );
    client = await Client.start({ files: { ...service, 'src/app.ts': routes }, edits });
    const mark = async (method: string) => {
      const actions = await client.actions('src/app.ts', rangeOf(routes, `app.${method}('/orders/:id'`));
      const action = actions.find(({ title }) => title.startsWith('Configuration: '));
      expect(action!.title).toBe(`Configuration: mark ${method.toUpperCase()} /orders/{id} as internal`);
      return (await client.resolve(action!)).edit!;
    };
    const undocumented = async () =>
      (await client.diagnostics('src/app.ts')).filter(({ code }) => code === 'operation-undocumented').length;
    expect(await undocumented()).toBe(2);
    const file = 'fidelity.yaml';
    await client.disk(file, edited('', client.uri(file), await mark('delete')), 1);
    expect(await undocumented()).toBe(1);
    const text = readFileSync(join(client.folder, file), 'utf8');
    await client.disk(file, edited(text, client.uri(file), await mark('put')), 2);
    expect(await undocumented()).toBe(0);
    expect(readFileSync(join(client.folder, file), 'utf8')).toBe(
      '# Routes that no contract needs to describe.\ninternal:\n  - DELETE /orders/{id}\n  - PUT /orders/{id}\n',
    );
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
  const fixAll = 'source.fixAll.contractFidelity';

  /** The files after everything safe was repaired in one of them. */
  async function repaired(path: string, text: string): Promise<string> {
    await client.open(path, text);
    const [action] = await client.actions(path, { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, [
      'source.fixAll',
    ]);
    expect(action!.kind).toBe(fixAll);
    const resolved = await client.resolve(action!);
    if (!resolved.edit) throw new Error(resolved.disabled?.reason);
    const result = edited(text, client.uri(path), resolved.edit);
    await client.change(path, result);
    return result;
  }

  it('is offered to who asks for it, and changes nothing that is not safe', async () => {
    client = await Client.start({ files: service });
    const [action] = await client.actions('openapi.yaml', rangeOf(contract, 'openapi'), ['source.fixAll']);
    expect(action!.kind).toBe(fixAll);
    expect((await client.resolve(action!)).disabled!.reason).toMatch(/no safe fix/);
  });

  it('follows the code where the code is right', async () => {
    client = await Client.start({ files: service, initializationOptions: { settings: { sourceOfTruth: 'code' } } });
    expect(await repaired('openapi.yaml', contract)).toContain("'404':");
    expect(await client.diagnostics('src/app.ts')).toEqual([]);
    expect(await client.diagnostics('openapi.yaml')).toEqual([]);
  });

  it('follows the contract where the contract is right, also at several places', async () => {
    const drifting = handler
      .replace(
        "return res.status(404).json({ error: 'no such order' });",
        'return res.status(201).json({ id: req.params.id });',
      )
      .replace('return res.status(200)', 'return res.status(201)')
      .replace('app.listen', "app.delete('/orders/:id', (req, res) => res.status(200).end());\n\napp.listen");
    const deleting = `${contract}    delete:\n      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]\n      responses:\n        '204': { description: Gone }\n`;
    const files = { ...service, 'src/app.ts': drifting, 'openapi.yaml': deleting };
    client = await Client.start({ files, initializationOptions: { settings: { sourceOfTruth: 'contract' } } });
    const result = await repaired('src/app.ts', drifting);
    expect(result).not.toMatch(/status\(201\)[^;]*;\n\}/);
    expect(result).toContain('res.status(204).end()');
  });

  it('lets a contract ask, whatever the editor is set to', async () => {
    const files = { ...service, 'fidelity.yaml': 'contracts:\n  - file: openapi.yaml\n    sourceOfTruth: ask\n' };
    client = await Client.start({ files, initializationOptions: { settings: { sourceOfTruth: 'code' } } });
    const actions = await client.actions('src/app.ts', rangeOf(handler, '404'));
    expect(actions.map(({ isPreferred }) => isPreferred)).toEqual([undefined, undefined, undefined]);
    await expect(repaired('openapi.yaml', contract)).rejects.toThrow('no safe fix');
  });

  it('takes suppressions away that suppress nothing', async () => {
    const remark = '  // fidelity-ignore parameter-unread -- long gone\n';
    const suppressed = handler.replace('  if (req', `${remark}  if (req`);
    client = await Client.start({ files: { ...service, 'src/app.ts': suppressed } });
    expect(await repaired('src/app.ts', suppressed)).toBe(handler);
    expect((await client.diagnostics('src/app.ts')).map(({ code }) => code)).toEqual(['status-undeclared']);
  });
});
