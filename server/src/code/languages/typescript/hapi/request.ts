// Owns hapi's request: which member reads which part of it, and what extensions put on it.
// It must not know registrations or answers.

import type { Place } from '../../../../base/place.ts';
import type { ReadLocation } from '../../../model.ts';
import type { CurrentSink } from '../current-sink.ts';
import { wholeInput } from '../inputs.ts';
import { methodText, pathText } from '../subject.ts';
import {
  type Model,
  type NativeValue,
  native,
  nativeFunction,
  objectOf,
  someBoolean,
  someNumber,
  someString,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { createUrl } from '../web/url.ts';
import { openObject, quietModel, type ServerView } from './servers.ts';

/** What a request carries. */
export interface RequestData {
  readonly sink: CurrentSink;
  /** The route that runs, once one does. */
  route?: { readonly view: ServerView; readonly method: string; readonly path?: string; readonly settings: Value };
  /** Which location the payload is. */
  payload: 'body' | 'form';
}

const wholes: Readonly<Record<string, ReadLocation>> = {
  params: 'path',
  query: 'query',
  headers: 'header',
  state: 'cookie',
};

/** A fresh request. */
export function createRequest(sink: CurrentSink): NativeValue {
  const request = native(requestModel, { sink, payload: 'body' } satisfies RequestData);
  request.props.set('pre', { value: native({ name: 'hapi pre' }, undefined) });
  return request;
}

/** The data of a request value. */
export function requestOf(value: Value | undefined): RequestData | undefined {
  return value?.kind === 'native' && value.model === requestModel ? (value.data as RequestData) : undefined;
}

export const requestModel: Model = {
  name: 'request',
  get(_m, self, key, place) {
    const data = self.data as RequestData;
    const location = wholes[key];
    if (location) return wholeInput(data.sink, location, place);
    switch (key) {
      case 'payload':
        return wholeInput(data.sink, data.payload, place);
      case 'method':
        return methodOf(data);
      case 'path':
        return pathText(data.route?.path);
      case 'url':
        return createUrl({ sink: data.sink, place, pathname: () => pathText(data.route?.path) }, place);
      case 'auth':
        return authOf(place);
      case 'info':
        return native(infoModel, undefined, place);
      case 'mime':
      case 'id':
        return someString();
      case 'app':
      case 'plugins':
        return openObject(place);
      case 'orig':
        return unknown('spread-or-any', place);
      case 'server':
        return data.route?.view.self ?? unknown('dependency-injection', place);
      case 'route':
        return objectOf({
          path: pathText(data.route?.path),
          method: methodOf(data),
          settings: data.route?.settings ?? unknown('spread-or-any', place),
        });
      case 'logger':
      case 'events':
        return native(quietModel, undefined, place);
      case 'raw':
        return objectOf({ req: native(rawModel, data, place), res: native(rawAnswerModel, data, place) });
      case 'response':
        return unknown('spread-or-any', place);
      case 'then':
        return undefinedValue;
      default:
        break;
    }
    const decorated = data.route?.view.core.decorations.request.get(key);
    if (decorated) return decorated;
    if (quiet.has(key)) return nativeFunction(key, () => undefinedValue);
    // Extensions of packages set further members, of which nothing is known.
    return unknown('dependency-injection', place);
  },
  method(m, self, key, site) {
    const data = self.data as RequestData;
    if (key === '[escape]') {
      const generic = site.args[0]?.kind === 'external' ? 'request' : undefined;
      data.sink.target.openReads('request-escapes', site.place, undefined, generic);
      return undefinedValue;
    }
    if (key === 'active') return someBoolean();
    if (quiet.has(key)) return undefinedValue;
    const decorated = data.route?.view.core.decorations.request.get(key);
    return decorated ? m.call(decorated, site, self) : undefined;
  },
};

const quiet = new Set(['log', 'setMethod', 'setUrl', 'generateResponse']);

/** The method of the route that runs, which hapi spells in lower case. */
const methodOf = ({ route }: RequestData): Value => methodText(route?.method, 'lower');

/** Who calls, as a scheme has found out. */
function authOf(place: Place): Value {
  const known: Value = { kind: 'unknown', reason: 'dependency-injection', truthy: true, place };
  return objectOf({
    isAuthenticated: someBoolean(),
    isAuthorized: someBoolean(),
    credentials: known,
    artifacts: known,
    strategy: someString(),
    mode: someString(),
    error: unknown('dependency-injection', place),
  });
}

const infoModel: Model = {
  name: 'hapi info',
  get: (_m, _self, key) => (key === 'received' || key === 'remotePort' ? someNumber(true) : someString()),
};

/** Node's request below hapi's. */
const rawModel: Model = {
  name: 'raw request',
  get(_m, self, key, place) {
    const data = self.data as RequestData;
    if (key === 'headers') return wholeInput(data.sink, 'header', place);
    if (key === 'method' || key === 'url') return someString();
    return unknown('dependency-injection', place);
  },
  method(_m, self, key, site) {
    const { target } = (self.data as RequestData).sink;
    if (key === '[escape]') target.openReads('request-escapes', site.place);
    else target.open('body', 'request-escapes', site.place);
    return key === '[escape]' ? undefinedValue : self;
  },
};

/** Node's response below hapi's: whoever writes there answers out of sight. */
const rawAnswerModel: Model = {
  name: 'raw response',
  get: (_m, _self, _key, place) => unknown('dependency-injection', place),
  method(_m, self, _key, site) {
    (self.data as RequestData).sink.target.openExits('unreadable-exit', site.place);
    return undefinedValue;
  },
};
