// Owns a parsed module: its syntax tree, its import and export tables, and whether running it has effects.
// It must not know what anything evaluates to; the interpreter fills the frame.

import ts from 'typescript';
import type { Place } from '../../../base/place.ts';
import type { Cell, Frame } from './value.ts';

export type ExportEntry =
  | { readonly kind: 'local'; readonly name: string }
  | { readonly kind: 'reexport'; readonly specifier: string; readonly name: string }
  | { readonly kind: 'namespace'; readonly specifier: string }
  | { readonly kind: 'expression'; readonly node: ts.Expression; cell?: Cell };

export type ImportEntry = { readonly specifier: string; readonly name: string | null; readonly typeOnly: boolean };

export interface Module {
  readonly file: string;
  readonly version: string;
  readonly source: ts.SourceFile;
  readonly imports: ReadonlyMap<string, ImportEntry>;
  readonly exports: ReadonlyMap<string, ExportEntry>;
  readonly starExports: readonly string[];
  /** `export = x`. */
  readonly exportAssignment?: ts.Expression;
  /** Uses `import`/`export` syntax. */
  readonly esm: boolean;
  /** Has statements at its top that do more than declare. */
  readonly effects: boolean;
  /** Interfaces, aliases and enums by name, for types. */
  readonly types: ReadonlyMap<string, ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.EnumDeclaration>;
  readonly broken: boolean;
  /** Filled by the interpreter; a module belongs to one run of it. */
  frame?: Frame;
  moduleCell?: Cell;
  state: 'new' | 'running' | 'done';
}

const kinds: Record<string, ts.ScriptKind> = {
  '.ts': ts.ScriptKind.TS,
  '.mts': ts.ScriptKind.TS,
  '.cts': ts.ScriptKind.TS,
  '.tsx': ts.ScriptKind.TSX,
  '.jsx': ts.ScriptKind.JSX,
  '.js': ts.ScriptKind.JSX,
  '.mjs': ts.ScriptKind.JSX,
  '.cjs': ts.ScriptKind.JSX,
};

/** Parses a text. The tree has parent links. Broken text still gives a tree; `broken` says so. */
export function parseSource(file: string, text: string): { source: ts.SourceFile; broken: boolean } {
  const extension = /\.[^./]+$/.exec(file)?.[0] ?? '.ts';
  const kind = kinds[extension] ?? ts.ScriptKind.TS;
  const source = parseShallow(file, text, kind);
  if (!source) return { source: ts.createSourceFile(file, '', ts.ScriptTarget.Latest, true, kind), broken: true };
  // The parser keeps its diagnostics on the file without declaring the property in its public types.
  const diagnostics = Reflect.get(source, 'parseDiagnostics');
  return { source, broken: Array.isArray(diagnostics) && diagnostics.length > 0 };
}

/**
 * Deeper syntax than this is no hand's work. The parser, and everything that walks its trees, takes a few frames of the
 * stack for each level, so that such a file is left out whole rather than overflowing somewhere in the middle of it.
 */
const deepestSyntax = 500;

/** The tree of a text; undefined when it is nested too deeply. */
function parseShallow(file: string, text: string, kind: ts.ScriptKind): ts.SourceFile | undefined {
  let source: ts.SourceFile;
  try {
    source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  let level: ts.Node[] = [source];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepestSyntax) return undefined;
    const below: ts.Node[] = [];
    for (const node of level) ts.forEachChild(node, (child) => void below.push(child));
    level = below;
  }
  return source;
}

