// What holds for any two contracts, whatever is in them: equal ones differ in nothing, different ones never differ in nothing both ways,
// what breaks a request one way breaks a response the other way, and nothing that instances prove to break is called harmless.

import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { FileSource } from '../../server/src/base/host.ts';
import { changeRow } from '../../server/src/versioning/changes/catalogue.ts';
import { type Comparison, compareContracts } from '../../server/src/versioning/compare.ts';
import { type ContractSource, ContractSources } from '../../server/src/versioning/source.ts';
import { withWitnesses } from '../../server/src/versioning/witness/witnesses.ts';
import { Choices } from './contract-data.ts';
import { oracleLevel } from './oracle.ts';
import type { Direction } from './pairs.ts';

type Schema = { readonly [keyword: string]: unknown };

const path = '/w/openapi.yaml';
const runs = 120;
/** The same contracts in each run; another seed finds others. */
const seed = 2_026;

const few = fc.integer({ min: 0, max: 4 });
const word = fc.constantFrom('a', 'b', 'c');
const optional = { requiredKeys: ['type'] as ['type'] };

const text: fc.Arbitrary<Schema> = fc.record(
  {
    type: fc.constant('string'),
    minLength: few,
    maxLength: few.map((most) => most + 2),
    enum: fc.uniqueArray(word, { minLength: 1 }),
  },
  optional,
);
const number: fc.Arbitrary<Schema> = fc.record(
  { type: fc.constantFrom('integer', 'number'), minimum: few, maximum: few.map((most) => most + 4) },
  optional,
);
const plain: fc.Arbitrary<Schema> = fc.oneof(text, number, fc.constant({ type: 'boolean' }));

const schema: fc.Arbitrary<Schema> = fc.letrec<{ any: Schema; object: Schema; list: Schema; either: Schema }>(
  (tie) => ({
    any: fc.oneof({ depthSize: 'small', withCrossShrink: true }, plain, tie('object'), tie('list'), tie('either')),
    object: fc
      .record({
        properties: fc.dictionary(word, tie('any'), { maxKeys: 3 }),
        closed: fc.boolean(),
        required: fc.uniqueArray(word),
      })
      .map(({ properties, closed, required }) => ({
        type: 'object',
        properties,
        required: required.filter((name) => name in properties),
        ...(closed && { additionalProperties: false }),
      })),
    list: fc.record(
      { type: fc.constant('array'), items: tie('any'), minItems: few },
      { requiredKeys: ['type', 'items'] },
    ),
    either: fc
      .uniqueArray(plain, { minLength: 2, maxLength: 3, selector: ({ type }) => String(type).slice(0, 2) })
      .map((anyOf) => ({ anyOf })),
  }),
).any;

/** A schema and another one that is an edit of it, or has nothing to do with it. */
const pairs = fc.tuple(schema, schema, schema).map(([one, other, deep]): readonly [Schema, Schema] => [
  { type: 'object', properties: { same: deep, edited: one } },
  { type: 'object', properties: { same: deep, edited: other } },
]);

function contractOf(thing: Schema, direction: Direction): object {
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } };
  const answer = { 200: { description: 'ok', ...(direction === 'response' && { content }) } };
  const operation = { ...(direction === 'request' && { requestBody: { required: true, content } }), responses: answer };
  return {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1.0.0' },
    paths: { '/things': { post: operation } },
    components: { schemas: { Thing: thing } },
  };
}

function filesOf(written: string): FileSource {
  return {
    roots: ['/w'],
    list: () => [path],
    exists: (file) => file === path,
    version: () => written,
    read: (file) => (file === path ? { text: written } : { failure: 'missing' }),
  };
}

function open(contract: object, like?: ContractSource): ContractSource {
  const source = new ContractSources().open(filesOf(dump(contract, { noRefs: true })), path, like);
  if ('failure' in source) throw new Error(source.failure);
  return source;
}

function compare(base: Schema, revision: Schema, direction: Direction, shared = false): Comparison {
  const before = open(contractOf(base, direction));
  const after = open(contractOf(revision, direction), shared ? before : undefined);
  return withWitnesses(compareContracts(before, after, { today: '2026-06-01' }));
}

