// Overlays applied to a contract: what they add, change and take away, and that every part keeps the place where it is written.

import { describe, expect, it } from 'vitest';
import { ContractRoom } from '../../server/src/contract/load/contracts.ts';
import { ContractDocument } from '../../server/src/contract/load/document.ts';
import type { Contract } from '../../server/src/contract/model.ts';
import { readJsonPath } from '../../server/src/contract/overlay/json-path.ts';
import { select } from '../../server/src/contract/overlay/select.ts';
import { operationOf, type Texts, textAt, workspaceOf } from './workspace.ts';

const root = `openapi: 3.0.3
info: { title: Orders, version: 1.0.0 }
tags:
  - name: one
  - name: two
paths:
  /orders:
    get:
      operationId: listOrders
      summary: Lists
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { name: internal, in: query, schema: { type: string } }
      responses:
        '200': { description: Some }
  /internal/state:
    x-internal: true
    get:
      responses:
        '200': { description: State, content: { application/json: { schema: { $ref: '#/components/schemas/Nowhere' } } } }
components:
  schemas:
    Order: { type: object, properties: { id: { type: string } } }
`;

const overlay = (actions: string): string =>
  `overlay: 1.0.0\ninfo: { title: Changes, version: 1.0.0 }\nactions:\n${actions}`;

function overlaid(actions: string, more: Texts = {}): { readonly contract: Contract; readonly texts: Texts } {
  const texts = { 'openapi.yaml': root, 'overlay.yaml': overlay(actions), ...more };
  const files = workspaceOf(texts);
  const [contract] = new ContractRoom().contracts(files, { overlays: () => ['/w/overlay.yaml'] });
  return { contract: contract!, texts };
}

describe('an overlay', () => {
  it('adds and changes, and what it brings stands in its own file', () => {
    const { contract, texts } = overlaid(`  - target: $.paths['/orders'].get
    update:
      summary: Lists all orders
      responses:
        '404': { description: None, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
`);
    const operation = operationOf(contract, 'GET /orders');
    expect(operation.summary).toBe('Lists all orders');
    expect(operation.place.file).toBe('/w/openapi.yaml');
    expect(operation.responses.map(({ status, place }) => [status, place.file, textAt(texts, place)])).toEqual([
      ['200', '/w/openapi.yaml', "'200'"],
      ['404', '/w/overlay.yaml', "'404'"],
    ]);
    // A reference of the overlay means a part of the contract.
    expect(contract.problems.map(({ message }) => message)).toEqual([expect.stringContaining('schemas/Nowhere')]);
    expect(contract.overlays).toEqual(['/w/overlay.yaml']);
    expect(contract.files).toContain('/w/overlay.yaml');
  });

  it('takes away, and what is gone is not judged', () => {
    const remove = `  - { target: "$.paths[?@['x-internal'] == true]", remove: true }\n`;
    const { contract } = overlaid(remove);
    expect(contract.operations.map(({ key }) => key)).toEqual(['GET /orders']);
    expect(contract.problems).toEqual([]);
    const [plain] = new ContractRoom().contracts(workspaceOf({ 'openapi.yaml': root }));
    expect(plain!.problems.map(({ kind }) => kind)).toEqual(['unresolved-reference']);
  });

  it('changes lists: items are appended, and several are taken out at once', () => {
    const { contract } = overlaid(`  - target: $.tags
    update: { name: three }
  - { target: "$.tags[?@.name != 'three']", remove: true }
  - target: $.paths['/orders'].get.parameters[?(@.name=='internal')]
    remove: true
  - target: $.paths.*.get.parameters
    update: [{ name: after, in: query, schema: { type: string } }]
`);
    expect(contract.tags!.map(({ name, place }) => [name, place.file])).toEqual([['three', '/w/overlay.yaml']]);
    const parameters = operationOf(contract, 'GET /orders').parameters;
    expect(parameters.map(({ name, place }) => [name, place.file])).toEqual([
      ['limit', '/w/openapi.yaml'],
      ['after', '/w/overlay.yaml'],
    ]);
  });

  it('is followed action by action: a later one sees what an earlier one did', () => {
    const { contract } = overlaid(`  - target: $.paths
    update: { /new: { get: { responses: { '200': { description: New } } } } }
  - target: $.paths['/new'].get
    update: { operationId: readNew }
`);
    expect(operationOf(contract, 'GET /new').operationId).toBe('readNew');
    expect(operationOf(contract, 'GET /new').complete).toBe(true);
  });

  it('says which action is not applied, and why', () => {
    const { contract, texts } = overlaid(`  - { target: "$.paths[?search(@, 'x')]", remove: true }
  - { target: $, remove: true }
  - { remove: true }
  - { target: $.nothing, remove: true }
`);
    const problems = contract.problems.filter(({ kind }) => kind === 'overlay');
    expect(problems.map(({ message, place }) => [message.split(': ')[1], textAt(texts, place)])).toEqual([
      ['its target cannot be read, "search(@, \'x\')]" is not understood in it', `"$.paths[?search(@, 'x')]"`],
      ['a document cannot be taken away as a whole', '$'],
      ['it names no target', expect.stringContaining('remove')],
    ]);
  });

  it('that is none, or that is missing, is a problem of its own', () => {
    for (const [text, message] of [
      ['a: 1\n', 'is none of version 1'],
      [{ failure: 'missing' }, 'cannot be read'],
    ] as const) {
      const { contract } = overlaid('', { 'overlay.yaml': text });
      expect(contract.problems.find(({ kind }) => kind === 'overlay')?.message).toContain(message);
      expect(contract.operations).toHaveLength(2);
    }
  });

  it('is read again when it changes', () => {
    const room = new ContractRoom();
    const read = (summary: string) => {
      const texts = {
        'openapi.yaml': root,
        'overlay.yaml': overlay(`  - { target: $.info, update: { title: ${summary} } }\n`),
      };
      const files = workspaceOf(texts);
      const version = (path: string) => (path.endsWith('overlay.yaml') ? texts['overlay.yaml'] : files.version(path));
      return room.contracts({ ...files, version }, { overlays: () => ['/w/overlay.yaml'] })[0]!.title;
    };
    expect([read('A'), read('B')]).toEqual(['A', 'B']);
  });

  it('that no contract names is left alone and said, and so are workflows', () => {
    const room = new ContractRoom();
    const files = workspaceOf({
      'openapi.yaml': root,
      'overlay.yaml': overlay('  - { target: $.paths, remove: true }\n'),
      'flow.arazzo.json': '{ "arazzo": "1.0.1", "sourceDescriptions": [{ "url": "openapi.yaml" }] }',
      'other.yaml': 'title:\n  overlay: 1.0.0\n',
    });
    for (let round = 0; round < 2; round++) {
      expect(room.contracts(files)).toHaveLength(1);
      const said = room.skipped.map(({ kind, place, message }) => [
        kind,
        place.file,
        /Arazzo|overlay/.exec(message)?.[0],
      ]);
      expect(said).toEqual([
        ['left-alone', '/w/flow.arazzo.json', 'Arazzo'],
        ['left-alone', '/w/overlay.yaml', 'overlay'],
      ]);
    }
    room.contracts(files, { overlays: () => ['/w/overlay.yaml'] });
    expect(new ContractRoom().contracts(files, { overlays: () => ['/w/overlay.yaml'] })[0]!.operations).toEqual([]);
  });
});

