// Owns `koa-joi-router`: routes as objects with Joi schemas beside their handlers.
// It must not know how a route is run.

import type { Place } from '../../../../base/place.ts';
import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { objectSchema, schemaFor } from '../packages/validators/objects.ts';
import { type Schema, schemaOf } from '../packages/validators/schema.ts';
import { type CallSite, isEmpty, type PackageModel, textOf, truth, undefinedValue, type Value } from '../value.ts';
import { createRouter, handlersOf, type RouterState, registerRoute, verbs } from './routers.ts';
import { badRequest, type CheckedPart, checking } from './schema-routes.ts';

const partNames = ['header', 'query', 'params', 'body'] as const;

/** A Joi schema, or an object of them that the package compiles: names that it lacks are refused. */
export function compiled(m: Machine, value: Value, place: Place): Schema {
  return value.kind === 'object' && !schemaOf(value)
    ? objectSchema(m, value, place, 'none', false)
    : schemaFor(value, place);
}

function partsOf(m: Machine, validate: Value, place: Place): CheckedPart[] {
  return partNames.flatMap((part) => {
    const value = m.get(validate, part, place);
    return isEmpty(value) || value.kind === 'unknown' ? [] : [{ part, schema: compiled(m, value, place) }];
  });
}

/** Statuses that `validate.output` lists: `200`, `'200-204,404'`. */
function statusesOf(m: Machine, validate: Value, place: Place): { status: number; place: Place }[] {
  const output = m.get(validate, 'output', place);
  if (output.kind !== 'object') return [];
  return [...output.props.keys()].flatMap((key) =>
    key
      .split(',')
      .filter((text) => /^\s*\d{3}\s*$/.test(text))
      .map((text) => ({ status: Number(text), place: output.places?.get(key) ?? place })),
  );
}

/** `router.route({ method, path, validate, handler })`. */
function registerSpec(m: Machine, state: RouterState, spec: Value, site: CallSite): void {
  if (spec.kind === 'array') {
    for (const item of spec.items) registerSpec(m, state, item, site);
    if (spec.rest) registerSpec(m, state, spec.rest, site);
    return;
  }
  if (spec.kind !== 'object') {
    state.escaped ??= site.place;
    return;
  }
  const field = (key: string) => m.get(spec, key, site.place);
  const placeOf = (key: string) => {
    const value = field(key);
    return ('place' in value ? value.place : undefined) ?? spec.places?.get(key) ?? site.place;
  };
  const method = field('method');
  const names = (method.kind === 'array' ? method.items : members(method)).flatMap((one) =>
    (textOf(one) ?? '').toLowerCase().split(' '),
  );
  const known = names.filter((name) => verbs.has(name)).map((name) => (name === 'del' ? 'delete' : name));
  if (known.length < names.length) state.escaped ??= site.place;
  const validate = field('validate');
  const validator = isEmpty(validate) ? [] : [validatorOf(m, validate, placeOf('validate'))];
  const args = [field('path'), field('pre'), ...validator, field('handler')];
  registerRoute(
    m,
    state,
    known,
    {
      ...site,
      args,
      argPlaces: [placeOf('path'), placeOf('pre'), ...validator.map(() => placeOf('validate')), placeOf('handler')],
      open: false,
    },
    isEmpty(validate) ? {} : { statuses: statusesOf(m, validate, site.place) },
  );
}

function validatorOf(m: Machine, validate: Value, place: Place): Value {
  const failure = m.get(validate, 'failure', place);
  const goesOn = truth(m.get(validate, 'continueOnError', place)) === true;
  return checking(partsOf(m, validate, place), isEmpty(failure) ? badRequest : failure, place, goesOn);
}

function extend(m: Machine, state: RouterState, key: string, site: CallSite): Value | undefined {
  if (key === 'route') {
    registerSpec(m, state, site.args[0] ?? undefinedValue, site);
    return state.self;
  }
  if (!verbs.has(key)) return undefined;
  const [path, config] = site.args;
  if (!path || config?.kind !== 'object') return undefined;
  // `router.get(path, { validate }, handler)`.
  const validate = m.get(config, 'validate', site.place);
  const handlers = handlersOf(m, state, site, 2);
  const validator = isEmpty(validate) ? [] : [validatorOf(m, validate, site.argPlaces[1] ?? site.place)];
  registerRoute(m, state, [key === 'del' ? 'delete' : key], {
    ...site,
    args: [path, ...validator, ...handlers.map((handler) => handler.value)],
    argPlaces: [
      site.argPlaces[0] ?? site.place,
      ...validator.map(() => site.argPlaces[1] ?? site.place),
      ...handlers.map((handler) => handler.place),
    ],
    open: false,
  });
  return state.self;
}

export const koaJoiRouter: PackageModel = {
  packages: ['koa-joi-router'],
  member(m, external) {
    // `router.Joi` is the library itself.
    const at = external.path.indexOf('Joi');
    return at < 0 ? undefined : m.modules.external({ ...external, package: 'joi', path: external.path.slice(at + 1) });
  },
  call: (m, external, site) =>
    isRouter(external.path) ? createRouter(m, undefined, site.place, false, extend) : undefined,
  construct: (m, external, site) =>
    isRouter(external.path) ? createRouter(m, undefined, site.place, false, extend) : undefined,
};

function isRouter(path: readonly string[]): boolean {
  const last = path.at(-1);
  return last === undefined || last === 'default' || last === 'Router' || last === '=';
}
