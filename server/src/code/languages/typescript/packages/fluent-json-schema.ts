// Owns fluent-json-schema: a builder whose calls gather the keywords of a JSON Schema, one property after another.
// It must not know who uses a schema, nor what its keywords mean.

import type { Place } from '../../../../base/place.ts';
import type { Machine } from '../machine.ts';
import {
  type CallSite,
  type Cell,
  literal,
  type Model,
  type NativeValue,
  native,
  type ObjectValue,
  objectOf,
  type PackageModel,
  textOf,
  unknown,
  type Value,
} from '../value.ts';
import { chosen } from './validators/objects.ts';

/** A schema as it stands after some calls; never changed, as the library itself copies on each call. */
interface FluentSchema {
  readonly keywords: ObjectValue;
  /** The property that was added last, which `required()` speaks of. */
  readonly latest?: string;
  /** Whether `required()` was called with no property yet, which the object around it carries out. */
  readonly demanded?: boolean;
}

/** The JSON Schema that a builder stands for; undefined when the value is none. */
export function fluentSchemaOf(value: Value): ObjectValue | undefined {
  return value.kind === 'native' && value.model === fluentModel ? (value.data as FluentSchema).keywords : undefined;
}

const types = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];

/** Calls that set the keyword of their own name to what they are given. */
const plain = new Set([
  'title',
  'description',
  'examples',
  'enum',
  'const',
  'default',
  'anyOf',
  'allOf',
  'oneOf',
  'not',
  'items',
  'additionalItems',
  'additionalProperties',
  'patternProperties',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'contentEncoding',
  'contentMediaType',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'contains',
]);

/** Calls that set a keyword to true when they are given nothing. */
const flags = new Set(['readOnly', 'writeOnly', 'deprecated']);

const fluentModel: Model = {
  name: 'fluent schema',
  stable: true,
  get(_m, self, key) {
    const { keywords } = self.data as FluentSchema;
    if (key === 'isFluentSchema' || key === 'isFluentJSONSchema') return literal(true);
    return key === '$id' ? keywords.props.get('$id')?.value : undefined;
  },
  method(m, self, key, site) {
    if (key === '[escape]') return undefined;
    const schema = self.data as FluentSchema;
    if (key === 'valueOf') return schema.keywords;
    return build(m, schema, key, site);
  },
};

function made(schema: FluentSchema, place: Place | undefined): NativeValue {
  return native(fluentModel, schema, place);
}

function build(m: Machine, schema: FluentSchema, key: string, site: CallSite): Value | undefined {
  const [first, second] = site.args;
  const given = first ?? unknown('spread-or-any', site.place);
  const set = (keyword: string, value: Value): Value =>
    made({ ...schema, keywords: withKeyword(schema.keywords, keyword, value) }, site.place);
  if (types.includes(key) && site.args.length === 0 && schema.keywords.props.size === 0)
    return set('type', literal(key));
  if (plain.has(key)) return set(key, given);
  if (flags.has(key)) return set(key, first ?? literal(true));
  switch (key) {
    case 'id':
      return set('$id', given);
    case 'ref':
      return set('$ref', given);
    case 'as':
    case 'mixed':
      return set('type', given);
    case 'raw':
      return given.kind === 'object' ? made({ keywords: given }, site.place) : given;
    case 'required':
      return required(schema, first, site.place);
    case 'prop':
    case 'definition':
      return key === 'prop' ? withProperty(m, schema, given, second, site) : made(schema, site.place);
    case 'extend':
      return extended(m, schema, given, site.place);
    case 'only':
    case 'without':
      return selected(m, schema, chosen(first), key === 'only', site.place);
    default:
      // Conditions and dependencies narrow what is accepted in a way that a shape does not say.
      return set('if', literal(true));
  }
}

function withKeyword(keywords: ObjectValue, keyword: string, value: Value): ObjectValue {
  return { ...keywords, props: new Map<string, Cell>(keywords.props).set(keyword, { value }) };
}

function required(schema: FluentSchema, names: Value | undefined, place: Place): Value {
  if (names?.kind === 'array') return made(demanding(schema, names.items, names.rest !== undefined), place);
  if (schema.latest === undefined) return made({ ...schema, demanded: true }, place);
  return made(demanding(schema, [literal(schema.latest)], false), place);
}

