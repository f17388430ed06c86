// Owns Prisma's client: its models' delegates, transactions and extensions.
// It must not know how a row is selected, nor how schemas are found.

import type { Place } from '../../../../../base/place.ts';
import type { Machine } from '../../machine.ts';
import { callUnknown } from '../../unknown-calls.ts';
import {
  type CallSite,
  type Model,
  type NativeValue,
  native,
  nativeFunction,
  type ObjectValue,
  undefinedValue,
  unknown,
  type Value,
} from '../../value.ts';
import { escapeArguments, option, optionsOf, something } from '../row.ts';
import { callDelegate } from './delegate.ts';
import { type Extension, extensionOf, queryHook } from './extensions.ts';
import type { PrismaModel, PrismaSchema } from './schema.ts';
import type { Selecting } from './selection.ts';

export interface ClientData {
  readonly schema: PrismaSchema;
  readonly extensions: readonly Extension[];
  /** The option `omit` of the client. */
  readonly omit?: Value;
}

interface DelegateData {
  readonly client: ClientData;
  readonly model: PrismaModel;
}

const clients = new WeakMap<Machine, Map<PrismaSchema, NativeValue>>();

/** The client of a schema: one for each, so that the many places that make one mean the same. */
export function clientFor(m: Machine, schema: PrismaSchema): NativeValue {
  const ofMachine = clients.get(m) ?? new Map<PrismaSchema, NativeValue>();
  clients.set(m, ofMachine);
  const known = ofMachine.get(schema) ?? native(client, { schema, extensions: [] } satisfies ClientData);
  ofMachine.set(schema, known);
  return known;
}

/** `new PrismaClient(options)`. */
export function constructClient(m: Machine, schema: PrismaSchema, site: CallSite): Value {
  const omit = option(m, optionsOf(site.args[0]), 'omit');
  return omit
    ? native(client, { schema, extensions: [], omit } satisfies ClientData, site.place)
    : clientFor(m, schema);
}

const client: Model = {
  name: 'prisma',
  stable: true,
  get(m, self, key, place) {
    const data = self.data as ClientData;
    const model = modelNamed(data.schema, key);
    return model ? delegateOf(m, data, model, place) : undefined;
  },
  method(m, self, key, site) {
    const data = self.data as ClientData;
    switch (key) {
      case '[escape]':
        return undefinedValue;
      case '$transaction':
        return transaction(m, self, site);
      case '$extends':
        return extended(m, self, data, site);
      case '$connect':
      case '$disconnect':
      case '$on':
      case '$use':
        return key === '$on' ? self : undefinedValue;
      default:
        if (!key.startsWith('$')) return clientMethod(m, self, data, key, site);
        escapeArguments(m, site);
        return unknown('spread-or-any', site.place);
    }
  },
};

/** `user` for the model `User`, `aPIKey` for `APIKey`: the client takes down the first letter only. */
export function modelNamed(schema: PrismaSchema, key: string): PrismaModel | undefined {
  for (const name of [key.charAt(0).toUpperCase() + key.slice(1), key]) {
    const model = schema.models.get(name);
    if (model && !model.hidden && model.kind !== 'type') return model;
  }
  return undefined;
}

function transaction(m: Machine, self: NativeValue, site: CallSite): Value {
  const [work] = site.args;
  if (work?.kind === 'function')
    return m.call(work, { ...site, args: [self], argPlaces: [site.place], node: undefined });
  return work ?? unknown('spread-or-any', site.place);
}

function extended(m: Machine, self: NativeValue, data: ClientData, site: CallSite): Value {
  const [given] = site.args;
  const made =
    given?.kind === 'function'
      ? m.call(given, { ...site, args: [self], argPlaces: [site.place], node: undefined })
      : given;
  if (made?.kind === 'native' && made.model === client) return made;
  const extension = extensionOf(made);
  if (extension === 'nothing') return self;
  // What a foreign extension does to the rows cannot be seen.
  if (!extension) return unknown('unresolved-import', site.place);
  return native(client, { ...data, extensions: [...data.extensions, extension] } satisfies ClientData, site.place);
}

/** A method that an extension adds to the client itself. */
function clientMethod(m: Machine, self: NativeValue, data: ClientData, key: string, site: CallSite): Value | undefined {
  for (const extension of [...data.extensions].reverse()) {
    const method = option(m, optionsOf(extension.client), key);
    if (method) return m.call(method, site, self);
  }
  return undefined;
}

/** The part of a client that asks for one model. */
export function delegateOf(m: Machine, data: ClientData, model: PrismaModel, place?: Place): Value {
  const self = native(delegate, { client: data, model } satisfies DelegateData, place);
  for (const extension of data.extensions) {
    for (const name of ['$allModels', lowerFirst(model.name)]) {
      const methods = optionsOf(option(m, optionsOf(extension.model), name));
      if (typeof methods !== 'string') for (const [key, cell] of methods.props) self.props.set(key, cell);
    }
  }
  return self;
}

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

const delegate: Model = {
  name: 'prisma-delegate',
  stable: true,
  method(m, self, key, site) {
    if (key === '[escape]') return undefinedValue;
    const { client: data, model } = self.data as DelegateData;
    escapeArguments(m, site);
    const run = (inner: CallSite) => callDelegate(selecting(m, data, inner), model, key, inner);
    const hook = queryHook(m, data.extensions, lowerFirst(model.name), key);
    if (hook === 'lost') return unknown('spread-or-any', site.place);
    if (!hook) return run(site) ?? callUnknown(m, site);
    const query = nativeFunction('query', (_machine, inner) => run({ ...inner, place: site.place }));
    return hook(site, query, model.name);
  },
};

function selecting(m: Machine, data: ClientData, site: CallSite): Selecting {
  return {
    m,
    schema: data.schema,
    site,
    omitted: (model) => option(m, optionsOf(data.omit), lowerFirst(model)),
    extend: (model, row) => {
      for (const extension of data.extensions) addComputed(m, extension, model, row, site);
    },
  };
}

/** Fields that an extension computes for each row of a model; they are sent with the row. */
function addComputed(m: Machine, extension: Extension, model: string, row: ObjectValue, site: CallSite): void {
  for (const name of ['$allModels', lowerFirst(model)]) {
    const computed = optionsOf(option(m, optionsOf(extension.result), name));
    if (computed === 'lost') row.open ??= { reason: 'spread-or-any', place: site.place };
    if (typeof computed === 'string') continue;
    for (const [key, cell] of computed.props) {
      const compute = option(m, optionsOf(m.force(cell)), 'compute');
      row.props.set(key, {
        value: undefined,
        lazy: () =>
          compute ? m.call(compute, { ...site, args: [row], argPlaces: [site.place], node: undefined }) : something(),
      });
    }
  }
}
