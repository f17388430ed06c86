// Owns what the functions of a module write into its variables, and into fields of what those hold: by the time of a request these
// may hold something else than they did when the module was loaded.
// It must not interpret anything; it reads the tree once.

import ts from 'typescript';

/** What functions write. Names are the module's own variables. */
export interface LateWrites {
  /** Variables that a function assigns. */
  readonly variables: ReadonlySet<string>;
  /** Fields that a function assigns, by variable. */
  readonly fields: ReadonlyMap<string, ReadonlySet<string>>;
  /** Fields of its own instance that a member other than the constructor assigns, by class. */
  readonly own: ReadonlyMap<ts.Node, ReadonlySet<string>>;
}

const known = new WeakMap<ts.SourceFile, LateWrites>();

/** The late writes of a file. */
export function lateWrites(source: ts.SourceFile): LateWrites {
  const cached = known.get(source);
  if (cached) return cached;
  const found = search(source);
  known.set(source, found);
  return found;
}

function search(source: ts.SourceFile): LateWrites {
  const names = new Set<string>();
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name } of statement.declarationList.declarations) if (ts.isIdentifier(name)) names.add(name.text);
  }
  const variables = new Set<string>();
  const fields = new Map<string, Set<string>>();
  const own = new Map<ts.Node, Set<string>>();
  const note = (target: ts.Expression, scope: Scope): void => {
    if (ts.isIdentifier(target)) {
      if (names.has(target.text) && !isShadowed(target, scope.functions)) variables.add(target.text);
    } else if (ts.isPropertyAccessExpression(target)) {
      const { expression, name } = target;
      if (ts.isIdentifier(expression) && names.has(expression.text) && !isShadowed(expression, scope.functions))
        add(fields, expression.text, name.text);
      if (expression.kind === ts.SyntaxKind.ThisKeyword && scope.member && !ts.isConstructorDeclaration(scope.member))
        add(own, scope.member.parent, name.text);
    }
  };
  const visit = (node: ts.Node, scope: Scope): void => {
    if (scope.functions.length > 0) {
      if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) note(node.left, scope);
      if (
        (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
        (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken)
      )
        note(node.operand, scope);
    }
    const member = ts.isClassElement(node) && !ts.isConstructorDeclaration(node) ? node : undefined;
    const inner: Scope = ts.isFunctionLike(node)
      ? { functions: [...scope.functions, node], member: memberOf(node) ?? scope.member }
      : member
        ? { functions: scope.functions, member }
        : scope;
    ts.forEachChild(node, (child) => visit(child, inner));
  };
  visit(source, { functions: [], member: undefined });
  return { variables, fields, own };
}

interface Scope {
  /** The functions around a node, outermost first. */
  readonly functions: readonly ts.SignatureDeclaration[];
  /** The member of a class around it. */
  readonly member: ts.ClassElement | undefined;
}

function memberOf(node: ts.SignatureDeclaration): ts.ClassElement | undefined {
  return ts.isClassElement(node) ? node : undefined;
}

function add<K>(map: Map<K, Set<string>>, key: K, name: string): void {
  const set = map.get(key) ?? new Set<string>();
  set.add(name);
  map.set(key, set);
}

/** `=` writes, and so does every `op=`. */
function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** Whether a function around a name declares another variable of that name. */
function isShadowed(name: ts.Identifier, functions: readonly ts.SignatureDeclaration[]): boolean {
  return functions.some((fn) => declaredIn(fn).has(name.text));
}

const declarations = new WeakMap<ts.Node, ReadonlySet<string>>();

function declaredIn(fn: ts.SignatureDeclaration): ReadonlySet<string> {
  const cached = declarations.get(fn);
  if (cached) return cached;
  const names = new Set<string>();
  const bind = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.add(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) bind(element.name);
  };
  for (const parameter of fn.parameters) bind(parameter.name);
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node)) bind(node.name);
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  ts.forEachChild(fn, visit);
  declarations.set(fn, names);
  return names;
}
