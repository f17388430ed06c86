// Which files are contracts: by what they say, never by what they are called.

import { describe, expect, it } from 'vitest';
import { ContractRoom } from '../../server/src/contract/load/contracts.ts';
import { contractsOf, workspaceOf } from './workspace.ts';

const found = (texts: Parameters<typeof contractsOf>[0]): string[] =>
  contractsOf(texts).map((contract) => `${contract.file.slice(3)} ${contract.specification}`);

describe('a contract', () => {
  it.each([
    ['any.yaml', 'openapi: 3.0.0\npaths: {}\n', '3.0'],
    ['any.yml', '# note\n---\n"openapi": "3.1.0"\npaths: {}\n', '3.1'],
    ['any.YAML', 'info: {}\npaths: {}\nopenapi: 3.2.0\n', '3.2'],
    ['any.json', '{"paths":{},"openapi":"3.0.4"}', '3.0'],
    ['any.json', '\uFEFF{\r\n "swagger" : "2.0",\r\n "paths": {} }', '2.0'],
    ['any.yaml', 'swagger: 2.0\npaths: {}\n', '2.0'],
    ['any.yaml', '{"openapi": "3.0.0", "paths": {}}', '3.0'],
    ['any.yaml', '{openapi: 3.0.0, paths: {}}', '3.0'],
    ['any.yaml', '\uFEFFopenapi: 3.0.0\r\npaths: {}\r\n', '3.0'],
    ['any.yaml', 'openapi: 3.1\npaths: {}', '3.1'],
    ['any.yaml', 'openapi: 3.1.0-rc1\npaths: {}', '3.1'],
    ['any.yaml', 'openapi: 3.9.0\npaths: {}', '3.2'],
    ['any.yaml', "openapi: '3.0.0'\npaths: {}\n---\nother: document\n", '3.0'],
  ])('is %s with %j', (file, text, specification) => {
    expect(found({ [file]: text })).toEqual([`${file} ${specification}`]);
  });

  it.each([
    ['a.yaml', 'arazzo: 1.0.0\nsourceDescriptions: []\nworkflows: []\n'],
    ['a.yaml', 'overlay: 1.0.0\nactions: []\n'],
    ['a.yaml', 'asyncapi: 3.0.0\nchannels: {}\n'],
    ['a.yaml', 'openapi: 4.0.0\npaths: {}\n'],
    ['a.yaml', 'swagger: "1.2"\npaths: {}\n'],
    ['a.yaml', 'nested:\n  openapi: 3.0.0\n  paths: {}\n'],
    ['a.yaml', 'text: |\n  openapi: 3.0.0\n'],
    ['a.json', '{"dependencies":{"openapi":"3.0.0"}}'],
    ['a.json', '[{"openapi":"3.0.0","paths":{}}]'],
    ['a.txt', 'openapi: 3.0.0\npaths: {}\n'],
    ['a.yaml', 'openapi: 3.0.0\ncomponents: { schemas: {} }\n'],
    ['a.yaml', 'Order:\n  type: object\n'],
    ['a.yaml', ''],
    ['a.json', ''],
    ['a.yaml', '- openapi: 3.0.0\n'],
  ])('is not %s with %j', (file, text) => {
    expect(found({ [file]: text })).toEqual([]);
  });

  it('may have copies, which say what they look like', () => {
    const text = 'openapi: 3.0.0\npaths: {}\n';
    const contracts = contractsOf({ 'api.yaml': text, 'dist/api.yaml': text, 'test/fixtures/api.yaml': text });
    expect(contracts.map((contract) => contract.hint)).toEqual([undefined, 'build-output', 'test-material']);
  });
});

describe('chosen roots', () => {
  it('are the only contracts', () => {
    const text = 'openapi: 3.0.0\npaths: {}\n';
    const files = workspaceOf({ 'a.yaml': text, 'b.yaml': text });
    expect(new ContractRoom().contracts(files, { roots: ['/w/b.yaml'] }).map((contract) => contract.file)).toEqual([
      '/w/b.yaml',
    ]);
  });

  it.each([
    [{ failure: 'missing' } as const, 'unreadable'],
    [{ failure: 'unreadable' } as const, 'unreadable'],
    [{ failure: 'too-large' } as const, 'too-large'],
    ['just: text\n', 'invalid'],
    ['', 'invalid'],
  ])('that cannot be read are incomplete contracts with a problem: %j', (text, kind) => {
    const [contract] = new ContractRoom().contracts(workspaceOf({ 'a.yaml': text }), { roots: ['/w/a.yaml'] });
    expect(contract).toMatchObject({ file: '/w/a.yaml', operations: [], incomplete: true, problems: [{ kind }] });
  });
});

describe('files that are not read', () => {
  it('are named when they are too large or unreadable', () => {
    const room = new ContractRoom();
    const files = workspaceOf({
      'a.json': { failure: 'too-large' },
      'b.yaml': { failure: 'unreadable' },
      'c.json': { failure: 'binary' },
    });
    expect(room.contracts(files)).toEqual([]);
    expect(room.skipped.map((problem) => [problem.place.file, problem.kind])).toEqual([
      ['/w/a.json', 'too-large'],
      ['/w/b.yaml', 'unreadable'],
    ]);
    expect(room.contracts(files)).toEqual([]);
    expect(room.skipped).toHaveLength(2);
  });

  it('are contracts that are larger than any contract is', () => {
    const filler = `"${'x'.repeat(1_000_000)}",`.repeat(21);
    const room = new ContractRoom();
    const contracts = room.contracts(
      workspaceOf({ 'a.json': `{"openapi":"3.0.0","x-a":[${filler}1],"paths":{}}`, 'b.json': `{"data":[${filler}1]}` }),
    );
    expect(contracts).toEqual([]);
    expect(room.skipped.map((problem) => [problem.place.file, problem.kind])).toEqual([['/w/a.json', 'too-large']]);
  });

  it('are looked at once for as long as they stay the same', () => {
    const room = new ContractRoom();
    const files = workspaceOf({ 'lock.yaml': 'packages: {}\n', 'openapi.yaml': 'openapi: 3.0.0\npaths: {}\n' });
    room.contracts(files);
    files.reads.length = 0;
    room.contracts(files);
    expect(files.reads).toEqual([]);
  });
});

it('a contract comes and goes with its text', () => {
  const room = new ContractRoom();
  const text = 'openapi: 3.0.0\npaths: {}\n';
  expect(room.contracts(workspaceOf({ 'a.yaml': 'x: 1\n' }))).toHaveLength(0);
  expect(room.contracts(workspaceOf({ 'a.yaml': text }))).toHaveLength(1);
  expect(room.tree('/w/a.yaml')?.at('/openapi')?.value).toBe('3.0.0');
  expect(room.contracts(workspaceOf({ 'a.yaml': 'x: 1\n' }))).toHaveLength(0);
  expect(room.contracts(workspaceOf({}))).toHaveLength(0);
  expect(room.tree('/w/a.yaml')).toBeUndefined();
});
