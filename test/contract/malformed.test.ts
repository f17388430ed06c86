// Malformed documents never crash, never hang and never let memory grow without bound. The seed is in the name of the test, and
// FIDELITY_MALFORMED sets how many are made (10,000 in the full run), FIDELITY_SEED with which seed.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { ContractRoom } from '../../server/src/contract/load/contracts.ts';
import type { Contract } from '../../server/src/contract/model.ts';
import { resolveShape } from '../../server/src/shape/shape.ts';
import { project } from '../tidy/sources.ts';
import { malformed } from './malformed.ts';
import { workspaceOf } from './workspace.ts';

const count = Number(process.env.FIDELITY_MALFORMED ?? '400');
const seed = Number(process.env.FIDELITY_SEED ?? '20240607');

/** Milliseconds that one document may take, from its text to everything that it says. */
const longest = 2000;

const example = readFileSync(join(project, 'examples/checkout/openapi.yaml'), 'utf8');
const seeds = [
  example,
  `openapi: 3.1.0
info: { title: t, version: '1' }
webhooks:
  paid: { post: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } } } }
paths:
  /a/{id}:
    parameters: [{ $ref: '#/components/parameters/Id' }]
    get:
      callbacks: { cb: { '{$url}': { post: { responses: { 200: { description: ok } } } } } }
      responses: { default: { description: whatever, content: { application/json: { schema: { $ref: '#/components/schemas/A' }, example: { a: 1 } } } } }
components:
  parameters: { Id: { name: id, in: path, required: true, schema: { type: string, pattern: '^(a+)+$', example: aaa } } }
  schemas:
    A: { $id: 'https://x.test/a', $anchor: a, type: object, required: [a], properties: { a: { type: [integer, 'null'], default: x }, next: { $ref: '#' } } }
    Loop: { allOf: [{ $ref: '#/components/schemas/Loop' }] }
`,
  `{ "swagger": "2.0", "info": { "title": "t", "version": "1" }, "basePath": "/v1", "consumes": ["application/json"],
  "paths": { "/a": { "post": { "parameters": [ { "in": "body", "name": "b", "schema": { "$ref": "#/definitions/A" } } ],
  "responses": { "200": { "description": "ok", "schema": { "type": "array", "items": { "$ref": "#/definitions/A" } } } } } } },
  "definitions": { "A": { "type": "object", "properties": { "n": { "type": "integer", "example": "x" } } } } }\n`,
];

/** Asks a contract for everything that it can say. */
function exhaust(contract: Contract): void {
  const operations = [
    ...contract.operations,
    ...(contract.events ?? []).flatMap((event) => event.operation ?? []),
    ...contract.operations.flatMap((operation) => (operation.callbacks ?? []).flatMap((one) => one.operation ?? [])),
  ];
  for (const operation of operations) {
    for (const parameter of operation.parameters) resolveShape(parameter.shape);
    const media = [...(operation.body?.content ?? []), ...operation.responses.flatMap((response) => response.content)];
    for (const { shape, examples } of media) void [shape && resolveShape(shape), examples.length];
    void [operation.complete, operation.security, operation.extensions, operation.servers];
  }
  void [contract.files, contract.servers, contract.securitySchemes, contract.extensions, contract.tags];
  for (const { place } of contract.problems) {
    expect(place.start).toBeLessThanOrEqual(place.end);
    expect(place.start).toBeGreaterThanOrEqual(0);
  }
  contract.examples?.();
}

describe('malformed documents', () => {
  it(
    `number 0 to ${count - 1} of seed ${seed} are read without a crash or a hang`,
    () => {
      const slow: string[] = [];
      const failed: string[] = [];
      const room = new ContractRoom();
      let contracts = 0;
      for (let number = 0; number < count; number++) {
        const { made, text } = malformed(seeds, seed, number);
        const name = `number ${number} (${made.join(', ')})`;
        const from = process.cpuUsage();
        try {
          // The same room for all, as in an editor: what is kept of one must not harm the next.
          for (const contract of room.contracts(workspaceOf({ 'openapi.yaml': text }))) {
            contracts++;
            exhaust(contract);
          }
        } catch (error) {
          failed.push(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        }
        // Its own work and not the clock: a busy machine makes nothing here slower.
        const { user, system } = process.cpuUsage(from);
        const milliseconds = (user + system) / 1000;
        if (milliseconds > longest) slow.push(`${name}: ${Math.round(milliseconds)} ms`);
      }
      expect({ failed: failed.slice(0, 3), slow }).toEqual({ failed: [], slow: [] });
      expect(contracts).toBeGreaterThan(count / 3);
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect('polluted' in {}).toBe(false);
    },
    // The full run takes minutes on a slow machine.
    60_000 + count * 100,
  );

  it('are kept one at a time: memory does not grow with their number', () => {
    const room = new ContractRoom();
    const files = Array.from({ length: 150 }, (_, number) =>
      workspaceOf({ 'openapi.yaml': malformed(seeds, seed + 1, number).text }),
    );
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const used = (): number => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const round = (): void => {
      for (const source of files) for (const contract of room.contracts(source)) exhaust(contract);
    };
    round();
    const before = used();
    round();
    round();
    expect((used() - before) / 1024 / 1024).toBeLessThan(30);
  }, 120_000);
});
