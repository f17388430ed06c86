// Owns express-validator's exports: chains as middlewares, and the moment at which their results are looked at.
// It must not know what single validators say.

import type { Place } from '../../../../../base/place.ts';
import { arrayShape, type Field, objectShape, type Shape, unknownShape } from '../../../../../shape/shape.ts';
import type { ReadLocation } from '../../../../model.ts';
import { passOn } from '../../express/routers.ts';
import { namedInput, wholeInput } from '../../inputs.ts';
import { members } from '../../join.ts';
import type { Machine } from '../../machine.ts';
import { setMember } from '../../members.ts';
import { unseenException } from '../../unseen.ts';
import {
  type ArrayValue,
  type CallSite,
  type Model,
  type NativeValue,
  native,
  nativeFunction,
  objectOf,
  type PackageModel,
  shaped,
  someBoolean,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../../value.ts';
import { isStated } from '../validators/check.ts';
import { requestOf } from '../validators/middlewares.ts';
import { fallbackOf, inputShape } from '../validators/shapes.ts';
import { type Chain, chainOfEntry, extend, isChainMethod, startChain } from './chains.ts';

const locations: Readonly<Record<string, ReadLocation | undefined>> = {
  body: 'body',
  query: 'query',
  param: 'path',
  params: 'path',
  header: 'header',
  headers: 'header',
  cookie: 'cookie',
  cookies: 'cookie',
};

const chainModel: Model = {
  name: 'express-validator chain',
  call: (m, self, site) => {
    run(m, [self.data as Chain], site);
    return passOn(m, site);
  },
  method(m, self, key, site) {
    if (key === '[escape]') return undefinedValue;
    if (key === 'run') {
      run(m, [self.data as Chain], site);
      return results(m, site);
    }
    const chain = self.data as Chain;
    return isChainMethod(key) ? chainValue(extend(m, chain, key, site.args, site)) : self;
  },
};

function chainValue(chain: Chain): NativeValue {
  return native(chainModel, chain, chain.place);
}

export const expressValidatorPackage: PackageModel = {
  packages: ['express-validator'],
  call: (m, external, site) => callExport(m, external.path.at(-1) ?? '', site),
  construct(_m, external, site) {
    if (external.path.at(-1) !== 'ExpressValidator') return undefined;
    // Its methods are the package's functions, with validators of the service's own besides.
    return native(
      {
        name: 'express-validator',
        get: (_machine, _self, key, place) => ({ kind: 'external', package: 'express-validator', path: [key], place }),
        method: (machine, _self, key, inner) => callExport(machine, key, inner),
      },
      undefined,
      site.place,
    );
  },
};

function callExport(m: Machine, name: string, site: CallSite): Value | undefined {
  switch (name) {
    case 'body':
    case 'query':
    case 'param':
    case 'header':
    case 'cookie':
    case 'check':
    case 'sanitizeBody':
    case 'sanitizeQuery':
    case 'sanitizeParam':
      return chainValue(
        startChain(locations[name.replace('sanitize', '').toLowerCase()], fieldNames(site.args[0]), site.place),
      );
    case 'buildCheckFunction': {
      const where = listOf(site.args[0]).map((item) => locations[textOf(item) ?? '']);
      const only = where.length === 1 ? where[0] : undefined;
      return nativeFunction(name, (_machine, inner) =>
        chainValue(startChain(only, fieldNames(inner.args[0]), inner.place)),
      );
    }
    case 'checkSchema':
      return schemaChains(m, site);
    case 'oneOf':
    case 'checkExact':
      return alternatives(site, name === 'checkExact');
    case 'validationResult':
      return results(m, site);
    case 'matchedData':
      return matched(m, site);
    default:
      return undefined;
  }
}

/** The names that a chain is for; none means the whole location. */
function fieldNames(value: Value | undefined): readonly string[] | undefined {
  if (!value || (value.kind === 'literal' && value.value === undefined)) return [''];
  const names = (value.kind === 'array' && !value.rest ? value.items : members(value)).map((item) => textOf(item));
  return names.every((name) => name !== undefined) ? names : undefined;
}

function listOf(value: Value | undefined): readonly Value[] {
  return value?.kind === 'array' ? value.items : value ? [value] : [];
}

function schemaChains(m: Machine, site: CallSite): Value | undefined {
  const [schema, defaults] = site.args;
  if (schema?.kind !== 'object') return undefined;
  const usual = listOf(defaults).map((item) => locations[textOf(item) ?? '']);
  const chains: ArrayValue = { kind: 'array', items: [], place: site.place };
  for (const [name, cell] of schema.props) {
    const entry = m.force(cell);
    const own = entry.kind === 'object' ? entry.props.get('in') : undefined;
    const where = own ? listOf(m.force(own)).map((item) => locations[textOf(item) ?? '']) : usual;
    const place = schema.places?.get(name) ?? site.place;
    // Several places mean that the field may come in any of them.
    const one = where.length === 1 ? [where[0]] : [undefined];
    chains.items.push(...chainOfEntry(m, name, entry, one, place).map(chainValue));
  }
  if (schema.open || schema.base?.length) chains.rest = unknown('spread-or-any', site.place);
  return chains;
}

function chainsIn(value: Value | undefined): Chain[] {
  if (value?.kind === 'array') return value.items.flatMap(chainsIn);
  return value?.kind === 'native' && value.model === chainModel ? [value.data as Chain] : [];
}

/** `oneOf`: any of the chains may be the one that holds, so none of them demands anything. */
function alternatives(site: CallSite, all: boolean): Value {
  const chains = chainsIn(site.args[0]).map(
    (chain): Chain =>
      all
        ? chain
        : {
            ...chain,
            demands: undefined,
            schema: { ...chain.schema, body: { kind: 'unknown', reason: 'one of several checks' } },
          },
  );
  return native(
    {
      name: 'express-validator',
      call: (m, _self, inner) => {
        run(m, chains, inner);
        return passOn(m, inner);
      },
      method: (m, _self, key, inner) => {
        if (key === 'run') run(m, chains, inner);
        return key === 'run' ? results(m, inner) : undefined;
      },
    },
    undefined,
    site.place,
  );
}

// Running -----------------------------------------------------------------------------------------------------------------

/** Where a request keeps the chains that ran and of which nobody has looked at the result. */
const pendingKey = '[[express-validator]]';

function pendingOf(m: Machine, request: NativeValue): readonly Chain[] {
  const cell = request.props.get(pendingKey);
  const held = cell ? members(m.force(cell)).find((value) => value.kind === 'native') : undefined;
  return held?.kind === 'native' ? (held.data as readonly Chain[]) : [];
}

function setPending(m: Machine, request: NativeValue, chains: readonly Chain[], place: Place): void {
  setMember(m, request, pendingKey, native({ name: 'pending chains' }, chains, place), place);
}

/** Where a check that names no place is likely to find its field. */
const anywhere = ['query', 'body'] as const;

/** Chains run: the fields are read. Whether anything is rejected is up to whoever asks for the result. */
function run(m: Machine, chains: readonly Chain[], site: CallSite): void {
  const found = requestOf(site);
  if (!found) return;
  for (const chain of chains) {
    if (chain.in === undefined) {
      for (const name of chain.fields ?? []) found.sink.target.checkSomewhere(pathOf(name), anywhere, chain.place);
      if (!chain.fields)
        for (const location of anywhere) found.sink.target.open(location, 'spread-or-any', chain.place);
      if (chain.demands) for (const name of chain.fields ?? []) found.sink.target.demandSomewhere(name, anywhere);
      continue;
    }
    if (chain.fields === undefined) {
      found.sink.target.open(chain.in, 'spread-or-any', chain.place);
      continue;
    }
    for (const name of chain.fields)
      if (name !== '' && !name.startsWith('*')) namedInput(found.sink, chain.in, pathOf(name), chain.place);
  }
  setPending(m, found.request, [...pendingOf(m, found.request), ...chains], site.place);
}

/** `items.*.id` and `items[0].id` as the code model writes them. */
function pathOf(name: string): string {
  return name
    .replace(/\.\*/g, '[]')
    .replace(/\[(\d+|\*)\]/g, '[]')
    .replace(/\["?'?([^\]"']+)"?'?\]/g, '.$1');
}

/** `validationResult(req)`: from here on failures count. */
function results(m: Machine, site: CallSite): Value {
  const found = requestOf(site);
  if (found) {
    enforce(found, pendingOf(m, found.request), site.place);
    setPending(m, found.request, [], site.place);
  }
  return resultObject(site);
}

function resultObject(site: CallSite): Value {
  // Formatters may give anything, and the plain entries differ between versions.
  const list = (): Value => ({
    kind: 'array',
    items: [],
    rest: { kind: 'unknown', reason: 'spread-or-any', truthy: true, place: site.place },
  });
  const thrower = nativeFunction('throw', (m, inner) => {
    m.thrown.push({
      value: unseenException(inner.place, []),
      place: inner.place,
      via: [...m.steps],
      absent: [],
    });
    return undefinedValue;
  });
  return objectOf(
    {
      isEmpty: nativeFunction('isEmpty', () => someBoolean()),
      array: nativeFunction('array', list),
      mapped: nativeFunction('mapped', () =>
        shaped(objectShape([], 'unknown', site.place, { reason: 'spread-or-any' }), true),
      ),
      formatWith: nativeFunction('formatWith', () => resultObject(site)),
      errors: list(),
      throw: thrower,
    },
    site.place,
  );
}

type Exchanged = NonNullable<ReturnType<typeof requestOf>>;

interface Node {
  shape: Shape | undefined;
  required: boolean | undefined;
  default?: unknown;
  place: Place;
  readonly fields: Map<string, Node>;
  items?: Node;
}

const node = (place: Place): Node => ({ shape: undefined, required: undefined, place, fields: new Map() });

/** Tells what the chains demand: single parameters by name, the body as one object. */
function enforce({ sink }: Exchanged, chains: readonly Chain[], place: Place): void {
  const body = node(place);
  for (const chain of chains) {
    if (chain.in === undefined || !chain.fields || !chain.validates) continue;
    for (const name of chain.fields) {
      if (name === '' || name.startsWith('*')) continue;
      const required = chain.optional || chain.schema.fallback ? false : chain.demands ? true : undefined;
      const path = pathOf(name);
      if (chain.in === 'body') insert(body, path, inputShape(chain.schema), required, chain);
      const input = namedInput(sink, chain.in, path, chain.place);
      const read = sink.target.read(input, chain.place);
      if (!read) continue;
      const shape = inputShape(chain.schema, chain.in !== 'body');
      if (read.source !== 'validator' || !isStated(read.shape)) {
        read.shape = shape;
        read.source = 'validator';
      }
      const fallback = fallbackOf(chain.schema);
      if (fallback && fallback.value !== undefined) read.default ??= { value: fallback.value };
      if (required === false) read.required ??= false;
      // A list's items and an object's fields are only there when the list or the object is.
      else if (required && !/[.[]/.test(path)) {
        read.required = true;
        read.requiredPlace = chain.place;
      }
    }
  }
  if (body.fields.size === 0) return;
  const whole = wholeInput(sink, 'body', place);
  whole.sink.validate(whole, shapeOfNode(body), place);
}

function insert(root: Node, path: string, shape: Shape, required: boolean | undefined, chain: Chain): void {
  let current = root;
  for (const part of path.split(/\.|(?=\[\])/).filter((one) => one !== '')) {
    if (part === '[]') {
      current.items ??= node(chain.place);
      current = current.items;
      continue;
    }
    let next = current.fields.get(part);
    if (!next) {
      next = node(chain.place);
      current.fields.set(part, next);
    }
    current = next;
  }
  if (!current.shape || !isStated(current.shape)) current.shape = shape;
  if (required === true || current.required === undefined) current.required = required;
  const fallback = fallbackOf(chain.schema);
  if (fallback?.value !== undefined) current.default = fallback.value;
}

function shapeOfNode(held: Node): Shape {
  if (held.fields.size > 0) {
    const fields = [...held.fields].map(
      ([name, inner]): Field => ({
        name,
        shape: shapeOfNode(inner),
        required: inner.required,
        origin: inner.place,
        ...(inner.default === undefined ? {} : { default: inner.default }),
      }),
    );
    return objectShape(fields, 'allowed', held.place);
  }
  if (held.items) return arrayShape(shapeOfNode(held.items), held.place, boundsOf(held.shape));
  return held.shape ?? unknownShape(undefined, held.place);
}

function boundsOf(shape: Shape | undefined): { minItems?: number; maxItems?: number } {
  if (shape?.kind !== 'array') return {};
  return {
    ...(shape.minItems === undefined ? {} : { minItems: shape.minItems }),
    ...(shape.maxItems === undefined ? {} : { maxItems: shape.maxItems }),
  };
}

/** `matchedData(req)`: the fields that chains looked at. */
function matched(m: Machine, site: CallSite): Value {
  const found = requestOf(site);
  if (found) enforce(found, pendingOf(m, found.request), site.place);
  return {
    kind: 'object',
    props: new Map(),
    places: new Map(),
    open: { reason: 'spread-or-any', place: site.place },
    place: site.place,
  };
}
