// Owns the normal form of a schema: every keyword once, the tightest of several, with the place that states it.
// It must not know the other side of a comparison, nor which way the values travel.

import type { ContractNode } from '../../contract/load/contract-node.ts';
import { canonical } from '../diff/sameness.ts';
import type { ContractSource } from '../source.ts';
import { flatten, type Group, type Part, partsKey } from './flatten.ts';

export type TypeName = 'null' | 'boolean' | 'object' | 'array' | 'number' | 'integer' | 'string';

export interface Stated<T> {
  readonly value: T;
  readonly node: ContractNode;
}

/** The bounds that narrow a value, by the type that they apply to. */
export const lowerBounds = ['minimum', 'minLength', 'minItems', 'minProperties', 'minContains'] as const;
export const upperBounds = ['maximum', 'maxLength', 'maxItems', 'maxProperties', 'maxContains'] as const;
export type BoundName = (typeof lowerBounds)[number] | (typeof upperBounds)[number];

export interface Bound {
  readonly value: number;
  readonly exclusive: boolean;
}

/** One map of a conjunction that speaks about an object's properties. */
export interface ObjectOwner {
  readonly node: ContractNode;
  readonly properties: ReadonlyMap<string, ContractNode>;
  readonly patterns: ReadonlyMap<string, ContractNode>;
  /** `additionalProperties`, when it stands there. */
  readonly additional: ContractNode | undefined;
}

/** Annotations: what a schema says without refusing a value. */
export type Annotation =
  | 'readOnly'
  | 'writeOnly'
  | 'deprecated'
  | 'default'
  | 'title'
  | 'description'
  | 'example'
  | 'examples'
  | 'externalDocs'
  | 'xml'
  | '$comment'
  | 'contentMediaType'
  | 'discriminator'
  | 'x-extensible-enum'
  | 'x-sunset'
  | 'x-stability-level';

export interface NormalSchema {
  readonly key: string;
  readonly parts: readonly Part[];
  /** Where the schema stands, behind its references. */
  readonly node: ContractNode;
  readonly unreadable: boolean;
  readonly never: ContractNode | undefined;
  /** The types that are allowed; undefined when all are. `implied`: no `type` says so, but the keywords do. */
  readonly types: (Stated<ReadonlySet<TypeName>> & { readonly implied: boolean }) | undefined;
  /** `enum` and `const`: the allowed values by their canonical text. */
  readonly values: Stated<ReadonlyMap<string, Stated<unknown>>> | undefined;
  readonly bounds: ReadonlyMap<BoundName, Stated<Bound>>;
  readonly patterns: ReadonlyMap<string, ContractNode>;
  readonly formats: ReadonlyMap<string, ContractNode>;
  readonly multiples: ReadonlyMap<number, ContractNode>;
  readonly unique: ContractNode | undefined;
  readonly required: ReadonlyMap<string, ContractNode>;
  readonly objects: readonly ObjectOwner[];
  /** Every name under some `properties`, in the order of the text. */
  readonly propertyNames: readonly string[];
  readonly patternNames: readonly string[];
  readonly items: readonly Part[];
  readonly prefix: readonly (readonly Part[])[];
  /** Keywords that hold a schema and are compared as such, by keyword. */
  readonly schemas: ReadonlyMap<SchemaKeyword, readonly Part[]>;
  readonly dependentRequired: ReadonlyMap<string, ContractNode>;
  readonly dependentSchemas: ReadonlyMap<string, readonly Part[]>;
  readonly groups: readonly Group[];
  readonly annotations: ReadonlyMap<Annotation, ContractNode>;
  readonly extensions: ReadonlyMap<string, ContractNode>;
}

export type SchemaKeyword =
  | 'contains'
  | 'propertyNames'
  | 'not'
  | 'if'
  | 'then'
  | 'else'
  | 'unevaluatedProperties'
  | 'unevaluatedItems';

