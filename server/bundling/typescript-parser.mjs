// Owns the part of the package `typescript` that goes into bundles which only parse: its scanner, parser, node factory and the questions about
// nodes, without the checker, the emitter and the language service. It must not know which of our rooms asks for what.
//
// The package is one function of five thousand statements, of which no bundler can leave one out. Nine tenths of it are never reached from the
// parser, and every process would compile and run them all: two thirds of the start of the server and of the command line.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** What the language service makes of nodes: the methods `getText`, `getStart` and their like come with these classes. */
const nodeClasses = {
  getNodeConstructor: 'NodeObject',
  getTokenConstructor: 'TokenObject',
  getIdentifierConstructor: 'IdentifierObject',
  getPrivateIdentifierConstructor: 'PrivateIdentifierObject',
  getSourceFileConstructor: 'SourceFileObject',
};

/** Statements for their effect alone that a parser does without: registrations of repairs and refactorings, tracing, the package's own exports. */
const unneeded =
  /^(?:register(?:CodeFix|Refactor)\(|module\.exports = |0 && \(module\.exports|setObjectAllocator\(|if \(sys && |if \(typeof console |"use strict"|\{\s*\}$)/;

/** The names of the package that sources below `folder` mention as values or types, but for those under `except`. */
export function namesUsed(folder, except) {
  const used = new Set();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || name.replaceAll('\\', '/').startsWith(except)) continue;
    const text = readFileSync(join(folder, name), 'utf8');
    if (!/^import (?:type )?ts from 'typescript';$/m.test(text)) continue;
    if (/\bts\[|= ts;|\(ts\)/.test(text))
      throw new Error(`${name}: the names that it takes of TypeScript are not told`);
    for (const [, member] of text.matchAll(/\bts\.(\w+)/g)) used.add(member);
  }
  return used;
}

/**
 * An ES module that has the parts of `typescript` (its text) which `names` need as its default export. Names that have no value, such as
 * types, are left out. Throws where the package is not written as it was when this was.
 */
export function parserOnly(text, names) {
  const statements = statementsOf(text);
  const file = statements[0].getSourceFile();
  const textOf = (statement) => text.slice(statement.getStart(file), statement.end);
  const declared = new Map();
  const declare = (name, statement) => declared.set(name, [...(declared.get(name) ?? []), statement]);
  let exported;
  for (const statement of statements) {
    const subjects = subjectsOf(statement);
    if (subjects.includes('typescript_exports') && ts.isExpressionStatement(statement)) exported = statement;
    else if (subjects.length > 0) for (const name of subjects) declare(name, statement);
    else if (!unneeded.test(textOf(statement)))
      throw new Error(`typescript: what is ${textOf(statement).slice(0, 80)} for?`);
  }
  const values = new Map(
    exported.expression.arguments[1].properties.map(({ name, initializer }) => [name.text, initializer.body.text]),
  );
  const wanted = [...names].filter((name) => values.has(name)).sort();
  const roots = [...wanted.map((name) => values.get(name)), 'setObjectAllocator', ...Object.values(nodeClasses)];
  const missing = roots.filter((name) => !declared.has(name));
  if (missing.length > 0) throw new Error(`typescript: nothing declares ${missing.join(', ')}`);
  const kept = reached(roots, declared);
  const messages = messagesOf(kept);
  const parts = statements
    .filter((statement) => kept.has(statement))
    .map((statement) =>
      declares(statement, 'Diagnostics') ? onlyMessages(statement, messages, text) : textOf(statement),
    );
  const classes = Object.entries(nodeClasses).map(([method, name]) => `${method}: () => ${name}`);
  return [
    ...parts,
    `setObjectAllocator({ ${classes.join(', ')} });`,
    `export default { ${wanted.map((name) => `${name}: ${values.get(name)}`).join(', ')} };`,
    '',
  ].join('\n');
}

/** The statements of the one function that the package consists of. */
function statementsOf(text) {
  const file = ts.createSourceFile('typescript.js', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const unwrapped = (node) => (ts.isParenthesizedExpression(node) ? unwrapped(node.expression) : node);
  for (const statement of file.statements) {
    if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression)) continue;
    const callee = unwrapped(statement.expression.expression);
    if (ts.isArrowFunction(callee) && ts.isBlock(callee.body)) return callee.body.statements;
  }
  throw new Error('typescript: the package is no longer one function');
}

/** The names that a statement declares, or adds to; none for one that has only an effect. */
function subjectsOf(statement) {
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return [statement.name.text];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => namesOf(name));
  if (!ts.isExpressionStatement(statement)) return [];
  const { expression } = statement;
  // `_Version.zero = new _Version(…)`
  if (ts.isBinaryExpression(expression) && ts.isPropertyAccessExpression(expression.left)) {
    const { expression: object } = expression.left;
    return ts.isIdentifier(object) && object.text !== 'module' ? [object.text] : [];
  }
  if (!ts.isCallExpression(expression)) return [];
  const [first] = expression.arguments;
  // `__export(name, { … })` and `((name2) => { … })(name || (name = {}))`
  if (ts.isIdentifier(expression.expression) && expression.expression.text === '__export') return [first.text];
  if (ts.isParenthesizedExpression(expression.expression) && first && ts.isBinaryExpression(first))
    return [first.left.text];
  return [];
}

const namesOf = (name) =>
  ts.isIdentifier(name) ? [name.text] : name.elements.flatMap((one) => (one.name ? namesOf(one.name) : []));

const declares = (statement, name) => ts.isVariableStatement(statement) && subjectsOf(statement).includes(name);

/** The statements that the roots need, and what these need. A local of the same name counts too: that keeps more, never less. */
function reached(roots, declared) {
  const kept = new Set();
  const next = [...roots];
  while (next.length > 0) {
    for (const statement of declared.get(next.pop()) ?? []) {
      if (kept.has(statement)) continue;
      kept.add(statement);
      next.push(...mentioned(statement));
    }
  }
  return kept;
}

/** Every identifier in a node but names of members. */
function mentioned(node, found = new Set()) {
  const visit = (child) => {
    if (ts.isIdentifier(child)) found.add(child.text);
    else if (ts.isPropertyAccessExpression(child)) visit(child.expression);
    else
      ts.forEachChild(child, (part) => {
        const isMember = part === child.name && (ts.isPropertyAssignment(child) || ts.isClassElement(child));
        if (!isMember || ts.isComputedPropertyName(part)) visit(part);
      });
  };
  visit(node);
  return found;
}

/** The messages of the compiler that are mentioned by name. Undefined where the table is used as a whole. */
function messagesOf(kept) {
  const found = new Set();
  let whole = false;
  const visit = (node) => {
    if (
      ts.isPropertyAccessExpression(node) &&
      ts.isIdentifier(node.expression) &&
      node.expression.text === 'Diagnostics'
    )
      found.add(node.name.text);
    else if (ts.isIdentifier(node) && node.text === 'Diagnostics' && !ts.isVariableDeclaration(node.parent))
      whole = true;
    else ts.forEachChild(node, visit);
  };
  for (const statement of kept) visit(statement);
  return whole ? undefined : found;
}

/** The compiler's table of messages with those that are used. */
function onlyMessages(statement, messages, text) {
  if (!messages) return text.slice(statement.pos, statement.end);
  const { properties } = statement.declarationList.declarations[0].initializer;
  const entries = properties.filter(({ name }) => messages.has(name.text));
  return `var Diagnostics = {${entries.map(({ pos, end }) => text.slice(pos, end)).join(',')}};`;
}
