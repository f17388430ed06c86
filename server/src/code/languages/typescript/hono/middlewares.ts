// Owns the middlewares that come with Hono or with packages for it: which hand on, guard, limit, combine or answer by themselves.
// It must not know registrations.

import type { Place } from '../../../../base/place.ts';
import type { Guard } from '../../../model.ts';
import { wholeInput } from '../inputs.ts';
import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import {
  type CallSite,
  type ExternalValue,
  isEmpty,
  literal,
  native,
  nativeFunction,
  someString,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { createResponse, responseOf } from '../web/response.ts';
import { contextOf } from './context.ts';
import { mayRefuse } from './exceptions.ts';
import { runsFor } from './paths.ts';
import { passOn } from './validators.ts';

/** A middleware that does something of its own and then hands on. */
export function middleware(name: string, place: Place, work: (m: Machine, site: CallSite) => void = () => {}): Value {
  return native(
    {
      name,
      call(m, _self, site) {
        work(m, site);
        return m.dead ? undefinedValue : passOn(m, site);
      },
    },
    undefined,
    place,
  );
}

/** Those of the framework that neither answer for the routes of an API nor decide who may call. */
export const passing: ReadonlySet<string> = new Set([
  'cors',
  'logger',
  'etag',
  'secureHeaders',
  'compress',
  'timing',
  'prettyJSON',
  'requestId',
  'poweredBy',
  'cache',
  'methodOverride',
  'trimTrailingSlash',
  'appendTrailingSlash',
  'languageDetector',
  'contextStorage',
  'serveStatic',
  'jsxRenderer',
  'timeout',
  'showRoutes',
]);

/** Statuses that middlewares of the framework answer some callers with. */
const refusing: Readonly<Record<string, number>> = { csrf: 403, bodyLimit: 413, ipRestriction: 403 };

/** A middleware that throws 401, with a message and for a header of its own where it was told so. */
export function guard(
  scheme: Guard['scheme'],
  place: Place,
  { carrier, message }: { readonly carrier?: string; readonly message?: Value } = {},
): Value {
  return middleware('guard', place, (m, site) => {
    const data = contextOf(site.args[0]);
    if (!data) return;
    const { collector } = data.chain;
    collector.tellCredentials(place, { ...(scheme ? { scheme } : {}), ...(carrier ? { carrier } : {}) });
    mayRefuse(m, 401, place, message);
    if (data.variables.kind === 'object')
      for (const key of ['jwtPayload', 'user'])
        data.variables.props.set(key, { value: { kind: 'unknown', reason: 'dependency-injection', truthy: true } });
  });
}

/** What a call of one of the framework's middlewares makes. */
export function builtIn(m: Machine, name: string, site: CallSite): Value | undefined {
  const { place } = site;
  if (passing.has(name)) return middleware(name, place);
  const status = refusing[name];
  if (status !== undefined) return middleware(name, place, (machine) => mayRefuse(machine, status, place));
  switch (name) {
    case 'bearerAuth':
      return bearerAuth(m, site);
    case 'jwt':
    case 'jwk':
      return guard('bearer', place);
    case 'basicAuth':
      return guard('basic', place);
    case 'every':
      return every(site);
    case 'some':
      return some(site);
    case 'except':
      return except(m, site);
    default:
      return undefined;
  }
}

/**
 * Hono's `bearerAuth` looks into `Authorization`, or into the header that it is told of, where a token without a prefix is a key. Its messages
 * are texts, or objects that leave as JSON (Hono's `middleware/bearer-auth`).
 */
function bearerAuth(m: Machine, site: CallSite): Value {
  const [options] = site.args;
  const field = (name: string): Value =>
    options?.kind === 'object' ? m.get(options, name, site.place) : undefinedValue;
  const header = textOf(field('headerName'))?.toLowerCase();
  const own = header !== undefined && header !== 'authorization';
  const nested = field('noAuthenticationHeader');
  const message =
    nested.kind === 'object' ? m.get(nested, 'message', site.place) : field('noAuthenticationHeaderMessage');
  return guard(own ? 'apiKey' : 'bearer', site.place, {
    ...(own ? { carrier: header } : {}),
    ...(message.kind === 'object' ? { message } : {}),
  });
}

/** `every(a, b)`: one after another. */
function every(site: CallSite): Value {
  return native(
    {
      name: 'hono every',
      call(m, _self, inner) {
        const from = (index: number): Value => {
          const one = site.args[index];
          if (!one) return passOn(m, inner);
          const next = nativeFunction('next', () => from(index + 1));
          const args = [inner.args[0]!, next];
          return m.call(one, { ...inner, args, argPlaces: args.map(() => site.place), node: undefined });
        };
        return from(0);
      },
    },
    undefined,
    site.place,
  );
}

/** `some(a, b)`: the first that lets the caller pass is enough; what the last of them refuses with is the answer. */
function some(site: CallSite): Value {
  return native(
    {
      name: 'hono some',
      call(m, _self, inner) {
        const context = inner.args[0]!;
        for (const one of site.args.slice(0, -1)) {
          let refuses = false;
          m.isolated(() => {
            const { result, thrown } = m.catching(() => {
              const args = [context, nativeFunction('next', () => undefinedValue)];
              return m.call(one, { ...inner, args, argPlaces: args.map(() => site.place), node: undefined });
            });
            refuses = m.dead || thrown.length > 0 || members(result).some((part) => responseOf(part) !== undefined);
          });
          if (!refuses) return passOn(m, inner);
        }
        const last = site.args.at(-1);
        return last ? m.call(last, { ...inner, node: undefined }) : passOn(m, inner);
      },
    },
    undefined,
    site.place,
  );
}

/** `except(condition, …middlewares)`: left out where the path is one of the excepted. */
function except(m: Machine, site: CallSite): Value {
  const [condition, ...rest] = site.args;
  const list = condition?.kind === 'array' ? condition.items : condition ? [condition] : [];
  const patterns = list.map(textOf);
  const all = every({ ...site, args: rest, argPlaces: site.argPlaces.slice(1) });
  m.spend();
  return native(
    {
      name: 'hono except',
      call(machine, _self, inner) {
        const { chain } = contextOf(inner.args[0]) ?? {};
        const { path } = chain?.route ?? {};
        if (path !== undefined && patterns.some((one) => one !== undefined && runsFor(templateOf(one), path)))
          return passOn(machine, inner);
        if (path !== undefined && patterns.every((one) => one !== undefined)) return machine.call(all, inner);
        chain?.collector.openGuards('conditional-registration', site.place);
        chain?.collector.openExits('conditional-registration', site.place);
        return passOn(machine, inner);
      },
    },
    undefined,
    site.place,
  );
}

function templateOf(pattern: string): string {
  return pattern.replace(/:([A-Za-z0-9_]+)(\{[^}]*\})?/g, '{$1}').replaceAll('*', '{*}');
}

