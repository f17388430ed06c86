// Owns an oracle that knows nothing of the engine: it samples instances of two schemas, lets `ajv` judge them, and says which side
// alone accepts some. What it does not find may still exist, so that it is generous with samples and uses the schemas' own words.

import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { type Choices, type Data, isMap } from './contract-data.ts';
import type { Direction } from './pairs.ts';

export type OracleLevel = 'breaking' | 'compatible' | 'none';

/** Samples per pair of schemas. */
const samples = 500;

const ajv = new Ajv2020({ strict: false, logger: false, addUsedSchema: false });
formats.default(ajv);

/** The level that sampled instances prove: a request that is refused from now on, or a response that was never possible, breaks. */
export function oracleLevel(base: unknown, revision: unknown, direction: Direction, choices: Choices): OracleLevel {
  const [before, after] = [base, revision].map((schema) => bound(schema, direction));
  const [acceptsBefore, acceptsAfter] = [ajv.compile(before as object), ajv.compile(after as object)];
  const words = wordsOf([before, after]);
  const sampler = new Sampler(choices, words);
  let lost = false;
  let gained = false;
  for (let index = 0; index < samples && !(lost && gained); index++) {
    const value = sampler.value(index % 2 === 0 ? before : after, 4);
    const [had, has] = [acceptsBefore(value), acceptsAfter(value)];
    if (had && !has) lost = true;
    if (!had && has) gained = true;
  }
  const [breaks, adds] = direction === 'request' ? [lost, gained] : [gained, lost];
  return breaks ? 'breaking' : adds ? 'compatible' : 'none';
}

/** A schema as it binds one direction: what is read-only binds no request and need not be sent; write-only likewise for responses. */
function bound(schema: unknown, direction: Direction): unknown {
  if (Array.isArray(schema)) return schema.map((item) => bound(item, direction));
  if (!isMap(schema)) return schema;
  const mark = direction === 'request' ? 'readOnly' : 'writeOnly';
  const result: Data = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, bound(value, direction)]));
  const { properties, required } = schema;
  if (!isMap(properties)) return result;
  const hidden = Object.keys(properties).filter((name) => (properties[name] as Data)[mark] === true);
  for (const name of hidden) (result.properties as Data)[name] = {};
  if (Array.isArray(required)) result.required = required.filter((name) => !hidden.includes(name));
  return result;
}

interface Words {
  readonly names: readonly string[];
  readonly strings: readonly string[];
  readonly numbers: readonly number[];
  readonly others: readonly unknown[];
}

/** Texts that formats and patterns tell apart. */
const texts: readonly string[] = [
  '',
  'a',
  'b',
  'abc',
  'ABC',
  'ab',
  '2026-01-31',
  '2026-01-31T12:00:00Z',
  '123e4567-e89b-42d3-a456-426614174000',
  'a@example.com',
  'https://example.com/',
  'bcd',
];

/** Every name, text and number that schemas mention, the numbers with their neighbours. */
function wordsOf(schemas: readonly unknown[]): Words {
  const names = new Set(['unnamed', 'x-a', 'averylongname']);
  const strings = new Set(texts);
  const numbers = new Set([0, 1, -1, 0.5, 2 ** 31, 12, 60]);
  const others: unknown[] = [null, true, false];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (isMap(value)) {
      for (const [key, item] of Object.entries(value)) {
        if (key === 'properties' && isMap(item)) for (const name of Object.keys(item)) names.add(name);
        if (key === 'dependentRequired' && isMap(item))
          for (const [name, others] of Object.entries(item))
            for (const one of [name, ...(others as string[])]) names.add(one);
        if (key === 'dependentSchemas' && isMap(item)) for (const name of Object.keys(item)) names.add(name);
        if (key === 'required' && Array.isArray(item)) for (const name of item) names.add(String(name));
        visit(item);
      }
    } else if (typeof value === 'string') {
      strings.add(value);
    } else if (typeof value === 'number') {
      for (const near of [value - 1, value, value + 1, value * 2, value * 3]) numbers.add(near);
      for (const length of [value - 1, value, value + 1])
        if (length >= 0 && length < 100) strings.add('a'.repeat(length));
    }
  };
  visit(schemas);
  return { names: [...names], strings: [...strings], numbers: [...numbers], others };
}