const schemaKeywords: ReadonlySet<string> = new Set<SchemaKeyword>([
  'contains',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
  'unevaluatedProperties',
  'unevaluatedItems',
]);
const annotationNames: ReadonlySet<string> = new Set<Annotation>([
  'readOnly',
  'writeOnly',
  'deprecated',
  'default',
  'title',
  'description',
  'example',
  'examples',
  'externalDocs',
  'xml',
  '$comment',
  'contentMediaType',
  'discriminator',
  'x-extensible-enum',
  'x-sunset',
  'x-stability-level',
]);
const typeNames: ReadonlySet<string> = new Set<TypeName>([
  'null',
  'boolean',
  'object',
  'array',
  'number',
  'integer',
  'string',
]);
const isType = (name: string): name is TypeName => typeNames.has(name);
const isSchemaKeyword = (name: string): name is SchemaKeyword => schemaKeywords.has(name);
const isAnnotation = (name: string): name is Annotation => annotationNames.has(name);
const isLower = (name: BoundName): boolean => name.startsWith('min');

/** Normalises the schemas of one state of a contract, each conjunction once. */
export class NormalSchemas {
  private readonly known = new Map<string, NormalSchema>();
  /** The same by the list itself: making a key costs more than a comparison asks of a small schema. */
  private readonly lists = new WeakMap<readonly Part[], NormalSchema>();

  constructor(readonly source: ContractSource) {}

  /** The normal form of schemas that all hold for one value. */
  of(parts: readonly Part[]): NormalSchema {
    const listed = this.lists.get(parts);
    if (listed) return listed;
    const key = partsKey(parts);
    let normal = this.known.get(key);
    if (!normal) {
      normal = new Merging(key, parts, this.source);
      this.known.set(key, normal);
    }
    this.lists.set(parts, normal);
    return normal;
  }
}

class Merging implements NormalSchema {
  readonly node: ContractNode;
  readonly unreadable: boolean;
  readonly never: ContractNode | undefined;
  types: NormalSchema['types'];
  values: NormalSchema['values'];
  readonly bounds = new Map<BoundName, Stated<Bound>>();
  readonly patterns = new Map<string, ContractNode>();
  readonly formats = new Map<string, ContractNode>();
  readonly multiples = new Map<number, ContractNode>();
  unique: ContractNode | undefined;
  readonly required = new Map<string, ContractNode>();
  readonly objects: ObjectOwner[] = [];
  readonly items: Part[] = [];
  readonly prefix: Part[][] = [];
  readonly schemas = new Map<SchemaKeyword, Part[]>();
  readonly dependentRequired = new Map<string, ContractNode>();
  readonly dependentSchemas = new Map<string, Part[]>();
  readonly groups: readonly Group[];
  readonly annotations = new Map<Annotation, ContractNode>();
  readonly extensions = new Map<string, ContractNode>();
  /** Whether every map of the conjunction lets null pass. */
  private readonly nullable: boolean;

  constructor(
    readonly key: string,
    readonly parts: readonly Part[],
    source: ContractSource,
  ) {
    const flat = flatten(parts, source);
    this.unreadable = flat.unreadable;
    this.never = flat.never;
    this.node = flat.owners[0]?.node ?? flat.never ?? parts[0]!.node;
    this.nullable = flat.owners.every((owner) => owner.orNull);
    for (const owner of flat.owners) this.take(owner);
    const groups = flat.groups.filter((group) => !this.takeConstants(group));
    this.groups = groups;
    this.imply();
  }

  get propertyNames(): readonly string[] {
    return [...new Set(this.objects.flatMap((owner) => [...owner.properties.keys()]))];
  }

  get patternNames(): readonly string[] {
    return [...new Set(this.objects.flatMap((owner) => [...owner.patterns.keys()]))];
  }

