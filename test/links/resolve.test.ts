// What a target means, over several contracts and split ones; and which edits of a contract leave a pin as it is.

import { describe, expect, it } from 'vitest';
import { LinkRoom } from '../../server/src/links/index.ts';
import type { LinkIndex } from '../../server/src/links/model.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { memoryFiles } from '../harness/memory-files.ts';

const file = '/workspace/src/refunds.py';

async function index(files: Record<string, string>): Promise<LinkIndex> {
  const source = memoryFiles({ 'src/refunds.py': '', ...files });
  const { contracts } = await new Workspace().model(source);
  return new LinkRoom().index(source, contracts);
}

const payments = `openapi: 3.1.0
info: { title: Payments, version: 1.0.0 }
paths:
  /refunds/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
    post:
      operationId: createRefund
      summary: Refunds   a payment
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Refund' }
      responses:
        '201':
          description: |
            Made.
        '409': { $ref: '#/components/responses/Conflict' }
components:
  schemas:
    Refund:
      type: object
      required: [amount, currency]
      properties:
        amount: { type: integer }
        currency: { type: string }
        parts: { type: array, items: { $ref: '#/components/schemas/Refund' } }
  responses:
    Conflict: { description: Refunded already }
`;

describe('a target', () => {
  const nameOf = async (target: string, files: Record<string, string> = { 'api/payments.yaml': payments }) => {
    const resolution = (await index(files)).resolve(target, file);
    return resolution.kind === 'found' ? resolution.name : resolution;
  };

  it.each([
    ['createRefund', 'POST /refunds/{id}'],
    ['createRefund#responses.409', '409 of POST /refunds/{id}'],
    ['createRefund#parameters.id', 'parameters.id of POST /refunds/{id}'],
    ['createRefund#requestBody', 'requestBody of POST /refunds/{id}'],
    ['createRefund#requestBody.content.application/json', 'requestBody.content.application/json of POST /refunds/{id}'],
    ['payments.yaml#/paths/~1refunds~1{id}/post', 'POST /refunds/{id}'],
    ['payments.yaml#/paths/~1refunds~1%7Bid%7D/post/responses/409', '409 of POST /refunds/{id}'],
    ['api/payments.yaml#/components/schemas/Refund', 'components/schemas/Refund'],
    [
      '../api/payments.yaml#/components/schemas/Refund/properties/amount',
      'components/schemas/Refund/properties/amount',
    ],
    ['#/components/schemas/Refund', 'components/schemas/Refund'],
  ])('%s', async (target, name) => {
    expect(await nameOf(target)).toBe(name);
  });

  it.each([
    ['createRefunds', 'operation', ['createRefund']],
    ['create_refund', 'operation', ['createRefund']],
    ['createRefund#responses.408', 'part', ['createRefund#responses.409']],
    ['payment.yaml#/paths/~1refunds~1{id}/post', 'file', ['payments.yaml#/paths/~1refunds~1{id}/post']],
    ['payments.yaml#/paths/~1refund~1{id}/post', 'part', ['payments.yaml#/paths/~1refunds~1{id}/post']],
    ['createRefund@abc', 'pin', ['createRefund']],
    ['somethingElse', 'operation', []],
  ])('%s is broken: %s', async (target, missing, nearest) => {
    expect(await nameOf(target)).toMatchObject({ kind: 'broken', missing, nearest });
  });

  it('is unknown where a contract was not read in full, or where there is none', async () => {
    expect(await nameOf('other', {})).toEqual({ kind: 'unknown' });
    expect(await nameOf('other', { 'a.yaml': payments.replace('  /refunds/{id}:', '  /refunds: [') })).toEqual({
      kind: 'unknown',
    });
  });

  it('follows a path item into a fragment file, and names the root', async () => {
    const root = `openapi: 3.0.3\ninfo: { title: A, version: '1' }\npaths:\n  /a:\n    $ref: paths/a.yaml\n`;
    const fragment = `get:\n  operationId: getA\n  responses:\n    '200': { description: A }\n`;
    const links = await index({ 'openapi.yaml': root, 'paths/a.yaml': fragment });
    expect(links.resolve('openapi.yaml#/paths/~1a/get', file)).toMatchObject({ kind: 'found', name: 'GET /a' });
    expect(links.resolve('paths/a.yaml#/get/responses/200', file)).toMatchObject({
      kind: 'found',
      name: '200 of GET /a',
    });
    const found = links.resolve('getA', file);
    expect(found.kind === 'found' && links.targetFor(found.contract, found.operation!, file)).toBe('getA');
  });

  it('is ambiguous between two contracts, and a file says which', async () => {
    const links = await index({ 'a/openapi.yaml': payments, 'b/openapi.yaml': payments });
    const resolution = links.resolve('createRefund', file);
    expect(resolution).toMatchObject({ kind: 'ambiguous' });
    expect(links.resolve('openapi.yaml#/paths', file)).toMatchObject({ kind: 'ambiguous' });
    expect(links.resolve('openapi.yaml#/paths', '/workspace/a/src.py')).toMatchObject({ kind: 'found' });
    const targets = resolution.kind === 'ambiguous' ? resolution.sections : [];
    const written = targets.map(({ contract, operation }) => links.targetFor(contract, operation!, file));
    expect(written).toEqual([
      'a/openapi.yaml#/paths/~1refunds~1{id}/post',
      'b/openapi.yaml#/paths/~1refunds~1{id}/post',
    ]);
    for (const target of written) expect(links.resolve(target, file)).toMatchObject({ kind: 'found' });
  });
});

