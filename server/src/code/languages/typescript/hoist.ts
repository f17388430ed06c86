// Owns hoisting: what a list of statements declares before any of them runs.
// It must not know frameworks.

import ts from 'typescript';
import { withType } from './annotations.ts';
import { createClass } from './classes.ts';
import { enumObject } from './enums.ts';
import { evaluate } from './expressions.ts';
import { lateWrites } from './late-writes.ts';
import type { Machine } from './machine.ts';
import { boundNames } from './module.ts';
import { bindPattern } from './patterns.ts';
import { Frame, type FunctionValue, undefinedValue, type Value } from './value.ts';

/** Declares what a list of statements declares, before any of them runs. Module-level variables are computed when first read. */
export function hoist(m: Machine, statements: readonly ts.Statement[], frame: Frame, lazy: boolean): void {
  for (const statement of statements) {
    if (ts.isFunctionDeclaration(statement)) {
      // A declaration without a body still states its result, unless it is an overload of what has one.
      const name = statement.name?.text ?? 'default';
      if (!statement.body && frame.cells.has(name)) continue;
      const value: FunctionValue = { kind: 'function', node: statement, frame, props: new Map() };
      frame.declare(name, value);
    } else if (ts.isClassDeclaration(statement)) {
      const cell = frame.declare(statement.name?.text ?? 'default');
      cell.lazy = () => createClass(m, statement, frame);
    } else if (ts.isEnumDeclaration(statement)) {
      const cell = frame.declare(statement.name.text);
      cell.lazy = () => enumObject(m, statement, frame);
    } else if (ts.isImportEqualsDeclaration(statement) && ts.isExternalModuleReference(statement.moduleReference)) {
      const specifier = statement.moduleReference.expression;
      if (!ts.isStringLiteral(specifier)) continue;
      frame.declare(statement.name.text).lazy = () => m.modules.importValue(specifier.text, '=', frame.module.file);
    } else if (ts.isModuleDeclaration(statement) && statement.body && ts.isModuleBlock(statement.body)) {
      const body = statement.body;
      frame.declare(statement.name.text).lazy = () => namespaceObject(m, body, frame);
    } else if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) hoistVariable(m, declaration, frame, lazy);
    }
  }
}

function hoistVariable(m: Machine, declaration: ts.VariableDeclaration, frame: Frame, lazy: boolean): void {
  const names = boundNames(declaration.name);
  const mutable = lazy && (declaration.parent.flags & ts.NodeFlags.Const) === 0;
  const late = mutable ? lateWrites(declaration.getSourceFile()).variables : undefined;
  for (const name of names) {
    const cell = frame.cells.get(name) ?? frame.declare(name);
    if (mutable) cell.mutable = true;
    if (late?.has(name)) cell.wired = { value: cell.value };
  }
  if (!lazy || !declaration.initializer) return;
  if (ts.isIdentifier(declaration.name)) {
    const { text } = declaration.name;
    frame.cells.get(text)!.lazy = () => m.apart(() => withLateFields(text, declared(m, declaration, frame), frame));
    return;
  }
  let done = false;
  for (const name of names) {
    const cell = frame.cells.get(name)!;
    cell.lazy = () => {
      if (!done) {
        done = true;
        m.apart(() => bindPattern(m, declaration.name, declared(m, declaration, frame), frame));
      }
      return cell.value ?? undefinedValue;
    };
  }
}

/** The value of a variable's initialiser; its declared type stands in for what cannot be computed. */
export function declared(m: Machine, declaration: ts.VariableDeclaration, frame: Frame): Value {
  const value = declaration.initializer ? evaluate(m, declaration.initializer, frame) : undefinedValue;
  return withType(m, value, declaration.type, frame);
}

/** Notes which fields of a module's object its functions write later. */
function withLateFields(name: string, value: Value, frame: Frame): Value {
  const fields = value.kind === 'object' ? lateWrites(frame.module.source).fields.get(name) : undefined;
  if (value.kind !== 'object' || !fields) return value;
  for (const [key, cell] of value.props) if (fields.has(key)) cell.wired ??= { value: cell.value };
  return value;
}

function namespaceObject(m: Machine, body: ts.ModuleBlock, frame: Frame): Value {
  const inner = new Frame(frame, frame.module);
  hoist(m, body.statements, inner, true);
  return { kind: 'object', props: inner.cells };
}
