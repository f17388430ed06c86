// Owns the web's global names that requests, responses and addresses are made with.
// It must not know any one framework.

import { type Model, native, nativeFunction, type Value } from '../value.ts';
import { constructHeaders } from './request.ts';
import { constructResponse, jsonResponse, redirectResponse } from './response.ts';
import { urlConstructors } from './url.ts';

const responseClass: Model = {
  name: 'Response',
  construct: (m, _self, site) => constructResponse(m, site),
  get(_m, _self, key) {
    if (key === 'json') return nativeFunction(key, jsonResponse);
    // The web redirects with 302 when nothing else is said.
    if (key === 'redirect') return nativeFunction(key, (machine, site) => redirectResponse(machine, site, 302));
    return undefined;
  },
};

/** The names with their values. */
export const webGlobals: Readonly<Record<string, Value>> = {
  Response: native(responseClass, undefined),
  Request: native({ name: 'Request' }, undefined),
  Headers: native({ name: 'Headers', construct: (m, _self, site) => constructHeaders(m, site) }, undefined),
  ...urlConstructors,
};
