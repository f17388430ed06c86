// Owns the order of statements: runs them one after another, declares variables, and collects what functions return.
// It must not know frameworks; whatever a statement means to a route happens in the calls that it contains.

import ts from 'typescript';
import { branch, select } from './branches.ts';
import { attempt } from './exceptions.ts';
import { evaluate } from './expressions.ts';
import { Flow } from './flow.ts';
import { declared, hoist } from './hoist.ts';
import { members } from './join.ts';
import { iterate, iterateCounted, iterateKeys, loopSome } from './loops.ts';
import type { Machine } from './machine.ts';
import { boundNames, placeOf } from './module.ts';
import { bindPattern } from './patterns.ts';
import { thrownBy } from './unseen.ts';
import { Frame, undefinedValue, type Value } from './value.ts';

/** Runs statements in order until one leaves. */
export function executeAll(m: Machine, statements: readonly ts.Statement[], frame: Frame): Flow {
  for (const statement of statements) {
    const flow = execute(m, statement, frame);
    if (flow !== Flow.Next) return flow;
  }
  return Flow.Next;
}

/** Runs one statement. */
export function execute(m: Machine, statement: ts.Statement, frame: Frame): Flow {
  m.spend();
  const flow = step(m, statement, frame);
  return m.dead ? Flow.Exit : flow;
}

function step(m: Machine, statement: ts.Statement, frame: Frame): Flow {
  switch (statement.kind) {
    case ts.SyntaxKind.ExpressionStatement:
      evaluate(m, (statement as ts.ExpressionStatement).expression, frame);
      return Flow.Next;
    case ts.SyntaxKind.VariableStatement:
      for (const declaration of (statement as ts.VariableStatement).declarationList.declarations)
        declare(m, declaration, frame);
      return Flow.Next;
    case ts.SyntaxKind.ReturnStatement: {
      const { expression } = statement as ts.ReturnStatement;
      const list = returnsOf(frame);
      m.watch?.before(list, expression);
      const value = expression ? evaluate(m, expression, frame) : undefinedValue;
      if (m.dead) return Flow.Exit;
      m.watch?.returned(list, expression, value);
      list?.push(value);
      if (list) m.chain?.leaves(list);
      return Flow.Exit;
    }
    case ts.SyntaxKind.IfStatement:
      return branch(m, statement as ts.IfStatement, frame);
    case ts.SyntaxKind.Block: {
      const inner = new Frame(frame, frame.module);
      hoist(m, (statement as ts.Block).statements, inner, false);
      return executeAll(m, (statement as ts.Block).statements, inner);
    }
    case ts.SyntaxKind.ThrowStatement: {
      const { expression } = statement as ts.ThrowStatement;
      const value = evaluate(m, expression, frame);
      if (!m.dead)
        for (const member of members(value)) {
          const place = placeOf(expression);
          m.throwValue(thrownBy(expression, member, place), place);
        }
      return Flow.Exit;
    }
    case ts.SyntaxKind.TryStatement:
      return attempt(m, statement as ts.TryStatement, frame);
    case ts.SyntaxKind.SwitchStatement:
      return select(m, statement as ts.SwitchStatement, frame);
    case ts.SyntaxKind.ForOfStatement:
      return iterate(m, statement as ts.ForOfStatement, frame);
    case ts.SyntaxKind.ForInStatement: {
      const { expression } = statement as ts.ForInStatement;
      return iterateKeys(m, statement as ts.ForInStatement, evaluate(m, expression, frame), frame);
    }
    case ts.SyntaxKind.ForStatement:
      return iterateCounted(m, statement as ts.ForStatement, frame);
    case ts.SyntaxKind.WhileStatement: {
      const loop = statement as ts.WhileStatement;
      const always = loop.expression.kind === ts.SyntaxKind.TrueKeyword;
      if (!always) evaluate(m, loop.expression, frame);
      if (!always) return loopSome(m, () => execute(m, loop.statement, frame));
      return execute(m, loop.statement, frame) === Flow.Exit ? Flow.Exit : Flow.Next;
    }
    case ts.SyntaxKind.DoStatement: {
      const flow = execute(m, (statement as ts.DoStatement).statement, frame);
      return flow === Flow.Exit ? Flow.Exit : Flow.Next;
    }
    case ts.SyntaxKind.BreakStatement:
    case ts.SyntaxKind.ContinueStatement:
      return Flow.Break;
    case ts.SyntaxKind.LabeledStatement:
      return execute(m, (statement as ts.LabeledStatement).statement, frame);
    case ts.SyntaxKind.ExportAssignment:
      runDefaultExport(m, statement as ts.ExportAssignment, frame);
      return Flow.Next;
    case ts.SyntaxKind.ImportDeclaration:
      runImport(m, statement as ts.ImportDeclaration, frame);
      return Flow.Next;
    default:
      return Flow.Next;
  }
}

function declare(m: Machine, declaration: ts.VariableDeclaration, frame: Frame): void {
  if (ts.isIdentifier(declaration.name)) {
    const cell = frame.cells.get(declaration.name.text) ?? frame.declare(declaration.name.text);
    if (cell.lazy) m.force(cell);
    else if (cell.value === undefined || declaration.parent.parent.parent.kind !== ts.SyntaxKind.SourceFile) {
      if (declaration.initializer || cell.value === undefined) m.write(cell, declared(m, declaration, frame));
    }
    return;
  }
  const lazy = boundNames(declaration.name)
    .map((name) => frame.cells.get(name))
    .filter((cell) => cell?.lazy);
  if (lazy.length > 0) for (const cell of lazy) m.force(cell!);
  else if (frame.module.frame !== frame) bindPattern(m, declaration.name, declared(m, declaration, frame), frame);
}

function runDefaultExport(m: Machine, statement: ts.ExportAssignment, frame: Frame): void {
  const entry = frame.module.exports.get('default');
  if (entry?.kind !== 'expression') return;
  entry.cell ??= { value: undefined, lazy: () => evaluate(m, statement.expression, frame) };
  m.force(entry.cell);
}

/** An import for its effects runs the module; other imports are read when their names are. */
function runImport(m: Machine, statement: ts.ImportDeclaration, frame: Frame): void {
  if (statement.importClause || !ts.isStringLiteral(statement.moduleSpecifier)) return;
  const resolution = m.resolver.resolve(statement.moduleSpecifier.text, frame.module.file);
  if (resolution.kind === 'package') {
    m.modules.importValue(statement.moduleSpecifier.text, null, frame.module.file);
    return;
  }
  const module = resolution.kind === 'file' ? m.modules.module(resolution.file) : undefined;
  if (module) m.modules.run(module);
}

/** Where the function that a frame belongs to collects its return values. */
export const returnLists = new WeakMap<Frame, Value[]>();

function returnsOf(frame: Frame): Value[] | undefined {
  for (let current: Frame | undefined = frame; current; current = current.parent) {
    const list = returnLists.get(current);
    if (list) return list;
  }
  return undefined;
}
