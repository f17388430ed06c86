// Owns what can be written at a place of `fidelity.yaml`, and what stands there means: its schema asked by a text that somebody is typing.
// It reads indentation and not YAML, because half a line is no YAML yet. It must not know rules or contracts: their names are given.

import type { Place } from '../base/place.ts';
import { configurationSchema } from './schema.ts';

/** What the schema cannot know. */
export interface KnownNames {
  /** Every rule id, with its fault in one sentence. */
  readonly rules: ReadonlyMap<string, string>;
  /** Contracts of the project, relative to the configuration's folder. */
  readonly contracts: readonly string[];
}

/** Something to write. */
export interface ConfigurationProposal {
  readonly label: string;
  readonly kind: 'key' | 'value';
  readonly documentation: string;
  readonly text: string;
  /** Whether a value has to follow that can be proposed too. */
  readonly more: boolean;
}

export interface ConfigurationProposals {
  /** What the chosen text replaces. */
  readonly place: Place;
  readonly proposals: readonly ConfigurationProposal[];
}

type Schema = Readonly<Record<string, unknown>>;

/** One line as far as its indentation tells: list marks, key and value. */
interface Line {
  /** Columns of the list marks before the key. */
  readonly marks: readonly number[];
  readonly column: number;
  readonly key?: string;
  readonly value?: string;
  readonly valueColumn: number;
  /** The line's text behind marks where there is no key. */
  readonly rest: string;
}

/** The way to a place: names of keys, and `-` for an entry of a list. */
type Way = readonly { readonly column: number; readonly name: string }[];

const LIST = '-';

/** What can be written at an offset of the text. */
export function configurationProposals(
  text: string,
  file: string,
  offset: number,
  names: KnownNames,
): ConfigurationProposals | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(start, offset);
  if (/^\s*#|\s#/.test(before)) return undefined;
  const line = readLine(before);
  const way = wayTo(text.slice(0, start), line);
  const end = offset + /^[\w$-]*/.exec(text.slice(offset))![0].length;
  if (line.key !== undefined) {
    const own = schemaAt([...way, { column: line.column, name: line.key }]);
    const typed = (line.value ?? '').length;
    const place = { file, start: offset - typed, end };
    return { place, proposals: valuesOf(own, [...way.map(({ name }) => name), line.key], names) };
  }
  const container = schemaAt(way);
  const place = { file, start: offset - line.rest.length, end };
  const inside = way.map(({ name }) => name);
  if (container?.type === 'array') {
    const listed = keysOf(container.items as Schema, line.column + 2, inside, names, []);
    return { place, proposals: listed.map((one) => ({ ...one, text: `- ${one.text}` })) };
  }
  const taken = siblings(text, start, line.column);
  const keys = keysOf(container, line.column, inside, names, taken);
  return { place, proposals: keys.length > 0 ? keys : valuesOf(container, inside, names) };
}

/** What the key at an offset means. */
export function configurationMeaning(
  text: string,
  file: string,
  offset: number,
  names: KnownNames,
): { readonly place: Place; readonly name: string; readonly meaning: string; readonly rule: boolean } | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const stop = text.indexOf('\n', start);
  const line = readLine(text.slice(start, stop < 0 ? text.length : stop));
  if (line.key === undefined) return undefined;
  const place = { file, start: start + line.column, end: start + line.column + line.key.length };
  if (offset < place.start || offset > place.end) return undefined;
  const way = [...wayTo(text.slice(0, start), line), { column: line.column, name: line.key }];
  const summary = way.at(-2)?.name === 'rules' ? names.rules.get(line.key) : undefined;
  if (summary !== undefined) return { place, name: line.key, meaning: summary, rule: true };
  const description = schemaAt(way)?.description;
  if (typeof description !== 'string') return undefined;
  return { place, name: line.key, meaning: description, rule: false };
}

