// Owns the removal of a decorator with its line, and the finding of the place behind one. It must not know why.

import ts from 'typescript';
import { innermost } from './innermost.ts';
import type { CodeEdit } from './property.ts';

/** The edit that takes the decorator around an offset out; undefined when none is written there. */
export function decoratorRemoval(file: string, text: string, offset: number): CodeEdit | undefined {
  const decorator = decoratorAt(file, text, offset);
  if (!decorator) return undefined;
  const { start, end } = decorator;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  const alone = text.slice(lineStart, start).trim() === '' && lineEnd !== -1 && text.slice(end, lineEnd).trim() === '';
  if (alone) return { start: lineStart, end: lineEnd + 1, text: '' };
  return { start, end: end + (/^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0), text: '' };
}

/** The edit that writes another decorator behind the one around an offset, on a line of its own where that one has its own. */
export function decoratorBehind(file: string, text: string, offset: number, written: string): CodeEdit | undefined {
  const decorator = decoratorAt(file, text, offset);
  if (!decorator) return undefined;
  const { start, end } = decorator;
  const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const alone = indent.trim() === '' && /^[ \t]*\r?\n/.test(text.slice(end));
  return { start: end, end, text: alone ? `\n${indent}${written}` : ` ${written}` };
}

function decoratorAt(file: string, text: string, offset: number): { start: number; end: number } | undefined {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = innermost(
    source,
    offset,
    offset,
    (node): node is ts.Decorator => ts.isDecorator(node) && offset >= node.getStart(source),
  );
  return found && { start: found.getStart(source), end: found.end };
}
