// Owns what the engine and the process of the type checker say to each other: plain data that any channel of JSON can carry.
// It must not know a checker, a process, nor what is done with an answer.

/** Which expression is asked about: the span of its text, in UTF-16 code units. */
export type Span = readonly [start: number, end: number];

/** Engine to checker: types of some expressions. */
export interface Inquiry {
  readonly kind: 'ask';
  readonly id: number;
  /** The folders that bound what may be read. */
  readonly roots: readonly string[];
  /** Texts that are not saved, with the versions by which the engine knows them. */
  readonly unsaved: readonly { readonly path: string; readonly text: string; readonly version: string }[];
  readonly questions: readonly { readonly file: string; readonly spans: readonly Span[] }[];
}

/** Engine to checker: nobody waits for the answers to an inquiry any more. */
export interface Withdrawal {
  readonly kind: 'withdraw';
  readonly id: number;
}

/** Checker to engine: what was found. Questions that nothing can be said of are absent. */
export interface Answers {
  readonly kind: 'answers';
  readonly id: number;
  /** False when the inquiry was withdrawn before all questions were looked at. */
  readonly complete: boolean;
  /** Files that answers depend on. The version is empty where a file is not there, which is something to depend on too. */
  readonly sources: readonly (readonly [path: string, version: string])[];
  readonly files: readonly FileAnswers[];
  /** Resident megabytes of the checker, for whoever measures. */
  readonly megabytes: number;
}

/** The answers about one file. */
export interface FileAnswers {
  readonly file: string;
  /** The text that was looked at, by the checker's version of it. */
  readonly version: string;
  /** Indexes of `sources`: the answers hold for as long as each of these has its version. */
  readonly dependsOn: readonly number[];
  readonly answers: readonly { readonly span: Span; readonly type?: WireType }[];
}

/** A shape as a table of nodes, so that recursive types are finite. */
export interface WireType {
  readonly root: number;
  /** Whether the value may be `undefined`. */
  readonly optional: boolean;
  readonly nodes: readonly WireNode[];
  /** Files that origins name by index. */
  readonly files: readonly string[];
}

export type WireOrigin = readonly [file: number, start: number, end: number];

export type WireNode = { readonly origin?: WireOrigin } & (
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'never' | 'null' }
  | { readonly kind: 'boolean'; readonly value?: boolean }
  | { readonly kind: 'number'; readonly values?: readonly number[] }
  | { readonly kind: 'string'; readonly values?: readonly string[]; readonly format?: string }
  | { readonly kind: 'array'; readonly items: number }
  | { readonly kind: 'union'; readonly members: readonly number[] }
  | {
      readonly kind: 'object';
      readonly name?: string;
      readonly fields: readonly WireField[];
      /** `unknown`: there may be fields that the type does not name. */
      readonly additional: 'allowed' | 'unknown';
      readonly reason?: string;
      readonly values?: number;
    }
);

export interface WireField {
  readonly name: string;
  readonly node: number;
  /** Absent where it cannot be told. */
  readonly required?: boolean;
  readonly origin?: WireOrigin;
}
