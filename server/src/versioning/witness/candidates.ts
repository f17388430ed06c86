// Owns making values that a schema may accept, with those at the edges of what another schema says: where the two part, one of them
// tells. It must not know validators: a candidate is a guess.

import type { JsonSchema } from '../../contract/lint/json-schema.ts';

type Data = { readonly [keyword: string]: unknown };

/** Most values that are tried for one schema, so that hostile contracts cost little. */
const most = 120;
/** A text or a list longer than this is shown to nobody. */
const longest = 3_000;

const samples: ReadonlyMap<string, string> = new Map([
  ['date', '2026-01-31'],
  ['date-time', '2026-01-31T12:00:00Z'],
  ['time', '12:00:00Z'],
  ['duration', 'P1D'],
  ['uuid', '123e4567-e89b-42d3-a456-426614174000'],
  ['email', 'a@example.com'],
  ['idn-email', 'a@example.com'],
  ['hostname', 'example.com'],
  ['ipv4', '192.0.2.1'],
  ['ipv6', '2001:db8::1'],
  ['uri', 'https://example.com/a'],
  ['url', 'https://example.com/a'],
  ['uri-reference', '/a'],
  ['byte', 'YQ=='],
]);

/** Values for a schema, with the edges of a second one. Simple values come first. */
export function candidates(schema: JsonSchema, other: JsonSchema, depth = 3): unknown[] {
  if (schema === false) return other === true || other === false ? ['a', 1, null, {}] : candidates(other, true, depth);
  const own = schema === true ? {} : schema;
  const edge = typeof other === 'boolean' ? {} : other;
  const values: unknown[] = [...listOf(own.enum), ...listOf(edge.enum)];
  const types = new Set([...typesOf(own), ...typesOf(edge)]);
  if (types.size === 0) for (const type of ['string', 'integer', 'object', 'boolean', 'array', 'null']) types.add(type);
  for (const type of types) values.push(...ofType(type, own, edge, depth));
  // Where nothing is said of the type, a value of a type that the other side does not know tells most.
  if (typesOf(own).length === 0) values.push(0, 'a', true, {}, [], null);
  for (const branch of branchesOf(own)) values.push(...candidates(branch, edge, depth - 1));
  for (const branch of branchesOf(edge)) values.push(...candidates(branch, own, depth - 1));
  return unique(values).slice(0, most);
}

function ofType(type: string, own: Data, edge: Data, depth: number): unknown[] {
  switch (type) {
    case 'null':
      return [null];
    case 'boolean':
      return [true, false];
    case 'string':
      return strings(own, edge);
    case 'number':
    case 'integer':
      return numbers(own, edge, type === 'integer');
    case 'array':
      return arrays(own, edge, depth);
    default:
      return objects(own, edge, depth);
  }
}

function strings(own: Data, edge: Data): string[] {
  const made = ['a', ''];
  for (const format of [...stated(own, 'format'), ...stated(edge, 'format')])
    made.push(samples.get(String(format)) ?? 'a');
  for (const length of lengths(own, edge, 'minLength', 'maxLength')) made.push('a'.repeat(length));
  for (const pattern of [...stated(own, 'pattern'), ...stated(edge, 'pattern')])
    made.push(...matching(String(pattern)));
  return made;
}

/** Texts that simple patterns take: literal texts, and one class with a count. */
function matching(pattern: string): string[] {
  const inner = pattern.replace(/^\^/, '').replace(/\$$/, '');
  if (/^[\w-]+$/.test(inner)) return [inner];
  const counted = /^\[([^\]\\^]+)\](?:\{(\d+)(?:,\d*)?\}|[+*])?$/.exec(inner);
  if (!counted) return [];
  const [, set = 'a', count = '1'] = counted;
  return [
    set.charAt(0).repeat(Math.min(Number(count), longest)),
    set.charAt(set.length - 1).repeat(Math.min(Math.max(1, Number(count)), longest)),
  ];
}

function numbers(own: Data, edge: Data, whole: boolean): number[] {
  const made = [0, 1, -1];
  for (const data of [own, edge]) {
    for (const key of ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']) {
      const bound = data[key];
      if (typeof bound === 'number')
        made.push(bound, bound + 1, bound - 1, ...(whole ? [] : [bound + 0.5, bound - 0.5]));
    }
    for (const multiple of stated(data, 'multipleOf'))
      if (typeof multiple === 'number') made.push(multiple, multiple * 2, multiple * 3);
  }
  if (stated(own, 'format').includes('int32') || stated(edge, 'format').includes('int32'))
    made.push(2 ** 31, 2 ** 31 - 1);
  return whole ? made.filter(Number.isInteger) : [...made, 0.5, 1.25];
}

function lengths(own: Data, edge: Data, low: string, high: string): number[] {
  const found = [own[low], own[high], edge[low], edge[high]].flatMap((bound) =>
    typeof bound === 'number' ? [bound, bound + 1, bound - 1] : [],
  );
  return [...new Set(found)].filter((length) => length >= 0 && length <= longest);
}

