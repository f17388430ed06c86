// Owns the official JSON Schemas of the specification's versions, in a form whose errors say what is wrong: where the originals list
// forms of which one must fit, the value's own words choose the form. What is valid stays the same.
// It must not know documents.

import swagger from '@seriousme/openapi-schema-validator/schemas/v2.0/schema.json' with { type: 'json' };
import openapi30 from '@seriousme/openapi-schema-validator/schemas/v3.0/schema.json' with { type: 'json' };
import openapi31 from '@seriousme/openapi-schema-validator/schemas/v3.1/schema.json' with { type: 'json' };
import openapi32 from '@seriousme/openapi-schema-validator/schemas/v3.2/schema.json' with { type: 'json' };
import type { SpecificationVersion } from '../model.ts';

type Data = { [key: string]: unknown };
const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

const originals: Readonly<Record<SpecificationVersion, unknown>> = {
  '2.0': swagger,
  '3.0': openapi30,
  '3.1': openapi31,
  '3.2': openapi32,
};

/** The schema of a version as data of our own: draft-07 for the two that were written in draft-04, 2020-12 for the others. */
export function officialSchema(version: SpecificationVersion): Data {
  const original = originals[version] as Data;
  const old = version === '2.0' || version === '3.0';
  const { id: _, $schema: __, ...rest } = original;
  const schema = new Rewriting(original).rewrite(old ? rest : original) as Data;
  return old ? { ...schema, $id: `official:${version}` } : schema;
}

/** Where the definition of an object stands in a version's schema. */
export function definitionPointer(version: SpecificationVersion, kind: 'path-item' | 'schema'): string {
  if (version === '2.0') return kind === 'path-item' ? '#/definitions/pathItem' : '#/definitions/schema';
  if (version === '3.0') return kind === 'path-item' ? '#/definitions/PathItem' : '#/definitions/Schema';
  return kind === 'path-item' ? '#/$defs/path-item' : '#/$defs/schema';
}

/** How the entries of a section are defined; undefined for sections that a version does not have. */
export function sectionPointer(version: SpecificationVersion, section: string): string | undefined {
  return version === '2.0' ? swaggerSections[section] : version === '3.0' ? sections30[section] : sections31[section];
}

const swaggerSections: Readonly<Record<string, string>> = {
  definitions: '#/definitions/schema',
  parameters: '#/definitions/parameter',
  responses: '#/definitions/response',
};
const sections30: Readonly<Record<string, string>> = {
  schemas: '#/definitions/Schema',
  responses: '#/definitions/Response',
  parameters: '#/definitions/Parameter',
  examples: '#/definitions/Example',
  requestBodies: '#/definitions/RequestBody',
  headers: '#/definitions/Header',
  securitySchemes: '#/definitions/SecurityScheme',
  links: '#/definitions/Link',
};
const sections31: Readonly<Record<string, string>> = {
  schemas: '#/$defs/schema',
  responses: '#/$defs/response-or-reference',
  parameters: '#/$defs/parameter-or-reference',
  examples: '#/$defs/example-or-reference',
  requestBodies: '#/$defs/request-body-or-reference',
  headers: '#/$defs/header-or-reference',
  securitySchemes: '#/$defs/security-scheme-or-reference',
  links: '#/$defs/link-or-reference',
  pathItems: '#/$defs/path-item',
};

const nameMaps: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  'definitions',
  '$defs',
  'dependentSchemas',
]);

const draft4 = 'http://json-schema.org/draft-04/schema#';

/** A reference into the schema of draft 04 as one into that of draft 07, where the same is said in other words. */
function draft7(reference: string): Data {
  if (!reference.startsWith(draft4)) return { $ref: reference };
  const pointer = reference.slice(draft4.length);
  if (/\/exclusive(?:Min|Max)imum$/.test(pointer)) return { type: 'boolean' };
  if (pointer === '/properties/multipleOf') return { type: 'number', exclusiveMinimum: 0 };
  return {
    $ref: `http://json-schema.org/draft-07/schema#${pointer.replace('/positiveInteger', '/nonNegativeInteger')}`,
  };
}

class Rewriting {
  constructor(private readonly root: Data) {}