class Sampler {
  constructor(
    private readonly choices: Choices,
    private readonly words: Words,
  ) {}

  /** A value that a schema is likely to accept, and at times one that it is not. */
  value(schema: unknown, depth: number): unknown {
    const { choices, words } = this;
    if (!isMap(schema) || depth <= 0 || choices.below(12) === 0) return this.anything(depth);
    if ('const' in schema && choices.below(3) > 0) return schema.const;
    if (Array.isArray(schema.enum) && choices.below(3) > 0) return choices.pick(schema.enum);
    for (const key of ['anyOf', 'oneOf', 'allOf']) {
      const list = schema[key];
      if (Array.isArray(list) && choices.below(3) > 0) {
        const part = this.value(choices.pick(list), depth);
        const whole = this.ofType(schema, depth);
        return isMap(part) && isMap(whole) ? { ...whole, ...part } : part;
      }
    }
    return choices.below(20) === 0 ? choices.pick(words.others) : this.ofType(schema, depth);
  }

  private ofType(schema: Data, depth: number): unknown {
    const { choices, words } = this;
    const { type } = schema;
    const named = Array.isArray(type) ? choices.pick(type) : type;
    const guess = 'properties' in schema || 'required' in schema ? 'object' : 'items' in schema ? 'array' : undefined;
    switch (named ?? guess) {
      case 'string':
        return choices.pick(words.strings);
      case 'integer':
      case 'number':
        return choices.pick(words.numbers);
      case 'boolean':
        return choices.below(2) === 0;
      case 'null':
        return null;
      case 'array':
        return this.list(schema, depth);
      case 'object':
        return this.object(schema, depth);
      default:
        return this.anything(depth);
    }
  }

  private list(schema: Data, depth: number): unknown[] {
    const { choices } = this;
    const leading = Array.isArray(schema.prefixItems) ? schema.prefixItems : [];
    const length = choices.below(8);
    const items = Array.from({ length }, (_, index) =>
      this.value(leading[index] ?? (choices.below(3) === 0 ? schema.contains : schema.items), depth - 1),
    );
    // Lists of one value, as often as lists of several.
    return choices.below(3) === 0 && length > 0 ? items.map(() => items[0]) : items;
  }

  private object(schema: Data, depth: number): Data {
    const { choices, words } = this;
    const properties = isMap(schema.properties) ? schema.properties : {};
    const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
    const wanted = choices.below(8);
    const optional = Array.from({ length: wanted }, () => choices.pick(words.names)!);
    const names = [
      ...(choices.below(4) > 0 ? [...required, ...Object.keys(properties).filter(() => choices.below(2) === 0)] : []),
      ...optional,
    ];
    if (choices.below(4) === 0) names.splice(0, names.length, ...required);
    const filled =
      choices.below(6) === 0 ? Array.from({ length: choices.below(8) }, (_, index) => `field${index}`) : [];
    return Object.fromEntries(
      [...names, ...filled].map((name) => [
        name,
        this.value(properties[name] ?? schema.additionalProperties ?? {}, depth - 1),
      ]),
    );
  }

  private anything(depth: number): unknown {
    const { choices, words } = this;
    switch (choices.below(depth > 1 ? 6 : 4)) {
      case 0:
        return choices.pick(words.strings);
      case 1:
        return choices.pick(words.numbers);
      case 2:
        return choices.pick(words.others);
      case 3:
        return choices.pick(words.strings);
      case 4:
        return Array.from({ length: choices.below(4) }, () => this.anything(depth - 2));
      default:
        return this.object({}, depth - 1);
    }
  }
}
