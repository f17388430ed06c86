// Holds every repair on large contracts in several handwritings: the data changes as it should, and no line changes that need not.

import { describe, expect, it } from 'vitest';
import { recipes } from '../../server/src/fixes/repair.ts';
import { largeContracts } from './large-contract.ts';
import { dataIn, lacking, Plain } from './plain-data.ts';
import { repaired } from './repaired.ts';

interface Case {
  readonly id: string;
  readonly data: Record<string, unknown>;
  readonly change: (plain: Plain) => void;
  /** Lines of YAML that are gone (or written anew), and that are new. JSON may need a line more on each side for a comma. */
  readonly gone: number;
  readonly added: number;
}

const list = '/paths/~1thing080/get';
const one = '/paths/~1thing080~1{id}';
const thing = '/components/schemas/Thing080';

const cases: readonly Case[] = [
  {
    id: 'add-response',
    data: { pointer: list, status: '429', description: 'Too Many Requests' },
    change: (plain) => plain.set(`${list}/responses`, '429', { description: 'Too Many Requests' }),
    gone: 0,
    added: 2,
  },
  {
    id: 'add-parameter',
    data: { pointer: list, name: 'after', in: 'query', required: true, schema: { type: 'string' } },
    change: (plain) =>
      plain.push(`${list}/parameters`, { name: 'after', in: 'query', required: true, schema: { type: 'string' } }),
    gone: 0,
    added: 5,
  },
  {
    id: 'add-property',
    data: { pointer: thing, name: 'note', schema: { type: 'string' } },
    change: (plain) => plain.set(`${thing}/properties`, 'note', { type: 'string' }),
    gone: 0,
    added: 2,
  },
  {
    id: 'add-media-type',
    data: { pointer: `${list}/responses/200`, mediaType: 'text/csv', schema: { type: 'string' } },
    change: (plain) => plain.set(`${list}/responses/200/content`, 'text/csv', { schema: { type: 'string' } }),
    gone: 0,
    added: 3,
  },
  {
    id: 'add-request-body',
    data: { pointer: list, mediaType: 'application/json', schema: { type: 'array' }, required: true },
    change: (plain) =>
      plain.set(list, 'requestBody', {
        required: true,
        content: { 'application/json': { schema: { type: 'array' } } },
      }),
    gone: 0,
    added: 6,
  },
  {
    id: 'add-security',
    data: { pointer: list, scheme: 'login', scopes: {} },
    change: (plain) => plain.set(list, 'security', [{ login: [] }]),
    gone: 0,
    added: 2,
  },
  {
    id: 'declare-open',
    data: { pointer: list },
    change: (plain) => plain.set(list, 'security', []),
    gone: 0,
    added: 1,
  },
  {
    id: 'set-base-path',
    data: { pointer: '/servers/0/url', url: 'https://things.example/v2', basePath: '/v2' },
    change: (plain) => plain.set('/servers/0', 'url', 'https://things.example/v2'),
    gone: 1,
    added: 1,
  },
  {
    id: 'add-operation',
    data: {
      pointer: '/paths',
      path: '/thing080',
      method: 'post',
      operation: { responses: { '204': { description: 'Done' } } },
    },
    change: (plain) => plain.set('/paths/~1thing080', 'post', { responses: { '204': { description: 'Done' } } }),
    gone: 0,
    added: 4,
  },
  {
    id: 'add-header',
    data: { pointer: `${list}/responses/200`, name: 'X-Total', schema: { type: 'integer' } },
    change: (plain) => plain.set(`${list}/responses/200`, 'headers', { 'X-Total': { schema: { type: 'integer' } } }),
    gone: 0,
    added: 4,
  },
  {
    id: 'set-default',
    data: { pointer: `${list}/parameters/0/schema`, value: 50 },
    change: (plain) => plain.set(`${list}/parameters/0/schema`, 'default', 50),
    gone: 1,
    added: 1,
  },
  {
    id: 'add-enum-value',
    data: { pointer: `${thing}/properties/status`, values: ['frozen'] },
    change: (plain) => plain.push(`${thing}/properties/status/enum`, 'frozen'),
    gone: 0,
    added: 1,
  },
  {
    id: 'move-parameter',
    data: { pointer: `${list}/parameters/0`, in: 'header' },
    change: (plain) => plain.set(`${list}/parameters/0`, 'in', 'header'),
    gone: 1,
    added: 1,
  },
  {
    id: 'rename-parameter',
    data: { pointer: one, from: 'id', to: 'thingId' },
    change: (plain) => {
      plain.set(`${one}/parameters/0`, 'name', 'thingId');
      plain.rename('/paths', '/thing080/{id}', '/thing080/{thingId}');
    },
    gone: 2,
    added: 2,
  },
  {
    id: 'rename-property',
    data: { pointer: thing, from: 'status', to: 'state' },
    change: (plain) => {
      plain.rename(`${thing}/properties`, 'status', 'state');
      plain.set(thing, 'required', ['id', 'state']);
    },
    gone: 2,
    added: 2,
  },
  {
    id: 'rename-key',
    data: { pointer: `${list}/responses`, from: '200', to: '206' },
    change: (plain) => plain.rename(`${list}/responses`, '200', '206'),
    gone: 1,
    added: 1,
  },
  {
    id: 'remove-entry',
    data: { pointer: `${one}/get/responses/404` },
    change: (plain) => plain.drop(`${one}/get/responses`, '404'),
    gone: 2,
    added: 0,
  },
  {
    id: 'remove-field',
    data: { pointer: thing, name: 'id' },
    change: (plain) => {
      plain.set(thing, 'required', ['status']);
      plain.drop(`${thing}/properties`, 'id');
    },
    gone: 4,
    added: 0,
  },
  {
    id: 'remove-enum-value',
    data: { value: 'closed', schemas: [{ pointer: `${thing}/properties/status` }] },
    change: (plain) => plain.set(`${thing}/properties/status`, 'enum', ['open']),
    gone: 1,
    added: 0,
  },
  {
    id: 'name-handler',
    data: { pointer: list, key: 'operationId', from: 'list-thing080', to: 'everything' },
    change: (plain) => plain.set(list, 'operationId', 'everything'),
    gone: 1,
    added: 1,
  },
  {
    id: 'set-type',
    data: { pointer: `${thing}/properties/amount`, schema: { type: 'string' } },
    change: (plain) => plain.set(`${thing}/properties`, 'amount', { type: 'string' }),
    gone: 2,
    added: 1,
  },
  {
    id: 'set-nullable',
    data: { pointer: `${thing}/properties/amount` },
    change: (plain) => plain.set(`${thing}/properties/amount`, 'nullable', true),
    gone: 0,
    added: 1,
  },
  {
    id: 'set-constraint',
    data: { pointer: `${thing}/properties/amount`, keyword: 'minimum', value: 1 },
    change: (plain) => plain.set(`${thing}/properties/amount`, 'minimum', 1),
    gone: 1,
    added: 1,
  },
  {
    id: 'set-required',
    data: { pointer: thing, name: 'amount', value: true },
    change: (plain) => plain.push(`${thing}/required`, 'amount'),
    gone: 0,
    added: 1,
  },
  {
    id: 'deprecate',
    data: { pointer: list, sunset: '2027-01-31' },
    change: (plain) => {
      plain.set(list, 'deprecated', true);
      plain.set(list, 'x-sunset', '2027-01-31');
    },
    gone: 0,
    added: 2,
  },
  {
    id: 'quote-value',
    data: { pointer: `${list}/parameters/0/schema/default` },
    change: (plain) => plain.set(`${list}/parameters/0/schema`, 'default', '20'),
    gone: 1,
    added: 1,
  },
  {
    // A content without a description stands for a response without one: it is the same kind of map.
    id: 'describe',
    data: { pointer: `${list}/responses/200/content/application~1json`, description: 'OK' },
    change: (plain) => plain.set(`${list}/responses/200/content/application~1json`, 'description', 'OK'),
    gone: 0,
    added: 1,
  },
  {
    id: 'set-version',
    data: { version: '2.0.0' },
    change: (plain) => plain.set('/info', 'version', '2.0.0'),
    gone: 1,
    added: 1,
  },
];

