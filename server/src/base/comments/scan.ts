// Owns the finding of comments in a text: strings, characters, templates and regular expressions are passed over.
// It must not know what comments say, nor any language beyond its description.

import type { Span } from '../place.ts';
import type { CommentSyntax, TextForm } from './syntax.ts';

export interface Comment extends Span {
  readonly kind: 'line' | 'block' | 'docstring';
}

/** A text that was interrupted by a piece of code, and the depth of braces at which it goes on. */
interface Interrupted {
  readonly form: TextForm;
  readonly braces: number;
}

/** Every comment of a text, in order. What is never closed ends with the text. */
export function scanComments(text: string, syntax: CommentSyntax): readonly Comment[] {
  const scan = new Scan(text, syntax);
  if (!syntax.within) return scan.run(0, text.length);
  const comments: Comment[] = [];
  const { open, close } = syntax.within;
  open.lastIndex = 0;
  for (let match = open.exec(text); match; match = open.exec(text)) {
    const start = match.index + match[0].length;
    comments.push(...scan.run(start, text.length, close));
    open.lastIndex = Math.max(scan.stopped, start);
  }
  return comments;
}

class Scan {
  /** Where the latest run came to its end. */
  stopped = 0;
  private readonly comments: Comment[] = [];
  private readonly interrupted: Interrupted[] = [];
  private braces = 0;
  /** The last character that is neither white space nor part of a comment. */
  private previous = '';
  private previousAt = -1;
  private pending: string[] = [];

  constructor(
    private readonly text: string,
    private readonly syntax: CommentSyntax,
  ) {}

  run(from: number, to: number, close?: string): readonly Comment[] {
    this.comments.length = 0;
    this.interrupted.length = 0;
    this.braces = 0;
    this.previous = '';
    this.pending = [];
    let at = from;
    while (at < to) {
      if (close !== undefined && this.text.startsWith(close, at)) break;
      at = this.step(at, close);
    }
    this.stopped = at;
    return [...this.comments];
  }

  /** The offset behind what begins here. */
  private step(at: number, close: string | undefined): number {
    const { text, syntax } = this;
    const char = text[at]!;
    if (char === '\n') return this.newLine(at + 1);
    const ruled = syntax.ruled;
    if (ruled && this.startsLine(at) && text.startsWith(ruled.open, at)) return this.ruled(at, ruled.close);
    if (syntax.line.some((mark) => text.startsWith(mark, at)) && !matchesAt(syntax.never, text, at)) {
      return this.lineComment(at, close);
    }
    const block = syntax.blocks.find(({ open }) => text.startsWith(open, at));
    if (block) {
      const end = block.nests ? nestedEnd(text, at, block) : endOf(text, block.close, at + block.open.length);
      this.comments.push({ start: at, end, kind: 'block' });
      return end;
    }
    const top = this.interrupted.at(-1);
    if (char === '}' && top && top.braces === this.braces) {
      this.interrupted.pop();
      return this.goOn(at + 1, top.form);
    }
    const literal = this.literal(at, char);
    if (literal !== undefined) {
      this.remember(char, literal - 1);
      return literal;
    }
    if (char === '{') this.braces++;
    if (char === '}') this.braces--;
    if (!/\s/.test(char)) this.remember(char, at);
    return at + 1;
  }

