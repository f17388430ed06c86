// Owns the hooks that packages bring: guards, limiters and wrappers of other hooks, and the silent logger.
// It must not know in which order hooks run.

import type { Place } from '../../../../base/place.ts';
import type { Guard } from '../../../model.ts';
import type { Machine } from '../machine.ts';
import { type CallSite, type Model, native, nativeFunction, undefinedValue, unknown, type Value } from '../value.ts';
import { frameworkError, mayThrow } from './errors.ts';
import { requestOf } from './request.ts';

/** A logger: it takes anything and keeps nothing. */
export const quiet: Value = native(
  {
    name: 'log',
    get: () => nativeFunction('log', () => undefinedValue),
    method: (_m, _self, key) => (key === '[escape]' ? undefinedValue : key === 'child' ? quiet : undefinedValue),
  } satisfies Model,
  undefined,
);

/** Who is let through when: by a token, by a name and password, or when one of several functions lets them. */
export function authHook(
  kind: 'bearer' | 'basic' | 'session' | 'functions',
  place: Place,
  args: readonly Value[] = [],
): Value {
  return native(
    {
      name: 'hook',
      call(m, _self, site) {
        if (kind === 'functions') return callAny(m, args, site);
        refuse(m, site.args[0], kind, place);
        const done = site.args.at(-1);
        if (done?.kind === 'native' && done.model.name === 'next') m.call(done, { ...site, args: [], argPlaces: [] });
        return undefinedValue;
      },
    },
    kind,
    place,
  );
}

/** Callers without credentials are refused with 401; those that pass are known. */
export function refuse(
  m: Machine,
  request: Value | undefined,
  scheme: Guard['scheme'],
  place: Place,
  code = 'FST_UNAUTHORIZED',
): void {
  const data = requestOf(request);
  if (data) data.exchange.target.credentialScheme = scheme;
  mayThrow(m, frameworkError(401, code, place), place);
  if (request?.kind === 'native')
    request.props.set('user', { value: { kind: 'unknown', reason: 'dependency-injection', truthy: true } });
}

/** A limiter answers 429 to some. */
export function limitHook(place: Place): Value {
  return native(
    {
      name: 'hook',
      call(m, _self, site) {
        mayThrow(m, frameworkError(429, 'FST_ERR_RATE_LIMIT', place), place);
        const done = site.args.at(-1);
        if (done?.kind === 'native' && done.model.name === 'next') m.call(done, { ...site, args: [], argPlaces: [] });
        return undefinedValue;
      },
    },
    undefined,
    place,
  );
}

/** `instance.auth([a, b])`: with the default relation one success is enough, and the last failure is the answer. */
function callAny(m: Machine, args: readonly Value[], site: CallSite): Value {
  const [list, options] = args;
  if (list?.kind !== 'array') return unknown('spread-or-any', site.place);
  const relation = options?.kind === 'object' ? m.get(options, 'relation', site.place) : undefinedValue;
  const all = relation.kind === 'literal' && relation.value === 'and';
  const passed = nativeFunction('done', (machine, inner) => {
    const [error] = inner.args;
    if (error && error.kind !== 'literal') mayThrow(machine, error, inner.argPlaces[0] ?? inner.place);
    return undefinedValue;
  });
  const functions = list.items.flatMap((item) => (item.kind === 'array' ? item.items : [item]));
  for (const [index, hook] of functions.entries()) {
    const { thrown } = m.catching(() =>
      m.call(hook, {
        ...site,
        args: [...site.args.slice(0, 2), passed],
        argPlaces: [site.place, site.place, site.place],
      }),
    );
    m.dead = false;
    // Without "and" an earlier failure is forgotten when a later function lets the caller pass.
    if (all || index === functions.length - 1) m.thrown.push(...thrown);
    else if (thrown.length === 0) break;
  }
  const done = site.args.at(-1);
  if (done?.kind === 'native' && done.model.name === 'next') m.call(done, { ...site, args: [], argPlaces: [] });
  return undefinedValue;
}