describe('a pin', () => {
  const pinOf = async (text: string, target = 'createRefund', name = 'payments.yaml') => {
    const resolution = (await index({ [name]: text })).resolve(target, file);
    return resolution.kind === 'found' ? resolution.section.pin() : resolution.kind;
  };

  it('is 8 hexadecimal digits', async () => {
    expect(await pinOf(payments)).toMatch(/^[0-9a-f]{8}$/);
  });

  it.each<[string, (text: string) => string]>([
    [
      'comments and blank lines',
      (text) => text.replace('paths:', '# paths\n\npaths:').replace('    post:', '    # it\n    post:'),
    ],
    [
      'another layout',
      (text) =>
        text.replace(
          "'409': { $ref: '#/components/responses/Conflict' }",
          '\'409\':\n          $ref: "#/components/responses/Conflict"',
        ),
    ],
    [
      'white space in prose',
      (text) =>
        text
          .replace('Refunds   a payment', 'Refunds a payment')
          .replace('description: |\n            Made.', 'description: Made.'),
    ],
    [
      'the order of keys',
      (text) =>
        text.replace(
          '        amount: { type: integer }\n        currency: { type: string }\n',
          '        currency: { type: string }\n        amount: { type: integer }\n',
        ),
    ],
    ['the order of required names', (text) => text.replace('[amount, currency]', '[currency, amount]')],
    [
      'the name of a component',
      (text) => text.replaceAll("Refund'", "Repayment'").replace('    Refund:', '    Repayment:'),
    ],
    ['the operationId', (text) => text.replace('operationId: createRefund', 'operationId: refund')],
    ['other parts', (text) => `${text}  headers:\n    Other: { schema: { type: string } }\n`],
    [
      'a suppression',
      (text) => text.replace('      summary:', '      x-fidelity-ignore: { status-undeclared: known }\n      summary:'),
    ],
  ])('stays over %s', async (_, edit) => {
    const after = edit(payments);
    expect(after).not.toBe(payments);
    const target = after.includes('operationId: refund') ? 'refund' : 'createRefund';
    expect(await pinOf(after, target)).toBe(await pinOf(payments));
  });

  it('stays over another format', async () => {
    const { parse } = await import('yaml');
    const json = JSON.stringify(parse(payments));
    expect(await pinOf(json, 'createRefund', 'payments.json')).toBe(await pinOf(payments));
  });

  it.each<[string, (text: string) => string]>([
    ['its words', (text) => text.replace('Refunds   a payment', 'Refunds a part')],
    ['an answer', (text) => text.replace("'201'", "'202'")],
    ['what it refers to', (text) => text.replace('amount: { type: integer }', 'amount: { type: number }')],
    ['what that refers to', (text) => text.replace('Refunded already', 'Refunded before')],
    ['what the path says for it', (text) => text.replace('schema: { type: string } }', 'schema: { type: integer } }')],
  ])('changes with %s', async (_, edit) => {
    const after = edit(payments);
    expect(after).not.toBe(payments);
    expect(await pinOf(after)).not.toBe(await pinOf(payments));
  });

  it('of a part does not change with the rest', async () => {
    const after = payments.replace('amount: { type: integer }', 'amount: { type: number }');
    const target = 'createRefund#responses.409';
    expect(await pinOf(after, target)).toBe(await pinOf(payments, target));
  });
});
