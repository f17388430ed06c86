// Owns the grammar of a contract tag: `@contract createRefund`, `@contract payments.yaml#/paths/~1refunds/post`,
// `@contract createRefund#responses.409`, each with a pin behind it where somebody wants one (`@3f9a2c1b`).
// It must not know contracts, nor whether what a tag names is there.

import type { Comment } from '../base/comments/scan.ts';
import { scanComments } from '../base/comments/scan.ts';
import { commentSyntax } from '../base/comments/syntax.ts';
import type { Span } from '../base/place.ts';

/** One tag as it is written. */
export interface Tag extends Span {
  /** What it names, as written, without the pin. */
  readonly target: string;
  /** Where that stands. */
  readonly targetSpan: Span;
  readonly pin?: { readonly value: string; readonly span: Span };
  /** Whether the tag has its line of the comment for itself, so that it can be nothing else. */
  readonly alone: boolean;
  /** What the comment stands in front of; absent when a blank line or nothing follows. */
  readonly subject?: Span;
  /** Whether it stands in a docstring, which documents what surrounds it. */
  readonly inside: boolean;
}

export const tagWord = '@contract';

const tagPattern = /(?<![\w@.\-/])@contract[ \t]+(\S+)/g;
const pinPattern = /@([0-9a-f]{8})$/;
/** Longer than any name or pointer: what is written in a line of a megabyte is none. */
const longestTarget = 1_000;

/** Every tag in the comments of a file, in order; none for languages that are not known. */
export function readTags(path: string, text: string): readonly Tag[] {
  if (!text.includes(tagWord)) return [];
  const syntax = commentSyntax(path);
  if (!syntax) return [];
  const comments = scanComments(text, syntax);
  return comments.flatMap((comment, index) => {
    const body = text.slice(comment.start, comment.end);
    if (!body.includes(tagWord)) return [];
    const subject = comment.kind === 'docstring' ? undefined : subjectAfter(text, comments, index);
    return [...body.matchAll(tagPattern)].flatMap((match) => {
      const tag = tagOf(match, comment, text);
      return tag ? [{ ...tag, ...(subject ? { subject } : {}) }] : [];
    });
  });
}

function tagOf(match: RegExpMatchArray, comment: Comment, text: string): Omit<Tag, 'subject'> | undefined {
  const start = comment.start + match.index!;
  const written = trimmed(match[1]!);
  if (written === '' || written.length > longestTarget || !/^[\w$/.#]/.test(written)) return undefined;
  const targetStart = start + match[0].length - match[1]!.length;
  const end = targetStart + written.length;
  const pin = pinPattern.exec(written);
  const target = pin ? written.slice(0, pin.index) : written;
  if (target === '') return undefined;
  return {
    start,
    end,
    target,
    targetSpan: { start: targetStart, end: targetStart + target.length },
    ...(pin ? { pin: { value: pin[1]!, span: { start: end - 8, end } } } : {}),
    alone: isAlone(text, comment, start, end),
    inside: comment.kind === 'docstring',
  };
}

/** Without what ends the comment or the sentence around it. */
function trimmed(written: string): string {
  let target = written;
  for (;;) {
    const before = target;
    target = target.replace(/(?:\*+\/|"""|'''|\?>|-->|[.,;:!?"'`)\]>]+)$/, '');
    if (target.endsWith('}') && count(target, '}') > count(target, '{')) target = target.slice(0, -1);
    if (target === before) return target;
  }
}

const count = (text: string, char: string): number => text.split(char).length - 1;

function isAlone(text: string, comment: Comment, start: number, end: number): boolean {
  const lineStart = Math.max(comment.start, text.lastIndexOf('\n', start - 1) + 1);
  const before = text.slice(lineStart, start);
  if (!/^[\s/*#!<>"'=\-{]*$/.test(before)) return false;
  const newline = text.indexOf('\n', end);
  const rest = text.slice(end, Math.min(comment.end, newline === -1 ? text.length : newline));
  // Written as escapes: one character beyond Latin-1 in a regular expression, and engines keep the whole bundle at two bytes each.
  return /^[\s.,;:}\])"'*/]*(?:$|(?:--?|\u2013|\u2014|\()\s)/.test(rest);
}

/**
 * The first line of what stands behind a comment: further comments and annotations are passed over, a blank line ends the search.
 */
function subjectAfter(text: string, comments: readonly Comment[], index: number): Span | undefined {
  const own = lineBefore(text, comments[index]!.start);
  if (own) return own;
  let at = comments[index]!.end;
  let next = index + 1;
  const skipBlank = (): boolean => {
    const blank = /[^\S\n]*(?:\n[^\S\n]*)?/y;
    blank.lastIndex = at;
    at += blank.exec(text)?.[0].length ?? 0;
    return text[at] !== '\n' && at < text.length;
  };
  let start: number | undefined;
  for (;;) {
    if (!skipBlank()) return undefined;
    const comment = comments[next];
    if (comment && comment.start === at && comment.kind !== 'docstring') {
      at = comment.end;
      next++;
      continue;
    }
    start ??= at;
    const annotation = /@[\w.:]+|#!?\[|\[(?=[A-Z]\w*[\](,])/y;
    annotation.lastIndex = at;
    const match = annotation.exec(text);
    if (!match) break;
    const bracketed = match[0].endsWith('[');
    at += match[0].length;
    if (bracketed) at = balancedEnd(text, at - 1);
    else if (text[at] === '(') at = balancedEnd(text, at);
    while (comments[next] && comments[next]!.start < at) next++;
  }
  const lineEnd = text.indexOf('\n', at);
  return { start, end: lineEnd === -1 ? text.length : lineEnd };
}

/** What stands before a comment on its own line, when that is more than white space. */
function lineBefore(text: string, commentStart: number): Span | undefined {
  const lineStart = text.lastIndexOf('\n', commentStart - 1) + 1;
  const before = text.slice(lineStart, commentStart);
  if (before.trim() === '') return undefined;
  return { start: lineStart + before.search(/\S/), end: commentStart };
}

/** The offset behind the bracket that closes the one at `from`, quotes aside; a few thousand characters are looked at. */
function balancedEnd(text: string, from: number): number {
  let depth = 0;
  const most = Math.min(text.length, from + 20_000);
  for (let at = from; at < most; at++) {
    const char = text[at]!;
    if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) {
      depth--;
      if (depth === 0) return at + 1;
    } else if (char === '"' || char === "'") {
      const close = text.indexOf(char, at + 1);
      const newline = text.indexOf('\n', at + 1);
      if (close !== -1 && (newline === -1 || close < newline)) at = close;
    }
  }
  return most;
}
