// Owns the question what a name means at a place of a module: the declaration that is nearest, and all that it is ever given.
// It must not know what any expression evaluates to.

import ts from 'typescript';

/** What a name stands for. `path` are the members that a pattern takes out of the value on the way to the name. */
export type Named =
  | {
      readonly kind: 'variable';
      readonly declaration: ts.VariableDeclaration;
      readonly path: readonly string[];
    }
  | { readonly kind: 'parameter'; readonly declaration: ts.ParameterDeclaration; readonly path: readonly string[] }
  | { readonly kind: 'function'; readonly node: ts.FunctionDeclaration }
  | { readonly kind: 'class'; readonly node: ts.ClassLikeDeclaration }
  | { readonly kind: 'enum'; readonly node: ts.EnumDeclaration }
  | { readonly kind: 'import'; readonly specifier: string; readonly name: string | null };

interface Assignment {
  readonly target: ts.Identifier;
  /** Undefined where something is added to what was there. */
  readonly value: ts.Expression | undefined;
}

/** The names of one module, by the node that bounds where they hold. */
export class Scopes {
  private readonly tables = new Map<ts.Node, Map<string, Named>>();
  private readonly assigned = new Map<string, Assignment[]>();
  /** What CommonJS exports: by name, and as a whole under `=`. */
  readonly exported = new Map<string, ts.Expression>();

  constructor(readonly source: ts.SourceFile) {
    this.visit(source, source, source);
  }

  /** What a name means where a node stands; undefined for names of the platform. */
  lookup(name: string, from: ts.Node): Named | undefined {
    for (let at: ts.Node | undefined = from; at; at = at.parent) {
      const found = this.tables.get(at)?.get(name);
      if (found) return found;
    }
    return undefined;
  }

  /** The one expression that a variable is ever given; undefined where there are several that differ, or none. */
  valueOf({ declaration }: Extract<Named, { kind: 'variable' }>): ts.Expression | undefined {
    const { name, initializer } = declaration;
    const values: (ts.Expression | undefined)[] = initializer ? [initializer] : [];
    if (ts.isIdentifier(name)) {
      for (const { target, value } of this.assigned.get(name.text) ?? []) {
        const meant = this.lookup(target.text, target);
        if (meant?.kind === 'variable' && meant.declaration === declaration) values.push(value);
      }
    }
    const [first, ...others] = values;
    return first && others.every((other) => other?.getText() === first.getText()) ? first : undefined;
  }

  private visit(node: ts.Node, block: ts.Node, body: ts.Node): void {
    this.note(node, block, body);
    const inside = ts.isFunctionLike(node) ? node : undefined;
    const bounds = inside ?? (isBlock(node) ? node : block);
    // The block of a function is bounded by the function, in which its parameters stand too.
    ts.forEachChild(node, (child) => this.visit(child, bounds, inside ?? body));
  }

  private note(node: ts.Node, block: ts.Node, body: ts.Node): void {
    if (ts.isVariableDeclaration(node)) {
      const list = node.parent;
      const scoped = ts.isVariableDeclarationList(list) && (list.flags & ts.NodeFlags.BlockScoped) !== 0;
      this.declare(scoped ? block : body, node.name, [], (path) => ({ kind: 'variable', declaration: node, path }));
    } else if (ts.isParameter(node)) {
      this.declare(block, node.name, [], (path) => ({ kind: 'parameter', declaration: node, path }));
    } else if (ts.isFunctionDeclaration(node) && node.name) {
      this.add(block, node.name.text, { kind: 'function', node });
    } else if (ts.isClassLike(node) && node.name) {
      this.add(block, node.name.text, { kind: 'class', node });
    } else if (ts.isEnumDeclaration(node)) {
      this.add(block, node.name.text, { kind: 'enum', node });
    } else if (ts.isImportDeclaration(node)) {
      this.noteImports(node);
    } else if (ts.isImportEqualsDeclaration(node)) {
      const { moduleReference: reference } = node;
      if (ts.isExternalModuleReference(reference) && ts.isStringLiteral(reference.expression))
        this.add(block, node.name.text, { kind: 'import', specifier: reference.expression.text, name: '=' });
    } else if (ts.isBinaryExpression(node)) {
      this.noteAssignment(node);
    }
  }

  private noteImports(node: ts.ImportDeclaration): void {
    const { importClause: clause, moduleSpecifier } = node;
    if (!clause || !ts.isStringLiteral(moduleSpecifier)) return;
    const specifier = moduleSpecifier.text;
    const add = (local: string, name: string | null): void =>
      this.add(this.source, local, { kind: 'import', specifier, name });
    if (clause.name) add(clause.name.text, 'default');
    const bindings = clause.namedBindings;
    if (!bindings) return;
    if (ts.isNamespaceImport(bindings)) add(bindings.name.text, null);
    else for (const { name, propertyName } of bindings.elements) add(name.text, (propertyName ?? name).text);
  }

  private noteAssignment({ left, right, operatorToken }: ts.BinaryExpression): void {
    const { FirstAssignment, LastAssignment, EqualsToken } = ts.SyntaxKind;
    if (operatorToken.kind < FirstAssignment || operatorToken.kind > LastAssignment) return;
    const plain = operatorToken.kind === EqualsToken;
    if (ts.isIdentifier(left)) {
      const known = this.assigned.get(left.text) ?? [];
      this.assigned.set(left.text, [...known, { target: left, value: plain ? right : undefined }]);
    } else if (plain && ts.isPropertyAccessExpression(left)) {
      const holder = left.expression.getText(this.source);
      if (holder === 'module' && left.name.text === 'exports') this.exported.set('=', right);
      if (holder === 'exports' || holder === 'module.exports') this.exported.set(left.name.text, right);
    }
  }

  private declare(
    scope: ts.Node,
    name: ts.BindingName,
    path: readonly string[],
    make: (path: readonly string[]) => Named,
  ): void {
    if (ts.isIdentifier(name)) {
      this.add(scope, name.text, make(path));
      return;
    }
    for (const [index, element] of name.elements.entries()) {
      if (ts.isOmittedExpression(element)) continue;
      const member = element.propertyName ?? element.name;
      const taken = ts.isArrayBindingPattern(name)
        ? String(index)
        : ts.isIdentifier(member) || ts.isStringLiteral(member)
          ? member.text
          : undefined;
      // What is computed, or takes the rest, has no member of its own.
      const rest = taken === undefined || element.dotDotDotToken !== undefined;
      this.declare(scope, element.name, [...path, rest ? '' : taken], make);
    }
  }

  private add(scope: ts.Node, name: string, named: Named): void {
    const table = this.tables.get(scope) ?? new Map<string, Named>();
    this.tables.set(scope, table);
    if (!table.has(name)) table.set(name, named);
  }
}

const isBlock = (node: ts.Node): boolean =>
  (ts.isBlock(node) && !ts.isFunctionLike(node.parent)) ||
  ts.isForStatement(node) ||
  ts.isForInStatement(node) ||
  ts.isForOfStatement(node) ||
  ts.isCatchClause(node) ||
  ts.isCaseBlock(node) ||
  ts.isModuleBlock(node) ||
  ts.isClassLike(node);
