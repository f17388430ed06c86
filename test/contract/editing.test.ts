// A session of edits ends where a cold start does, and each edit costs what it touches.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContractRoom } from '../../server/src/contract/load/contracts.ts';
import { ContractDocument } from '../../server/src/contract/load/document.ts';
import type { Contract } from '../../server/src/contract/model.ts';
import type { Shape } from '../../server/src/shape/shape.ts';
import { propertyRuns } from '../harness/property-runs.ts';
import { workspaceOf } from './workspace.ts';
import { apply, edit } from './yaml-text.ts';

const root = `openapi: 3.0.0
info: { title: t, version: '1' }
servers: [{ url: /v1 }]
security: [{ key: [] }]
paths:
  /a:
    parameters:
      - $ref: 'shared.yaml#/Page'
    get:
      responses:
        200: { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } }
  # a comment
  /b:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [n]
              properties:
                n: { type: integer, example: x }
      responses: { 201: { description: made } }
components:
  schemas:
    A:
      type: object
      properties:
        next: { $ref: '#/components/schemas/A' }
    B: { allOf: [{ $ref: '#/components/schemas/A' }, { required: [next] }] }
  securitySchemes:
    key: { type: apiKey, in: header, name: X }
`;
const shared = 'Page: { name: page, in: query, schema: { type: integer } }\n';

const parameterParts = [
  'name',
  'in',
  'required',
  'deprecated',
  'default',
  'place',
  'namePlace',
  'requiredPlace',
  'schemaPlace',
  'via',
] as const;

/** Everything that a contract says, with every place. */
function dump(contract: Contract | undefined): unknown {
  if (!contract) return undefined;
  return JSON.parse(
    JSON.stringify({
      ...['title', 'version', 'servers', 'files', 'problems', 'incomplete'].map(
        (key) => contract[key as keyof Contract],
      ),
      examples: contract.examples?.().map((example) => ({ ...example, operation: example.operation?.key })),
      schemes: [...contract.securitySchemes],
      operations: contract.operations.map((operation) => ({
        ...['key', 'place', 'pathPlace', 'responsesPlace', 'security', 'securityPlace', 'complete'].map(
          (key) => operation[key as 'key'],
        ),
        parameters: operation.parameters.map((parameter) => ({
          ...parameterParts.map((key) => parameter[key]),
          shape: shapeData(parameter.shape),
        })),
        body: operation.body && {
          ...operation.body,
          content: operation.body.content.map((media) => ({ ...media, shape: shapeData(media.shape) })),
        },
        responses: operation.responses.map((response) => ({
          ...response,
          content: response.content.map((media) => ({ ...media, shape: shapeData(media.shape) })),
        })),
      })),
    }),
  );
}

function shapeData(shape: Shape | undefined, depth = 0): unknown {
  if (!shape) return undefined;
  if (shape.kind === 'reference')
    return depth > 2 ? shape.name : [shape.name, shape.origin, shapeData(shape.resolve(), depth + 1)];
  if (shape.kind === 'object')
    return {
      ...shape,
      fields: [...shape.fields.values()].map((field) => ({ ...field, shape: shapeData(field.shape, depth + 1) })),
    };
  if (shape.kind === 'union') return { ...shape, members: shape.members.map((member) => shapeData(member, depth + 1)) };
  return shape;
}