function arrays(own: Data, edge: Data, depth: number): unknown[][] {
  const items = depth <= 0 ? ['a'] : candidates(asSchema(own.items), asSchema(edge.items), depth - 1);
  const first = items[0];
  const made: unknown[][] = [[], ...items.slice(0, 20).map((item) => [item]), [first, first], items.slice(0, 2)];
  const leading = listOf(own.prefixItems).map((item) =>
    depth <= 0 ? 'a' : candidates(asSchema(item), true, depth - 1)[0],
  );
  if (leading.length > 0) made.push(leading);
  const wanted = [own.contains, edge.contains].flatMap((schema) =>
    schema === undefined || depth <= 0 ? [] : candidates(asSchema(schema), true, depth - 1).slice(0, 3),
  );
  for (const item of wanted) made.push([item]);
  const counts = [...lengths(own, edge, 'minItems', 'maxItems'), ...lengths(own, edge, 'minContains', 'maxContains')];
  for (const length of new Set(counts)) {
    if (length > 200) continue;
    made.push(
      ...wanted.map((item) => Array.from({ length }, () => item)),
      Array.from({ length }, () => first),
      Array.from({ length }, (_, index) => items[index % items.length]),
      Array.from({ length }, (_, index) => index),
    );
  }
  return made;
}

function objects(own: Data, edge: Data, depth: number): object[] {
  const named = { ...record(own.properties) };
  const others = record(edge.properties);
  const names = [
    ...new Set(
      [...Object.keys(named), ...Object.keys(others), ...listOf(own.required), ...listOf(edge.required)].map(String),
    ),
  ];
  const valuesOf = (name: string): unknown[] =>
    depth <= 0
      ? ['a']
      : candidates(
          asSchema(named[name] ?? own.additionalProperties),
          asSchema(others[name] ?? edge.additionalProperties),
          depth - 1,
        );
  const choices = new Map(names.slice(0, 60).map((name) => [name, valuesOf(name)]));
  const first = (name: string): unknown => pick(choices.get(name), asSchema(named[name]));
  const build = (chosen: readonly string[]): Record<string, unknown> =>
    Object.fromEntries(chosen.filter((name) => name !== '__proto__').map((name) => [name, first(name)]));
  const required = listOf(own.required).map(String);
  const minimal = build([...new Set([...required, ...listOf(edge.required).map(String)])]);
  const made: Record<string, unknown>[] = [minimal, build(required), build(names)];
  made.push({ ...minimal, unnamed: 'a' });
  for (const name of names) {
    if (name === '__proto__') continue;
    for (const value of (choices.get(name) ?? ['a']).slice(0, 24)) made.push({ ...minimal, [name]: value });
  }
  for (const name of Object.keys(minimal)) {
    const { [name]: _, ...without } = minimal;
    made.push(without);
  }
  for (const length of lengths(own, edge, 'minProperties', 'maxProperties')) {
    if (length > 200) continue;
    const filled = { ...minimal };
    for (let index = 0; Object.keys(filled).length < length; index++)
      filled[names[index] ?? `field${index}`] = first(names[index] ?? '') ?? 'a';
    made.push(filled);
  }
  return made;
}

/** A value that the schema of a property most likely takes. */
function pick(values: readonly unknown[] | undefined, schema: JsonSchema): unknown {
  if (!values || values.length === 0) return 'a';
  if (typeof schema === 'boolean') return values[0];
  const listed = listOf(schema.enum);
  if (listed.length > 0) return listed[0];
  const types = typesOf(schema);
  const typed = values.filter((value) => types.length === 0 || types.includes(typeOf(value)));
  return typed.find((value) => fits(value, schema)) ?? typed[0] ?? values[0];
}

/** Whether a value keeps to what the commonest keywords say; the rest is for a validator. */
function fits(value: unknown, schema: Data): boolean {
  const bound = (keyword: string): number | undefined => {
    const found = schema[keyword];
    return typeof found === 'number' ? found : undefined;
  };
  const between = (size: number, low: string, high: string): boolean =>
    size >= (bound(low) ?? Number.NEGATIVE_INFINITY) && size <= (bound(high) ?? Number.POSITIVE_INFINITY);
  if (typeof value === 'number') {
    const inside = value > (bound('exclusiveMinimum') ?? -Infinity) && value < (bound('exclusiveMaximum') ?? Infinity);
    return inside && between(value, 'minimum', 'maximum');
  }
  if (Array.isArray(value)) return between(value.length, 'minItems', 'maxItems');
  if (typeof value !== 'string') return true;
  const formats = stated(schema, 'format').map((format) => samples.get(String(format)));
  const patterns = stated(schema, 'pattern').map((pattern) => matching(String(pattern)));
  return (
    between(value.length, 'minLength', 'maxLength') &&
    formats.every((sample) => sample === undefined || sample === value) &&
    patterns.every((made) => made.length === 0 || made.includes(value))
  );
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : typeof value;
}

/** What a keyword says in a schema and in the parts that hold beside it. */
function stated(data: Data, keyword: string): unknown[] {
  const beside = listOf(data.allOf).flatMap((item) =>
    typeof item === 'object' && item !== null ? stated(item as Data, keyword) : [],
  );
  return data[keyword] === undefined ? beside : [data[keyword], ...beside];
}

const branchesOf = (data: Data): JsonSchema[] =>
  [data, ...listOf(data.allOf).filter((item): item is Data => typeof item === 'object' && item !== null)].flatMap(
    (one) => [...listOf(one.anyOf), ...listOf(one.oneOf)].map(asSchema),
  );

const typesOf = (data: Data): string[] => (typeof data.type === 'string' ? [data.type] : listOf(data.type).map(String));
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const asSchema = (value: unknown): JsonSchema => (value === undefined ? true : (value as JsonSchema));

function unique(values: readonly unknown[]): unknown[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const text = JSON.stringify(value) ?? '';
    return !seen.has(text) && seen.add(text);
  });
}
