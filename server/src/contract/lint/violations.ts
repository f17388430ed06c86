// Owns what is wrong with a contract in itself, beside its form: components that nobody uses, paths that mean the same, required
// names without a property, enumerated values that their own type refuses. It must not know rules or code.

import { escapeToken, tokensOf } from '../../base/pointer.ts';
import type { ContractNode } from '../load/contract-node.ts';
import type { ContractDocument } from '../load/document.ts';
import type { ModelContext } from '../load/model-context.ts';
import type { Operation, Violation } from '../model.ts';

/** Paths that no client can tell apart: the same but for the names of their parameters. */
export function findCollisions(context: ModelContext): readonly Violation[] {
  const first = new Map<string, ContractNode>();
  const found: Violation[] = [];
  for (const entry of context.root.get('paths')?.entries() ?? []) {
    if (!entry.token.startsWith('/')) continue;
    const form = entry.token.replace(/\{[^{}/]*\}/g, '{}');
    const other = first.get(form);
    if (!other) {
      first.set(form, entry);
      continue;
    }
    if (other.token === entry.token) continue;
    found.push({
      kind: 'collision',
      subject: entry.token,
      message: `"${entry.token}" and "${other.token}" answer the same requests`,
      place: entry.keyPlace,
      other: other.keyPlace,
    });
  }
  return found;
}

/** Sections whose entries are there to be referred to; security schemes are named by operations. */
const sections = [
  'schemas',
  'responses',
  'parameters',
  'examples',
  'requestBodies',
  'headers',
  'links',
  'callbacks',
  'pathItems',
  'mediaTypes',
];
const swaggerSections = ['definitions', 'parameters', 'responses'];

/** Components of the root document that no reference, no requirement and no mapping names, not even in an extension. */
export function findUnusedComponents(
  context: ModelContext,
  documents: readonly ContractDocument[],
  operations: readonly Operation[],
): readonly Violation[] {
  const { root, specification } = context;
  const swagger = specification === '2.0';
  const home = swagger ? root : root.get('components');
  if (home?.kind !== 'map') return [];
  const base = swagger ? '' : '/components';
  const used = new Set<string>();
  for (const document of documents) {
    for (const mention of document.mentionedComponents())
      used.add(mention.startsWith('#') ? namedBy(mention) : mention);
  }
  const found: Violation[] = [];
  for (const section of swagger ? swaggerSections : sections) {
    for (const entry of home.get(section)?.entries() ?? []) {
      const pointer = `${base}/${section}/${escapeToken(entry.token)}`;
      // The values of a mapping may be bare names.
      const named = used.has(pointer) || (/^(?:schemas|definitions)$/.test(section) && used.has(entry.token));
      if (named || entry.token.startsWith('x-') || entry.broken) continue;
      if (entry.get('x-webhook') || entry.get('$id') || entry.get('$anchor') || entry.get('$dynamicAnchor')) continue;
      found.push(unused(entry, pointer, section));
    }
  }
  const schemes = swagger ? root.get('securityDefinitions') : home.get('securitySchemes');
  const required = new Set(
    (root.get('security')?.items() ?? []).flatMap((one) => one.entries().map((scheme) => scheme.token)),
  );
  const named = schemes?.entries() ?? [];
  // Hundreds of operations are only asked where the root does not require all there are.
  for (const { security } of named.every((entry) => required.has(entry.token)) ? [] : operations) {
    for (const { scheme } of security?.flat() ?? []) required.add(scheme);
  }
  for (const entry of named) {
    const pointer = swagger ? `/securityDefinitions/${entry.token}` : `/components/securitySchemes/${entry.token}`;
    if (!required.has(entry.token) && !used.has(pointer)) found.push(unused(entry, pointer, 'securitySchemes'));
  }
  return found;
}

function unused(entry: ContractNode, pointer: string, section: string): Violation {
  const kind = section === 'securitySchemes' ? 'security scheme' : 'component';
  return {
    kind: 'unused',
    subject: pointer,
    message: `The ${kind} "${entry.token}" is used nowhere`,
    place: entry.keyPlace,
  };
}

