// Owns type names: which declaration, argument or package a name in a type stands for.
// It must not know frameworks, nor what a declaration means as a shape or as a value.

import ts from 'typescript';
import type { Machine } from './machine.ts';
import { type Module, placeOf } from './module.ts';
import { type ClassValue, Frame, type TypeReference, unknown, type Value } from './value.ts';

/** What a type name stands for. */
export type NamedType =
  | { readonly kind: 'interface'; readonly node: ts.InterfaceDeclaration; readonly frame: Frame }
  | { readonly kind: 'alias'; readonly node: ts.TypeAliasDeclaration; readonly frame: Frame }
  | { readonly kind: 'enum'; readonly node: ts.EnumDeclaration; readonly frame: Frame }
  | { readonly kind: 'class'; readonly cls: ClassValue }
  | { readonly kind: 'argument'; readonly reference: TypeReference }
  | { readonly kind: 'package'; readonly package: string; readonly path: readonly string[] }
  | { readonly kind: 'global'; readonly name: string };

export function withArguments(
  parameters: ts.NodeArray<ts.TypeParameterDeclaration> | undefined,
  args: readonly TypeReference[],
  frame: Frame,
): Frame {
  if (!parameters || parameters.length === 0) return frame;
  const types = new Map<string, TypeReference>();
  for (const [index, parameter] of parameters.entries()) {
    const given = args[index] ?? (parameter.default ? { node: parameter.default, frame } : undefined);
    if (given) types.set(parameter.name.text, given);
  }
  return new Frame(frame, frame.module, undefined, undefined, types);
}

/** Finds what a type name means where it is written. */
export function resolveName(m: Machine, name: ts.EntityName, frame: Frame): NamedType | undefined {
  if (ts.isQualifiedName(name)) return resolveQualified(m, name, frame);
  for (let current: Frame | undefined = frame; current; current = current.parent) {
    const bound = current.types?.get(name.text);
    if (bound) return { kind: 'argument', reference: bound };
  }
  return typeInModule(m, frame.module, name.text, frame) ?? { kind: 'global', name: name.text };
}

function typeInModule(m: Machine, module: Module, name: string, frame: Frame | undefined): NamedType | undefined {
  const declared = module.types.get(name);
  const home = module.frame!;
  if (declared) return namedOf(declared, home);
  const imported = module.imports.get(name);
  if (imported) return importedType(m, imported.specifier, imported.name, module, 0);
  const cell = (frame ?? home).find(name);
  if (!cell || cell === m.globals.cells.get(name)) return undefined;
  const value = m.force(cell);
  return value.kind === 'class' ? { kind: 'class', cls: value } : undefined;
}

function namedOf(
  node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.EnumDeclaration,
  frame: Frame,
): NamedType {
  if (ts.isInterfaceDeclaration(node)) return { kind: 'interface', node, frame };
  return ts.isEnumDeclaration(node) ? { kind: 'enum', node, frame } : { kind: 'alias', node, frame };
}

/** What a package was generated from, where the resolver says so, as the first part of the way into it. */
function generatedFrom(subpath: string): string[] {
  return subpath.startsWith('%2F') ? [`/${subpath}`] : [];
}

function importedType(
  m: Machine,
  specifier: string,
  name: string | null,
  from: Module,
  depth: number,
): NamedType | undefined {
  if (depth > 12) return undefined;
  const resolution = m.resolver.resolve(specifier, from.file);
  if (resolution.kind === 'package')
    return {
      kind: 'package',
      package: resolution.name,
      path: [...generatedFrom(resolution.subpath), ...(name === null || name === '=' ? [] : [name])],
    };
  const module = resolution.kind === 'file' ? m.modules.module(resolution.file) : undefined;
  if (!module || name === null || name === '=') return undefined;
  return exportedType(m, module, name, depth);
}

/** A type that a module exports, re-exports followed. */
function exportedType(m: Machine, module: Module, name: string, depth: number): NamedType | undefined {
  if (depth > 12) return undefined;
  const entry = module.exports.get(name);
  if (entry?.kind === 'local') return typeInModule(m, module, entry.name, undefined);
  if (entry?.kind === 'reexport') return importedType(m, entry.specifier, entry.name, module, depth + 1);
  if (entry?.kind === 'expression') {
    const value = m.modules.exportOf(module, name);
    return value.kind === 'class' ? { kind: 'class', cls: value } : undefined;
  }
  const ofPackages: NamedType[] = [];
  for (const specifier of module.starExports) {
    const found = importedType(m, specifier, name, module, depth + 1);
    if (found?.kind === 'package') ofPackages.push(found);
    else if (found) return found;
  }
  if (module.types.has(name)) return typeInModule(m, module, name, undefined);
  // What no module of the workspace declares comes from the one package that is passed on whole.
  return ofPackages.length === 1 ? ofPackages[0] : undefined;
}

function resolveQualified(m: Machine, name: ts.QualifiedName, frame: Frame): NamedType | undefined {
  const path = [name.right.text];
  let left: ts.EntityName = name.left;
  while (ts.isQualifiedName(left)) {
    path.unshift(left.right.text);
    left = left.left;
  }
  const imported = frame.module.imports.get(left.text);
  if (!imported) return { kind: 'global', name: `${left.text}.${path.join('.')}` };
  const resolution = m.resolver.resolve(imported.specifier, frame.module.file);
  if (resolution.kind === 'package') {
    const head = imported.name === null || imported.name === '=' ? [] : [imported.name];
    return {
      kind: 'package',
      package: resolution.name,
      path: [...generatedFrom(resolution.subpath), ...head, ...path],
    };
  }
  const module = resolution.kind === 'file' ? m.modules.module(resolution.file) : undefined;
  if (!module || path.length !== 1) return undefined;
  if (imported.name === null || imported.name === '=') return exportedType(m, module, path[0]!, 0);
  const entry = module.exports.get(imported.name);
  const target = entry?.kind === 'namespace' ? m.resolver.resolve(entry.specifier, module.file) : undefined;
  const inner = target?.kind === 'file' ? m.modules.module(target.file) : undefined;
  return inner ? exportedType(m, inner, path[0]!, 0) : undefined;
}

export function evaluateName(m: Machine, name: ts.EntityName, frame: Frame): Value {
  if (ts.isIdentifier(name)) {
    const cell = frame.find(name.text);
    return cell ? m.force(cell) : unknown('unresolved-import');
  }
  return m.get(evaluateName(m, name.left, frame), name.right.text, placeOf(name.right));
}

export function entityOf(node: ts.Expression): ts.EntityName | undefined {
  if (ts.isIdentifier(node)) return node;
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.name)) return undefined;
  const left = entityOf(node.expression);
  return left ? ts.factory.createQualifiedName(left, node.name) : undefined;
}
