// Owns the contract model: what an OpenAPI document promises, every part with its place. Plain data with lazy parts.
// It must not know code, findings or an editor. Rules read this file's types; how a model is loaded is `contract/load`.

import type { Place } from '../base/place.ts';
import type { Shape } from '../shape/shape.ts';
import type { ContractSymbols, OutlineSymbol } from './symbols/model.ts';

/** Lower-case HTTP method, or an additional operation's own method (OpenAPI 3.2). */
export type Method = string;

/** A node of a contract: where it stands in which file. `pointer` is relative to that file's root. */
export interface ContractPlace extends Place {
  readonly pointer: string;
}

export type SpecificationVersion = '2.0' | '3.0' | '3.1' | '3.2';

export interface Contract {
  /** The root document's absolute path: the contract's identity. */
  readonly file: string;
  readonly specification: SpecificationVersion;
  /** The version text as written (`3.0.3`). */
  readonly specVersion: string;
  readonly format: 'openapi' | 'swagger';
  readonly title: string;
  readonly version: string;
  /** `info.version`'s value, or the nearest ancestor there is. */
  readonly versionPlace: ContractPlace;
  readonly servers: readonly Server[];
  readonly operations: readonly Operation[];
  readonly securitySchemes: ReadonlyMap<string, SecurityScheme>;
  /** Every file that the contract reaches, the root first. */
  readonly files: readonly string[];
  /** What could not be read: broken text, unresolved references, refused places. Never silently dropped. */
  readonly problems: readonly ContractProblem[];
  /** True when a part of the paths could not be read, so that an operation's absence proves nothing. */
  readonly incomplete: boolean;
  readonly extensions: Extensions;
  /** What the file's folders suggest: a copy that a build made, or material of tests. Absent for every other file. */
  readonly hint?: 'build-output' | 'test-material';
  /** What is sent to this service or by it that no path names: webhooks, callbacks, events in schemas. In the order of the text. */
  readonly events?: readonly IncomingEvent[];
  /** The tags that the root declares. */
  readonly tags?: readonly Tag[];
  /** True for documents that describe a part only and are put together at run time: no title, no version of their own. */
  readonly partial?: boolean;
  /**
   * True for a partial contract that leaves out what the specification demands, as the parameters of its own paths: something adds to each
   * operation at run time, so that what it does not say is not denied.
   */
  readonly supplement?: boolean;
  /** Overlay files that were applied, in the order of their application. What they added has its place in them. */
  readonly overlays?: readonly string[];
  /** The references that lead from the root to another file of the contract, the root's first. */
  readonly wayTo?: (file: string) => readonly ContractPlace[];
  /** Examples that their own schemas refuse; computed when asked for, schema by schema. */
  readonly examples?: () => readonly InvalidExample[];
  /** The parts that have a name and the places that name them, over all files; found when asked for. */
  readonly symbols?: () => ContractSymbols;
  /** The outline of one of the contract's files; undefined for every other file. */
  readonly outline?: (file: string) => readonly OutlineSymbol[] | undefined;
  /** The pointer of the innermost part of one of the contract's files that covers an offset. */
  readonly pointerAt?: (file: string, offset: number) => string | undefined;
  /** What is wrong with the contract in itself; computed when asked for, part by part. */
  readonly violations?: () => readonly Violation[];
  /** The part at a pointer of one of the contract's files, references on the way followed; undefined when nothing is there. */
  readonly section?: (file: string, pointer: string) => ContractSection | undefined;
}

/** Any part of a contract that somebody may name: an operation, one of its answers, a schema. */
export interface ContractSection {
  /** The value. */
  readonly place: ContractPlace;
  /** The key, or the value where it has none. */
  readonly keyPlace: ContractPlace;
  /** The names of its parts, in the order of the text; none for a list. */
  readonly names: () => readonly string[];
  /** What it says of itself in a line: a summary, else a description or title. */
  readonly caption: () => string | undefined;
  /**
   * The identity of what it means, as 8 hex digits: layout, comments, the order of keys, names of components and the `operationId` are no
   * part of it, and everything that it refers to is. Undefined when a part could not be read.
   */
  readonly pin: () => string | undefined;
}

/** Something wrong with a contract in itself, whatever the code does. */
export interface Violation {
  /**
   * `form`: the specification does not allow it. `collision`: two paths answer the same requests. `unused`: a component that nothing
   * names. `required`: a required name without a property. `enum`: a value that its own type refuses.
   */
  readonly kind: 'form' | 'collision' | 'unused' | 'required' | 'enum';
  /** What it is about: a path, or the pointer of the part. */
  readonly subject: string;
  /** What is wrong, in one sentence without a full stop. */
  readonly message: string;
  readonly place: ContractPlace;
  /** What puts it right, where there is one way: the part goes, its value is put in quotes, or a response of a status gets a description. */
  readonly remedy?: 'remove' | 'quote' | { readonly describe: number };
  /** The other path of a collision. */
  readonly other?: ContractPlace;
}

