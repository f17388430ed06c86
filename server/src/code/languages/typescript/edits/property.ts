// Owns the finding of a property in an object literal, and its removal with its comma and its line. It must not know why it goes.

import ts from 'typescript';
import { innermost } from './innermost.ts';

/** A change of a text: the span goes, the text comes. */
export interface CodeEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The edit that takes the property whose name begins at an offset out of its object; undefined when none is written there. */
export function propertyRemoval(file: string, text: string, offset: number, name: string): CodeEdit | undefined {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const property = propertyAt(source, offset);
  if (!property || nameOf(property) !== name) return undefined;
  const { properties } = property.parent as ts.ObjectLiteralExpression;
  const index = properties.indexOf(property);
  const start = property.getStart(source);
  const end = property.getEnd();
  const next = properties[index + 1];
  if (next) {
    // The comma goes with it, and the line where it has one for itself.
    const comma = text.indexOf(',', end) + 1;
    return wholeLines(text, start, comma) ?? { start, end: next.getStart(source), text: '' };
  }
  const comma = /^\s*,/.exec(text.slice(end))?.[0].length ?? 0;
  const lines = wholeLines(text, start, end + comma);
  if (lines) return lines;
  const previous = properties[index - 1];
  return { start: previous ? previous.getEnd() : start, end: end + comma, text: '' };
}

/** The property whose name begins at an offset. */
export function propertyAt(source: ts.SourceFile, offset: number): ts.ObjectLiteralElementLike | undefined {
  return innermost(
    source,
    offset,
    offset + 1,
    (node): node is ts.ObjectLiteralElementLike =>
      ts.isObjectLiteralElementLike(node) &&
      node.getStart(source) === offset &&
      ts.isObjectLiteralExpression(node.parent),
  );
}

/** The name of a property, unless it is computed. */
export function nameOf(property: ts.ObjectLiteralElementLike): string | undefined {
  const { name } = property;
  return name && (ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isNumericLiteral(name))
    ? name.text
    : undefined;
}

/** The lines that a span has for itself; undefined when something else stands on them. */
function wholeLines(text: string, start: number, end: number): CodeEdit | undefined {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  if (lineEnd === -1 || text.slice(lineStart, start).trim() !== '' || text.slice(end, lineEnd).trim() !== '')
    return undefined;
  return { start: lineStart, end: lineEnd + 1, text: '' };
}