  rewrite(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.rewrite(item));
    if (!isData(value)) return value;
    const made: Data = {};
    const all: unknown[] = [];
    for (const [key, below] of Object.entries(value)) {
      const forms = (key === 'oneOf' || key === 'anyOf') && Array.isArray(below) ? this.choice(below) : undefined;
      if (forms) all.push(...forms);
      else if (key === 'allOf' && Array.isArray(below)) all.push(...below.map((item) => this.rewrite(item)));
      else if (nameMaps.has(key) && isData(below)) made[key] = this.named(below);
      else if (key === '$ref' && typeof below === 'string') Object.assign(made, draft7(below));
      else made[key] = this.rewrite(below);
    }
    if (all.length > 0) made.allOf = all;
    // Draft 04 says of a bound whether it is exclusive.
    if (made.exclusiveMinimum === true) {
      made.exclusiveMinimum = made.minimum;
      delete made.minimum;
    }
    return made;
  }

  /** A map whose keys are names: `allOf` among them is a property of that name. */
  private named(map: Data): Data {
    return Object.fromEntries(Object.entries(map).map(([name, schema]) => [name, this.rewrite(schema)]));
  }

  /** The forms as conditions on what the value says of itself; undefined when it says nothing. */
  private choice(forms: readonly unknown[]): Data[] | undefined {
    const branches = forms.flatMap((form) => this.expanded(form));
    const reference = branches.findIndex((form) => this.isReference(form));
    if (reference >= 0) {
      const others = branches.filter((_, index) => index !== reference);
      const otherwise =
        others.length === 1
          ? (this.rewrite(others[0]) as Data)
          : { allOf: this.choice(others) ?? [{ anyOf: this.rewrite(others) }] };
      return [conditional({ type: 'object', required: ['$ref'] }, this.rewrite(branches[reference]), otherwise)];
    }
    const primitive = branches.findIndex(
      (form) => isData(form) && typeof form.type === 'string' && form.type !== 'object',
    );
    if (primitive >= 0 && branches.length === 2) {
      const form = branches[primitive] as Data;
      return [conditional({ type: form.type }, this.rewrite(form), this.rewrite(branches[1 - primitive]))];
    }
    return this.discriminated(branches);
  }

  /** Forms that each fix the value of a property; one that fixes none is what all others are not. */
  private discriminated(branches: readonly unknown[]): Data[] | undefined {
    const fixed = branches.map((form) => this.fixedBy(form));
    const without = fixed.filter((one) => one.size === 0).length;
    const name = [...(fixed.find((one) => one.size > 0)?.keys() ?? [])].find((key) =>
      fixed.every((one) => one.size === 0 || one.has(key)),
    );
    if (name === undefined || without > 1) return undefined;
    const conditions = fixed.map(
      (one): Data => ({
        required: [...one.keys()],
        properties: Object.fromEntries([...one].map(([key, value]) => [key, { const: value }])),
      }),
    );
    const texts = conditions.map((condition) => JSON.stringify(condition));
    if (new Set(texts).size !== texts.length) return undefined;
    const made = branches.flatMap((form, index): Data[] =>
      fixed[index]!.size === 0 ? [] : [conditional(conditions[index], this.rewrite(form))],
    );
    const rest = fixed.findIndex((one) => one.size === 0);
    if (rest >= 0) {
      const some = conditions.filter((_, index) => index !== rest);
      return [...made, conditional({ not: { anyOf: some } }, this.rewrite(branches[rest]))];
    }
    const values = [...new Set(fixed.map((one) => one.get(name)))];
    const required = branches.every((form) => this.requires(form, name)) ? [name] : [];
    return [...made, { required, properties: { [name]: { enum: values } } }];
  }

  /** The properties that a form allows one value of, and needs when it is to be told by them. */
  private fixedBy(form: unknown): ReadonlyMap<string, unknown> {
    const target = this.behind(form);
    const properties = isData(target.properties) ? target.properties : {};
    return new Map(
      Object.entries(properties).flatMap(([key, property]): [string, unknown][] =>
        key !== 'required' && isData(property) && Array.isArray(property.enum) && property.enum.length === 1
          ? [[key, property.enum[0]]]
          : [],
      ),
    );
  }

  private requires(form: unknown, name: string): boolean {
    const { required } = this.behind(form);
    return Array.isArray(required) && required.includes(name);
  }

  /** The forms of a definition that is nothing but a list of forms itself, each with what the definition needs of all. */
  private expanded(form: unknown): unknown[] {
    const target = this.behind(form);
    if (!Array.isArray(target.oneOf) || target === form || target.properties !== undefined) return [form];
    const { oneOf, ...shared } = target;
    return target.oneOf.map((inner: unknown) => {
      const behind = this.behind(inner);
      const required = [...asList(shared.required), ...asList(behind.required)];
      return { ...shared, ...behind, ...(required.length > 0 ? { required: [...new Set(required)] } : {}) };
    });
  }

  private isReference(form: unknown): boolean {
    return asList(this.behind(form).required).includes('$ref');
  }

  private behind(form: unknown): Data {
    if (!isData(form)) return {};
    if (typeof form.$ref !== 'string') return form;
    let node: unknown = this.root;
    for (const token of form.$ref.slice(2).split('/')) node = isData(node) ? node[token] : undefined;
    return isData(node) ? node : {};
  }
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** A condition of JSON Schema, put together from entries: an object literal with its keyword would look like a promise. */
function conditional(test: unknown, accepted: unknown, otherwise?: unknown): Data {
  const entries: [string, unknown][] = [
    ['if', test],
    ['then', accepted],
  ];
  return Object.fromEntries(otherwise === undefined ? entries : [...entries, ['else', otherwise]]);
}