/** The same data with every map's keys the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, turned(item)]),
  );
}

const directions = fc.constantFrom<Direction>('request', 'response');

describe('any two contracts', () => {
  it('that are equal differ in nothing, in whatever order they are written', () => {
    fc.assert(
      fc.property(schema, directions, (thing, direction) => {
        expect(compare(thing, thing, direction).changes).toEqual([]);
        expect(compare(thing, turned(thing) as Schema, direction).changes).toEqual([]);
      }),
      { numRuns: runs, seed },
    );
  });

  it('that instances tell apart never differ in nothing both ways', () => {
    fc.assert(
      fc.property(pairs, directions, fc.nat(1_000), ([one, other], direction, sampled) => {
        fc.pre(oracleLevel(one, other, direction, new Choices(sampled)) !== 'none');
        const levels = [compare(one, other, direction).level, compare(other, one, direction).level];
        expect(levels).not.toEqual(['none', 'none']);
      }),
      { numRuns: runs, seed },
    );
  });

  it('break when instances prove it', () => {
    fc.assert(
      fc.property(pairs, directions, fc.nat(1_000), ([one, other], direction, sampled) => {
        fc.pre(oracleLevel(one, other, direction, new Choices(sampled)) === 'breaking');
        const { level, changes } = compare(one, other, direction);
        // Where people expect another level than instances prove, the table says so and why.
        if (changes.some(({ id }) => changeRow(id).convention)) return;
        expect(['breaking', 'risky']).toContain(level);
      }),
      { numRuns: runs, seed },
    );
  });

  it('differ in nothing one way as requests just when they do the other way as responses', () => {
    fc.assert(
      fc.property(pairs, ([one, other]) => {
        const sent = compare(one, other, 'request').changes.length > 0;
        expect(compare(other, one, 'response').changes.length > 0).toBe(sent);
      }),
      { numRuns: runs, seed },
    );
  });

  it('have one answer, whether or not what they have in common is read once', () => {
    fc.assert(
      fc.property(pairs, directions, ([one, other], direction) => {
        const shared = compare(one, other, direction, true).changes;
        expect(JSON.stringify(shared)).toBe(JSON.stringify(compare(one, other, direction).changes));
      }),
      { numRuns: runs, seed },
    );
  });
});

describe('a schema that reaches itself through three files', () => {
  const root = (version: string): string => `openapi: 3.1.0
info: { title: Chain, version: ${version} }
paths:
  /links:
    get:
      responses:
        '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Link' } } } }
components:
  schemas:
    Link: { type: object, properties: { next: { $ref: 'b.yaml#/Second' } } }
`;
  const second =
    "Second: { allOf: [{ $ref: 'c.yaml#/Third' }, { properties: { side: { $ref: 'openapi.yaml#/components/schemas/Link' } } }] }\n";
  const third = (type: string): string =>
    `Third: { type: object, properties: { size: { type: ${type} }, back: { $ref: 'openapi.yaml#/components/schemas/Link' }, self: { $ref: '#/Third' } } }\n`;

  function chain(type: string): ContractSource {
    const texts = new Map([
      [path, root('1.0.0')],
      ['/w/b.yaml', second],
      ['/w/c.yaml', third(type)],
    ]);
    const files: FileSource = {
      roots: ['/w'],
      list: () => [...texts.keys()],
      exists: (file) => texts.has(file),
      version: (file) => texts.get(file),
      read: (file) => (texts.has(file) ? { text: texts.get(file)! } : { failure: 'missing' }),
    };
    const source = new ContractSources().open(files, path);
    if ('failure' in source) throw new Error(source.failure);
    return source;
  }

  it('is compared to its end, and its one edit is one change', () => {
    const changed = withWitnesses(compareContracts(chain('integer'), chain('string'), { today: '2026-06-01' }));
    expect(changed.changes.map(({ id, level, subject }) => [id, level, subject])).toEqual([
      ['response-type-changed', 'breaking', '200.body.next.size'],
    ]);
    expect(changed.unread).toEqual([]);
    expect(compareContracts(chain('integer'), chain('integer'), { today: '2026-06-01' }).changes).toEqual([]);
  });
});

describe('one edit', () => {
  const ids = (base: Schema, revision: Schema, direction: Direction = 'response'): unknown =>
    compare(base, revision, direction).changes.map(({ id, subject }) => [id, subject]);
  const card = { type: 'object', properties: { number: { type: 'string' }, expiry: { type: 'string' } } };
  const bank = { type: 'object', properties: { iban: { type: 'string' } }, required: ['iban'] };

  it('that puts a schema among alternatives takes nothing away', () => {
    expect(ids(card, { oneOf: [card, bank] })).toEqual([['response-alternative-added', '200.body']]);
    expect(ids({ oneOf: [card, bank] }, card)).toEqual([['response-alternative-removed', '200.body']]);
  });

  it('that declares what the path had all along is documentation', () => {
    const contract = (declared: boolean): object => {
      const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }];
      const operation = { ...(declared && { parameters }), responses: { 204: { description: 'ok' } } };
      return { openapi: '3.1.0', info: { title: 'A', version: '1' }, paths: { '/things/{id}': { get: operation } } };
    };
    for (const [one, other] of [[false, true] as const, [true, false] as const]) {
      const found = compareContracts(open(contract(one)), open(contract(other)), { today: '2026-06-01' });
      expect(found.changes.map(({ id }) => id)).toEqual(['request-parameter-documentation-changed']);
      expect(found.level).toBe('none');
    }
  });

  it('that gives one of several alternatives another type is one change', () => {
    const either = (type: string): Schema => ({ anyOf: [{ type: 'boolean' }, { type }] });
    expect(ids(either('string'), either('integer'))).toEqual([['response-alternatives-replaced', '200.body']]);
  });

  it('that rules out all listed values by their type is one', () => {
    const listed = (type: string): Schema => ({ type, enum: ['a', 'b'] });
    expect(ids(listed('string'), listed('integer'), 'request')).toEqual([['request-type-changed', 'body']]);
    expect(ids(listed('string'), listed('string'), 'request')).toEqual([]);
  });
});
