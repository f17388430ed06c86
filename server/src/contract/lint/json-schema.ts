// Owns turning the schemas of every version into JSON Schema 2020-12, as plain data whose references are names given here.
// What cannot be said is left out, so that the result accepts more, never less. It must not know a validator.

import type { ContractNode } from '../load/contract-node.ts';
import type { References } from '../load/references.ts';
import { idOf, referenceOf } from '../load/references.ts';
import type { SpecificationVersion } from '../model.ts';

export type JsonSchema = boolean | { [keyword: string]: unknown };

const schemaMaps: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependentSchemas']);
const schemaLists: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const schemas: ReadonlySet<string> = new Set([
  'items',
  'additionalProperties',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
]);
const plain: ReadonlySet<string> = new Set([
  'enum',
  'const',
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'minContains',
  'maxContains',
  'dependentRequired',
]);
const typeNames: ReadonlySet<string> = new Set(['string', 'number', 'integer', 'boolean', 'null', 'array', 'object']);

/** Converts schemas, and remembers every schema that one of them refers to. */
export class JsonSchemas {
  private readonly names = new Map<string, string>();
  private readonly pending: { name: string; node: ContractNode }[] = [];

  constructor(
    private readonly specification: SpecificationVersion,
    private readonly references: References,
  ) {}

  /** The schema as data. Schemas that it refers to are waiting in {@link takePending} afterwards. */
  convert(node: ContractNode): JsonSchema {
    if (typeof node.value === 'boolean') return node.value;
    if (node.kind !== 'map' || node.broken) return true;
    const reference = referenceOf(node);
    // What a dynamic reference means depends on who refers to the schema around it: it accepts everything here.
    if (!reference && (node.get('$dynamicRef') || node.get('$recursiveRef'))) return true;
    const nullable = node.get('nullable')?.value === true || node.get('x-nullable')?.value === true;
    if (reference) {
      const target = this.refer(reference);
      const modern = this.specification === '3.1' || this.specification === '3.2';
      const beside = modern ? this.keywords(node) : {};
      return loosened({ ...beside, $ref: target }, nullable);
    }
    return loosened(this.keywords(node), nullable);
  }

  /** The referred schemas that were not asked for yet, by the names that references to them have. */
  takePending(): { readonly name: string; readonly node: ContractNode }[] {
    return this.pending.splice(0);
  }

  /** The name of a reference's target; that of the schema which accepts everything, when it cannot be followed. */
  private refer(reference: ContractNode): string {
    const target = this.references.target(reference);
    if ('problem' in target || 'problem' in this.references.follow(target.node)) return anything;
    const id = idOf(target.node);
    let name = this.names.get(id);
    if (name === undefined) {
      name = `schema:${this.names.size}`;
      this.names.set(id, name);
      this.pending.push({ name, node: target.node });
    }
    return name;
  }

  private keywords(node: ContractNode): { [keyword: string]: unknown } {
    const schema: { [keyword: string]: unknown } = {};
    for (const entry of node.entries()) {
      const key = entry.token;
      if (schemaMaps.has(key) && entry.kind === 'map') {
        schema[key] = record(entry.entries().map((child) => [child.token, this.convert(child)]));
      } else if (schemaLists.has(key) && entry.kind === 'seq' && entry.items().length > 0) {
        schema[key] = entry.items().map((child) => this.convert(child));
      } else if (schemas.has(key) && entry.kind !== 'seq') {
        schema[key] = this.convert(entry);
      } else if (plain.has(key)) {
        schema[key] = entry.data();
      }
    }
    this.addTuple(node, schema);
    addTypes(node, schema);
    addBounds(node, schema);
    addRequired(node, schema);
    return schema;
  }

  /** Before 2020-12 a list under `items` described a tuple. */
  private addTuple(node: ContractNode, schema: { [keyword: string]: unknown }): void {
    const items = node.get('items');
    if (items?.kind !== 'seq') return;
    schema.prefixItems = items.items().map((child) => this.convert(child));
    const rest = node.get('additionalItems');
    if (rest) schema.items = this.convert(rest);
  }
}

/** The name of the schema that accepts everything. */
export const anything = 'schema:any';

/** `nullable` in the terms of 2020-12; an enumeration without null gets it, since that is what its author means. */
function loosened(schema: { [keyword: string]: unknown }, nullable: boolean): JsonSchema {
  return nullable ? { anyOf: [schema, { type: 'null' }] } : schema;
}

function addTypes(node: ContractNode, schema: { [keyword: string]: unknown }): void {
  const type = node.get('type');
  const stated =
    type?.kind === 'seq'
      ? type.items().map((item) => item.text ?? 'null')
      : type?.text === undefined
        ? []
        : [type.text];
  const known = stated.filter((name) => typeNames.has(name));
  if (known.length > 0 && known.length === stated.length) schema.type = known.length === 1 ? known[0] : known;
}

function addBounds(node: ContractNode, schema: { [keyword: string]: unknown }): void {
  for (const [inclusive, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    const value = node.get(exclusive)?.value;
    if (typeof value === 'number') schema[exclusive] = value;
    if (value === true && typeof schema[inclusive] === 'number') {
      schema[exclusive] = schema[inclusive];
      delete schema[inclusive];
    }
  }
}

/** Fields that only one direction carries may be absent from the examples of the other. */
function addRequired(node: ContractNode, schema: { [keyword: string]: unknown }): void {
  const required = node.get('required');
  if (required?.kind !== 'seq') return;
  const properties = node.get('properties');
  schema.required = [...new Set(required.items().flatMap((item) => item.text ?? []))].filter((name) => {
    const property = properties?.get(name);
    return property?.get('readOnly')?.value !== true && property?.get('writeOnly')?.value !== true;
  });
}

function record(entries: readonly (readonly [string, unknown])[]): { [key: string]: unknown } {
  const data: { [key: string]: unknown } = {};
  for (const [key, value] of entries) {
    Object.defineProperty(data, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return data;
}
