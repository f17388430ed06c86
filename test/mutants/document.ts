// Owns OpenAPI documents as plain data for the mutations: reading, writing, and operations with their references inlined.
// It must not know rules or findings. It is a second, simpler reader beside the engine's own, on purpose.

import { parse, stringify } from 'yaml';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Node = { [key: string]: Json };

export interface Target {
  readonly path: string;
  readonly method: string;
  /** `GET /orders/{id}`. */
  readonly key: string;
}

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];

/** Reads YAML or JSON. Throws when the root is no mapping. */
export function read(text: string): Node {
  const root = parse(text) as Json;
  if (!isNode(root)) throw new Error('the contract is no mapping');
  return root;
}

/** Writes in the format that the file's name says. */
export function write(file: string, document: Node): string {
  if (file.endsWith('.json')) return `${JSON.stringify(document, null, 2)}\n`;
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });
}

export function isNode(value: Json | undefined): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function nodeAt(value: Json | undefined, ...path: readonly string[]): Node | undefined {
  let current: Json | undefined = value;
  for (const key of path) current = isNode(current) ? current[key] : undefined;
  return isNode(current) ? current : undefined;
}

export function targets(document: Node): Target[] {
  const paths = nodeAt(document, 'paths') ?? {};
  return Object.entries(paths).flatMap(([path, item]) =>
    methods
      .filter((method) => nodeAt(item, method) !== undefined)
      .map((method) => ({ path, method, key: `${method.toUpperCase()} ${path}` })),
  );
}

/** A copy in which one operation carries everything itself: no references, and the path's parameters as its own. */
export function isolated(document: Node, target: Target): { readonly document: Node; readonly operation: Node } {
  const copy = structuredClone(document);
  const item = nodeAt(copy, 'paths', target.path)!;
  const shared = Array.isArray(item.parameters) ? item.parameters : [];
  delete item.parameters;
  for (const method of methods) {
    const operation = nodeAt(item, method);
    if (!operation) continue;
    const own = Array.isArray(operation.parameters) ? operation.parameters : [];
    if (shared.length + own.length > 0) operation.parameters = structuredClone([...shared, ...own]);
  }
  const operation = inlined(item[target.method]!, copy) as Node;
  item[target.method] = operation;
  return { document: copy, operation };
}

function inlined(value: Json, root: Node): Json {
  if (Array.isArray(value)) return value.map((item) => inlined(item, root));
  if (!isNode(value)) return value;
  const reference = value.$ref;
  if (typeof reference === 'string' && reference.startsWith('#/')) {
    const found = nodeAt(root, ...reference.slice(2).split('/'));
    if (!found) throw new Error(`unresolved: ${reference}`);
    return inlined(structuredClone(found), root);
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inlined(item, root)]));
}

export function isSwagger(document: Node): boolean {
  return 'swagger' in document;
}

/** The parameters of an isolated operation, a Swagger body aside. */
export function parametersOf(operation: Node): Node[] {
  const list = Array.isArray(operation.parameters) ? operation.parameters : [];
  return list.filter(isNode).filter((parameter) => parameter.in !== 'body');
}

/** Where a parameter's type stands: itself in Swagger 2.0, its schema since. */
export function parameterSchema(parameter: Node): Node {
  return nodeAt(parameter, 'schema') ?? parameter;
}

/** The body's schema of an isolated operation, when it has one. */
export function bodySchema(operation: Node): Node | undefined {
  const list = Array.isArray(operation.parameters) ? operation.parameters.filter(isNode) : [];
  const swagger = list.find((parameter) => parameter.in === 'body');
  if (swagger) return nodeAt(swagger, 'schema');
  return nodeAt(Object.values(nodeAt(operation, 'requestBody', 'content') ?? {})[0], 'schema');
}

/** The schema of one response of an isolated operation, when it has one. */
export function responseSchema(operation: Node, status: string): Node | undefined {
  const response = nodeAt(operation, 'responses', status);
  return nodeAt(response, 'schema') ?? nodeAt(Object.values(nodeAt(response, 'content') ?? {})[0], 'schema');
}

export interface FieldSite {
  /** The object schema that names the field. */
  readonly owner: Node;
  readonly name: string;
  /** As in subjects: `items[].id`. */
  readonly path: string;
  readonly schema: Node;
  readonly required: boolean;
}

/** A field's path behind its body's: `body.items[].id`, and `body[].id` where the body is a list. */
export const below = (body: string, path: string): string => (path.startsWith('[') ? body + path : `${body}.${path}`);

/** Every named field below a schema, outermost first. */
export function fieldsOf(schema: Node | undefined, prefix = ''): FieldSite[] {
  if (!schema) return [];
  const items = nodeAt(schema, 'items');
  if (items) return fieldsOf(items, `${prefix}[]`);
  const properties = nodeAt(schema, 'properties') ?? {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(properties).flatMap(([name, value]) => {
    if (!isNode(value)) return [];
    const path = prefix === '' ? name : `${prefix}.${name}`;
    return [{ owner: schema, name, path, schema: value, required: required.includes(name) }, ...fieldsOf(value, path)];
  });
}

/** Whether the object names other fields besides this one. */
export function hasSiblings(field: FieldSite): boolean {
  return Object.keys(nodeAt(field.owner, 'properties') ?? {}).length > 1;
}

export function setRequired(owner: Node, name: string, required: boolean): void {
  const list = (Array.isArray(owner.required) ? owner.required : []).filter((item) => item !== name);
  if (required) list.push(name);
  if (list.length === 0) delete owner.required;
  else owner.required = list;
}

export function isNullable(schema: Node): boolean {
  return (
    schema.nullable === true ||
    schema['x-nullable'] === true ||
    (Array.isArray(schema.type) && schema.type.includes('null'))
  );
}

/** Takes null away in all of its spellings. */
export function withoutNull(schema: Node): void {
  delete schema.nullable;
  delete schema['x-nullable'];
  if (Array.isArray(schema.type)) schema.type = schema.type.find((type) => type !== 'null') ?? 'string';
  if (Array.isArray(schema.enum)) schema.enum = schema.enum.filter((value) => value !== null);
}

/** The plain type of a schema, null aside. */
export function typeOf(schema: Node): string | undefined {
  const types = (Array.isArray(schema.type) ? schema.type : [schema.type]).filter((type) => type !== 'null');
  return typeof types[0] === 'string' ? types[0] : undefined;
}

/** Makes a schema of another plain type, null kept as it was. */
export function retype(schema: Node, type: string): void {
  const nullable = isNullable(schema);
  for (const key of [
    'enum',
    'format',
    'pattern',
    'minimum',
    'maximum',
    'minLength',
    'maxLength',
    'default',
    'example',
  ]) {
    delete schema[key];
  }
  schema.type = Array.isArray(schema.type) && nullable ? [type, 'null'] : type;
}
