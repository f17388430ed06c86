// Contracts of several files: the way from the root to each, fragments of two roots, names that differ only by case.

import { describe, expect, it } from 'vitest';
import { contractOf, contractsOf, operationOf, textAt } from './workspace.ts';

const root = (reference: string): string =>
  `openapi: 3.0.0\ninfo: { title: t, version: '1' }\npaths:\n  /a: { $ref: '${reference}' }\n`;
const item = (schema: string): string =>
  `get:\n  responses:\n    200: { description: ok, content: { application/json: { schema: { $ref: '${schema}' } } } }\n`;

describe('the way from the root', () => {
  const texts = {
    'openapi.yaml': root('paths/a.yaml'),
    'paths/a.yaml': item('../schemas/pet.yaml'),
    'schemas/pet.yaml': "type: object\nproperties: { owner: { $ref: 'nowhere.yaml' } }\n",
  };

  it('names the references that lead to a file', () => {
    const contract = contractOf(texts);
    const way = contract.wayTo!('/w/schemas/pet.yaml');
    expect(way.map((place) => [place.file, textAt(texts, place)])).toEqual([
      ['/w/openapi.yaml', "'paths/a.yaml'"],
      ['/w/paths/a.yaml', "'../schemas/pet.yaml'"],
    ]);
    expect(way[1]!.pointer).toBe('/get/responses/200/content/application~1json/schema/$ref');
    expect(contract.wayTo!('/w/openapi.yaml')).toEqual([]);
    expect(contract.wayTo!('/w/elsewhere.yaml')).toEqual([]);
  });

  it('leads to the file in which a problem stands', () => {
    const [problem] = contractOf(texts).problems;
    expect(problem).toMatchObject({ kind: 'unresolved-reference', place: { file: '/w/schemas/pet.yaml' } });
    expect(textAt(texts, problem!.place)).toBe("'nowhere.yaml'");
  });

  it('ends in files that refer to each other', () => {
    const cyclic = {
      'openapi.yaml': root('a.yaml'),
      'a.yaml': item('b.yaml#/B'),
      'b.yaml':
        "B: { type: object, properties: { again: { $ref: 'a.yaml#/get/responses/200/content/application~1json/schema' } } }\n",
    };
    const contract = contractOf(cyclic);
    expect(contract.files).toEqual(['/w/openapi.yaml', '/w/a.yaml', '/w/b.yaml']);
    expect(contract.problems).toEqual([]);
    expect(contract.wayTo!('/w/b.yaml')).toHaveLength(2);
  });
});

describe('a fragment of two roots', () => {
  it('belongs to both, and each has its own way to it', () => {
    const texts = { 'one.yaml': root('shared.yaml'), 'two.yaml': root('./shared.yaml'), 'shared.yaml': item('#/x') };
    const contracts = contractsOf(texts);
    expect(contracts.map((contract) => operationOf(contract, 'GET /a').place.file)).toEqual(
      Array(2).fill('/w/shared.yaml'),
    );
    expect(contracts.map((contract) => contract.wayTo!('/w/shared.yaml')[0]!.file)).toEqual([
      '/w/one.yaml',
      '/w/two.yaml',
    ]);
    expect(contracts.map((contract) => contract.problems.map((problem) => problem.place.file))).toEqual(
      Array(2).fill(['/w/shared.yaml']),
    );
  });
});

describe('names that differ by case', () => {
  it('are said to, where the file is missing for that reason', () => {
    const [problem] = contractOf({ 'openapi.yaml': root('Paths/A.yaml'), 'paths/a.yaml': item('#/get') }).problems;
    expect(problem).toMatchObject({ kind: 'unresolved-reference' });
    expect(problem!.message).toContain('names a file that is written "a.yaml": upper and lower case differ');
  });

  it('are two files where there are two', () => {
    const contract = contractOf({ 'openapi.yaml': root('A.yaml'), 'a.yaml': 'get: {}\n', 'A.yaml': 'put: {}\n' });
    expect(contract.operations.map((operation) => operation.key)).toEqual(['PUT /a']);
    expect(contract.problems).toEqual([]);
  });
});
