// Owns the reading of `fidelity-ignore` comments from the text of code and of YAML contracts.
// It must not know which findings exist, nor any language beyond where its comments begin and end.

import type { Span } from '../base/place.ts';
import { LineIndex } from '../base/place.ts';
import { type IgnoreStatement, parseIgnoreStatement } from './ignore-statement.ts';

/** One `fidelity-ignore` comment. */
export interface IgnoreComment extends Span {
  readonly statement: IgnoreStatement;
  /** The line that the comment speaks about, counted from 0: its own when code precedes it, else the next one with content. */
  readonly line: number;
}

const MARK = 'fidelity-ignore';

/** Whether a text, or a stretch of one, may hold such a comment; cheap. */
export const mayIgnore = (text: string): boolean => text.includes(MARK);

/** Every `fidelity-ignore` comment of a text, in order. The path's ending tells the comment syntax; JSON has none. */
export function readIgnoreComments(path: string, text: string): readonly IgnoreComment[] {
  if (!mayIgnore(text)) return [];
  if (/\.ya?ml$/i.test(path)) return attach(text, yamlComments(text), /^\s*(#.*)?$/);
  if (/\.[cm]?[jt]sx?$/i.test(path)) return attach(text, scriptComments(text), /^\s*(\/\/.*|\/\*.*\*\/\s*)?$/);
  return [];
}

/** Turns comment spans into statements about lines; `quiet` matches lines that hold nothing but white space and comments. */
function attach(text: string, comments: readonly Span[], quiet: RegExp): readonly IgnoreComment[] {
  const lines = new LineIndex(text);
  const found: IgnoreComment[] = [];
  for (const comment of comments) {
    const inner = text
      .slice(comment.start, comment.end)
      .replace(/^(?:\/\/|\/\*+|#)\s*/, '')
      .replace(/\*\/\s*$/, '');
    if (!/^fidelity-ignore(?![\w-])/.test(inner)) continue;
    const first = lines.position(comment.start);
    const before = lines.line(first.line).slice(0, first.column);
    let line = first.line;
    if (before.trim() === '') {
      line = lines.position(comment.end).line + 1;
      while (line < lines.lineCount && quiet.test(lines.line(line))) line++;
    }
    found.push({ ...comment, statement: parseIgnoreStatement(inner.slice(MARK.length)), line });
  }
  return found;
}

/** Comments of JavaScript and TypeScript: strings, template text and regular expressions are passed over. */
function scriptComments(text: string): readonly Span[] {
  const comments: Span[] = [];
  // Each entry is the depth of braces at which a `${` of a template was opened.
  const templates: number[] = [];
  let braces = 0;
  let previous = '';
  for (let i = 0; i < text.length; ) {
    const char = text[i]!;
    const next = text[i + 1];
    if (char === '/' && next === '/') {
      const end = lineEnd(text, i);
      comments.push({ start: i, end });
      i = end;
      continue;
    }
    if (char === '/' && next === '*') {
      const close = text.indexOf('*/', i + 2);
      const end = close === -1 ? text.length : close + 2;
      comments.push({ start: i, end });
      i = end;
      continue;
    }
    if (char === '"' || char === "'") i = stringEnd(text, i);
    else if (char === '`' || (char === '}' && templates.at(-1) === braces)) {
      if (char === '}') templates.pop();
      const stop = templateStop(text, i + 1);
      if (text[stop - 1] === '{') templates.push(braces);
      i = stop;
    } else if (char === '/' && (previous === '' || /[([{,;=:!&|?+\-*%<>~^]/.test(previous))) i = patternEnd(text, i);
    else {
      if (char === '{') braces++;
      if (char === '}') braces--;
      i++;
    }
    if (/\S/.test(char)) previous = char;
  }
  return comments;
}

function lineEnd(text: string, from: number): number {
  const match = /[\r\n]/g;
  match.lastIndex = from;
  return match.exec(text)?.index ?? text.length;
}

/** The offset after a quoted string; an unclosed one ends with its line. */
function stringEnd(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === text[start]) return i + 1;
    else if (text[i] === '\n') return i;
  }
  return text.length;
}

/** The offset after the template's closing backtick, or after the `${` that interrupts it. */
function templateStop(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '`') return i + 1;
    else if (text[i] === '$' && text[i + 1] === '{') return i + 2;
  }
  return text.length;
}

/** The offset after a regular expression, or after the slash when the line holds no closing one. */
function patternEnd(text: string, start: number): number {
  let inClass = false;
  for (let i = start + 1; i < text.length && text[i] !== '\n'; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '[') inClass = true;
    else if (text[i] === ']') inClass = false;
    else if (text[i] === '/' && !inClass) return i + 1;
  }
  return start + 1;
}

/** Comments of YAML, line by line: the text of block scalars and quoted text on the line are passed over. */
function yamlComments(text: string): readonly Span[] {
  const comments: Span[] = [];
  let scalarIndent = -1;
  let start = 0;
  while (start <= text.length) {
    const end = lineEnd(text, start);
    const line = text.slice(start, end);
    const indent = line.search(/\S/);
    if (indent !== -1) {
      if (scalarIndent !== -1 && indent <= scalarIndent) scalarIndent = -1;
      if (scalarIndent === -1) {
        const at = hashOf(line);
        if (at !== -1) comments.push({ start: start + at, end });
        const content = at === -1 ? line : line.slice(0, at);
        if (/(?:^|[:\s-]\s*)[|>][-+0-9]*\s*$/.test(content)) scalarIndent = indent;
      }
    }
    start = end + (text.startsWith('\r\n', end) ? 2 : 1);
  }
  return comments;
}

/** Where a line's comment begins: a `#` at the start or after white space, outside of quotes; -1 when there is none. */
function hashOf(line: string): number {
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const char = line[i]!;
    if (quote !== '') {
      if (char === '\\' && quote === '"') i++;
      else if (char === quote) quote = '';
    } else if (char === '#' && (i === 0 || /\s/.test(line[i - 1]!))) return i;
    else if ((char === '"' || char === "'") && (i === 0 || /[\s,[{:]/.test(line[i - 1]!))) quote = char;
  }
  return -1;
}
