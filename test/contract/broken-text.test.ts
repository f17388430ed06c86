// Broken text while somebody types: the last good block stands in, the problem is where the break is, nothing goes missing.

import { describe, expect, it } from 'vitest';
import { ContractRoom } from '../../server/src/contract/load/contracts.ts';
import type { Contract } from '../../server/src/contract/model.ts';
import { contractOf, operationOf, textAt, workspaceOf } from './workspace.ts';

const good = `openapi: 3.0.0
info: { title: t, version: '1' }
paths:
  /a:
    get:
      operationId: a
      parameters:
        - { name: q, in: query }
      responses:
        200: { description: ok }
  /b:
    get:
      operationId: b
      responses:
        200: { description: ok }
    post:
      responses:
        201: { description: made }
components:
  schemas:
    A: { type: object }
`;

/** The contract after the texts were typed one after the other, each looked at by somebody. */
function typed(file: string, ...texts: readonly string[]): Contract {
  const room = new ContractRoom();
  let contract: Contract | undefined;
  for (const text of texts) {
    contract = room.contracts(workspaceOf({ [file]: text }))[0];
    for (const operation of contract?.operations ?? []) void [operation.parameters, operation.complete];
    void contract?.problems;
  }
  if (!contract) throw new Error('no contract');
  return contract;
}

const keys = (contract: Contract): string[] => contract.operations.map((operation) => operation.key);

describe('a YAML contract that breaks', () => {
  it('keeps the last good text of the operation, marked', () => {
    const text = good.replace('- { name: q, in: query }', '- { name: q, in: query');
    const contract = typed('a.yaml', good, text);
    expect(keys(contract)).toEqual(['GET /a', 'GET /b', 'POST /b']);
    const operation = operationOf(contract, 'GET /a');
    expect(operation.complete).toBe(false);
    expect(operation).toMatchObject({ operationId: 'a', parameters: [{ name: 'q' }] });
    expect(operationOf(contract, 'GET /b').complete).toBe(true);
    expect(contract.problems.map((problem) => problem.kind)).toContain('syntax');
    const { place } = contract.problems[0]!;
    const operationStart = text.indexOf('get:');
    expect(place.start).toBeGreaterThan(operationStart);
    expect(place.start).toBeLessThanOrEqual(text.indexOf('/b:'));
  });

  it('recovers when the text does', () => {
    const contract = typed(
      'a.yaml',
      good,
      good.replace('name: q, in: query }', 'name: q'),
      good.replace('name: q', 'name: r'),
    );
    expect(operationOf(contract, 'GET /a')).toMatchObject({ complete: true, parameters: [{ name: 'r' }] });
    expect(contract.problems).toEqual([]);
  });

  it('shows what can be read when it never was good', () => {
    const contract = contractOf(good.replace('- { name: q, in: query }', '- { name: q, in: query'));
    expect(keys(contract)).toEqual(['GET /a', 'GET /b', 'POST /b']);
    expect(operationOf(contract, 'GET /a')).toMatchObject({ complete: false, operationId: 'a' });
  });

  it.each([
    ['a path without its colon', good.replace('  /b:\n', '  /b\n')],
    ['a method without its colon', good.replace('    post:\n', '    pos\n')],
    ['a stray word at the margin', good.replace('  /b:\n', 'wha\n  /b:\n')],
    ['a stray word between paths', good.replace('  /b:\n', ' wha\n  /b:\n')],
  ])('%s loses no operation', (_, text) => {
    const contract = typed('a.yaml', good, text);
    expect(keys(contract).sort()).toEqual(['GET /a', 'GET /b', 'POST /b']);
    expect(contract.incomplete).toBe(true);
    const syntax = contract.problems.filter((problem) => problem.kind === 'syntax');
    expect(syntax).toHaveLength(1);
    expect(['/b', 'pos', 'wha']).toContain(textAt(text, syntax[0]!.place));
  });

  it.each([
    ['paths', good.replace(/paths:[\s\S]*components/, 'paths:\n  /a\ncomponents')],
    ['a path item', good.replace(/ {2}\/a:[\s\S]*\/b:/, '  /a: ge\n  /b:')],
    ['everything behind a tab', good.replace('  /a:', '\t/a:')],
    ['an unclosed quote', good.replace('operationId: a', 'operationId: "a')],
    ['an unclosed brace at the root', good.replace("version: '1' }", "version: '1'")],
    ['a cut end', good.slice(0, good.indexOf('operationId: b'))],
    ['a cut key', good.slice(0, good.indexOf('/b:') + 2)],
  ])('%s being typed is never taken for missing operations', (_, text) => {
    for (const contract of [typed('a.yaml', good, text), contractOf(text)]) {
      const missing = ['GET /a', 'GET /b', 'POST /b'].filter((key) => !keys(contract).includes(key));
      const cut = !text.includes('components');
      expect(missing.length === 0 || contract.incomplete || cut).toBe(true);
      if (text.includes('components')) expect(contract.problems.length > 0 || contract.incomplete).toBe(true);
    }
  });

  it('does not trust an operation whose value is not there yet', () => {
    const contract = contractOf(
      good.replace('    post:\n      responses:\n        201: { description: made }\n', '    post:\n'),
    );
    expect(operationOf(contract, 'POST /b').complete).toBe(false);
  });

  it('makes a schema that cannot be read unknown', () => {
    const text = good.replace(
      '200: { description: ok }',
      "200: { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } }",
    );
    const contract = typed('a.yaml', text, text.replace('A: { type: object }', 'A: { type: object'));
    const shape = operationOf(contract, 'GET /a').responses[0]!.content[0]!.shape!;
    expect(shape.kind === 'reference' && shape.resolve()).toMatchObject({ kind: 'unknown', reason: 'parse-error' });
  });

  it('does not let a broken component pass for a good one', () => {
    const text = good
      .replace('200: { description: ok }', "200: { $ref: '#/components/responses/R' }")
      .replace('  schemas:\n', '  responses:\n    R: { description: r }\n  schemas:\n');
    expect(operationOf(typed('a.yaml', text), 'GET /a').complete).toBe(true);
    const broken = typed('a.yaml', text, text.replace('R: { description: r }', 'R: { description: r'));
    expect(operationOf(broken, 'GET /a')).toMatchObject({ complete: false, responses: [{ description: 'r' }] });
  });
});