/** A fresh module over a tree that may be shared between runs. */
export function createModule(file: string, version: string, source: ts.SourceFile, broken: boolean): Module {
  const imports = new Map<string, ImportEntry>();
  const exports = new Map<string, ExportEntry>();
  const types = new Map<string, ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.EnumDeclaration>();
  const starExports: string[] = [];
  let exportAssignment: ts.Expression | undefined;
  let esm = false;
  let effects = false;

  const exportLocal = (statement: ts.Statement, name: string) => {
    const flags = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    if (!flags.some((flag) => flag.kind === ts.SyntaxKind.ExportKeyword)) return;
    esm = true;
    const isDefault = flags.some((flag) => flag.kind === ts.SyntaxKind.DefaultKeyword);
    exports.set(isDefault ? 'default' : name, { kind: 'local', name });
  };

  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) {
      esm = true;
      readImports(statement, statement.moduleSpecifier.text, imports);
      if (!statement.importClause) effects = true;
    } else if (ts.isImportEqualsDeclaration(statement)) {
      const reference = statement.moduleReference;
      if (ts.isExternalModuleReference(reference) && ts.isStringLiteral(reference.expression)) {
        imports.set(statement.name.text, { specifier: reference.expression.text, name: '=', typeOnly: false });
      }
    } else if (ts.isExportDeclaration(statement)) {
      esm = true;
      readExports(statement, exports, starExports);
    } else if (ts.isExportAssignment(statement)) {
      if (statement.isExportEquals) exportAssignment = statement.expression;
      else {
        esm = true;
        exports.set('default', { kind: 'expression', node: statement.expression });
      }
      if (!ts.isIdentifier(statement.expression)) effects = true;
    } else if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
      types.set(statement.name.text, statement);
      exportLocal(statement, statement.name.text);
    } else if (ts.isEnumDeclaration(statement)) {
      types.set(statement.name.text, statement);
      exportLocal(statement, statement.name.text);
    } else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
      exportLocal(statement, statement.name?.text ?? 'default');
    } else if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        for (const name of boundNames(declaration.name)) exportLocal(statement, name);
        if (mayHaveEffects(declaration.initializer)) effects = true;
      }
    } else if (ts.isModuleDeclaration(statement)) {
      exportLocal(statement, statement.name.text);
    } else if (statement.kind !== ts.SyntaxKind.EmptyStatement) {
      effects = true;
    }
  }
  return {
    file,
    version,
    source,
    imports,
    exports,
    starExports,
    exportAssignment,
    esm,
    effects,
    types,
    broken,
    state: 'new',
  };
}

/** Calls may register routes; literals, functions and property reads cannot, so modules of those need not be run to be read. */
function mayHaveEffects(node: ts.Expression | undefined): boolean {
  if (!node) return false;
  if (ts.isAwaitExpression(node)) return true;
  if (ts.isCallExpression(node)) return !(ts.isIdentifier(node.expression) && node.expression.text === 'require');
  return ts.isNewExpression(node);
}

function readImports(statement: ts.ImportDeclaration, specifier: string, imports: Map<string, ImportEntry>): void {
  const clause = statement.importClause;
  if (!clause) return;
  const typeOnly = clause.phaseModifier === ts.SyntaxKind.TypeKeyword;
  if (clause.name) imports.set(clause.name.text, { specifier, name: 'default', typeOnly });
  const bindings = clause.namedBindings;
  if (!bindings) return;
  if (ts.isNamespaceImport(bindings)) imports.set(bindings.name.text, { specifier, name: null, typeOnly });
  else {
    for (const element of bindings.elements) {
      const name = (element.propertyName ?? element.name).text;
      imports.set(element.name.text, { specifier, name, typeOnly: typeOnly || element.isTypeOnly });
    }
  }
}

function readExports(statement: ts.ExportDeclaration, exports: Map<string, ExportEntry>, stars: string[]): void {
  const specifier =
    statement.moduleSpecifier && ts.isStringLiteral(statement.moduleSpecifier)
      ? statement.moduleSpecifier.text
      : undefined;
  const clause = statement.exportClause;
  if (!clause) {
    if (specifier !== undefined) stars.push(specifier);
    return;
  }
  if (ts.isNamespaceExport(clause)) {
    if (specifier !== undefined) exports.set(clause.name.text, { kind: 'namespace', specifier });
    return;
  }
  for (const element of clause.elements) {
    const name = (element.propertyName ?? element.name).text;
    exports.set(
      element.name.text,
      specifier === undefined ? { kind: 'local', name } : { kind: 'reexport', specifier, name },
    );
  }
}

/** The names that a binding pattern declares. */
export function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(element.name)));
}

/** The place of a node's own text, leading comments left out. */
export function placeOf(node: ts.Node, source: ts.SourceFile = node.getSourceFile()): Place {
  return { file: source.fileName, start: node.getStart(source), end: node.end };
}
