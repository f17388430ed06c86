// Owns reading a JSONPath (RFC 9535) as overlays use it: names, indexes, slices, wildcards, descendants and filters without functions.
// It must not know what is selected from.

/** One step of a path. */
export interface Segment {
  /** Whether the step is taken at every depth. */
  readonly descends: boolean;
  readonly selectors: readonly Selector[];
}

export type Selector =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'slice'; readonly from?: number; readonly to?: number; readonly step: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'filter'; readonly condition: Condition };

/** What a filter asks of a child. */
export type Condition =
  | { readonly kind: 'or' | 'and'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'exists'; readonly path: Query }
  | { readonly kind: 'compare'; readonly operator: Operator; readonly left: Operand; readonly right: Operand };

export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type Operand =
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  | { readonly kind: 'query'; readonly query: Query };

export interface Query {
  /** `@`: the child that is asked about. `$`: the whole document. */
  readonly from: '@' | '$';
  readonly segments: readonly Segment[];
}

/** Longer paths are nobody's. */
const longest = 2_000;
const deepestFilter = 20;

/** The steps of a path, or what is wrong with it as a clause. */
export function readJsonPath(text: string): { readonly segments: readonly Segment[] } | { readonly wrong: string } {
  if (text.length > longest) return { wrong: 'it is longer than any path' };
  try {
    const reading = new PathReading(text);
    return { segments: reading.whole() };
  } catch (error) {
    if (error instanceof Unreadable) return { wrong: error.message };
    throw error;
  }
}

class Unreadable extends Error {}

class PathReading {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  whole(): Segment[] {
    this.expect('$');
    const segments = this.segments();
    if (this.at < this.text.length) this.fail();
    return segments;
  }

  private segments(): Segment[] {
    const segments: Segment[] = [];
    for (;;) {
      const descends = this.take('..');
      if (this.peek('[')) segments.push({ descends, selectors: this.bracketed() });
      else if (descends || this.take('.')) segments.push({ descends, selectors: [this.shorthand()] });
      else return segments;
    }
  }

  private shorthand(): Selector {
    if (this.take('*')) return { kind: 'all' };
    // Wider than the standard: tools that apply overlays take a hyphen in a name, and so do people.
    const name = this.match(/[A-Za-z_\u0080-\uffff][\w\u0080-\uffff-]*/y);
    return name === undefined ? this.fail() : { kind: 'name', name };
  }

  private bracketed(): Selector[] {
    this.expect('[');
    const selectors = [this.selector()];
    while (this.skip().take(',')) selectors.push(this.selector());
    this.skip().expect(']');
    return selectors;
  }

  private selector(): Selector {
    this.skip();
    if (this.take('*')) return { kind: 'all' };
    if (this.take('?')) return { kind: 'filter', condition: this.or() };
    const name = this.quoted();
    if (name !== undefined) return { kind: 'name', name };
    const from = this.integer();
    if (!this.skip().take(':')) return from === undefined ? this.fail() : { kind: 'index', index: from };
    this.skip();
    const to = this.integer();
    const step = this.skip().take(':') ? this.skip().integer() : undefined;
    return { kind: 'slice', from, to, step: step ?? 1 };
  }

  private or(): Condition {
    const parts = [this.and()];
    while (this.skip().take('||')) parts.push(this.and());
    return parts.length === 1 ? parts[0]! : { kind: 'or', parts };
  }

  private and(): Condition {
    const parts = [this.term()];
    while (this.skip().take('&&')) parts.push(this.term());
    return parts.length === 1 ? parts[0]! : { kind: 'and', parts };
  }

  private term(): Condition {
    if (++this.depth > deepestFilter) this.fail();
    this.skip();
    try {
      if (!this.peek('!=') && this.take('!')) return { kind: 'not', part: this.term() };
      if (this.take('(')) {
        const inner = this.or();
        this.skip().expect(')');
        return inner;
      }
      const left = this.operand();
      const operator = this.skip().match(/==|!=|<=|>=|<|>/y);
      if (operator !== undefined) {
        return { kind: 'compare', operator: operator as Operator, left, right: this.operand() };
      }
      return left.kind === 'query' ? { kind: 'exists', path: left.query } : this.fail();
    } finally {
      this.depth--;
    }
  }

  private operand(): Operand {
    this.skip();
    for (const from of ['@', '$'] as const) {
      if (this.take(from)) return { kind: 'query', query: { from, segments: this.segments() } };
    }
    const text = this.quoted();
    if (text !== undefined) return { kind: 'value', value: text };
    const number = this.match(/-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/y);
    if (number !== undefined) return { kind: 'value', value: Number(number) };
    const word = this.match(/true|false|null/y);
    if (word === undefined) return this.fail();
    return { kind: 'value', value: word === 'null' ? null : word === 'true' };
  }

  private quoted(): string | undefined {
    const written = this.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/y);
    if (written === undefined) return undefined;
    const quote = written[0]!;
    const inner = written.slice(1, -1);
    const json = quote === '"' ? inner : inner.replaceAll("\\'", "'").replaceAll(/(?<!\\)"/g, '\\"');
    try {
      return JSON.parse(`"${json}"`) as string;
    } catch {
      return this.fail();
    }
  }

  private integer(): number | undefined {
    const digits = this.match(/-?\d+/y);
    return digits === undefined ? undefined : Number(digits);
  }

  private skip(): this {
    this.match(/[ \t\r\n]+/y);
    return this;
  }

  private peek(word: string): boolean {
    return this.text.startsWith(word, this.at);
  }

  private take(word: string): boolean {
    if (!this.peek(word)) return false;
    this.at += word.length;
    return true;
  }

  private expect(word: string): void {
    if (!this.take(word)) this.fail();
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private fail(): never {
    const rest = this.text.slice(this.at, this.at + 20);
    throw new Unreadable(rest === '' ? 'it ends too early' : `"${rest}" is not understood in it`);
  }
}
