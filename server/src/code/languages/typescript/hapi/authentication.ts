// Owns authentication and scopes in hapi: which strategy a route asks for, and what its scheme refuses.
// It must not know how answers leave.

import type { Place } from '../../../../base/place.ts';
import type { Guard } from '../../../model.ts';
import type { Exchange, Link } from '../http-run.ts';
import { linkOf, stepOf } from '../links.ts';
import type { Machine } from '../machine.ts';
import { isEmpty, literal, objectOf, textOf, type Value } from '../value.ts';
import { frameworkError, mayThrow } from './errors.ts';
import { runThrough } from './protocol.ts';
import type { HapiRoute } from './routes.ts';
import { at, listed, type ServerCore, type Strategy } from './servers.ts';

/** The guard of a route; none where it asks for no authentication. */
export function authenticate(m: Machine, route: HapiRoute): Link[] {
  const { core } = route.view;
  const own = at(m, route.options, ['auth'], route.place);
  const shared = isEmpty(own);
  const auth = shared ? core.defaultAuth : own;
  if (!auth || isEmpty(auth) || (auth.kind === 'literal' && auth.value === false)) return [];
  const place = ('place' in auth ? auth.place : undefined) ?? route.place;
  const level = shared ? 'app' : 'route';
  const named = textOf(auth);
  if (named === undefined && auth.kind !== 'object')
    return [
      stepOf(
        (_machine, { sink }) => {
          sink.target.openGuards(auth.kind === 'unknown' ? auth.reason : 'spread-or-any', place);
          return true;
        },
        place,
        level,
      ),
    ];
  const names = named === undefined ? strategiesOf(m, core, auth, place) : [named];
  const mode = named === undefined ? textOf(at(m, auth, ['mode'], place)) : 'required';
  if (mode === 'try' || mode === 'optional') return [];
  const scopes = named === undefined ? scopesOf(m, auth, place) : [];
  const strategies = names.map((name) => core.strategies.get(name));
  return [
    stepOf((machine, exchange) => refuse(machine, exchange, route, strategies, place), place, level),
    ...(scopes.length > 0 ? [stepOf((machine) => demandScopes(machine, scopes, place), place, level)] : []),
  ];
}

function strategiesOf(m: Machine, core: ServerCore, auth: Value, place: Place): string[] {
  const given = [...listed(at(m, auth, ['strategy'], place)), ...listed(at(m, auth, ['strategies'], place))];
  const names = given.flatMap((value) => textOf(value) ?? []);
  if (names.length > 0) return names;
  // Options without a strategy keep that of the default.
  const fallback = textOf(core.defaultAuth) ?? textOf(at(m, core.defaultAuth, ['strategy'], place));
  return fallback === undefined ? [...core.strategies.keys()].slice(0, 1) : [fallback];
}

function scopesOf(m: Machine, auth: Value, place: Place): string[] {
  const access = listed(at(m, auth, ['access'], place)).flatMap((one) => listed(at(m, one, ['scope'], place)));
  const given = [...listed(at(m, auth, ['scope'], place)), ...access].flatMap((value) => textOf(value) ?? []);
  return given
    .filter((scope) => !scope.startsWith('!') && !scope.includes('{'))
    .map((scope) => scope.replace(/^\+/, ''));
}

/** Callers whom no strategy knows are refused, by the scheme's own code where it can be read. */
function refuse(
  m: Machine,
  exchange: Exchange,
  route: HapiRoute,
  strategies: readonly (Strategy | undefined)[],
  place: Place,
): boolean {
  const { core, self } = route.view;
  const [first] = strategies;
  const custom = first && core.schemes.get(first.scheme);
  if (first && custom?.kind === 'function') {
    const options = isEmpty(first.options) ? objectOf({}) : first.options;
    const args = [self, options];
    const site = { args, argPlaces: [place, place], open: false, place, namePlace: place, frame: m.globals };
    const scheme = m.call(custom, site);
    const method = at(m, scheme, ['authenticate'], place);
    if (method.kind === 'function') return runThrough(m, linkOf(method, place, 'route'), exchange);
  }
  const kind = schemeOf(first?.scheme ?? '');
  if (kind) exchange.sink.target.credentialScheme = kind;
  mayThrow(m, frameworkError(401, place), place);
  return true;
}

function schemeOf(name: string): Guard['scheme'] {
  if (/basic/i.test(name)) return 'basic';
  if (/bearer|jwt|token|oauth/i.test(name)) return 'bearer';
  if (/cookie/i.test(name)) return 'cookie';
  return /session/i.test(name) ? 'session' : undefined;
}

function demandScopes(m: Machine, scopes: readonly string[], place: Place): boolean {
  m.tested?.push(...scopes);
  mayThrow(m, frameworkError(403, place, literal('Insufficient scope')), place);
  return true;
}