describe('a path', () => {
  const tree = new ContractDocument(
    '/w/a.yaml',
    'a: { b: [1, 2, 3, 4], c: { b: x, n: 5 } }\nlist:\n  - { k: 1, t: x }\n  - { k: 2 }\n  - { k: 3, t: y, "q\'s": 1 }\n',
  ).root;
  const selected = (text: string): unknown[] => {
    const path = readJsonPath(text);
    if ('wrong' in path) throw new Error(path.wrong);
    return select(tree, path.segments)!.map(({ tokens }) => tokens.join('/'));
  };

  it.each([
    ['$', ['']],
    ['$.a.c.b', ['a/c/b']],
    ["$['a']['c', 'b']", ['a/c', 'a/b']],
    ['$.a.b[0]', ['a/b/0']],
    ['$.a.b[-1]', ['a/b/3']],
    ['$.a.b[1:3]', ['a/b/1', 'a/b/2']],
    ['$.a.b[::-2]', ['a/b/3', 'a/b/1']],
    ['$.a.*', ['a/b', 'a/c']],
    ['$..b', ['a/b', 'a/c/b']],
    ['$.list[?@.t]', ['list/0', 'list/2']],
    ['$.list[?(@.k >= 2 && !@.t)]', ['list/1']],
    ["$.list[?@.t == 'x' || @['q\\'s'] == 1]", ['list/0', 'list/2']],
    ['$.list[?@.k == $.list[1].k]', ['list/1']],
    ['$.nothing[0]', []],
  ])('%s selects', (text, expected) => {
    expect(selected(text)).toEqual(expected);
  });

  it.each(['a.b', '$.', '$[', "$['a'", '$[?length(@) > 1]', '$.a b', '$[?@.a ==]', `$${'.a'.repeat(2000)}`])(
    '%s is refused',
    (text) => {
      expect(readJsonPath(text)).toHaveProperty('wrong');
    },
  );
});
