// Owns the fact of an outgoing call: a place where code asks for a path over HTTP, with what its text says of method and address.
// It must not know contracts, nor how a language writes such calls.

import type { Place } from '../base/place.ts';

/** To whom a call goes, as far as the code says. */
export type CallTarget =
  /** Nobody is named: the page's own server, or an app that a test holds in its hands. */
  | { readonly kind: 'own'; readonly inProcess: boolean }
  /** Somebody whom only the environment or a caller knows; the path may go on in front of what is known. */
  | { readonly kind: 'open' }
  /** A host as it is written, with its port: lower case, `{}` for what is filled in. */
  | { readonly kind: 'host'; readonly host: string };

export interface OutgoingCall {
  /** The call. */
  readonly place: Place;
  /** The expression that names the address, else the call. */
  readonly urlPlace: Place;
  /** Lower case; undefined where it is decided elsewhere. */
  readonly method: string | undefined;
  readonly target: CallTarget;
  /** The path as a template, `{}` for what is filled in, without query and fragment: `/orders/{}`. */
  readonly path: string;
  /** Who makes the call, as its package or the platform names it: `fetch`, `axios`, `supertest`. */
  readonly client: string;
  /** Whether it stands in a test. */
  readonly test: boolean;
}
