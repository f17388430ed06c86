// Owns large contracts for the tests of fixes: the same orders service over and over, in several handwritings.

import { stringify } from 'yaml';

/** How a person writes: which format, how far in, in which order and with which line breaks. */
export interface Handwriting {
  readonly name: string;
  readonly file: string;
  readonly text: string;
}

export type Data = { readonly [key: string]: unknown };

/** Enough for more than 200,000 characters, above which texts are cut and parsed in parts. */
const RESOURCES = 160;

function resource(index: number): [string, Data][] {
  const name = `thing${String(index).padStart(3, '0')}`;
  const schema = { $ref: `#/components/schemas/Thing${String(index).padStart(3, '0')}` };
  const problem = { $ref: '#/components/responses/NotFound' };
  return [
    [
      `/${name}`,
      {
        get: {
          tags: [name],
          summary: `Lists what ${name} has`,
          operationId: `list-${name}`,
          parameters: [
            {
              name: 'limit',
              in: 'query',
              description: 'How many',
              required: false,
              schema: { type: 'integer', default: 20 },
            },
            { name: 'sort', in: 'query', schema: { type: 'string', enum: ['name', 'date'] } },
          ],
          responses: {
            '200': {
              description: 'Some',
              content: { 'application/json': { schema: { type: 'array', items: schema } } },
            },
            default: { description: 'Anything else' },
          },
        },
      },
    ],
    [
      `/${name}/{id}`,
      {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: {
          tags: [name],
          summary: `Reads one of ${name}`,
          operationId: `get-${name}`,
          responses: {
            '200': { description: 'One', content: { 'application/json': { schema } } },
            '404': problem,
          },
          security: [{ login: ['read'] }],
        },
      },
    ],
  ];
}

/** The data of them all. */
export function contract(): Data {
  const indexes = Array.from({ length: RESOURCES }, (_, index) => index);
  const thing = {
    type: 'object',
    description: 'One of many',
    required: ['id', 'status'],
    properties: {
      id: { type: 'string', description: 'Who it is' },
      status: { type: 'string', enum: ['open', 'closed'] },
      amount: { type: 'integer', minimum: 0 },
      owner: { $ref: '#/components/schemas/Owner' },
    },
  };
  return {
    openapi: '3.0.3',
    info: { title: 'Many things', version: '1.4.0', description: 'All: in one place # really' },
    servers: [{ url: 'https://things.example/v1' }],
    paths: Object.fromEntries(indexes.flatMap(resource)),
    components: {
      schemas: {
        ...Object.fromEntries(
          indexes.map((index) => [`Thing${String(index).padStart(3, '0')}`, { ...thing, title: `Thing ${index}` }]),
        ),
        Owner: {
          type: 'object',
          description: 'Whose it is',
          required: ['name'],
          properties: { name: { type: 'string' }, since: { type: 'string', format: 'date' } },
        },
        Problem: { type: 'object', properties: { code: { type: 'string' }, message: { type: 'string' } } },
      },
      responses: {
        NotFound: {
          description: 'There is no such thing',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
        Conflict: {
          description: 'Not now',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      securitySchemes: {
        login: { type: 'oauth2', flows: {} },
      },
    },
  };
}

export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}

/** Comments of all sorts and blank lines, as people leave them. */
export function annotated(text: string): string {
  return text
    .replaceAll(/^( {2,4}\/thing\d+:)$/gm, '\n  # the next of many\n$1   # a path')
    .replaceAll(/^( +)summary: /gm, '$1# what it is for\n$1summary: ')
    .replaceAll(/^( +)description: One of many$/gm, '$1description: >-   # folded\n$1  One of\n$1  many');
}

/** The same contract in each of the handwritings. */
export function largeContracts(): readonly Handwriting[] {
  const data = contract();
  const plain = stringify(data, { lineWidth: 0, aliasDuplicateObjects: false });
  return [
    { name: 'YAML', file: '/w/a.yaml', text: annotated(plain) },
    {
      name: 'YAML with CRLF and four columns',
      file: '/w/a.yaml',
      text: annotated(stringify(data, { lineWidth: 0, aliasDuplicateObjects: false, indent: 4 })).replaceAll(
        '\n',
        '\r\n',
      ),
    },
    {
      name: 'YAML in the order of the alphabet',
      file: '/w/a.yml',
      text: stringify(sorted(data), {
        lineWidth: 0,
        aliasDuplicateObjects: false,
        indentSeq: false,
        defaultStringType: 'QUOTE_DOUBLE',
        defaultKeyType: 'PLAIN',
      }),
    },
    { name: 'JSON', file: '/w/a.json', text: `${JSON.stringify(data, null, 2)}\n` },
    { name: 'JSON with tabs', file: '/w/a.json', text: JSON.stringify(sorted(data), null, '\t') },
  ];
}
