// Owns the reading of an address that a call is given: to whom it goes, and the path as a template.
// It must not know syntax or contracts.

import type { CallTarget } from '../../../calls.ts';
import { behind, hole, type Prefix } from './values.ts';

/** Where a call goes. */
export interface Address {
  readonly target: CallTarget;
  readonly path: string;
}

/** Reads an address as it stands behind a client's prefix; undefined for what is no address of HTTP, or names no path at all. */
export function addressOf(prefix: Prefix, written: string): Address | undefined {
  const whole = behind(prefix.text, written).trim();
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(whole)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') return undefined;
  if (/^(?:data|blob|file|mailto):/i.test(whole)) return undefined;
  const { text, hosted } = withoutScheme(whole);
  const [address = ''] = text.split(/[?#]/, 1);
  if (hosted) {
    const slash = address.indexOf('/');
    const host = (slash < 0 ? address : address.slice(0, slash)).replace(/^[^@]*@/, '').toLowerCase();
    const path = slash < 0 ? '/' : address.slice(slash);
    // An app that is called without a network does not care under which name.
    if (prefix.inProcess) return { target: { kind: 'own', inProcess: true }, path };
    return host === hole ? { target: { kind: 'open' }, path } : { target: { kind: 'host', host }, path };
  }
  if (address.startsWith('/')) return { target: { kind: 'own', inProcess: prefix.inProcess }, path: address };
  if (address === '' || address === hole) return undefined;
  const rest = address.startsWith(hole) ? address.slice(hole.length) : address;
  return { target: { kind: 'open' }, path: rest.startsWith('/') ? rest : `/${rest}` };
}

/** What stands behind the scheme, and whether it begins with a host. */
function withoutScheme(whole: string): { readonly text: string; readonly hosted: boolean } {
  const found = /^(?:(?:https?|\{\}):)?\/\//i.exec(whole);
  return found ? { text: whole.slice(found[0].length), hosted: true } : { text: whole, hosted: false };
}
