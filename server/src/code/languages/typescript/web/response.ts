// Owns the fetch standard's `Response` as a value: how one is made, what it says, what may be changed of it afterwards.
// It must not know frameworks; what becomes of a response is theirs.

import type { Place } from '../../../../base/place.ts';
import type { Step } from '../../../model.ts';
import { mediaTypeOf } from '../express/response.ts';
import { addHeader, dropHeader, headersIn, headerText, type SetHeader } from '../headers.ts';
import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { type Scene, takeScene } from '../onion/scene.ts';
import { type ImpliedTypes, impliedType } from '../sent-body.ts';
import {
  type CallSite,
  type Cell,
  isEmpty,
  literal,
  type Model,
  type NativeValue,
  native,
  numberOf,
  someString,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';

/** What a response says. */
export interface WebResponse {
  /** `answer` is sent; `pass` lets the request go on, as a middleware's `next()` does. */
  readonly kind: 'answer' | 'pass';
  readonly status: Value;
  /** Where the status is written, when it is. */
  readonly statusPlace?: Place;
  /** The call that makes it. */
  readonly place: Place;
  /** Undefined where nothing is sent. */
  readonly body?: Value;
  readonly bodyPlace?: Place;
  /** Cells, because headers may be changed once it is made. */
  readonly mediaType: Cell;
  readonly headers: Cell;
  /** The calls that led to it. */
  readonly steps: readonly Step[];
  /** Where the path stood on which it was made. */
  readonly scene: Scene;
}

/** What a new response is made of. */
export interface ResponseParts {
  readonly kind?: WebResponse['kind'];
  readonly status: Value;
  readonly statusPlace?: Place;
  readonly place: Place;
  readonly body?: Value;
  readonly bodyPlace?: Place;
  readonly mediaType?: string;
  readonly headers?: readonly SetHeader[];
}

/** A value that stands for a response which is made here. */
export function createResponse(m: Machine, parts: ResponseParts): NativeValue {
  const { kind = 'answer', mediaType, headers = [], ...rest } = parts;
  const list: Cell = { value: undefined };
  for (const header of headers) addHeader(m, list, header);
  const response: WebResponse = {
    ...rest,
    kind,
    mediaType: { value: mediaType === undefined ? undefined : literal(mediaType) },
    headers: list,
    steps: m.steps,
    scene: m.chain?.scene() ?? takeScene(m, { kind: 'handler', level: 'route' }),
  };
  return native(responseModel, response, parts.place);
}

/** What the response behind a value says, when it is one. */
export function responseOf(value: Value | undefined): WebResponse | undefined {
  return value?.kind === 'native' && value.model === responseModel ? (value.data as WebResponse) : undefined;
}

const responseModel: Model = {
  name: 'web response',
  get(_m, self, key, place) {
    const response = self.data as WebResponse;
    switch (key) {
      case 'status':
        return response.status;
      case 'ok': {
        const status = numberOf(response.status);
        return status === undefined ? unknown('spread-or-any', place) : literal(status >= 200 && status < 300);
      }
      case 'headers':
        return native(headersModel, response, place);
      case 'cookies':
        return native(cookiesModel, response, place);
      case 'body':
        return response.body ?? literal(null);
      case 'then':
        return undefinedValue;
      default:
        return undefined;
    }
  },
  method(_m, self, key) {
    const response = self.data as WebResponse;
    switch (key) {
      case 'json':
        return response.body ?? undefinedValue;
      case 'text':
        return someString();
      case 'clone':
        return self;
      case '[escape]':
        return undefinedValue;
      default:
        return undefined;
    }
  },
  isInstance(_m, _self, target) {
    if (target.kind === 'external') return target.path.at(-1) === 'NextResponse' || undefined;
    return target.kind === 'native' && target.model.name === 'Response' ? true : undefined;
  },
};

/** `response.headers`: what is set later belongs to the response as well. */
const headersModel: Model = {
  name: 'response headers',
  method(m, self, key, site) {
    const response = self.data as WebResponse;
    const name = textOf(site.args[0])?.toLowerCase();
    if (key === 'get') return someString();
    if (key === 'delete' && name !== undefined) dropHeader(m, response.headers, name);
    if ((key === 'set' || key === 'append') && name === 'content-type') {
      const type = textOf(site.args[1]);
      m.write(response.mediaType, type === undefined ? (site.args[1] ?? undefinedValue) : literal(mediaTypeOf(type)));
    } else if ((key === 'set' || key === 'append') && name !== undefined)
      addHeader(m, response.headers, {
        name,
        place: site.argPlaces[0] ?? site.place,
        value: headerText(site.args[1]),
      });
    return ['set', 'append', 'delete', '[escape]'].includes(key) ? undefinedValue : undefined;
  },
};

/** `response.cookies` of frameworks that add it. */
const cookiesModel: Model = {
  name: 'response cookies',
  method(m, self, key, site) {
    const response = self.data as WebResponse;
    if (key === 'set' || key === 'delete') addHeader(m, response.headers, { name: 'set-cookie', place: site.place });
    return self;
  },
};

/** What a body is sent as when nothing names a type (fetch standard, "extract a body"). */
const implied: ImpliedTypes = { text: () => 'text/plain' };

/** The status and headers of a second argument: `{ status, headers }`, or a response that lends both. */
export function readInit(
  m: Machine,
  value: Value | undefined,
  place: Place,
): Pick<ResponseParts, 'statusPlace' | 'mediaType' | 'headers'> & { readonly status?: Value } {
  if (!value || isEmpty(value)) return {};
  const lent = responseOf(value);
  if (lent) {
    const mediaType = textOf(lent.mediaType.value);
    return { status: lent.status, statusPlace: lent.statusPlace, mediaType, headers: headersIn(lent.headers) };
  }
  if (value.kind !== 'object') return {};
  const status = value.props.has('status') || value.open ? m.get(value, 'status', place) : undefined;
  const own = status && 'place' in status ? status.place : undefined;
  return {
    ...(status && !isEmpty(status) ? { status, statusPlace: own ?? value.places?.get('status') ?? place } : {}),
    ...readHeaders(m, m.get(value, 'headers', place), place),
  };
}

/** What a headers argument names: an object or a list of pairs. */
export function readHeaders(
  m: Machine,
  value: Value,
  place: Place,
): { readonly mediaType?: string; readonly headers: readonly SetHeader[] } {
  const pairs: [string, Value, Place][] = [];
  if (value.kind === 'object')
    for (const [name, cell] of value.props) pairs.push([name, m.force(cell), value.places?.get(name) ?? place]);
  for (const item of value.kind === 'array' ? value.items : []) {
    const name = item.kind === 'array' ? textOf(item.items[0]) : undefined;
    if (name !== undefined && item.kind === 'array') pairs.push([name, item.items[1] ?? undefinedValue, place]);
  }
  const type = textOf(pairs.find(([name]) => name.toLowerCase() === 'content-type')?.[1]);
  return {
    ...(type === undefined ? {} : { mediaType: mediaTypeOf(type) }),
    headers: pairs
      .filter(([name]) => name.toLowerCase() !== 'content-type')
      .map(([name, held, at]) => ({ name: name.toLowerCase(), place: at, value: headerText(held) })),
  };
}

/** `new Response(body, init)`. */
export function constructResponse(m: Machine, site: CallSite): Value {
  const [body, second] = site.args;
  const init = readInit(m, second, site.argPlaces[1] ?? site.place);
  const sent = body && !isEmpty(body) ? body : undefined;
  return createResponse(m, {
    ...init,
    status: init.status ?? literal(200),
    place: site.namePlace,
    body: sent,
    bodyPlace: sent && site.argPlaces[0],
    mediaType: sent && (init.mediaType ?? impliedType(members(sent), implied)),
  });
}

/** `Response.json(value, init)`. */
export function jsonResponse(m: Machine, site: CallSite): Value {
  const [body, second] = site.args;
  const init = readInit(m, second, site.argPlaces[1] ?? site.place);
  return createResponse(m, {
    ...init,
    status: init.status ?? literal(200),
    place: site.namePlace,
    body: body ?? undefinedValue,
    bodyPlace: site.argPlaces[0],
    mediaType: init.mediaType ?? 'application/json',
  });
}

/** `Response.redirect(url, status)`, with the status that stands where none is given. */
export function redirectResponse(m: Machine, site: CallSite, usual: number): Value {
  const [, second] = site.args;
  const init = second?.kind === 'object' ? readInit(m, second, site.argPlaces[1] ?? site.place) : {};
  const given = second && second.kind !== 'object' && !isEmpty(second) ? second : undefined;
  return createResponse(m, {
    ...init,
    status: given ?? init.status ?? literal(usual),
    statusPlace: given ? site.argPlaces[1] : init.statusPlace,
    place: site.namePlace,
    headers: [...(init.headers ?? []), { name: 'location', place: site.place }],
  });
}
