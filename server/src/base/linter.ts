// Owns the interface through which rulesets of Spectral are run over contracts: plain data in, plain data out, in another thread.
// It must not know Spectral, threads or contracts.

/** A text by its absolute path. What is not among the texts does not exist for the linter. */
export type LintTexts = Readonly<Record<string, string>>;

export interface LintRequest {
  /** The root documents to lint, absolute. */
  readonly documents: readonly string[];
  /** Every file that a document or a ruleset may refer to. */
  readonly texts: LintTexts;
  /** The ruleset's file; undefined for the rules that Spectral recommends for OpenAPI. */
  readonly ruleset: string | undefined;
  /** Whether a ruleset may run code: JavaScript, functions, and paths with free expressions. */
  readonly trusted: boolean;
}

export interface LintPosition {
  readonly line: number;
  /** In UTF-16 code units. */
  readonly character: number;
}

/** One result of a rule, as Spectral gives it. */
export interface LintResult {
  readonly rule: string;
  readonly message: string;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  /** The file in which it stands, absolute. */
  readonly file: string;
  /** The document that was linted. */
  readonly document: string;
  readonly start: LintPosition;
  readonly end: LintPosition;
  /** Keys and indexes from the root of `file`. */
  readonly path: readonly (string | number)[];
  /** An address that explains the rule, when the ruleset has one. */
  readonly documentation?: string;
}

export interface LintAnswer {
  readonly results: readonly LintResult[];
  /** Why a ruleset or a document could not be used, one sentence each. */
  readonly problems: readonly string[];
}

export interface Linter {
  /** Answers one request after the other; a new one gives up the one under way, whose answer is then undefined. Never rejects. */
  lint(request: LintRequest): Promise<LintAnswer | undefined>;
  /** Ends the thread; nothing is answered any more. */
  dispose(): void;
}
