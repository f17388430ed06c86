// Owns Mongoose models and queries: what their methods give, throw and wait for.
// It must not know the fields of documents.

import type { Place } from '../../../../../base/place.ts';
import { join } from '../../join.ts';
import type { Machine } from '../../machine.ts';
import { shapeOfValue } from '../../serialise.ts';
import {
  type CallSite,
  isEmpty,
  type Model,
  type NativeValue,
  native,
  nativeFunction,
  nullValue,
  objectOf,
  someString,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../../value.ts';
import { escapeArguments, libraryError, listOf, mayThrow, option, optionsOf, someCount, someRow } from '../row.ts';
import { type Asked, addSelection, asking, documentFor } from './documents.ts';
import { type SchemaData, schemaOf } from './schema.ts';

export const mongoosePackage = 'mongoose';

export interface ModelData {
  readonly name: string;
  readonly schema: SchemaData | undefined;
}

interface QueryData {
  readonly model: ModelData;
  readonly asked: Asked;
  readonly arm: number;
  kind: 'list' | 'one' | 'count' | 'unknown';
  /** An absent document throws rather than being null. */
  demanded: boolean;
  readonly place: Place;
}

const registries = new WeakMap<Machine, Map<string, NativeValue>>();

function registryOf(m: Machine): Map<string, NativeValue> {
  const registry = registries.get(m) ?? new Map<string, NativeValue>();
  registries.set(m, registry);
  return registry;
}

/** `model(name, schema)`, or the model that was made under a name. */
export function modelFor(m: Machine, site: CallSite): Value | undefined {
  const name = textOf(site.args[0]) ?? '';
  const known = registryOf(m).get(name);
  if (site.args.length === 1) return known;
  const made = native(modelModel, { name, schema: schemaOf(site.args[1]) } satisfies ModelData, site.place);
  registryOf(m).set(name, made);
  return made;
}

/** The schema of the model that a `ref` names: a name, a model, or a function that gives one. */
function referred(m: Machine, ref: Value | undefined): SchemaData | undefined {
  const value = ref?.kind === 'native' ? ref : registryOf(m).get(textOf(ref) ?? '');
  return value?.kind === 'native' && value.model === modelModel ? (value.data as ModelData).schema : undefined;
}

const modelModel: Model = {
  name: 'mongoose-model',
  stable: true,
  get(m, self, key) {
    const { schema, name } = self.data as ModelData;
    if (key === 'modelName') return { kind: 'literal', value: name };
    const own = schema?.statics.props.get(key);
    return own ? withSelf(m.force(own), self) : undefined;
  },
  construct: (m, self, site) => created(m, self.data as ModelData, site),
  method(m, self, key, site) {
    const data = self.data as ModelData;
    if (key === '[escape]') return undefinedValue;
    const own = data.schema?.statics.props.get(key);
    if (own) return m.call(withSelf(m.force(own), self), site, self);
    if (key === 'discriminator')
      return modelFor(m, { ...site, args: [site.args[0] ?? undefinedValue, undefinedValue] });
    escapeArguments(m, site);
    return start(m, data, key, site);
  },
};

const withSelf = (fn: Value, self: Value): Value => (fn.kind === 'function' ? { ...fn, self } : fn);

function start(m: Machine, model: ModelData, key: string, site: CallSite): Value | undefined {
  const [, second, third] = site.args;
  switch (key) {
    case 'find':
      return query(m, model, 'list', site, second, third);
    case 'findOne':
    case 'findById':
      return query(m, model, 'one', site, second, third);
    case 'findByIdAndUpdate':
    case 'findOneAndUpdate':
    case 'findOneAndReplace':
      return query(m, model, 'one', site, option(m, optionsOf(third), 'projection'), third);
    case 'findByIdAndDelete':
    case 'findOneAndDelete':
    case 'findByIdAndRemove':
    case 'findOneAndRemove':
      return query(m, model, 'one', site, undefined, second);
    case 'where':
    case '$where':
      return query(m, model, 'list', site);
    case 'countDocuments':
    case 'estimatedDocumentCount':
    case 'count':
      return query(m, model, 'count', site);
    case 'create':
    case 'insertMany': {
      const many = site.args[0]?.kind === 'array' || key === 'insertMany';
      return many ? listOf(created(m, model, site)) : created(m, model, site);
    }
    case 'hydrate':
      return created(m, model, site);
    case 'exists':
      return join([objectOf({ _id: someString() }, site.place), nullValue]);
    case 'aggregate':
    case 'distinct':
      return query(m, model, 'unknown', site);
    case 'updateOne':
    case 'updateMany':
    case 'deleteOne':
    case 'deleteMany':
    case 'replaceOne':
    case 'bulkWrite':
      return query(m, model, 'unknown', site);
    default:
      return undefined;
  }
}

function created(m: Machine, model: ModelData, site: CallSite): Value {
  escapeArguments(m, site);
  return model.schema ? documentFor(m, model.schema, asking(), site, (ref) => referred(m, ref)) : someRow(site.place);
}

function query(
  m: Machine,
  model: ModelData,
  kind: QueryData['kind'],
  site: CallSite,
  projection?: Value,
  options?: Value,
): Value {
  const asked = asking();
  if (projection && !isEmpty(projection)) addSelection(m, asked, projection);
  const lean = option(m, optionsOf(options), 'lean');
  if (lean) asked.lean = true;
  return native(
    queryModel,
    { model, asked, kind, arm: m.arm, demanded: false, place: site.place } satisfies QueryData,
    site.place,
  );
}

const queryModel: Model = {
  name: 'mongoose-query',
  settle: (m, self) => resultOf(m, self.data as QueryData, self),
  shape: (m, self) => shapeOfValue(m, resultOf(m, self.data as QueryData, self)),
  method(m, self, key, site) {
    const data = self.data as QueryData;
    const maybe = m.arm !== data.arm;
    switch (key) {
      case '[escape]':
        data.asked.lost = true;
        return undefinedValue;
      case 'exec':
        return resultOf(m, data, self);
      case 'then':
      case 'catch':
      case 'finally':
        return undefined;
      case 'lean':
        if (maybe) data.asked.lost = true;
        data.asked.lean = true;
        return self;
      case 'select':
      case 'projection':
        if (maybe) data.asked.lost = true;
        else if (site.args[0]) addSelection(m, data.asked, site.args[0]);
        return self;
      case 'populate':
        populate(m, data.asked, site, maybe);
        return self;
      case 'orFail':
        data.demanded = true;
        return self;
      case 'countDocuments':
      case 'count':
        data.kind = 'count';
        return self;
      case 'distinct':
      case 'cursor':
      case 'explain':
      case 'transform':
        data.kind = 'unknown';
        return self;
      case 'findOne':
        data.kind = 'one';
        return self;
      default:
        escapeArguments(m, site);
        return self;
    }
  },
};

function populate(m: Machine, asked: Asked, site: CallSite, maybe: boolean): void {
  const [first, second] = site.args;
  const items = first?.kind === 'array' ? first.items : first ? [first] : [];
  for (const item of items) {
    const path = textOf(item) ?? textOf(option(m, optionsOf(item), 'path'));
    const select = textOf(item) === undefined ? option(m, optionsOf(item), 'select') : second;
    const deeper = option(m, optionsOf(item), 'populate');
    if (path === undefined || maybe) asked.lost = true;
    else
      for (const name of path.split(/\s+/)) {
        // What is populated below a field is not followed further.
        if (name.includes('.') || deeper) asked.lost = true;
        else asked.populated.set(name, select);
      }
  }
}

function resultOf(m: Machine, data: QueryData, self: NativeValue): Value {
  const site: CallSite = {
    args: [],
    open: false,
    place: self.place ?? data.place,
    argPlaces: [],
    namePlace: data.place,
    frame: m.globals,
  };
  if (data.kind === 'count') return someCount();
  if (data.kind === 'unknown') return { ...unknown('spread-or-any', data.place), truthy: true };
  const { schema } = data.model;
  const one = schema ? documentFor(m, schema, data.asked, site, (ref) => referred(m, ref)) : someRow(data.place);
  if (data.kind === 'list') return listOf(one, data.place);
  if (!data.demanded) return join([one, { ...nullValue, place: data.place }]);
  mayThrow(m, libraryError(mongoosePackage, ['Error', 'DocumentNotFoundError'], {}, data.place), data.place);
  return one;
}

/** `mongoose.models`: what is registered under each name, of which nothing is there before the model is made. */
export const modelsByName = (): Value =>
  native(
    { name: 'mongoose-models', get: () => undefinedValue, method: () => nativeFunction('none', () => undefinedValue) },
    undefined,
  );
