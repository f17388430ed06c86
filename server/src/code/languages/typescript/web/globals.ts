// Owns the web's global names beside `Response`: addresses, headers, requests.
// It must not know any one framework.

import { native, type Value } from '../value.ts';
import { constructHeaders } from './request.ts';
import { urlConstructors } from './url.ts';

/** The names with their values. */
export const webGlobals: Readonly<Record<string, Value>> = {
  Request: native({ name: 'Request' }, undefined),
  Headers: native({ name: 'Headers', construct: (m, _self, site) => constructHeaders(m, site) }, undefined),
  ...urlConstructors,
};
