// Owns the writing of a middleware's name between the path and the handler of a registration, and the import that it needs there.
// It must not know what the middleware does.

import ts from 'typescript';
import { relativeTo, resolvePath } from '../../../../base/relative.ts';
import type { CodeEdit } from './property.ts';
import { inManner } from './scaffold.ts';

interface Source {
  readonly file: string;
  readonly text: string;
}

/** The edits; undefined when the registration, or the way in which `from` comes to the name, is written in another way. */
export function guardEdits(
  target: Source,
  offset: number,
  guard: string,
  from: Source,
): readonly CodeEdit[] | undefined {
  const source = parsed(target);
  const path = callAt(source, offset)?.arguments[0];
  if (!path || !ts.isStringLiteralLike(path)) return undefined;
  const edit = { start: path.getEnd(), end: path.getEnd(), text: `, ${guard}` };
  if (target.file === from.file) return [edit];
  const imported = importOf(source, from, guard.split('.')[0]!);
  return imported && inManner([imported, edit], target.text);
}

const parsed = ({ file, text }: Source): ts.SourceFile => ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);

/** The call that begins at an offset, or whose method does. */
function callAt(source: ts.SourceFile, offset: number): ts.CallExpression | undefined {
  let found: ts.CallExpression | undefined;
  const visit = (node: ts.Node): void => {
    if (found || offset < node.pos || offset >= node.end) return;
    const at =
      ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) ? node.expression : undefined;
    if (at && (node.getStart(source) === offset || at.name.getStart(source) === offset))
      found = node as ts.CallExpression;
    else ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The import of a name as another file has it, behind the imports of this one. */
function importOf(source: ts.SourceFile, from: Source, name: string): CodeEdit | undefined {
  const wanted = wordsOf(parsed(from), name);
  const last = source.statements.findLast((one) => ts.isImportDeclaration(one) || isRequire(one));
  if (!wanted || !last) return undefined;
  const specifier = specifierFor(source.fileName, from.file, wanted.specifier);
  const quote = /['"]/.exec(last.getText(source))?.[0] ?? "'";
  const semicolon = last.getText(source).endsWith(';') ? ';' : '';
  const module = `${quote}${specifier}${quote}`;
  const text = ts.isImportDeclaration(last)
    ? `import ${wanted.names} from ${module}${semicolon}`
    : `const ${wanted.names.replace(/^\* as /, '').replace(' as ', ': ')} = require(${module})${semicolon}`;
  return { start: last.getEnd(), end: last.getEnd(), text: `\n${text}` };
}

interface Words {
  /** What stands between `import` and `from`. */
  readonly names: string;
  readonly specifier: string;
}

/** How a file comes to a name: by an import or by `require`. What it makes itself would have to be imported in a circle. */
function wordsOf(source: ts.SourceFile, name: string): Words | undefined {
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) {
      const names = importedAs(statement.importClause, name);
      if (names !== undefined) return { names, specifier: statement.moduleSpecifier.text };
    }
    const required = isRequire(statement) ? requiredAs(statement, name) : undefined;
    if (required) return required;
  }
  return undefined;
}

function importedAs(clause: ts.ImportClause | undefined, name: string): string | undefined {
  if (!clause || clause.phaseModifier !== undefined) return undefined;
  if (clause.name?.text === name) return name;
  const bindings = clause.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) return bindings.name.text === name ? `* as ${name}` : undefined;
  const element = bindings?.elements.find((one) => one.name.text === name && !one.isTypeOnly);
  return element && `{ ${element.getText()} }`;
}

function isRequire(statement: ts.Statement): statement is ts.VariableStatement {
  const call = ts.isVariableStatement(statement) ? statement.declarationList.declarations[0]?.initializer : undefined;
  return !!call && ts.isCallExpression(call) && call.expression.getText() === 'require' && call.arguments.length === 1;
}

function requiredAs(statement: ts.VariableStatement, name: string): Words | undefined {
  const [declaration] = statement.declarationList.declarations;
  const call = declaration?.initializer;
  const argument = call && ts.isCallExpression(call) ? call.arguments[0] : undefined;
  if (!declaration || !argument || !ts.isStringLiteral(argument)) return undefined;
  const specifier = argument.text;
  if (ts.isIdentifier(declaration.name)) return declaration.name.text === name ? { names: name, specifier } : undefined;
  const element = ts.isObjectBindingPattern(declaration.name)
    ? declaration.name.elements.find((one) => one.name.getText() === name && !one.propertyName)
    : undefined;
  return element && { names: `{ ${name} }`, specifier };
}

/** A relative specifier as seen from another file; packages and aliases stay as they are. */
function specifierFor(target: string, from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/'));
  const path = relativeTo(folderOf(target), resolvePath(folderOf(from), specifier));
  return path.startsWith('.') ? path : `./${path}`;
}
