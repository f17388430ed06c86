// Owns `cookies`: a jar over a request and its response that reads and sets cookies by name.
// It must not know a framework; request and response are asked by the names of Node's own and of what parses cookies.

import type { Machine } from '../machine.ts';
import {
  type CallSite,
  literal,
  type Model,
  native,
  nativeFunction,
  type PackageModel,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';

interface Jar {
  readonly request: Value;
  readonly response: Value;
}

const jarModel: Model = {
  name: 'cookies',
  get: (_m, self, key) =>
    key === 'get' || key === 'set' ? nativeFunction(key, (m, site) => ask(m, self.data as Jar, key, site)) : undefined,
  method: (m, self, key, site) =>
    key === 'get' || key === 'set'
      ? ask(m, self.data as Jar, key, site)
      : key === '[escape]'
        ? undefinedValue
        : undefined,
};

/** `get(name[, options])` reads one cookie, `set(name[, value][, options])` sends one; neither answers the request. */
function ask(m: Machine, { request, response }: Jar, key: 'get' | 'set', site: CallSite): Value {
  const place = site.argPlaces[0] ?? site.place;
  if (key === 'get') {
    const name = textOf(site.args[0]);
    const cookies = m.get(request, 'cookies', place);
    return name === undefined ? unknown('request-escapes', place) : m.get(cookies, name, place);
  }
  const inner: CallSite = {
    ...site,
    args: [literal('Set-Cookie'), unknown('spread-or-any', place)],
    argPlaces: [place, place],
    open: false,
    node: undefined,
  };
  m.call(m.get(response, 'setHeader', place), inner, response);
  return undefinedValue;
}

function openJar(site: CallSite): Value | undefined {
  const [request, response] = site.args;
  return request && response ? native(jarModel, { request, response } satisfies Jar, site.place) : undefined;
}

export const cookiesPackage: PackageModel = {
  packages: ['cookies'],
  construct: (_m, _external, site) => openJar(site),
  call: (_m, external, site) =>
    external.path.length === 0 || external.path.at(-1) === 'default' ? openJar(site) : undefined,
};