function demanding(schema: FluentSchema, names: readonly Value[], more: boolean): FluentSchema {
  const before = schema.keywords.props.get('required')?.value;
  const items = [...(before?.kind === 'array' ? before.items : []), ...names];
  const keywords = withKeyword(schema.keywords, 'required', { kind: 'array', items });
  return { ...schema, keywords: more ? { ...keywords, open: { reason: 'spread-or-any' } } : keywords };
}

function withProperty(m: Machine, schema: FluentSchema, name: Value, held: Value | undefined, site: CallSite): Value {
  const text = textOf(name);
  if (text === undefined)
    return made({ ...schema, keywords: { ...schema.keywords, open: { reason: 'spread-or-any' } } }, site.place);
  const inner = held?.kind === 'native' && held.model === fluentModel ? (held.data as FluentSchema) : undefined;
  const before = propertiesOf(m, schema.keywords);
  const properties: ObjectValue = {
    kind: 'object',
    props: new Map<string, Cell>(before?.props).set(text, { value: held ?? objectOf({}, site.place) }),
    places: new Map(before?.places).set(text, site.argPlaces[0] ?? site.place),
  };
  const next = { keywords: withKeyword(schema.keywords, 'properties', properties), latest: text };
  return made(inner?.demanded ? demanding(next, [literal(text)], false) : next, site.place);
}

function propertiesOf(m: Machine, keywords: ObjectValue): ObjectValue | undefined {
  const cell = keywords.props.get('properties');
  const held = cell ? m.force(cell) : undefined;
  return held?.kind === 'object' ? held : undefined;
}

/** The properties and demands of both; what the extending schema says stands. */
function extended(m: Machine, schema: FluentSchema, base: Value, place: Place): Value {
  const inherited = fluentSchemaOf(base);
  if (!inherited)
    return made({ ...schema, keywords: { ...schema.keywords, open: { reason: 'spread-or-any' } } }, place);
  const [own, others] = [propertiesOf(m, schema.keywords), propertiesOf(m, inherited)];
  const properties: ObjectValue = {
    kind: 'object',
    props: new Map([...(others?.props ?? []), ...(own?.props ?? [])]),
    places: new Map([...(others?.places ?? []), ...(own?.places ?? [])]),
  };
  const keywords: ObjectValue = {
    ...schema.keywords,
    props: new Map([...inherited.props, ...schema.keywords.props]).set('properties', { value: properties }),
  };
  const demanded = inherited.props.get('required')?.value;
  const mine = schema.keywords.props.get('required')?.value;
  const start: FluentSchema = {
    ...schema,
    keywords: withKeyword(keywords, 'required', mine ?? { kind: 'array', items: [] }),
  };
  return made(demanding(start, demanded?.kind === 'array' ? demanded.items : [], false), place);
}

function selected(
  m: Machine,
  schema: FluentSchema,
  names: ReadonlySet<string> | undefined,
  keep: boolean,
  place: Place,
): Value {
  const properties = propertiesOf(m, schema.keywords);
  if (!names || !properties)
    return made({ ...schema, keywords: { ...schema.keywords, open: { reason: 'spread-or-any' } } }, place);
  const props = new Map([...properties.props].filter(([name]) => names.has(name) === keep));
  const demanded = schema.keywords.props.get('required')?.value;
  const items =
    demanded?.kind === 'array'
      ? demanded.items.filter((item) => {
          const name = textOf(item);
          return name !== undefined && names.has(name) === keep;
        })
      : [];
  const keywords = withKeyword(schema.keywords, 'properties', { ...properties, props });
  return made({ keywords: withKeyword(keywords, 'required', { kind: 'array', items }) }, place);
}

const constants = new Set(['FORMATS', 'TYPES']);

/** `S.object()` begins a schema, and so do keywords without a type (`S.enum([…])`). */
export const fluentPackage: PackageModel = {
  packages: ['fluent-json-schema', 'fluent-schema'],
  member(_m, external) {
    const [name, key] = external.path.filter((step) => step !== 'default' && step !== 'S');
    if (name === undefined || key === undefined || !constants.has(name)) return undefined;
    // `FORMATS.DATE_TIME` is 'date-time', `TYPES.STRING` is 'string'.
    return literal(key.toLowerCase().replaceAll('_', '-'));
  },
  call(m, external, site) {
    const path = external.path.filter((step) => step !== 'default' && step !== 'S');
    const [name] = path;
    if (path.length !== 1 || name === undefined || name === 'withOptions') return undefined;
    return build(m, { keywords: objectOf({}, site.place) as ObjectValue }, name, site);
  },
};