  private take({ node, orNull }: Part): void {
    let properties: ContractNode | undefined;
    let patternProperties: ContractNode | undefined;
    let additional: ContractNode | undefined;
    let rest: ContractNode | undefined;
    let prefix: ContractNode | undefined;
    const exclusive = new Set<string>();
    for (const entry of node.entries()) {
      if (entry.value === true && (entry.token === 'exclusiveMinimum' || entry.token === 'exclusiveMaximum'))
        exclusive.add(entry.token === 'exclusiveMinimum' ? 'minimum' : 'maximum');
    }
    for (const entry of node.entries()) {
      const { token, value } = entry;
      switch (token) {
        case 'type':
          this.takeTypes(entry, orNull);
          break;
        case 'enum':
          if (entry.kind === 'seq') this.takeValues(entry, entry.items(), orNull);
          break;
        case 'const':
          this.takeValues(entry, [entry], orNull);
          break;
        case 'exclusiveMinimum':
        case 'exclusiveMaximum':
          if (typeof value === 'number')
            this.takeBound(token === 'exclusiveMinimum' ? 'minimum' : 'maximum', { value, exclusive: true }, entry);
          break;
        case 'pattern':
          if (entry.text !== undefined) this.patterns.set(entry.text, entry);
          break;
        case 'format':
          if (entry.text !== undefined) this.formats.set(entry.text, entry);
          break;
        case 'contentEncoding':
          // 3.1 says with this what 3.0 says with `format: byte`.
          if (entry.text !== undefined) this.formats.set(entry.text === 'base64' ? 'byte' : entry.text, entry);
          break;
        case 'multipleOf':
          if (typeof value === 'number') this.multiples.set(value, entry);
          break;
        case 'uniqueItems':
          if (value === true) this.unique = entry;
          break;
        case 'required':
          for (const item of entry.items()) if (item.text !== undefined) this.required.set(item.text, item);
          break;
        case 'properties':
          properties = entry;
          break;
        case 'patternProperties':
          patternProperties = entry;
          break;
        case 'additionalProperties':
          additional = entry;
          break;
        case 'items':
          if (entry.kind === 'seq') prefix = entry;
          else rest = entry;
          break;
        case 'additionalItems':
          if (node.get('items')?.kind === 'seq') rest = entry;
          break;
        case 'prefixItems':
          prefix = entry;
          break;
        case 'dependentRequired':
          for (const item of entry.entries()) this.dependentRequired.set(item.token, item);
          break;
        case 'dependentSchemas':
          for (const item of entry.entries()) push(this.dependentSchemas, item.token, item);
          break;
        default:
          if (isBoundName(token) && typeof value === 'number')
            this.takeBound(token, { value, exclusive: exclusive.has(token) }, entry);
          else if (isSchemaKeyword(token)) push(this.schemas, token, entry);
          else if (isAnnotation(token)) this.takeAnnotation(token, entry);
          else if (token.startsWith('x-') && token !== 'x-nullable') this.extensions.set(token, entry);
      }
    }
    if (properties || patternProperties || additional) {
      this.objects.push({ node, properties: byToken(properties), patterns: byToken(patternProperties), additional });
    }
    const leading = prefix?.items() ?? [];
    for (const [index, item] of leading.entries()) {
      this.prefix[index] = [...(this.prefix[index] ?? []), { node: item, orNull: false }];
    }
    if (rest) this.items.push({ node: rest, orNull: false });
  }

  private takeTypes(node: ContractNode, orNull: boolean): void {
    const names = node.kind === 'seq' ? node.items().map((item) => item.text ?? 'null') : [node.text ?? 'null'];
    const types = new Set(names.filter(isType));
    if (types.size < new Set(names).size) return;
    if (orNull) types.add('null');
    this.types = { value: this.types ? meetTypes(this.types.value, types) : types, node, implied: false };
  }

  private takeValues(node: ContractNode, items: readonly ContractNode[], orNull: boolean): void {
    const values = new Map<string, Stated<unknown>>();
    for (const item of items) {
      const value = item.data();
      values.set(canonical(value), { value, node: item });
    }
    if (orNull && !values.has('null')) values.set('null', { value: null, node });
    const before = this.values;
    this.values = before
      ? { value: new Map([...before.value].filter(([key]) => values.has(key))), node }
      : { value: values, node };
  }

  private takeBound(name: BoundName, bound: Bound, node: ContractNode): void {
    const before = this.bounds.get(name);
    if (before && tighter(name, before.value, bound)) return;
    this.bounds.set(name, { value: bound, node });
  }

  private takeAnnotation(name: Annotation, node: ContractNode): void {
    // An author who says `false` says what silence says.
    if ((name === 'readOnly' || name === 'writeOnly' || name === 'deprecated') && node.value !== true) return;
    if (!this.annotations.has(name)) this.annotations.set(name, node);
  }

  /** Alternatives that are nothing but constants are an enumeration in another spelling. */
  private takeConstants(group: Group): boolean {
    const constants = group.branches.map(({ node }) => constantsOf(node));
    if (!constants.every((items) => items !== undefined)) return false;
    this.takeValues(group.node, constants.flat(), group.orNull);
    return true;
  }

