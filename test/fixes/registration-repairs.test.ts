import { describe, expect, it } from 'vitest';
import { codeOffers, foundBy, repairedBy, type Texts } from './offered.ts';

const contract = `openapi: 3.0.3
info: { title: Orders, version: 1.0.0 }
paths:
  /orders/{id}:
    get:
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      responses:
        '204': { description: It exists }
  /orders/export:
    get:
      responses:
        '202': { description: Begun }
`;

const service = (...lines: string[]): Texts => ({
  'openapi.yaml': contract,
  'app.ts': [
    "import express from 'express';",
    'const app = express();',
    '',
    ...lines,
    '',
    'app.listen(3000);',
    '',
  ].join('\n'),
});

describe('a wider path before a narrower one', () => {
  it('goes behind it, with its comment', async () => {
    const { title, texts } = await repairedBy(
      'route-shadowed',
      service(
        '// One order.',
        "app.get('/orders/:id', (req, res) => {",
        '  res.status(204).end();',
        '});',
        '',
        'const started = 202;',
        '',
        "app.get('/orders/export', (req, res) => {",
        '  res.status(started).end();',
        '});',
      ),
    );
    expect(title).toBe('Register /orders/{id} behind it');
    expect(texts['app.ts']).toBe(
      [
        "import express from 'express';",
        'const app = express();',
        '',
        'const started = 202;',
        '',
        "app.get('/orders/export', (req, res) => {",
        '  res.status(started).end();',
        '});',
        '',
        '// One order.',
        "app.get('/orders/:id', (req, res) => {",
        '  res.status(204).end();',
        '});',
        '',
        'app.listen(3000);',
        '',
      ].join('\n'),
    );
  });

  it('stays where it is only a part of a statement', async () => {
    const kept = service(
      "const wide = app.get('/orders/:id', (req, res) => { res.status(204).end(); });",
      "app.get('/orders/export', (req, res) => { res.status(202).end(); });",
    );
    const [finding] = await foundBy('route-shadowed', kept);
    expect(codeOffers(finding!)).toEqual([]);
  });
});

describe('a second registration', () => {
  it('goes, and one blank line with it', async () => {
    const kept = [
      "app.get('/orders/export', (req, res) => { res.status(202).end(); });",
      "app.get('/orders/:id', (req, res) => { res.status(204).end(); });",
    ];
    const second = [
      '',
      '// Nobody gets here.',
      "app.get('/orders/export', (req, res) => {",
      '  res.status(410).end();',
      '});',
    ];
    const { title, texts } = await repairedBy('route-duplicated', service(...kept, ...second));
    expect(title).toBe('Remove the second registration');
    expect(texts).toEqual(service(...kept));
  });
});