  private literal(at: number, char: string): number | undefined {
    const { text, syntax } = this;
    if (syntax.fenced && char === 'r' && !/\w/.test(text[at - 1] ?? '')) {
      const [opening, signs = ''] = /^r(#*)"/.exec(text.slice(at, at + 64)) ?? [];
      if (opening !== undefined) return endOf(text, `"${signs}`, at + opening.length);
    }
    if (syntax.lifetimes && char === "'") return characterEnd(text, at);
    if (char === '<' && syntax.heredoc) {
      syntax.heredoc.lastIndex = at;
      const match = syntax.heredoc.exec(text);
      if (match) {
        this.pending.push(match[2]!);
        return at + match[0].length;
      }
    }
    const form = syntax.texts.find(({ open }) => text.startsWith(open, at));
    if (form) {
      const isDocumentation = syntax.docstrings?.includes(form.open) === true && this.standsAsStatement(at);
      const end = this.goOn(at + form.open.length, form);
      if (isDocumentation) this.comments.push({ start: at, end, kind: 'docstring' });
      return end;
    }
    if (syntax.patterns && char === '/' && this.mayBeginPattern()) return patternEnd(text, at);
    return undefined;
  }

  /** Inside of a text literal: the offset behind its end, or behind the hole that interrupts it. */
  private goOn(from: number, form: TextForm): number {
    const { text } = this;
    for (let at = from; at < text.length; at++) {
      const char = text[at]!;
      if (form.escapes && char === '\\') at++;
      else if (text.startsWith(form.close, at)) {
        if (!form.doubled || text[at + form.close.length] !== form.close) return at + form.close.length;
        at++;
      } else if (form.hole !== undefined && text.startsWith(form.hole, at)) {
        this.interrupted.push({ form, braces: this.braces });
        return at + form.hole.length;
      } else if (char === '\n' && !form.multiline) return at;
    }
    return text.length;
  }

  private lineComment(at: number, close: string | undefined): number {
    const lineEnd = lineEndFrom(this.text, at);
    // A page's code ends in the middle of a comment, too.
    const closing = close === undefined ? -1 : this.text.slice(at, lineEnd).indexOf(close);
    const end = closing === -1 ? lineEnd : at + closing;
    this.comments.push({ start: at, end, kind: 'line' });
    return end;
  }

  private ruled(at: number, close: string): number {
    const found = this.text.indexOf(`\n${close}`, at);
    const end = found === -1 ? this.text.length : lineEndFrom(this.text, found + 1);
    this.comments.push({ start: at, end, kind: 'block' });
    return end;
  }

  /** The line's end, where the texts begin that were announced on it. */
  private newLine(from: number): number {
    let at = from;
    for (const name of this.pending) {
      for (;;) {
        const end = lineEndFrom(this.text, at);
        const line = this.text.slice(at, end).trim();
        const isEnd = line === name || (line.startsWith(name) && !/^\w/.test(line.slice(name.length)));
        at = Math.min(this.text.length, end + 1);
        if (isEnd || at >= this.text.length) break;
      }
    }
    this.pending = [];
    return at;
  }

  private startsLine(at: number): boolean {
    return at === 0 || this.text[at - 1] === '\n';
  }

  /** Whether a text at an offset is a statement of its own: nothing before it on its line, and no bracket or operator waits for it. */
  private standsAsStatement(at: number): boolean {
    const lineStart = this.text.lastIndexOf('\n', at - 1) + 1;
    if (!/^[ \t]*[rRuUbB]?$/.test(this.text.slice(lineStart, at))) return false;
    return !/[([{,=+\\%|&]/.test(this.previous) || this.previousAt < 0;
  }

  private mayBeginPattern(): boolean {
    if (this.previous === '' || /[([{,;=:!&|?+\-*%<>~^}]/.test(this.previous)) return true;
    if (!/\w/.test(this.previous)) return false;
    const word = /[A-Za-z_$]+$/.exec(this.text.slice(Math.max(0, this.previousAt - 10), this.previousAt + 1))?.[0];
    return /^(?:return|typeof|case|in|of|do|else|when|if|unless|and|or|not|yield|await)$/.test(word ?? '');
  }

  private remember(char: string, at: number): void {
    this.previous = char;
    this.previousAt = at;
  }
}

function matchesAt(pattern: RegExp | undefined, text: string, at: number): boolean {
  if (!pattern) return false;
  pattern.lastIndex = at;
  return pattern.test(text);
}

function lineEndFrom(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  if (end === -1) return text.length;
  return text[end - 1] === '\r' && end > from ? end - 1 : end;
}

function endOf(text: string, close: string, from: number): number {
  const at = text.indexOf(close, from);
  return at === -1 ? text.length : at + close.length;
}

function nestedEnd(text: string, start: number, { open, close }: { open: string; close: string }): number {
  let depth = 0;
  for (let at = start; at < text.length; ) {
    if (text.startsWith(open, at)) {
      depth++;
      at += open.length;
    } else if (text.startsWith(close, at)) {
      depth--;
      at += close.length;
      if (depth === 0) return at;
    } else at++;
  }
  return text.length;
}

/** The offset behind a character literal; behind the quote alone when it begins a lifetime. */
function characterEnd(text: string, at: number): number {
  const literal = /^'(?:\\(?:u\{[^}]*\}|x..|.)|[^\\'\n]|[\ud800-\udbff][\udc00-\udfff])'/.exec(text.slice(at, at + 16));
  return literal ? at + literal[0].length : at + 1;
}

/** The offset behind a regular expression, or behind the slash when the line holds no closing one. */
function patternEnd(text: string, start: number): number {
  let inClass = false;
  for (let at = start + 1; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '[') inClass = true;
    else if (text[at] === ']') inClass = false;
    else if (text[at] === '/' && !inClass) return at + 1;
  }
  return start + 1;
}