/** An example, default or the like that does not satisfy the schema that it illustrates. */
export interface InvalidExample {
  /** The operation that it belongs to, when it belongs to one only. */
  readonly operation?: Operation;
  /** What it illustrates, e.g. `response 200 application/json` or `schema Order`. */
  readonly subject: string;
  /** What is wrong, in one sentence without a full stop. */
  readonly message: string;
  /** The example, or the part of it that is wrong. */
  readonly place: ContractPlace;
  /** The schema that refuses it. */
  readonly schemaPlace: ContractPlace;
}

/** A message that somebody sends to an address which is no path of the contract. */
export interface IncomingEvent {
  /** `webhook`: an entry of `webhooks` or `x-webhooks`. `callback`: of an operation. `schema`: a schema that an `x-webhook` marks. */
  readonly kind: 'webhook' | 'callback' | 'schema';
  /** The webhook's key, the callback's key, or the event's name in the extension. */
  readonly name: string;
  /** The request that is sent; its `path` is the name of a webhook, or the expression of a callback. Absent for schemas. */
  readonly operation?: Operation;
  /** The operation that promises the callback. */
  readonly owner?: Operation;
  readonly place: ContractPlace;
}

export interface Tag {
  readonly name: string;
  readonly description?: string;
  /** The tag that it stands below (OpenAPI 3.2). */
  readonly parent?: string;
  /** What it is for, such as `nav` (OpenAPI 3.2). */
  readonly kind?: string;
  readonly place: ContractPlace;
}

/** `x-…` entries that we read, by key, as plain data. */
export type Extensions = ReadonlyMap<string, unknown>;

export interface Server {
  readonly url: string;
  /** The path part of the URL without a trailing slash; `''` when there is none; variables replaced by their defaults. */
  readonly basePath: string;
  readonly place: ContractPlace;
}

export interface Operation {
  /** `GET /orders/{id}`: the name in messages and outputs. */
  readonly key: string;
  readonly method: Method;
  /** As written under `paths`. */
  readonly path: string;
  readonly operationId?: string;
  readonly summary?: string;
  readonly deprecated: boolean;
  readonly tags: readonly string[];
  /** The method's key in the path item. `pointer` points at the operation object. */
  readonly place: ContractPlace;
  /** The path's key. */
  readonly pathPlace: ContractPlace;
  /** The operation's own entries win over the path item's, as the specification says. */
  readonly parameters: readonly Parameter[];
  readonly body?: RequestBody;
  readonly responses: readonly Response[];
  /** Where `responses` stands, or the operation when it has none. */
  readonly responsesPlace: ContractPlace;
  /** The alternatives that apply (operation, else root). Undefined: nothing says anything. Empty: explicitly open. */
  readonly security: readonly SecurityRequirement[] | undefined;
  readonly securityPlace: ContractPlace;
  /** Operation or path `servers` override, when there is one. */
  readonly servers: readonly Server[];
  readonly extensions: Extensions;
  /** What the operation promises to call back. */
  readonly callbacks?: readonly IncomingEvent[];
  /** False when a part of this operation could not be read (a broken block, an unresolved reference). */
  readonly complete: boolean;
}

export type ParameterLocation = 'path' | 'query' | 'header' | 'cookie' | 'querystring';

export interface Parameter {
  readonly name: string;
  readonly in: ParameterLocation;
  readonly required: boolean;
  readonly deprecated: boolean;
  readonly shape: Shape;
  /** The schema's `default`, when there is one. */
  readonly default?: unknown;
  readonly place: ContractPlace;
  readonly namePlace: ContractPlace;
  readonly requiredPlace?: ContractPlace;
  readonly schemaPlace: ContractPlace;
  /** Present when the parameter was reached through a `$ref`: where the reference stands. */
  readonly via?: ContractPlace;
}

export interface RequestBody {
  readonly required: boolean;
  readonly content: readonly MediaType[];
  readonly place: ContractPlace;
  readonly requiredPlace?: ContractPlace;
}

export interface MediaType {
  /** As written, e.g. `application/json; charset=utf-8`. */
  readonly name: string;
  /** Lower case, without parameters. */
  readonly base: string;
  /** Undefined when the media type declares no schema. */
  readonly shape?: Shape;
  /** One item of a stream (`itemSchema`, OpenAPI 3.2); `shape` says nothing then, unless a `schema` stands beside it. */
  readonly itemShape?: Shape;
  readonly place: ContractPlace;
  readonly examples: readonly Example[];
}

export interface Response {
  /** `200`, `4XX` (upper case) or `default`. */
  readonly status: string;
  readonly description: string;
  readonly content: readonly MediaType[];
  readonly headers: readonly ResponseHeader[];
  /** The status key. */
  readonly place: ContractPlace;
  readonly via?: ContractPlace;
}

