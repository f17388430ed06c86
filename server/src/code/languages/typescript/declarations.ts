// Owns what a file's text declares by name, and what each of these declarations speaks of: words, members, fields that it reads.
// It must not know what any of them means.

import ts from 'typescript';

/** A declaration that has a name: what its text speaks of, and which fields it reads. */
export interface Declaration {
  readonly node: ts.Node;
  readonly names: readonly string[];
  /** Whether it is reached by its name alone, as a variable or function of the module is, or as a member of whatever has one. */
  readonly member: boolean;
  readonly words: ReadonlySet<string>;
  /** Members that it asks for, by the word that the expression begins with: `:name`, and `.name` where it is called. */
  readonly members: ReadonlyMap<string, ReadonlySet<string>>;
  /** Members of words, as `word.name`: the word may stand for a module. */
  readonly qualified: ReadonlySet<string>;
  readonly reads: ReadonlySet<string>;
  /** For a variable of which the object is written out: the names of its parts. */
  readonly parts?: ReadonlySet<string>;
  /** For a variable: the word that its value begins with, as `pino` in `pino().child()`. */
  readonly begins: string;
  /** The words of the classes that it throws instances of; empty for what cannot be told. */
  readonly throws: ReadonlySet<string>;
}

const declarations = new WeakMap<ts.SourceFile, readonly Declaration[]>();

/** The declarations of a file: what a module declares, members of classes, functions that are parts of objects. */
export function declarationsIn(source: ts.SourceFile): readonly Declaration[] {
  const known = declarations.get(source);
  if (known) return known;
  const found: Declaration[] = [];
  const add = (node: ts.Node, names: readonly string[], member: boolean): void => {
    const declaration = {
      node,
      names,
      member,
      words: new Set<string>(),
      qualified: new Set<string>(),
      members: new Map<string, Set<string>>(),
      reads: new Set<string>(),
      throws: new Set<string>(),
      parts: partsOf(node),
      begins: ts.isVariableDeclaration(node) && node.initializer ? rootOf(unwrapped(node.initializer)) : '',
    };
    read(node, declaration, ts.isConstructorDeclaration(node));
    found.push(declaration);
  };
  const visit = (node: ts.Node, inside: boolean): void => {
    if (ts.isTypeNode(node)) return;
    const words = inside ? undefined : wordsOf(node);
    if (words) add(node, words, false);
    // What a module does when it is loaded has no name, but functions in it are called from elsewhere.
    else if (!inside && ts.isExpressionStatement(node)) add(node, [], false);
    const name = partName(node, inside);
    if (name !== undefined) add(node, [name], true);
    else if (ts.isClassElement(node) && ts.isClassLike(node.parent))
      add(node, [node.parent.name?.text ?? 'default'], false);
    ts.forEachChild(node, (child) => visit(child, inside || ts.isFunctionLike(node)));
  };
  visit(source, false);
  declarations.set(source, found);
  return found;
}

/** The words that a module's own declaration is known by. */
function wordsOf(node: ts.Node): readonly string[] | undefined {
  if (ts.isFunctionDeclaration(node)) return [node.name?.text ?? 'default'];
  if (ts.isExportAssignment(node)) return ['default'];
  return ts.isVariableDeclaration(node) ? namesOf(node.name) : undefined;
}

/**
 * The name of a member of a class, or of a part of an object that is a function: it is reached by that name wherever somebody has the
 * object. In objects of a module also of a part that is the word for a function.
 */
function partName(node: ts.Node, inside: boolean): string | undefined {
  if (ts.isBinaryExpression(node)) {
    const { left, right } = node;
    const assigns = node.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isPropertyAccessExpression(left);
    return assigns && isCallable(right, inside) ? left.name.text : undefined;
  }
  if (ts.isShorthandPropertyAssignment(node)) return inside ? undefined : node.name.text;
  if (ts.isPropertyAssignment(node) && !isCallable(node.initializer, inside)) return undefined;
  if (ts.isConstructorDeclaration(node) || !(ts.isClassElement(node) || ts.isObjectLiteralElementLike(node)))
    return undefined;
  const { name } = node;
  return name && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteral(name))
    ? name.text
    : undefined;
}

/** Whether it is worked out where somebody asks for it, without a call. */
export function isComputed(node: ts.Node): boolean {
  return (
    ts.isGetAccessor(node) ||
    (ts.isPropertyDeclaration(node) && !(node.initializer && isCallable(node.initializer, false)))
  );
}

/** The names of all parts of the object that a variable is given; undefined where it is given anything else. */
function partsOf(node: ts.Node): ReadonlySet<string> | undefined {
  const value = ts.isVariableDeclaration(node) && node.initializer ? unwrapped(node.initializer) : undefined;
  if (!value || !ts.isObjectLiteralExpression(value)) return undefined;
  const names = value.properties.map(({ name }) => (name && ts.isIdentifier(name) ? name.text : ''));
  return names.includes('') ? undefined : new Set(names);
}

function isCallable(node: ts.Expression, inside: boolean): boolean {
  const value = unwrapped(node);
  return ts.isFunctionLike(value) || (!inside && ts.isIdentifier(value));
}

function unwrapped(node: ts.Expression): ts.Expression {
  return ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)
    ? unwrapped(node.expression)
    : node;
}

interface Words {
  readonly node: ts.Node;
  readonly words: Set<string>;
  readonly qualified: Set<string>;
  readonly members: Map<string, Set<string>>;
  readonly reads: Set<string>;
  readonly throws: Set<string>;
}