function readLine(text: string): Line {
  const indentation = /^ */.exec(text)![0].length;
  const marks: number[] = [];
  let column = indentation;
  for (let mark = /^- +|^-$/.exec(text.slice(column)); mark; mark = /^- +|^-$/.exec(text.slice(column))) {
    marks.push(column);
    column += mark[0].length;
  }
  const rest = text.slice(column).replace(/\r$/, '');
  const pair = /^(["']?)([^\s"'#:][^"'#:]*)\1:(?:( +)(.*))?$/.exec(rest);
  if (!pair) return { marks, column, rest, valueColumn: column };
  const value = pair[3] === undefined ? undefined : pair[4];
  return { marks, column, key: pair[2]!, value, valueColumn: column + rest.length - (value?.length ?? 0), rest };
}

/** The keys and list entries that the place of a line lies in. */
function wayTo(before: string, line: Line): Way {
  let way: Way = [];
  const enter = ({ marks, column, key }: Line): void => {
    for (const mark of marks) {
      way = [
        ...way.filter((one) => one.column < mark || (one.column === mark && one.name !== LIST)),
        entry(mark, LIST),
      ];
    }
    if (marks.length === 0) way = way.filter((one) => one.column < column);
    if (key !== undefined) way = [...way.filter((one) => one.column < column), entry(column, key)];
  };
  for (const text of before.split('\n')) {
    if (text.trim() === '' || /^\s*#/.test(text)) continue;
    enter(readLine(text));
  }
  const { key: _, ...place } = line;
  enter(place);
  return way;
}

const entry = (column: number, name: string): Way[number] => ({ column, name });

function schemaAt(way: Way): Schema | undefined {
  let schema: Schema | undefined = configurationSchema;
  for (const { name } of way) {
    if (!schema) return undefined;
    const properties: Schema = (schema.properties as Schema | undefined) ?? {};
    if (name === LIST) schema = schema.items as Schema | undefined;
    else if (Object.hasOwn(properties, name)) schema = properties[name] as Schema;
    else schema = typeof schema.additionalProperties === 'object' ? (schema.additionalProperties as Schema) : undefined;
  }
  return schema;
}

function keysOf(
  schema: Schema | undefined,
  column: number,
  inside: readonly string[],
  { rules }: KnownNames,
  taken: readonly string[],
): ConfigurationProposal[] {
  if (!schema) return [];
  if (inside.at(-1) === 'rules') {
    return [...rules].flatMap(([id, summary]) =>
      taken.includes(id) ? [] : [{ label: id, kind: 'key', documentation: summary, text: `${id}: `, more: true }],
    );
  }
  const properties = Object.entries((schema.properties as Readonly<Record<string, Schema>> | undefined) ?? {});
  return properties.flatMap(([name, own]): ConfigurationProposal[] => {
    if (taken.includes(name)) return [];
    const documentation = typeof own.description === 'string' ? own.description : '';
    const deeper = ' '.repeat(column + 2);
    const text =
      own.type === 'object' ? `${name}:\n${deeper}` : own.type === 'array' ? `${name}:\n${deeper}- ` : `${name}: `;
    return [{ label: name, kind: 'key', documentation, text, more: own.enum !== undefined || own.type === 'object' }];
  });
}

function valuesOf(
  schema: Schema | undefined,
  inside: readonly string[],
  { contracts }: KnownNames,
): readonly ConfigurationProposal[] {
  if (inside.join(' ') === `contracts ${LIST} file`) return contracts.map((name) => value(name, ''));
  const values = Array.isArray(schema?.enum) ? (schema.enum as readonly unknown[]).map(String) : [];
  const description = typeof schema?.description === 'string' ? schema.description : '';
  return values.map((name) => {
    // A description that tells each value apart is cut into its sentences.
    const told = new RegExp(`(?:^|[.;] )${name}: ([^.]*)`).exec(description)?.[1];
    return value(name, told ?? description);
  });
}

const value = (label: string, documentation: string): ConfigurationProposal => ({
  label,
  kind: 'value',
  documentation,
  text: label,
  more: false,
});

/** The keys that stand beside the place already. */
function siblings(text: string, start: number, column: number): string[] {
  const lines = text.split('\n').map(readLine);
  const own = text.slice(0, start).split('\n').length - 1;
  const found: string[] = [];
  // The entry of a list begins with its mark: what stands above it belongs to the entry before.
  const steps = lines[own]?.marks.length ? [1] : [-1, 1];
  for (const step of steps) {
    for (let index = own + step; index >= 0 && index < lines.length; index += step) {
      const line = lines[index]!;
      if (line.key === undefined && line.rest === '') continue;
      const outer = line.marks[0] ?? line.column;
      // Below, a mark begins another entry; above, it begins this one.
      if (step > 0 && outer < column) break;
      if (line.column === column && line.key !== undefined) found.push(line.key);
      if (outer < column) break;
    }
  }
  return found;
}