export interface ResponseHeader {
  readonly name: string;
  readonly required: boolean;
  readonly shape: Shape;
  readonly place: ContractPlace;
}

/** An example of a media type, parameter or schema; validation against its schema is `contract/lint`'s. */
export interface Example {
  readonly name?: string;
  readonly value: unknown;
  readonly place: ContractPlace;
}

/** Schemes that must all be satisfied, with the scopes that each asks for. An empty requirement means "anonymous is fine". */
export type SecurityRequirement = readonly { readonly scheme: string; readonly scopes: readonly string[] }[];

export interface SecurityScheme {
  readonly name: string;
  readonly type: 'apiKey' | 'http' | 'oauth2' | 'openIdConnect' | 'mutualTLS' | 'basic' | 'unknown';
  /** `http` schemes: `bearer`, `basic`, … in lower case. */
  readonly scheme?: string;
  readonly in?: 'query' | 'header' | 'cookie';
  readonly parameterName?: string;
  readonly place: ContractPlace;
}

export interface ContractProblem {
  readonly kind:
    | 'syntax'
    | 'unresolved-reference'
    | 'outside-workspace'
    | 'remote-reference'
    | 'reference-cycle'
    | 'too-large'
    | 'alias-limit'
    | 'unreadable'
    /** An overlay, or an action of one, that is not applied. */
    | 'overlay'
    /** A file that is told from a contract and is not used: there is nothing wrong with it. */
    | 'left-alone'
    | 'invalid';
  readonly message: string;
  readonly place: ContractPlace;
}

/** Declared exactly, by range (`4XX`) or by `default`. */
export function declaredResponse(operation: Operation, status: number): Response | undefined {
  const exact = operation.responses.find((response) => response.status === String(status));
  if (exact) return exact;
  const range = `${Math.floor(status / 100)}XX`;
  return (
    operation.responses.find((response) => response.status === range) ??
    operation.responses.find((response) => response.status === 'default')
  );
}

/**
 * The response that describes what is sent with a status. Where a success is declared, `default` describes failures, so that another success
 * is described by nothing, although `default` covers it (OpenAPI 3.1, "Responses Object").
 */
export function describingResponse(operation: Operation, status: number): Response | undefined {
  const response = declaredResponse(operation, status);
  if (response?.status !== 'default' || status < 200 || status > 299) return response;
  return operation.responses.some((other) => other.status.startsWith('2')) ? undefined : response;
}

/** How a contract stands against an earlier state of itself, its baseline. */
export interface VersionStanding {
  /** The contract's root file. */
  readonly contract: string;
  /** `info.version`'s value, or the nearest ancestor there is. */
  readonly place: ContractPlace;
  readonly version: string;
  readonly base: {
    /** How people call it: `main`, `v1.4.0`. */
    readonly name: string;
    readonly version: string;
    /** The commit that it was read from, and the contract's path in the repository; null for a file of the working tree. */
    readonly commit: string | null;
    readonly path: string;
  };
  readonly level: 'breaking' | 'risky' | 'compatible' | 'none';
  /** The step that the changes call for, in the terms of the version's scheme. */
  readonly needed: 'major' | 'minor' | 'patch' | 'none';
  /** The least version that takes the step; null when the scheme has no number for it. */
  readonly suggested: string | null;
  /** Whether the version takes the step; null when it cannot be told. */
  readonly kept: boolean | null;
  /** `3 breaking and 1 compatible change`. */
  readonly summary: string;
  /** What people should know beside the number, as sentences. */
  readonly notes: readonly string[];
  /** Worst first. */
  readonly changes: readonly StandingChange[];
  /** What could not be read on either side; with any of these, silence proves nothing. */
  readonly unread: readonly string[];
}

/** A contract that is held against nothing. */
export interface VersionGap {
  readonly contract: string;
  readonly place: ContractPlace;
  readonly version: string;
  /** Why, as a clause. */
  readonly why: string;
  /** Whether nobody expects a baseline: there is no repository to have one in. */
  readonly expected: boolean;
}

/** A place in a text that is not in the working tree any more. Lines and columns from 0. */
export interface PastPlace {
  readonly file: string;
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** One change since the baseline, as editors and findings show it. */
export interface StandingChange {
  readonly id: string;
  readonly level: 'breaking' | 'risky' | 'compatible' | 'documentation';
  readonly operation: string | null;
  readonly subject: string;
  readonly message: string;
  readonly reason: string;
  /** Kind, place and values, without positions. */
  readonly fingerprint: string;
  /** In the present files; the parent, for what was removed. */
  readonly place: ContractPlace | null;
  /** In the files of the baseline; null where nothing stood. */
  readonly before: PastPlace | null;
  /** A value that only one side accepts, as text. */
  readonly witness?: string;
  /** What the handlers say of it: a clause, with the place in the code. */
  readonly voice?: { readonly text: string; readonly place: Place | null };
}