describe('every repair on a large contract', () => {
  for (const handwriting of largeContracts()) {
    describe(handwriting.name, () => {
      const before = dataIn(handwriting.file, handwriting.text);
      it.each(cases)('$id', ({ id, data, change, gone, added }) => {
        const { file, text } = handwriting;
        const after = repaired(file, text, id, data);
        const expected = new Plain(structuredClone(before));
        change(expected);
        expect(dataIn(file, after)).toEqual(expected.data);

        const breaks = text.includes('\r\n') ? '\r\n' : '\n';
        const [old, now] = [text.split(breaks), after.split(breaks)];
        // A closing brace on a line of its own and a comma behind what was last are JSON's, and no change of anybody's words.
        const words = (lines: readonly string[]): string[] =>
          file.endsWith('.json')
            ? lines.map((line) => line.replace(/,$/, '')).filter((line) => /\w/.test(line))
            : [...lines];
        expect(lacking(words(old), words(now))).toHaveLength(gone);
        expect(lacking(words(now), words(old)).length).toBeLessThanOrEqual(added);
        if (!file.endsWith('.json')) expect(now.length - old.length).toBe(added - gone);
        else expect(lacking(old, now).length).toBeLessThanOrEqual(gone + 2);
      });
    });
  }

  it('is tried for every recipe', () => {
    const tried = new Set(cases.map(({ id }) => id));
    // Some change code or comments and no contract's data.
    const others = [
      'accept-change',
      'accept-finding',
      'add-decorator',
      'add-guard',
      'ignore-comment',
      'replace-text',
      'replace-texts',
      'insert-link',
      'mark-field',
      'mark-internal',
      'move-statement',
      'remove-comment',
      'remove-decorator',
      'remove-property',
      'remove-statement',
      'scaffold-handler',
      'unwrap-object',
      'wrap-value',
      // Its steps are tried over every pair of contracts in test/versioning/mending.test.ts.
      'take-back',
      'write-changelog',
    ];
    const all = recipes.map(({ id }) => id).filter((id) => !others.includes(id));
    expect([...tried].sort()).toEqual(all.sort());
  });
});
