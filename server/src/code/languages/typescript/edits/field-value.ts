// Owns the changes of what a property of an object literal has for a value: a call around it, a mark at the end of a validator's chain.
// It must not know why they are wanted.

import ts from 'typescript';
import { type CodeEdit, nameOf, propertyAt } from './property.ts';

/** The edit that puts a call around a property's value: `id: String(row.id)`. Undefined when none of the name is written there. */
export function valueWrapping(
  file: string,
  text: string,
  offset: number,
  name: string,
  wrapper: string,
): readonly CodeEdit[] | undefined {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const property = propertyAt(source, offset);
  if (!property || nameOf(property) !== name) return undefined;
  const end = property.getEnd();
  if (ts.isShorthandPropertyAssignment(property)) return [{ start: end, end, text: `: ${wrapper}(${name})` }];
  if (!ts.isPropertyAssignment(property)) return undefined;
  const start = property.initializer.getStart(source);
  return [
    { start, end: start, text: `${wrapper}(` },
    { start: end, end, text: ')' },
  ];
}

/** The edit that adds `.word()` to the end of a property's chain of calls, or takes it off; undefined where that changes nothing. */
export function chainMark(
  file: string,
  text: string,
  mark: { readonly offset: number; readonly name: string; readonly word: string; readonly adds: boolean },
): CodeEdit | undefined {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const property = propertyAt(source, mark.offset);
  if (!property || nameOf(property) !== mark.name || !ts.isPropertyAssignment(property)) return undefined;
  const { initializer } = property;
  const end = initializer.getEnd();
  const marked =
    ts.isCallExpression(initializer) &&
    ts.isPropertyAccessExpression(initializer.expression) &&
    initializer.expression.name.text === mark.word &&
    initializer.arguments.length === 0
      ? initializer.expression.expression
      : undefined;
  if (mark.adds) return marked ? undefined : { start: end, end, text: `.${mark.word}()` };
  return marked && { start: marked.getEnd(), end, text: '' };
}
