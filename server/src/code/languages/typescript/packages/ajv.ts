// Owns Ajv: what its compiled validators check, with schemas that were added before by name.
// It must not know what a JSON Schema means.

import { join } from '../join.ts';
import type { Machine } from '../machine.ts';
import {
  type CallSite,
  type Model,
  type NativeValue,
  native,
  nullValue,
  type PackageModel,
  someBoolean,
  someString,
  textOf,
  undefinedValue,
  type Value,
} from '../value.ts';
import { shapeOfJsonSchema } from './json-schema.ts';
import { checkInput, errorObject, issueList } from './validators/check.ts';

/** One Ajv instance: the schemas that were added to it. */
interface Registry {
  readonly schemas: Map<string, Value>;
}

const instanceModel: Model = {
  name: 'ajv',
  get: (_m, _self, key) => (key === 'errors' ? errors() : undefined),
  method: (m, self, key, site) => callInstance(m, self, key, site),
};

export const ajvPackage: PackageModel = {
  packages: ['ajv', 'ajv-draft-04', '@fastify/ajv-compiler'],
  call: (m, external, site) => (isClass(external.path) ? instance(m, site) : undefined),
  construct: (m, external, site) =>
    isClass(external.path)
      ? instance(m, site)
      : external.path.at(-1) === 'ValidationError'
        ? errorObject('ajv', 'ValidationError', { errors: errors() }, site.place)
        : undefined,
};

/** Plugins change formats and keywords and give the instance back. */
export const ajvPluginPackage: PackageModel = {
  packages: ['ajv-formats', 'ajv-keywords', 'ajv-errors'],
  call: (_m, _external, site) => site.args[0],
};

function isClass(path: readonly string[]): boolean {
  const last = path.at(-1);
  return (
    last === undefined || last === 'default' || last === 'Ajv' || last.startsWith('Ajv') || last.startsWith('/dist')
  );
}

function instance(m: Machine, site: CallSite): Value {
  const made = native(instanceModel, { schemas: new Map() } satisfies Registry, site.place);
  const options = site.args[0];
  const listed = options?.kind === 'object' ? m.get(options, 'schemas', site.place) : undefined;
  if (listed?.kind === 'array') for (const item of listed.items) add(m, made, item, undefined, site);
  return made;
}

function add(m: Machine, self: NativeValue, schema: Value, key: string | undefined, site: CallSite): void {
  const { schemas } = self.data as Registry;
  if (schema.kind === 'array') {
    for (const item of schema.items) add(m, self, item, undefined, site);
    return;
  }
  const id =
    key ??
    (schema.kind === 'object'
      ? (textOf(m.get(schema, '$id', site.place)) ?? textOf(m.get(schema, 'id', site.place)))
      : undefined);
  if (id !== undefined) schemas.set(id, schema);
}

function callInstance(m: Machine, self: NativeValue, key: string, site: CallSite): Value | undefined {
  const [first, second] = site.args;
  const { schemas } = self.data as Registry;
  switch (key) {
    case '[escape]':
      return undefinedValue;
    case 'addSchema':
    case 'addMetaSchema':
      if (first && key === 'addSchema') add(m, self, first, textOf(second), site);
      return self;
    case 'addFormat':
    case 'addKeyword':
    case 'addVocabulary':
    case 'removeSchema':
    case 'opts':
      return self;
    case 'compile':
    case 'compileAsync':
      return first && validator(self, first, site);
    case 'getSchema': {
      const found = schemas.get(textOf(first) ?? '');
      return found ? validator(self, found, site) : undefined;
    }
    case 'validate': {
      const schema = first && (schemas.get(textOf(first) ?? '') ?? first);
      return schema && second ? checked(m, self, schema, second, site) : undefined;
    }
    case 'errorsText':
      return someString();
    default:
      return undefined;
  }
}

function validator(self: NativeValue, schema: Value, site: CallSite): Value {
  return native(
    {
      name: 'ajv validator',
      call: (m, _validator, inner) => checked(m, self, schema, inner.args[0] ?? undefinedValue, inner),
      get: (_m, _validator, key) => (key === 'errors' ? errors() : key === 'schema' ? schema : undefined),
    },
    undefined,
    site.place,
  );
}

function checked(m: Machine, self: NativeValue, schema: Value, input: Value, site: CallSite): Value {
  const { schemas } = self.data as Registry;
  const shape = () => shapeOfJsonSchema(m, schema, (id) => schemas.get(id));
  for (const value of input.kind === 'union' ? input.members : [input])
    if (value.kind === 'input') checkInput(value, shape, site.place);
  return someBoolean();
}

/** `validate.errors`: null after a success. */
function errors(): Value {
  return join([issueList(), nullValue]);
}
