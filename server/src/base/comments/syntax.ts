// Owns how languages write comments, texts and what else could look like a comment: one description per language.
// It must not know what comments say.

/** A way to write a text literal. */
export interface TextForm {
  readonly open: string;
  readonly close: string;
  /** Whether a backslash takes the next character along. */
  readonly escapes: boolean;
  /** Whether it may run over several lines; otherwise an unclosed one ends with its line. */
  readonly multiline: boolean;
  /** What begins a piece of code inside, which ends with its `}`. */
  readonly hole?: string;
  /** Whether the closing mark written twice stands for itself. */
  readonly doubled?: boolean;
}

export interface CommentSyntax {
  readonly line: readonly string[];
  readonly blocks: readonly { readonly open: string; readonly close: string; readonly nests?: boolean }[];
  /** Longer openings first. */
  readonly texts: readonly TextForm[];
  /** Whether `/` can begin a regular expression. */
  readonly patterns?: boolean;
  /** Whether `'` begins a single character, or a lifetime that is no text at all. */
  readonly lifetimes?: boolean;
  /** Texts that count as comments where a statement could stand. */
  readonly docstrings?: readonly string[];
  /** How a text begins that ends with a line of its own; the first group is its name. */
  readonly heredoc?: RegExp;
  /** Block comments whose marks stand alone at the start of a line. */
  readonly ruled?: { readonly open: string; readonly close: string };
  /** Raw texts between `r#"` and `"#` with any number of signs. */
  readonly fenced?: boolean;
  /** Code stands between these marks only; everything else is a page. */
  readonly within?: { readonly open: RegExp; readonly close: string };
  /** What begins like a line comment and is none. */
  readonly never?: RegExp;
}

const single: TextForm = { open: "'", close: "'", escapes: true, multiline: false };
const double: TextForm = { open: '"', close: '"', escapes: true, multiline: false };
const triple: TextForm = { open: '"""', close: '"""', escapes: true, multiline: true };
const slashes = { line: ['//'], blocks: [{ open: '/*', close: '*/' }] } as const;

const script: CommentSyntax = {
  ...slashes,
  texts: [single, double, { open: '`', close: '`', escapes: true, multiline: true, hole: '${' }],
  patterns: true,
};

const python: CommentSyntax = {
  line: ['#'],
  blocks: [],
  texts: [triple, { ...triple, open: "'''", close: "'''" }, single, double],
  docstrings: ['"""', "'''"],
};

const go: CommentSyntax = {
  ...slashes,
  texts: [{ open: '`', close: '`', escapes: false, multiline: true }, single, double],
};

const java: CommentSyntax = { ...slashes, texts: [triple, single, double] };

const kotlin: CommentSyntax = {
  line: ['//'],
  blocks: [{ open: '/*', close: '*/', nests: true }],
  texts: [{ ...triple, escapes: false, hole: '${' }, single, { ...double, hole: '${' }],
};

const csharp: CommentSyntax = {
  ...slashes,
  texts: [
    { ...triple, escapes: false },
    { open: '$@"', close: '"', escapes: false, multiline: true, doubled: true },
    { open: '@$"', close: '"', escapes: false, multiline: true, doubled: true },
    { open: '@"', close: '"', escapes: false, multiline: true, doubled: true },
    single,
    double,
  ],
};

const ruby: CommentSyntax = {
  line: ['#'],
  blocks: [],
  texts: [
    { ...single, multiline: true },
    { ...double, multiline: true, hole: '#{' },
    { open: '`', close: '`', escapes: true, multiline: true, hole: '#{' },
  ],
  patterns: true,
  heredoc: /<<[~-]?(['"`]?)([A-Z_]\w*)\1/y,
  ruled: { open: '=begin', close: '=end' },
};

const php: CommentSyntax = {
  line: ['//', '#'],
  blocks: [{ open: '/*', close: '*/' }],
  texts: [
    { ...single, multiline: true },
    { ...double, multiline: true, hole: '{$' },
  ],
  heredoc: /<<<[ \t]*(['"]?)([A-Za-z_]\w*)\1/y,
  within: { open: /<\?(?:php\b|=)/g, close: '?>' },
  // An attribute.
  never: /#\[/y,
};

const rust: CommentSyntax = {
  line: ['//'],
  blocks: [{ open: '/*', close: '*/', nests: true }],
  texts: [{ ...double, multiline: true }],
  lifetimes: true,
  fenced: true,
};

const byEnding: Readonly<Record<string, CommentSyntax>> = {
  ts: script,
  tsx: script,
  mts: script,
  cts: script,
  js: script,
  jsx: script,
  mjs: script,
  cjs: script,
  py: python,
  go,
  java,
  kt: kotlin,
  kts: kotlin,
  cs: csharp,
  rb: ruby,
  php,
  rs: rust,
};

/** Endings of the files whose comments can be read, without the dot. */
export const commentedEndings: readonly string[] = Object.keys(byEnding);

/** How a file writes comments, by its ending; undefined for languages that are not known. */
export function commentSyntax(path: string): CommentSyntax | undefined {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return Object.hasOwn(byEnding, ending) ? byEnding[ending] : undefined;
}