describe('a JSON contract that breaks', () => {
  const json = JSON.stringify(
    {
      openapi: '3.0.0',
      paths: {
        '/a': { get: { operationId: 'a', responses: { 200: { description: 'ok' } } } },
        '/b': { get: { responses: {} } },
      },
    },
    null,
    2,
  );

  it.each([
    ['a missing comma inside of an operation', json.replace('"a",', '"a"'), 'GET /a'],
    ['a missing brace', json.replace('{}', '{'), undefined],
    ['a cut end', json.slice(0, json.indexOf('/b')), undefined],
    ['a trailing comma', json.replace('"responses": {}', '"responses": {},'), 'GET /b'],
    ['a comment', json.replace('"paths"', '// note\n"paths"'), undefined],
  ])('%s loses no operation', (_, text, broken) => {
    const contract = typed('a.json', json, text);
    expect(keys(contract)).toEqual(['GET /a', 'GET /b']);
    expect(contract.problems[0]).toMatchObject({ kind: 'syntax' });
    const incomplete = contract.operations.filter((operation) => !operation.complete).map((operation) => operation.key);
    expect(incomplete.length).toBeGreaterThan(0);
    if (broken !== undefined) expect(incomplete).toEqual([broken]);
    if (broken === undefined) expect(contract.incomplete).toBe(true);
  });

  it.each([
    [
      '{"openapi": "3.0.3", "info": {"title": "T", "version": "1",\n}, "paths": {}}',
      'a comma after the last entry',
      ',',
    ],
    ['{"openapi": "3.0.3", "tags": [\n{"name": "a"},\n], "paths": {}}', 'a comma after the last entry', ','],
    ['{"openapi": "3.0.3", // the version\n"paths": {}}', 'JSON has no comments', '// the version'],
  ])('calls %s what it is, once', (text, message, marked) => {
    const { problems } = contractOf({ 'a.json': text });
    const syntax = problems.filter(({ kind }) => kind === 'syntax');
    expect(syntax.map((problem) => problem.message)).toEqual([`Broken JSON: ${message}`]);
    expect(text.slice(syntax[0]!.place.start, syntax[0]!.place.end)).toBe(marked);
  });

  it('says exactly where', () => {
    const text = json.replace('"a",', '"a"');
    const contract = contractOf({ 'a.json': text });
    expect(text.slice(contract.problems[0]!.place.start)).toMatch(/^"responses"/);
    expect(contract.problems[0]!.message).toBe('Broken JSON: comma expected');
  });
});