  /** Authors leave `type` out where the other keywords leave no doubt what they mean. */
  private imply(): void {
    if (this.types) return;
    const type = this.objects.some((owner) => owner.properties.size > 0)
      ? 'object'
      : this.items.length > 0
        ? 'array'
        : undefined;
    if (!type) return;
    const types: TypeName[] = this.nullable ? [type, 'null'] : [type];
    this.types = { value: new Set(types), node: this.node, implied: true };
  }
}

/** The constants that a schema is made of; undefined when it says anything else. */
function constantsOf(node: ContractNode): readonly ContractNode[] | undefined {
  if (node.kind !== 'map') return undefined;
  const speaks = new Set(['const', 'enum', 'type', 'title', 'description', 'deprecated']);
  if (node.entries().some((entry) => !speaks.has(entry.token))) return undefined;
  const constant = node.get('const');
  if (constant) return [constant];
  const values = node.get('enum');
  return values?.kind === 'seq' ? values.items() : undefined;
}

const isBoundName = (token: string): token is BoundName =>
  lowerBounds.some((name) => name === token) || upperBounds.some((name) => name === token);

/** Whether the first bound refuses all that the second one refuses. */
export function tighter(name: BoundName, a: Bound, b: Bound): boolean {
  if (a.value === b.value) return a.exclusive || !b.exclusive;
  return isLower(name) ? a.value > b.value : a.value < b.value;
}

/** The types that two sets both allow; an integer is a number. */
export function meetTypes(a: ReadonlySet<TypeName>, b: ReadonlySet<TypeName>): Set<TypeName> {
  const both = new Set<TypeName>();
  for (const type of typeNames) if (isType(type) && allows(a, type) && allows(b, type)) both.add(type);
  if (both.has('number')) both.delete('integer');
  return both;
}

/** Whether a set of types takes every value of a type. */
export const allows = (types: ReadonlySet<TypeName>, type: TypeName): boolean =>
  types.has(type) || (type === 'integer' && types.has('number'));

function byToken(node: ContractNode | undefined): Map<string, ContractNode> {
  return new Map((node?.kind === 'map' ? node.entries() : []).map((entry) => [entry.token, entry]));
}

function push<K>(map: Map<K, Part[]>, key: K, node: ContractNode): void {
  const list = map.get(key);
  if (list) list.push({ node, orNull: false });
  else map.set(key, [{ node, orNull: false }]);
}

/**
 * What a schema says of one property: the schemas that all hold for it. Undefined when no `properties` names it;
 * maps that do not name it take part with their patterns and their `additionalProperties`.
 */
export function propertyOf(schema: NormalSchema, name: string): readonly Part[] | undefined {
  const named = schema.objects.some((owner) => owner.properties.has(name));
  return named ? partsFor(schema, name) : undefined;
}

/** The schemas that hold for a property that may or may not be named. Empty: anything goes. */
export function partsFor(schema: NormalSchema, name: string): readonly Part[] {
  return schema.objects.flatMap((owner) => {
    const parts: Part[] = [];
    const own = owner.properties.get(name);
    if (own) parts.push({ node: own, orNull: false });
    for (const [pattern, node] of owner.patterns) if (matches(pattern, name)) parts.push({ node, orNull: false });
    if (parts.length === 0 && owner.additional) parts.push({ node: owner.additional, orNull: false });
    return parts;
  });
}

/** What `additionalProperties` says in all of a conjunction. Empty: anything goes. */
export const additionalOf = (schema: NormalSchema): readonly Part[] =>
  schema.objects.flatMap(({ additional }) =>
    additional && additional.value !== true ? [{ node: additional, orNull: false }] : [],
  );

/** Patterns of property names that are plain enough to be tried on a name; any other pattern is taken not to match. */
function matches(pattern: string, name: string): boolean {
  if (/[*+?{(\\|[]/.test(pattern.replace(/^\^|\$$/g, ''))) return false;
  const plain = pattern.replace(/^\^/, '').replace(/\$$/, '');
  const start = pattern.startsWith('^');
  const end = pattern.endsWith('$');
  if (start && end) return name === plain;
  if (start) return name.startsWith(plain);
  return end ? name.endsWith(plain) : name.includes(plain);
}
