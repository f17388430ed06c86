// Owns the finding of a statement that is one call, its removal, and its move behind another one. It must not know why.

import ts from 'typescript';
import { innermost } from './innermost.ts';
import type { CodeEdit } from './property.ts';

/** From where to where in the text. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The edit that takes the statement out which is the call from `start` to `end`; undefined when the call is only a part of one. */
export function statementRemoval(file: string, text: string, start: number, end: number): CodeEdit | undefined {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const statement = statementAt(source, start, end);
  const lines = statement && linesOf(source, statement);
  return lines && linesRemoval(text, lines);
}

/** Takes lines out; of the blank lines around them one is enough. */
function linesRemoval(text: string, lines: Stretch): CodeEdit {
  const blank = /^[ \t]*\r?\n/.exec(text.slice(lines.end))?.[0].length ?? 0;
  const follows = /(?:^|\n)[ \t]*\r?\n$/.test(text.slice(0, lines.start));
  return { start: lines.start, end: lines.end + (follows ? blank : 0), text: '' };
}

/** The edits that put the statement which is the call `moved` behind the statement which is the call `behind`, in the same list of statements. */
export function statementMove(
  file: string,
  text: string,
  moved: Stretch,
  behind: Stretch,
): readonly CodeEdit[] | undefined {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const first = statementAt(source, moved.start, moved.end);
  const last = statementAt(source, behind.start, behind.end);
  if (!first || !last || first.parent !== last.parent || first.end > last.pos) return undefined;
  const from = linesOf(source, first);
  const to = linesOf(source, last);
  if (!from || !to) return undefined;
  const apart = /^[ \t]*\r?\n/.exec(text.slice(from.end))?.[0] ?? '';
  const break_ = text.includes('\r\n') ? '\r\n' : '\n';
  const ended = text.slice(0, to.end).endsWith('\n') ? '' : break_;
  const block = text.slice(from.start, from.end).replace(/\r?\n$/, '') + break_;
  return [linesRemoval(text, from), { start: to.end, end: to.end, text: ended + apart + block }];
}

function statementAt(source: ts.SourceFile, start: number, end: number): ts.ExpressionStatement | undefined {
  return innermost(
    source,
    start,
    end,
    (node): node is ts.ExpressionStatement =>
      ts.isExpressionStatement(node) && node.getStart(source) === start && node.expression.end === end,
  );
}

/** The lines that a statement has for itself, with the comments that stand right above it. */
function linesOf(source: ts.SourceFile, statement: ts.Statement): Stretch | undefined {
  const { text } = source;
  let start = statement.getStart(source);
  for (const comment of [...(ts.getLeadingCommentRanges(text, statement.pos) ?? [])].reverse()) {
    if (/\n\s*\n/.test(text.slice(comment.end, start))) break;
    start = comment.pos;
  }
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', statement.end);
  const end = lineEnd === -1 ? text.length : lineEnd + 1;
  if (text.slice(lineStart, start).trim() !== '') return undefined;
  return /^\s*(?:\/\/[^\n]*)?\s*$/.test(text.slice(statement.end, end)) ? { start: lineStart, end } : undefined;
}
