import { describe, expect, it } from 'vitest';
import { addedLines, dataOf, refusal, repaired } from './repaired.ts';

const yaml = `openapi: 3.0.3
info: { title: Orders, version: 1.0.0 }
paths:
  # The only path there is.
  /orders/{id}:
    get:
      summary: Reads an order # with a comment
      responses:
        '200':
          description: "The order: as stored"
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Order'
        # Only for strangers.
        '401':
          description: Not signed in

        default:
          description: Anything else
`;
const operation = '/paths/~1orders~1{id}/get';

describe('add-response in YAML', () => {
  it('adds exactly the lines of the response, in the order of statuses', () => {
    const after = repaired('/w/api.yaml', yaml, 'add-response', {
      pointer: operation,
      status: '404',
      description: 'Not found',
      mediaType: 'application/json',
      schema: { type: 'object', required: ['code'], properties: { code: { type: 'string' } } },
    });
    expect(addedLines(yaml, after)).toEqual([
      "        '404':",
      '          description: Not found',
      '          content:',
      '            application/json:',
      '              schema:',
      '                type: object',
      '                required:',
      '                  - code',
      '                properties:',
      '                  code:',
      '                    type: string',
    ]);
    const lines = after.split('\n');
    expect(lines.indexOf("        '404':")).toBe(lines.indexOf('          description: Not signed in') + 1);
    expect(Object.keys(dataOf(after, 'paths', '/orders/{id}', 'get', 'responses') as object)).toEqual([
      '200',
      '401',
      '404',
      'default',
    ]);
  });

  it('keeps a comment with the status that it speaks of', () => {
    const after = repaired('/w/api.yaml', yaml, 'add-response', {
      pointer: operation,
      status: 400,
      description: 'Bad',
    });
    expect(after).toContain(
      "Order'\n        '400':\n          description: Bad\n        # Only for strangers.\n        '401':",
    );
  });

  it('puts the smallest status first', () => {
    const after = repaired('/w/api.yaml', yaml, 'add-response', {
      pointer: operation,
      status: 102,
      description: 'Wait',
    });
    expect(addedLines(yaml, after)).toEqual(["        '102':", '          description: Wait']);
    expect(dataOf(after)).toBeTruthy();
  });

  it.each([
    ['no quotes', '', 'Gone'],
    ['double quotes', '"', '"Gone"'],
    ['single quotes', "'", "'Gone'"],
  ])('writes statuses and texts like the neighbours: %s', (_, quote, description) => {
    const text = `paths:\n    /a:\n        get:\n            responses:\n                ${quote}200${quote}:\n                    description: ${quote}Fine${quote}\n`;
    const after = repaired('/w/a.yml', text, 'add-response', {
      pointer: '/paths/~1a/get',
      status: 410,
      description: 'Gone',
    });
    expect(addedLines(text, after)).toEqual([
      `                ${quote}410${quote}:`,
      `                    description: ${description}`,
    ]);
  });

  it('quotes a text that YAML would read as something else', () => {
    for (const description of [
      'yes',
      '404',
      'a: b',
      '# no',
      '- x',
      'it # is',
      "it's",
      '',
      'two\nlines',
      ' padded',
      '2020-01-01',
    ]) {
      const text = 'paths:\n  /a:\n    get:\n      responses:\n        200:\n          description: Fine\n';
      const after = repaired('/w/a.yml', text, 'add-response', { pointer: '/paths/~1a/get', status: 410, description });
      expect(dataOf(after, 'paths', '/a', 'get', 'responses', '410')).toEqual({ description });
    }
  });

  it('adds the responses that an operation lacks, where they belong', () => {
    const text = 'paths:\n  /a:\n    get:\n      operationId: a\n      security: []\n';
    const after = repaired('/w/a.yaml', text, 'add-response', {
      pointer: '/paths/~1a/get',
      status: 200,
      description: 'Fine',
    });
    expect(after).toBe(
      "paths:\n  /a:\n    get:\n      operationId: a\n      responses:\n        '200':\n          description: Fine\n      security: []\n",
    );
  });

  it.each([
    ['an empty map', 'responses: {} # none yet', 'responses: # none yet'],
    ['nothing', 'responses:', 'responses:'],
    ['null', 'responses: null', 'responses:'],
  ])('fills %s', (_, written, kept) => {
    const text = `paths:\n  /a:\n    get:\n      ${written}\n  /b: {}\n`;
    const after = repaired('/w/a.yaml', text, 'add-response', {
      pointer: '/paths/~1a/get',
      status: 200,
      description: 'Fine',
    });
    expect(after).toBe(
      `paths:\n  /a:\n    get:\n      ${kept}\n        '200':\n          description: Fine\n  /b: {}\n`,
    );
  });

  it('keeps flow style, Windows line breaks and a missing last line break', () => {
    const flow = "paths: { /a: { get: { responses: { '200': { description: Fine } } } } }";
    expect(
      repaired('/w/a.yaml', flow, 'add-response', { pointer: '/paths/~1a/get', status: 404, description: 'Gone' }),
    ).toBe("paths: { /a: { get: { responses: { '200': { description: Fine }, '404': { description: Gone } } } } }");
    const windows = "paths:\r\n  /a:\r\n    get:\r\n      responses:\r\n        '200':\r\n          description: Fine";
    expect(
      repaired('/w/a.yaml', windows, 'add-response', { pointer: '/paths/~1a/get', status: 404, description: 'Gone' }),
    ).toBe(`${windows}\r\n        '404':\r\n          description: Gone`);
  });

  it('does not cut a block scalar that ends the neighbour', () => {
    const text =
      "paths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: |\n            Two\n\n            lines.\n\n  /b: {}\n";
    const after = repaired('/w/a.yaml', text, 'add-response', {
      pointer: '/paths/~1a/get',
      status: 404,
      description: 'Gone',
    });
    expect(addedLines(text, after)).toEqual(["        '404':", '          description: Gone']);
    const response = dataOf(after, 'paths', '/a', 'get', 'responses', '200');
    expect(response).toEqual({ description: 'Two\n\nlines.\n' });
  });

  it('writes Swagger 2.0 without media types', () => {
    const text =
      "swagger: '2.0'\npaths:\n  /a:\n    get:\n      responses:\n        200:\n          description: Fine\n";
    const after = repaired('/w/a.yaml', text, 'add-response', {
      pointer: '/paths/~1a/get',
      status: 404,
      description: 'Gone',
      mediaType: 'application/json',
      schema: { type: ['string', 'null'] },
    });
    expect(dataOf(after, 'paths', '/a', 'get', 'responses', '404')).toEqual({
      description: 'Gone',
      schema: { type: 'string', 'x-nullable': true },
    });
  });

  it('refuses what it could only guess', () => {
    const add = { pointer: operation, status: 404, description: 'Gone' };
    expect(refusal('/w/a.yaml', `${yaml}  /broken: [`, 'add-response', add)).toMatch(/syntax error/);
    expect(refusal('/w/a.yaml', yaml, 'add-response', { ...add, status: 401 })).toMatch(/already/);
    expect(refusal('/w/a.yaml', yaml, 'add-response', { ...add, pointer: '/paths/~1nowhere/get' })).toMatch(
      /no operation/,
    );
    expect(refusal('/w/a.yaml', yaml, 'add-response', { ...add, status: 'x: y' })).toMatch(/no status/);
    const shared = "x: &all\n  '200': { description: Fine }\npaths:\n  /a:\n    get:\n      responses: *all\n";
    expect(refusal('/w/a.yaml', shared, 'add-response', { ...add, pointer: '/paths/~1a/get' })).toMatch(/alias/);
  });
});

