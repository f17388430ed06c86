// Holds the ways to take a change back: over every pair of contracts with a change that breaks or may break, in YAML and in JSON, the edit is
// found, the change is gone or breaks nobody any more, and nothing else is worse. Comments and handwriting around it stay.

import { describe, expect, it } from 'vitest';
import { takeSteps } from '../../server/src/contract/edit/steps.ts';
import { ContractDocument } from '../../server/src/contract/load/document.ts';
import { repair } from '../../server/src/fixes/repair.ts';
import type { Change } from '../../server/src/versioning/change.ts';
import { type Comparison, compareContracts } from '../../server/src/versioning/compare.ts';
import { takenBack, type Way, waysFor } from '../../server/src/versioning/mending/take-back.ts';
import type { ContractSource } from '../../server/src/versioning/source.ts';
import { withWitnesses } from '../../server/src/versioning/witness/witnesses.ts';
import { type ContractPair, contractOf, readPairs, today } from './pairs.ts';

const sunset = '2026-12-01';

interface Case {
  readonly name: string;
  readonly base: ContractSource;
  readonly revision: ContractSource;
}

const again =
  (base: ContractSource) =>
  (revision: ContractSource): Comparison =>
    withWitnesses(compareContracts(base, revision, { today }));

/** What is left to be said after a change was taken back; or why it was not. */
function after({ base, revision }: Case, change: Change, way: Way, comparison: Comparison): Comparison | string {
  const mending = takenBack(change, way, comparison, { again: again(base), sunset });
  if ('refused' in mending) return mending.refused;
  const { file, steps } = mending;
  const data = { file, steps: JSON.parse(JSON.stringify(steps)) };
  const result = repair({ id: 'take-back', data }, () => revision.document.text);
  if ('refused' in result) return result.refused;
  const taken = takeSteps(file, revision.document.text, steps);
  if ('refused' in taken) return taken.refused;
  return again(base)(contractOf({ [nameOf(file)]: taken.text }));
}

const nameOf = (file: string): string => file.slice('/workspace/'.length);
const heavy = ({ level }: Change): boolean => level === 'breaking' || level === 'risky';

function yaml(pair: ContractPair): Case {
  const name = `${pair.family}: ${pair.title}${pair.direction ? ` (${pair.direction})` : ''}`;
  return { name, base: contractOf(pair.base), revision: contractOf(pair.revision) };
}

function json(pair: ContractPair): Case {
  const written = (text: string): string => JSON.stringify(new ContractDocument('/x.yaml', text).root.data(), null, 2);
  const state = (text: string): ContractSource => contractOf({ 'openapi.json': written(text) });
  return { ...yaml(pair), base: state(pair.base), revision: state(pair.revision) };
}

/** Of every change that weighs: its way back, or why there is none. */
function tried(one: Case): { readonly done: number; readonly left: readonly string[] } {
  const comparison = again(one.base)(one.revision);
  let done = 0;
  const left: string[] = [];
  for (const change of comparison.changes.filter(heavy)) {
    for (const way of waysFor(change)) {
      const result = after(one, change, way, comparison);
      if (typeof result === 'string') left.push(`${one.name}: ${change.id} ${way}: ${result}`);
      else {
        const still = result.changes.some(
          (other) => other.fingerprint === change.fingerprint && other.level === change.level,
        );
        expect(still, `${one.name}: ${change.id} ${way}`).toBe(false);
        done++;
      }
    }
  }
  return { done, left };
}

const pairs = readPairs();

describe('every change that weighs', () => {
  it.each([
    ['YAML', yaml],
    ['JSON', json],
  ] as const)(
    'is taken back in %s',
    (_, cased) => {
      const all = pairs.map((pair) => tried(cased(pair)));
      const done = all.reduce((sum, one) => sum + one.done, 0);
      expect(all.flatMap((one) => one.left)).toEqual([]);
      expect(done).toBeGreaterThan(200);
    },
    60_000,
  );
});

const orders = `openapi: 3.0.3
info: { title: Orders, version: 1.4.0 }
paths:
  # Everything about orders.
  /orders/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
    get:
      parameters:
        - name: expand # a list
          in: query
          schema:
            type: string
      responses:
        '200':
          description: One order
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Order'
    delete:
      summary: Cancels it
      responses:
        '204': { description: Cancelled }
components:
  schemas:
    Order:
      type: object
      required: [id, total]
      properties:
        id: { type: string }
        # In cents.
        total: { type: integer }
        note:
          type: string
          maxLength: 200
`;

/** The text after the one change that weighs was taken back. */
function mended(revision: string, way: Way, released = orders): string {
  const [base, now] = [contractOf(released), contractOf(revision)];
  const comparison = again(base)(now);
  const [change, ...more] = comparison.changes.filter(heavy);
  expect(more).toEqual([]);
  const mending = takenBack(change!, way, comparison, { again: again(base), sunset });
  if ('refused' in mending) throw new Error(mending.refused);
  const taken = takeSteps(mending.file, revision, mending.steps);
  if ('refused' in taken) throw new Error(taken.refused);
  return taken.text;
}