/** The component that a local reference leads into. */
function namedBy(text: string): string {
  const hash = text.indexOf('#');
  if (hash < 0) return '';
  const plain = /^#(?:\/components)?\/[^/%~]+\/[^/%~]+$/.test(text);
  if (plain) return text.slice(1);
  const tokens = tokensOf(text.slice(hash));
  const most = tokens[0] === 'components' ? 3 : 2;
  return tokens
    .slice(0, most)
    .map((token) => `/${escapeToken(token)}`)
    .join('');
}

/** Keywords of a schema below which there are schemas, each with whether it is a part of what stands around it. */
const maps = ['properties', 'patternProperties'];
const lists = ['allOf', 'anyOf', 'oneOf'];

/** What a schema says of itself that cannot be meant. */
interface SchemaFault {
  readonly kind: 'required' | 'enum';
  readonly path: readonly string[];
  readonly message: string;
}

const known = new WeakMap<object, readonly SchemaFault[]>();

/** Faults of the schemas below `components` (2.0: `definitions`), in the order of the text. */
export function findSchemaFaults(context: ModelContext): readonly Violation[] {
  const { root, specification } = context;
  const home = specification === '2.0' ? root.get('definitions') : root.get('components')?.get('schemas');
  return (home?.entries() ?? []).flatMap((entry) => {
    const { identity } = entry;
    let faults = identity && known.get(identity);
    if (!faults && entry.broken) return [];
    if (!faults) {
      const found: SchemaFault[] = [];
      visit(entry, [], false, found, 0);
      faults = found;
      if (identity) known.set(identity, faults);
    }
    return faults.map(({ kind, path, message }): Violation => {
      let part = entry;
      for (const token of path) part = part.get(token) ?? part;
      return { kind, subject: part.pointer, message, place: part.place };
    });
  });
}

function visit(
  schema: ContractNode,
  path: readonly string[],
  part: boolean,
  found: SchemaFault[],
  depth: number,
): void {
  if (schema.kind !== 'map' || schema.get('$ref') || depth > 60) return;
  const composed = lists.some((key) => schema.get(key) !== undefined);
  if (!composed && !part) requiredNames(schema, path, found);
  enumerated(schema, path, found);
  for (const key of maps) {
    for (const entry of schema.get(key)?.entries() ?? [])
      visit(entry, [...path, key, entry.token], false, found, depth + 1);
  }
  for (const key of lists) {
    for (const item of schema.get(key)?.items() ?? []) visit(item, [...path, key, item.token], true, found, depth + 1);
  }
  const items = schema.get('items');
  if (items) visit(items, [...path, 'items'], false, found, depth + 1);
}

/** A required name that is no property is a typing error where the properties are listed and nothing else is said of names. */
function requiredNames(schema: ContractNode, path: readonly string[], found: SchemaFault[]): void {
  const required = schema.get('required');
  const properties = schema.get('properties');
  if (required?.kind !== 'seq' || properties?.kind !== 'map') return;
  const loose = ['patternProperties', 'if', 'then', 'else', 'not', 'dependentSchemas', '$dynamicRef'];
  const additional = schema.get('additionalProperties');
  if (loose.some((key) => schema.get(key)) || additional?.kind === 'map' || additional?.value === true) return;
  for (const item of required.items()) {
    if (item.text === undefined || properties.get(item.text)) continue;
    const message = `"${item.text}" is required, but is no property`;
    found.push({ kind: 'required', path: [...path, 'required', item.token], message });
  }
}

const jsTypes: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
};

/** A value that can never be valid: it is of another type than the schema says. */
function enumerated(schema: ContractNode, path: readonly string[], found: SchemaFault[]): void {
  const type = schema.get('type')?.value;
  const expected = typeof type === 'string' ? jsTypes[type] : undefined;
  const values = schema.get('enum');
  if (expected === undefined || values?.kind !== 'seq') return;
  for (const item of values.items()) {
    const { value } = item;
    const fits = typeof value === expected && (type !== 'integer' || Number.isInteger(value));
    // Null stands in the list for what may be left out, with `nullable` or without.
    if (fits || value === null) continue;
    const said = JSON.stringify(value ?? item.data()) ?? '';
    found.push({
      kind: 'enum',
      path: [...path, 'enum', item.token],
      message: `${said.slice(0, 60)} is not of type "${type}"`,
    });
  }
}
