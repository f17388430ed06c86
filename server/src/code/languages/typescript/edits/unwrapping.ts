// Owns the putting of one field's value in the place of the object around it. It must not know why.

import ts from 'typescript';
import { innermost } from './innermost.ts';
import { type CodeEdit, nameOf } from './property.ts';

/** The edit after which the object that begins at an offset is the value of its own field `name`; undefined when no such object is written there. */
export function fieldAlone(file: string, text: string, offset: number, name: string): CodeEdit | undefined {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const object = innermost(
    source,
    offset,
    offset + 1,
    (node): node is ts.ObjectLiteralExpression =>
      ts.isObjectLiteralExpression(node) && node.getStart(source) === offset,
  );
  const property = object?.properties.find((one) => nameOf(one) === name);
  if (!object || !property) return undefined;
  if (ts.isShorthandPropertyAssignment(property)) return { start: offset, end: object.end, text: name };
  if (!ts.isPropertyAssignment(property)) return undefined;
  return { start: offset, end: object.end, text: property.initializer.getText(source) };
}
