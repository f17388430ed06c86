// Holds that what is remembered of examples changes the cost of an edit and never what is found: edits of all sorts, one after the other,
// come to what a cold start on the same text finds.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContractRoom } from '../../server/src/contract/load/contracts.ts';
import { memoryFiles } from '../harness/memory-files.ts';
import { propertyRuns } from '../harness/property-runs.ts';

const contract = `openapi: 3.0.3
info: { title: Orders, version: 1.0.0 }
paths:
  /orders:
    parameters:
      - { name: page, in: query, schema: { type: integer }, example: one }
    get:
      parameters:
        - $ref: '#/components/parameters/Size'
      responses:
        '200':
          description: Some
          headers:
            X-Total: { $ref: '#/components/headers/Total' }
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Order' } }
              example: [{ id: 1, owner: { name: 7 } }]
    post:
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Order' }
            examples:
              small: { $ref: '#/components/examples/Small' }
      responses:
        '201': { $ref: '#/components/responses/Made' }
components:
  parameters:
    Size: { name: size, in: query, schema: { type: integer, default: many } }
  headers:
    Total: { schema: { type: integer }, example: all }
  examples:
    Small: { value: { id: 2, owner: { name: a } } }
  responses:
    Made:
      description: Made
      headers:
        X-Total: { $ref: '#/components/headers/Total' }
      content:
        application/json:
          schema: { $ref: '#/components/schemas/Order' }
          example: { id: c }
  schemas:
    Order:
      type: object
      properties:
        id: { type: string }
        owner: { $ref: '#/components/schemas/Owner' }
    Owner:
      type: object
      example: { name: 1 }
      properties: { name: { type: string } }
`;

const replacements: readonly (readonly [string, string])[] = [
  ['type: string', 'type: integer'],
  ['type: integer', 'type: string'],
  ['schemas/Owner', 'schemas/Order'],
  ['schemas/Order', 'schemas/Owner'],
  ['    Owner:', '    Person:'],
  ['    Person:', '    Owner:'],
  ['example:', 'x-example:'],
  ['x-example:', 'example:'],
  ['  /orders:', '  /orders/all:'],
  ['    post:', '    put:'],
  ['name: 1', "name: '1'"],
  ['openapi: 3.0.3', 'openapi: 3.1.0'],
  ['responses:', 'responses: ['],
  ['responses: [', 'responses:'],
  ['\n', '\n# a remark\n'],
];

function found(room: ContractRoom, text: string): unknown {
  const [only] = room.contracts(memoryFiles({ 'openapi.yaml': text }));
  return only
    ?.examples?.()
    .map(({ operation, subject, message, place, schemaPlace }) => [
      operation?.key,
      subject,
      message,
      JSON.parse(JSON.stringify(place)),
      JSON.parse(JSON.stringify(schemaPlace)),
    ]);
}

describe('what is remembered of examples', () => {
  it('is what a cold start finds, after every edit', () => {
    expect(found(new ContractRoom(), contract)).toHaveLength(6);
    const edit = fc.record({ which: fc.nat(replacements.length - 1), nth: fc.nat(6), undo: fc.boolean() });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), (edits) => {
        const room = new ContractRoom();
        let text = contract;
        found(room, text);
        for (const { which, nth, undo } of edits) {
          const [from, to] = replacements[which]!;
          const parts = text.split(from);
          const at = Math.min(nth, parts.length - 2);
          const edited = at < 0 ? text : parts.slice(0, at + 1).join(from) + to + parts.slice(at + 1).join(from);
          expect(found(room, edited)).toEqual(found(new ContractRoom(), edited));
          if (undo) expect(found(room, text)).toEqual(found(new ContractRoom(), text));
          else text = edited;
        }
      }),
      { numRuns: propertyRuns(150) },
    );
  });
});