/** `hono/cookie`. */
export function cookieCall(m: Machine, name: string, site: CallSite): Value | undefined {
  const data = contextOf(site.args[0]);
  if (!data) return undefined;
  const { chain } = data;
  if (name === 'getCookie' || name === 'getSignedCookie') {
    const key = site.args[name === 'getCookie' ? 1 : 2];
    const place = site.argPlaces[name === 'getCookie' ? 1 : 2] ?? site.place;
    const whole = wholeInput(chain.sink, 'cookie', place);
    if (!key || isEmpty(key)) return whole;
    const text = textOf(key);
    return text === undefined ? unknown('request-escapes', place) : m.get(whole, text, place);
  }
  if (name === 'setCookie' || name === 'setSignedCookie' || name === 'deleteCookie') {
    chain.answers.update((answer) => ({
      ...answer,
      headers: [...answer.headers, { name: 'set-cookie', place: site.place }],
    }));
    return name === 'deleteCookie' ? someString() : undefinedValue;
  }
  return undefined;
}

/** `hono/streaming`: an answer that is written piece by piece. */
export function streamCall(m: Machine, name: string, site: CallSite): Value | undefined {
  if (!contextOf(site.args[0])) return undefined;
  const types: Readonly<Record<string, string>> = { streamSSE: 'text/event-stream', streamText: 'text/plain' };
  const status = contextOf(site.args[0])!.status.value;
  return createResponse(m, {
    status: status && !isEmpty(status) ? status : literal(200),
    place: site.namePlace,
    body: unknown('custom-serializer', site.place),
    mediaType: types[name],
  });
}

/** A middleware that shows a page for people. */
export function page(external: ExternalValue, place: Place): Value {
  return native(
    {
      name: 'hono page',
      call: (m) => createResponse(m, { status: literal(200), place, body: someString(), mediaType: 'text/html' }),
    },
    external.package,
    place,
  );
}