describe('a session of edits', () => {
  it('ends where a cold start on its last text does', () => {
    const state = fc.record({ root: fc.array(edit, { maxLength: 3 }), shared: fc.array(edit, { maxLength: 1 }) });
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 4 }), (states) => {
        const room = new ContractRoom();
        for (const each of [...states, { root: [], shared: [] }, states[0]!]) {
          const texts = {
            'openapi.yaml': each.root.reduce(apply, root),
            'shared.yaml': each.shared.reduce(apply, shared),
          };
          const warm = room.contracts(workspaceOf(texts))[0];
          const warmDump = dump(warm);
          const cold = new ContractRoom().contracts(workspaceOf(texts))[0];
          // Where the text is broken, the last good one may stand in; only then may the two differ.
          if (cold?.problems.every((problem) => problem.kind !== 'syntax')) expect(warmDump).toEqual(dump(cold));
        }
      }),
      { numRuns: propertyRuns(60) },
    );
  });

  it('reads nothing again when nothing changed', () => {
    const room = new ContractRoom();
    const texts = { 'openapi.yaml': root, 'shared.yaml': shared };
    const first = room.contracts(workspaceOf(texts))[0];
    const files = workspaceOf(texts);
    expect(room.contracts(files)[0]).toBe(first);
    expect(files.reads).toEqual([]);
  });

  it('leaves the contract as it is when a file that it does not reach changes', () => {
    const room = new ContractRoom();
    const first = room.contracts(
      workspaceOf({ 'openapi.yaml': root, 'shared.yaml': shared, 'other.yaml': 'a: 1\n' }),
    )[0];
    void first?.files;
    expect(
      room.contracts(workspaceOf({ 'openapi.yaml': root, 'shared.yaml': shared, 'other.yaml': 'a: 2\n' }))[0],
    ).toBe(first);
  });

  it('notices a file that was missing', () => {
    const room = new ContractRoom();
    const before = room.contracts(workspaceOf({ 'openapi.yaml': root }))[0]!;
    expect(before.problems.map((problem) => problem.kind)).toEqual(['unresolved-reference']);
    const after = room.contracts(workspaceOf({ 'openapi.yaml': root, 'shared.yaml': shared }))[0]!;
    expect(after.problems).toEqual([]);
  });

  it('reads the late parts of a contract that stays from the newest files, and holds on to no others', () => {
    const room = new ContractRoom();
    const files = { 'openapi.yaml': root, 'shared.yaml': shared, 'notes.yaml': 'a: 1' };
    const states = ['1', '2'].map((value) => workspaceOf({ ...files, 'notes.yaml': `a: ${value}` }));
    const contracts = states.map((state) => room.contracts(state)[0]!);
    expect(contracts[1]).toBe(contracts[0]);
    for (const { reads } of states) reads.length = 0;
    dump(contracts[0]);
    expect(states.map(({ reads }) => reads)).toEqual([[], ['/w/shared.yaml']]);
  });

  it('changes no contract that was given out before', () => {
    const room = new ContractRoom();
    const first = room.contracts(workspaceOf({ 'openapi.yaml': root, 'shared.yaml': shared }))[0]!;
    room
      .contracts(
        workspaceOf({
          'openapi.yaml': root.replace('/a:', '/aaaa:').replace('n: {', 'm: {'),
          'shared.yaml': shared.replace('page', 'size'),
        }),
      )[0]!
      .operations.map((operation) => operation.parameters);
    expect(dump(first)).toEqual(
      dump(new ContractRoom().contracts(workspaceOf({ 'openapi.yaml': root, 'shared.yaml': shared }))[0]),
    );
  });
});

describe('the document of a file', () => {
  const document = new ContractDocument('/w/openapi.yaml', root);

  it('finds nodes by pointer', () => {
    expect(document.at('/paths/~1b/post/requestBody/content/application~1json/schema/properties/n/type')?.value).toBe(
      'integer',
    );
    expect(document.at('#/components/schemas/A/properties/next/%24ref')?.value).toBe('#/components/schemas/A');
    expect(document.at('')?.kind).toBe('map');
    expect(document.at('/paths/nowhere')).toBeUndefined();
  });

  it.each([
    ['integer', '/paths/~1b/post/requestBody/content/application~1json/schema/properties/n/type'],
    ['/b:', '/paths/~1b'],
    ['paths:', '/paths'],
    ["'1'", '/info/version'],
    ['# a comment', '/paths'],
    ['X }', '/components/securitySchemes/key/name'],
  ])('finds the innermost node at %s', (text, pointer) => {
    const document = new ContractDocument('/w/openapi.yaml', root);
    expect(document.nodeAt(root.indexOf(text)).pointer).toBe(pointer);
  });

  it('parses only the block that an edit touched', () => {
    const text = root.replace('made', 'created');
    const before = new ContractDocument('/w/openapi.yaml', root);
    const untouched = before.at('/paths/~1a/get')!;
    void [untouched.kind, before.faults()];
    const after = new ContractDocument('/w/openapi.yaml', text, before);
    expect(after.blockAt('/paths/~1a/get')).toBe(before.blockAt('/paths/~1a/get'));
    expect(after.blockAt('/components/schemas/A')).toBe(before.blockAt('/components/schemas/A'));
    expect(after.blockAt('/paths/~1b/post')).not.toBe(before.blockAt('/paths/~1b/post'));
  });
});
