// Owns what restify's request has beside Express's: the query by a call, and parts of the address.
// It must not know registrations or responses.

import { type RequestData, requestModel } from '../express/request.ts';
import { wholeInput } from '../inputs.ts';
import { type Model, nativeFunction, someString, undefinedValue } from '../value.ts';

const texts = new Set([
  'path',
  'href',
  'getPath',
  'getUrl',
  'getId',
  'id',
  'getContentType',
  'contentType',
  'getRoute',
  'getLogger',
]);

/** The request. It reads as Express's does. */
export const restifyRequest: Model = {
  ...requestModel,
  get(m, self, key, place) {
    if (key === 'getQuery') return nativeFunction(key, () => undefinedValue);
    if (key === 'log') return undefined;
    return requestModel.get?.(m, self, key, place);
  },
  method(m, self, key, site) {
    if (key === 'getQuery' || key === 'query') {
      const { sink } = self.data as RequestData;
      return wholeInput(sink, 'query', site.place);
    }
    return texts.has(key) ? someString() : requestModel.method?.(m, self, key, site);
  },
};