describe('add-response in JSON', () => {
  const json = JSON.stringify(
    {
      openapi: '3.0.3',
      paths: { '/a': { get: { responses: { 200: { description: 'Fine' }, default: { description: 'Else' } } } } },
    },
    null,
    2,
  );

  it('adds exactly the lines of the response', () => {
    const after = repaired('/w/a.json', json, 'add-response', {
      pointer: '/paths/~1a/get',
      status: 404,
      description: 'Gone "for good"',
      mediaType: 'application/json',
      schema: { type: ['string', 'null'] },
    });
    const expected = JSON.parse(json);
    expected.paths['/a'].get.responses = {
      200: { description: 'Fine' },
      404: {
        description: 'Gone "for good"',
        content: { 'application/json': { schema: { type: 'string', nullable: true } } },
      },
      default: { description: 'Else' },
    };
    expect(after).toBe(JSON.stringify(expected, null, 2));
  });

  it('keeps tabs', () => {
    const tabs = JSON.stringify(JSON.parse(json), null, '\t');
    const after = repaired('/w/a.json', tabs, 'add-response', {
      pointer: '/paths/~1a/get',
      status: 404,
      description: 'Gone',
    });
    expect(JSON.stringify(JSON.parse(after), null, '\t')).toBe(after);
  });

  it('keeps minified text on its line', () => {
    const small = JSON.stringify(JSON.parse(json));
    const after = repaired('/w/a.json', small, 'add-response', {
      pointer: '/paths/~1a/get',
      status: 404,
      description: 'Gone',
    });
    expect(JSON.stringify(JSON.parse(after))).toBe(after);
  });
});