/** A method of one's own may be any where its name is computed; and a promise, or a caller, can be told of an error without a `throw`. */
function readCall({ expression, arguments: given }: ts.CallExpression, into: Words): void {
  const computed = ts.isElementAccessExpression(expression) && !ts.isStringLiteralLike(expression.argumentExpression);
  if (computed && expression.expression.kind === ts.SyntaxKind.ThisKeyword) {
    into.throws.add('');
    into.reads.add(anyField);
  }
  const told = ts.isIdentifier(expression) ? tellers.has(expression.text) : isRejection(expression);
  if (told && given.length > 0) into.throws.add('');
}

/** Names of parameters by which a function tells of an error. */
const tellers = new Set(['next', 'reject', 'callback', 'cb', 'done']);

const isRejection = (callee: ts.Expression): boolean =>
  ts.isPropertyAccessExpression(callee) && callee.name.text === 'reject' && callee.expression.getText() === 'Promise';

/** Stands for fields that a call with a computed name may read. */
export const anyField = '*';

/** The word of the class that is thrown, empty where it cannot be told; undefined for what was caught and is thrown again. */
function thrownWord({ expression, parent }: ts.ThrowStatement): string | undefined {
  const value = unwrapped(expression);
  if (ts.isNewExpression(value)) return ts.isIdentifier(value.expression) ? value.expression.text : '';
  if (!ts.isIdentifier(value)) return '';
  for (let around: ts.Node = parent; around && !ts.isFunctionLike(around); around = around.parent)
    if (ts.isCatchClause(around) && around.variableDeclaration?.name.getText() === value.text) return undefined;
  return '';
}

function member(into: Words, access: ts.Expression | undefined, name: string, called?: boolean): void {
  const root = access ? rootOf(access) : '';
  const members = into.members.get(root) ?? new Set();
  into.members.set(root, members.add(`:${name}`));
  if (called ?? (!access || isCalled(access))) members.add(`.${name}`);
}

/** Whether what a pattern takes out of an object is called by its new name in the function around it. */
function isCalledAround({ name, parent }: ts.BindingElement): boolean {
  if (!ts.isIdentifier(name)) return false;
  let top: ts.Node = parent;
  while (top.parent && !ts.isFunctionLike(top) && !ts.isSourceFile(top)) top = top.parent;
  const calls = (node: ts.Node): boolean =>
    (ts.isIdentifier(node) &&
      node.text === name.text &&
      ts.isCallExpression(node.parent) &&
      node.parent.expression === node) ||
    (ts.forEachChild(node, calls) ?? false);
  return calls(top);
}

/** Whether it is called, or handed over as a method of one's own is: a field of data that has the name of a function is neither. */
function isCalled(access: ts.Expression): boolean {
  const { parent } = access;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent))
    return parent.expression === access || rootOf(access) === '';
  if (ts.isNonNullExpression(parent) || ts.isParenthesizedExpression(parent)) return isCalled(parent);
  return ts.isPropertyAccessExpression(parent) && parent.expression === access && ofFunctions.has(parent.name.text);
}

const ofFunctions = new Set(['bind', 'call', 'apply']);

/** The word that an expression begins with; empty where it begins with none. */
function rootOf(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return node.text;
  const inner =
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isCallExpression(node) ||
    ts.isNewExpression(node) ||
    ts.isNonNullExpression(node);
  return inner ? rootOf(node.expression) : '';
}

/** Collects the words of a node and the fields that it reads. What a constructor finds in `this` it was given by whoever made the object. */
function read(node: ts.Node, into: Words, making: boolean): void {
  if (ts.isTypeNode(node)) return;
  if (ts.isThrowStatement(node)) {
    const thrown = thrownWord(node);
    if (thrown !== undefined) into.throws.add(thrown);
  }
  if (ts.isCallExpression(node)) readCall(node, into);
  if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) {
    if (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) member(into, node.parent, node.text);
    else into.words.add(node.text);
  } else if (ts.isStringLiteralLike(node) && /^[\w$]+$/.test(node.text)) {
    if (ts.isElementAccessExpression(node.parent)) {
      member(into, node.parent, node.text);
      into.reads.add(node.text);
    }
  } else if (ts.isPropertyAccessExpression(node) && !isWritten(node)) {
    if (!making || node.expression.kind !== ts.SyntaxKind.ThisKeyword) into.reads.add(node.name.text);
    if (ts.isIdentifier(node.expression)) into.qualified.add(`${node.expression.text}.${node.name.text}`);
  } else if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
    const name = node.propertyName ?? node.name;
    const given = making && node.parent.parent.parent === into.node;
    if (ts.isIdentifier(name)) {
      member(into, undefined, name.text, isCalledAround(node));
      if (!given) into.reads.add(name.text);
    }
  }
  // Who asks for a variable does not call what its value is made of.
  const apart = !ts.isFunctionLike(into.node) && !ts.isClassElement(into.node);
  ts.forEachChild(node, (child) => {
    if (apart && into.node !== child && (ts.isClassElement(child) || partName(child, false) !== undefined)) return;
    read(child, into, making);
  });
}

function isWritten(node: ts.PropertyAccessExpression): boolean {
  const { parent } = node;
  return (
    ts.isBinaryExpression(parent) && parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}

function namesOf(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : namesOf(element.name)));
}

/** What a file imports, in whichever way. */
export function importsOf(source: ts.SourceFile): readonly string[] {
  const specifiers: string[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier)
      specifiers.push((node.moduleSpecifier as ts.StringLiteral).text);
    else if (ts.isCallExpression(node)) {
      const { expression } = node;
      const [first] = node.arguments;
      const loads =
        expression.kind === ts.SyntaxKind.ImportKeyword ||
        (ts.isIdentifier(expression) && expression.text === 'require');
      if (loads && first && ts.isStringLiteralLike(first)) specifiers.push(first.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return specifiers;
}
