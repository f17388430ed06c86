// Owns the checks of texts, numbers and lists that validators share, by zod's names: which bound, format or pattern each adds.
// It must not know objects or parsing.

import type { NumberShape, StringShape } from '../../../../../shape/shape.ts';
import { type CallSite, textOf } from '../../value.ts';
import type { ScalarShape, Schema } from './schema.ts';

/** Formats of validators that JSON Schema has as well, by method name (v3 and v4). */
export const formats: Readonly<Record<string, string | undefined>> = {
  email: 'email',
  url: 'uri',
  httpUrl: 'uri',
  uuid: 'uuid',
  uuidv4: 'uuid',
  uuidv6: 'uuid',
  uuidv7: 'uuid',
  guid: 'uuid',
  datetime: 'date-time',
  date: 'date',
  time: 'time',
  duration: 'duration',
  ipv4: 'ipv4',
  ipv6: 'ipv6',
  hostname: 'hostname',
};

/** Formats that no contract format names: the texts stay texts. */
const otherFormats = new Set([
  'cuid',
  'cuid2',
  'ulid',
  'nanoid',
  'xid',
  'ksuid',
  'emoji',
  'ip',
  'cidr',
  'cidrv4',
  'cidrv6',
  'base64',
  'base64url',
  'jwt',
  'jws',
  'e164',
  'hex',
  'mac',
  'hash',
  'startsWith',
  'endsWith',
  'includes',
  'lowercase',
  'uppercase',
]);

export const isFormat = (name: string): boolean => name in formats || otherFormats.has(name);

/** The shape after a check of a text, a number or both; undefined when the method is not one. */
export function checkScalar(schema: Schema, key: string, site: CallSite): Schema | undefined {
  const { body } = schema;
  if (body.kind === 'array') return checkLength(schema, body, key, site);
  if (body.kind !== 'scalar') return undefined;
  const { shape } = body;
  if (shape.kind === 'string') return checkText(schema, shape, key, site);
  if (shape.kind === 'number') return checkNumber(schema, shape, key, site);
  // Dates and converted values have bounds too, of which nothing travels.
  return ['min', 'max', 'gt', 'gte', 'lt', 'lte', 'positive', 'nonnegative'].includes(key)
    ? refined(schema, site)
    : undefined;
}

function refined(schema: Schema, site: CallSite): Schema {
  return { ...schema, refined: true, place: site.place };
}

function withShape(schema: Schema, shape: ScalarShape, site: CallSite): Schema {
  return { ...schema, body: { kind: 'scalar', shape: { ...shape, origin: site.place } }, place: site.place };
}

function bound(site: CallSite): number | undefined {
  const [limit] = site.args;
  return limit?.kind === 'literal' && typeof limit.value === 'number' ? limit.value : undefined;
}

function checkText(schema: Schema, shape: StringShape, key: string, site: CallSite): Schema | undefined {
  const limit = bound(site);
  const bounded = (facts: Partial<StringShape>): Schema =>
    limit === undefined ? refined(schema, site) : withShape(schema, { ...shape, ...facts }, site);
  switch (key) {
    case 'min':
    case 'minLength':
      return bounded({ minLength: limit });
    case 'max':
    case 'maxLength':
      return bounded({ maxLength: limit });
    case 'length':
      return bounded({ minLength: limit, maxLength: limit });
    case 'nonempty':
      return withShape(schema, { ...shape, minLength: 1 }, site);
    case 'regex':
      return withPattern(schema, shape, site);
    case 'trim':
    case 'toLowerCase':
    case 'toUpperCase':
    case 'normalize':
    case 'slugify':
      return refined(schema, site);
    default: {
      if (!isFormat(key)) return undefined;
      const format = formats[key];
      return format ? withShape(schema, { ...shape, format }, site) : refined(schema, site);
    }
  }
}

/** A pattern with flags means something that a contract's pattern cannot say. */
function withPattern(schema: Schema, shape: StringShape, site: CallSite): Schema {
  const pattern = patternOf(site.args[0]);
  if (pattern === undefined || shape.pattern !== undefined) return refined(schema, site);
  return withShape(schema, { ...shape, pattern }, site);
}

/** The source of a regular expression without flags. */
export function patternOf(value: CallSite['args'][number] | undefined): string | undefined {
  if (value?.kind === 'external' && value.package === ':regexp') {
    const [, source, flags] = /^\/(.*)\/([a-z]*)$/s.exec(value.path[0] ?? '') ?? [];
    return flags === '' || flags === 'u' ? source : undefined;
  }
  return textOf(value);
}

function checkNumber(schema: Schema, shape: NumberShape, key: string, site: CallSite): Schema | undefined {
  const limit = bound(site);
  const facts = numberFacts(shape, key, limit);
  if (!facts) return undefined;
  const lost = limit === undefined && site.args.length > 0 && bounds.has(key);
  return lost ? refined(schema, site) : withShape(schema, { ...shape, ...facts }, site);
}

const bounds = new Set(['min', 'gte', 'minimum', 'max', 'lte', 'maximum', 'gt', 'lt', 'multipleOf', 'step']);

function numberFacts(shape: NumberShape, key: string, limit: number | undefined): Partial<NumberShape> | undefined {
  switch (key) {
    case 'int':
    case 'int32':
    case 'uint32':
      return { integer: true };
    case 'min':
    case 'gte':
    case 'minimum':
      return { minimum: limit };
    case 'max':
    case 'lte':
    case 'maximum':
      return { maximum: limit };
    case 'gt':
      return { exclusiveMinimum: limit };
    case 'lt':
      return { exclusiveMaximum: limit };
    case 'positive':
      return { exclusiveMinimum: 0 };
    case 'negative':
      return { exclusiveMaximum: 0 };
    case 'nonnegative':
      return { minimum: Math.max(0, shape.minimum ?? 0) };
    case 'nonpositive':
      return { maximum: Math.min(0, shape.maximum ?? 0) };
    case 'multipleOf':
    case 'step':
      return { multipleOf: limit };
    case 'finite':
    case 'safe':
      return {};
    default:
      return undefined;
  }
}

function checkLength(
  schema: Schema,
  body: Schema['body'] & { kind: 'array' },
  key: string,
  site: CallSite,
): Schema | undefined {
  const limit = bound(site);
  const withBody = (facts: Partial<typeof body>): Schema => ({
    ...schema,
    place: site.place,
    body: { ...body, ...facts },
  });
  switch (key) {
    case 'nonempty':
      return withBody({ minItems: 1 });
    case 'min':
    case 'minLength':
      return withBody({ minItems: limit });
    case 'max':
    case 'maxLength':
      return withBody({ maxItems: limit });
    case 'length':
      return withBody({ minItems: limit, maxItems: limit });
    default:
      return undefined;
  }
}
