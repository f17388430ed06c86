// Owns what an expression can be as far as outgoing calls are concerned: texts with holes, clients, and what leads to them.
// It must not know how expressions are evaluated.

import type ts from 'typescript';
import type { Client, Exported } from './clients.ts';

/** Stands in a text for what is filled in. */
export const hole = '{}';

/** What stands before the addresses that a client is given. */
export interface Prefix {
  /** `''` for nothing, a hole for what is not known. */
  readonly text: string;
  /** Whether an app is called without a network. */
  readonly inProcess: boolean;
}

/** What the parameters of a function are, where it is looked at for one call. */
export type Given = ReadonlyMap<ts.ParameterDeclaration, Value | undefined>;

export type Value =
  /** `counts` where it is a number, which is added up and not written behind another. */
  | { readonly kind: 'text'; readonly text: string; readonly counts?: true }
  | { readonly kind: 'client'; readonly client: Client; readonly prefix: Prefix }
  | { readonly kind: 'exported'; readonly exported: Exported }
  | { readonly kind: 'object'; readonly node: ts.ObjectLiteralExpression; readonly given: Given | undefined }
  | { readonly kind: 'function'; readonly node: ts.FunctionLikeDeclaration; readonly given: Given | undefined }
  | { readonly kind: 'class'; readonly node: ts.ClassLikeDeclaration }
  | { readonly kind: 'instance'; readonly node: ts.ClassLikeDeclaration }
  | { readonly kind: 'enum'; readonly node: ts.EnumDeclaration }
  | { readonly kind: 'module'; readonly file: string }
  /** An argument that nobody gave. */
  | { readonly kind: 'nothing' }
  /** `new Request(url, init)` of the platform. */
  | { readonly kind: 'request'; readonly url: Value | undefined; readonly options: Value | undefined | null };

export const text = (value: string): Value => ({ kind: 'text', text: value });

/** What a value writes into a text. */
export const written = (value: Value | undefined): string => (value?.kind === 'text' ? value.text : hole);

/** No address is longer, whatever texts are made of each other. */
const LONGEST = 4_000;

/** The parts of a text behind each other; holes beside each other are one. */
export function joined(parts: readonly string[]): string {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return length > LONGEST ? hole : parts.join('').replace(/(?:\{\}){2,}/g, hole);
}

/** A value of a package, as it is used: what is a client already is one. */
export function used(exported: Exported): Value {
  if (exported.kind !== 'client') return { kind: 'exported', exported };
  const prefix = { text: exported.base === 'open' ? hole : '', inProcess: exported.base === 'app' };
  return { kind: 'client', client: exported.client, prefix };
}

/** An address behind a prefix: an absolute one stands alone. */
export function behind(prefix: string, address: string): string {
  if (prefix === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(address)) return address;
  // What is filled in first may be a whole address.
  if (address.startsWith(hole)) return address;
  return `${prefix.replace(/\/+$/, '')}/${address.replace(/^\/+/, '')}`;
}
