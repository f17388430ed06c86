// Owns what restify's request has beside Express's: the query by a call, parts of the address, and what plugins leave on it.
// It must not know registrations or responses.

import type { Place } from '../../../../base/place.ts';
import { type RequestData, requestModel } from '../express/request.ts';
import { sentInput, wholeInput } from '../inputs.ts';
import type { Machine } from '../machine.ts';
import { askPath } from '../subject.ts';
import {
  type CallSite,
  literal,
  type Model,
  type NativeValue,
  nativeFunction,
  objectOf,
  someString,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { parametersInput } from './parameters.ts';

const texts = new Set([
  'href',
  'getHref',
  'getUrl',
  'getId',
  'id',
  'getContentType',
  'contentType',
  'getRoute',
  'getLogger',
  'version',
  'getVersion',
  'matchedVersion',
  'userAgent',
]);

/** The request. It reads as Express's does. */
export const restifyRequest: Model = {
  ...requestModel,
  get(m, self, key, place) {
    const data = self.data as RequestData;
    switch (key) {
      case 'getQuery':
        return nativeFunction(key, () => undefinedValue);
      case 'log':
        return undefined;
      case 'params':
        return parametersInput(data, place);
      case 'authorization':
      case 'username':
        return credentials(data, key, place);
      default:
        return requestModel.get?.(m, self, key, place);
    }
  },
  method(m, self, key, site) {
    const data = self.data as RequestData;
    if (key === 'getQuery' || key === 'query') return wholeInput(data.sink, 'query', site.place);
    if (key === 'path' || key === 'getPath') return askPath(data.subject);
    if (key === 'header' && site.args.length > 1) return headerOrDefault(m, self, site);
    return texts.has(key) ? someString() : requestModel.method?.(m, self, key, site);
  },
};

/** What `authorizationParser` makes of the header: without one the caller is anonymous and nothing was taken apart. */
function credentials({ sink }: RequestData, key: 'authorization' | 'username', place: Place): Value {
  const header = sentInput(sink, 'header', 'authorization', place);
  if (header.kind === 'input') return unknown('spread-or-any', place);
  return key === 'username' ? literal('anonymous') : objectOf({}, place);
}

/** `header(name, default)`: who sends none is served all the same. */
function headerOrDefault(m: Machine, self: NativeValue, site: CallSite): Value | undefined {
  const input = requestModel.method?.(m, self, 'header', site);
  if (input?.kind === 'input') input.sink.tolerate(input);
  return input?.kind === 'input' ? input : site.args[1];
}