const without = (part: RegExp | string): string => orders.replace(part, '');

describe('a way back', () => {
  it('changes nothing around it', () => {
    const elsewhere = (text: string): string =>
      text.replace('Everything', 'All that is known').replace('a list', 'more');
    const changed = elsewhere(orders.replace('type: integer', 'type: string'));
    expect(mended(changed, 'restore')).toBe(elsewhere(orders));
    expect(mended(elsewhere(without(', total]')).replace('[id', '[id]'), 'restore')).toBe(elsewhere(orders));
  });

  it('puts back what was removed where it stood', () => {
    expect(mended(without(/ {8}note:\n.*\n.*\n/), 'restore')).toBe(orders);
    expect(mended(without(/ {4}delete:[\s\S]*?(?=components:)/), 'restore')).toBe(orders);
    const commented = orders.replace(
      'summary: Cancels it',
      'summary: Cancels it # while it is open\n      # Only its owner may.',
    );
    expect(mended(without(/ {4}delete:[\s\S]*?(?=components:)/), 'restore', commented)).toBe(commented);
  });

  it('writes anew what stood in braces', () => {
    const flow = orders
      .replace(/ {8}id: \{ type: string \}[\s\S]*$/, '        id: { type: string }\n')
      .replace(
        'properties:\n        id: { type: string }\n',
        'properties: { id: { type: string },\n        total: { type: integer },\n        note: { type: string } }\n',
      );
    for (const part of [',\n        note: { type: string }', '\n        total: { type: integer },']) {
      const restored = mended(flow.replace(part, ''), 'restore', flow);
      expect(again(contractOf(flow))(contractOf(restored)).changes).toEqual([]);
    }
  });

  it('puts an item back among its neighbours', () => {
    const listed = (names: string): string => orders.replace('[id, total]', names);
    const base = listed('[id, total, note]');
    for (const names of ['[total, note]', '[id, note]', '[id, total]'])
      expect(mended(listed(names), 'restore', base)).toBe(base);
    const block = (names: readonly string[]): string =>
      orders.replace(' [id, total]', names.map((name) => `\n        - ${name} # kept`).join(''));
    const all = block(['id', 'total', 'note']);
    const restored = all.replace('- total # kept', '- total').replace('- id # kept', '- id');
    expect(mended(block(['id', 'note']), 'restore', all)).toBe(restored.replace('- id', '- id # kept'));
    expect(mended(block(['total', 'note']), 'restore', all)).toBe(restored.replace('- total', '- total # kept'));
  });

  it('keeps what was removed until a day', () => {
    const kept = mended(without(/ {4}delete:[\s\S]*?(?=components:)/), 'deprecate');
    expect(kept).toMatch(
      /delete:\n {6}summary: Cancels it[\s\S]* {6}deprecated: true\n {6}x-sunset: '?2026-12-01'?\ncomponents:/,
    );
  });

  it('keeps a reference that was removed until a day', () => {
    const referring = orders.replace(
      '          maxLength: 200\n',
      "          maxLength: 200\n        parent: { $ref: '#/components/schemas/Order' }\n",
    );
    const kept = mended(orders, 'deprecate', referring);
    expect(kept).toMatch(
      /parent:\n {10}allOf:\n {10,12}- \$ref: '#\/components\/schemas\/Order'\n {10}deprecated: true\n {10}x-sunset:/,
    );
  });

  it('leaves to the client what was demanded', () => {
    const demanded = orders.replace(
      '          schema:\n            type: string\n',
      '          required: true\n          schema:\n            type: string\n',
    );
    expect(mended(demanded, 'optional')).toBe(orders);
  });

  it('goes into the file that the change stands in', () => {
    const root = `openapi: 3.0.3\ninfo: { title: A, version: 1.0.0 }\npaths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: ok\n          content: { application/json: { schema: { $ref: './a.yaml' } } }\n`;
    const part = (type: string): string => `type: object\nproperties:\n  id: { type: ${type} }\n`;
    const [base, now] = ['string', 'integer'].map((type) => contractOf({ 'openapi.yaml': root, 'a.yaml': part(type) }));
    const comparison = again(base!)(now!);
    const mending = takenBack(comparison.changes[0]!, 'restore', comparison, { again: again(base!), sunset });
    expect(mending).toEqual({
      file: '/workspace/a.yaml',
      steps: [expect.objectContaining({ pointer: '/properties/id/type', value: 'string' })],
    });
  });

  it('is refused where the texts are broken', () => {
    expect(takeSteps('/w/a.yaml', 'a: [', [{ pointer: '/a', value: 1 }])).toHaveProperty('refused');
    expect(takeSteps('/w/a.yaml', 'a: 1\n', [{ pointer: '/b/c', value: 1 }])).toHaveProperty('refused');
    expect(repair({ id: 'take-back', data: { file: '/w/a.yaml', steps: [{}] } }, () => 'a: 1\n')).toHaveProperty(
      'refused',
    );
  });
});
