// Owns `koa-zod-router`: routes with zod schemas beside their handlers.
// It must not know how a route is run.

import type { Place } from '../../../../base/place.ts';
import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { objectSchema, schemaFor } from '../packages/validators/objects.ts';
import { schemaOf } from '../packages/validators/schema.ts';
import { type CallSite, isEmpty, type PackageModel, textOf, truth, undefinedValue, type Value } from '../value.ts';
import { createRouter, type RouterState, registerRoute, verbs } from './routers.ts';
import { badRequest, type CheckedPart, checking } from './schema-routes.ts';

const partNames: readonly (readonly [string, string])[] = [
  ['headers', 'headers'],
  ['params', 'params'],
  ['query', 'query'],
  ['body', 'body'],
];

function partsOf(m: Machine, validate: Value, place: Place): CheckedPart[] {
  return partNames.flatMap(([key, part]) => {
    const value = m.get(validate, key, place);
    if (isEmpty(value) || value.kind === 'unknown') return [];
    const schema =
      value.kind === 'object' && !schemaOf(value)
        ? objectSchema(m, value, place, 'allowed', true)
        : schemaFor(value, place);
    return [{ part, schema }];
  });
}

function validators(m: Machine, validate: Value | undefined, place: Place): Value[] {
  if (!validate || isEmpty(validate)) return [];
  const goesOn = truth(m.get(validate, 'continueOnError', place)) === true;
  return [checking(partsOf(m, validate, place), badRequest, place, goesOn)];
}

/** `router.get(path, handler, validate)` and `router.register({ name, method, path, pre, handler, validate })`. */
function extend(m: Machine, state: RouterState, key: string, site: CallSite): Value | undefined {
  const [path, second, validate] = site.args;
  if (key === 'register' && path?.kind === 'object') {
    registerSpec(m, state, path, site);
    return state.self;
  }
  if (!verbs.has(key) || !path || !second || validate?.kind !== 'object') return undefined;
  const at = (index: number) => site.argPlaces[index] ?? site.place;
  const checks = validators(m, validate, at(2));
  registerRoute(m, state, [key === 'del' ? 'delete' : key], {
    ...site,
    args: [path, ...checks, second],
    argPlaces: [at(0), ...checks.map(() => at(2)), at(1)],
    open: false,
  });
  return state.self;
}

function registerSpec(m: Machine, state: RouterState, spec: Value & { kind: 'object' }, site: CallSite): void {
  const field = (key: string) => m.get(spec, key, site.place);
  const placeOf = (key: string) => {
    const value = field(key);
    return ('place' in value ? value.place : undefined) ?? spec.places?.get(key) ?? site.place;
  };
  const method = field('method');
  const names = (method.kind === 'array' ? method.items : members(method)).map((one) => textOf(one)?.toLowerCase());
  const known = names.filter((name) => name !== undefined);
  if (known.length < names.length) state.escaped ??= site.place;
  const checks = validators(m, field('validate'), placeOf('validate'));
  const handler = field('handler');
  registerRoute(m, state, known, {
    ...site,
    args: [field('path'), field('pre'), ...checks, isEmpty(handler) ? field('handlers') : handler],
    argPlaces: [placeOf('path'), placeOf('pre'), ...checks.map(() => placeOf('validate')), placeOf('handler')],
    open: false,
  });
}

export const koaZodRouter: PackageModel = {
  packages: ['koa-zod-router'],
  call(m, external, site) {
    const last = external.path.at(-1);
    if (last === 'createRouteSpec') return site.args[0] ?? undefinedValue;
    if (last !== undefined && last !== 'default' && last !== 'zodRouter') return undefined;
    const options = site.args[0];
    // The prefix is one of the inner router's options.
    const inner = options?.kind === 'object' ? m.get(options, 'koaRouter', site.place) : undefined;
    return createRouter(m, inner, site.place, false, extend);
  },
};
