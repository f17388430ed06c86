// Owns what is serialised of an instance of a workspace's own class: fields, private ones included, but nothing of its prototype,
// and nothing that a decorator may have its own idea of. It must not know libraries beyond the words of their decorators.

import ts from 'typescript';

/** Decorators that check or describe a field and leave it where it is. Any other may fill it late, rename it or leave it out. */
const harmless =
  /^(?:Is[A-Z]\w*|Min|Max|Length|MinLength|MaxLength|Matches|Validate\w*|Allow|Type|Api\w*|Field|Property|Prop|Column|Primary\w*Column|\w*DateColumn|VersionColumn|Contains|Equals|Array\w+)$/;

/** Whether a property is declared by a class whose source is the workspace's. */
export function isOwnClass(property: ts.Symbol): boolean {
  const declaration = property.valueDeclaration;
  return !!declaration && (ts.isClassLike(declaration.parent) || isParameterProperty(declaration));
}

/** `field`: it is there when something fills it. `hidden`: it may be there or not, under this name or another. */
export function classField(property: ts.Symbol): 'field' | 'hidden' {
  const declarations = property.declarations ?? [];
  // An accessor stands on the prototype and is not serialised, unless a serialiser looks for it.
  if (property.flags & ts.SymbolFlags.Accessor) return 'hidden';
  for (const declaration of declarations) {
    if (!ts.canHaveDecorators(declaration)) continue;
    for (const decorator of ts.getDecorators(declaration) ?? []) {
      const call = decorator.expression;
      const name = ts.isCallExpression(call) ? call.expression : call;
      const text = ts.isIdentifier(name) ? name.text : ts.isPropertyAccessExpression(name) ? name.name.text : '';
      // An option may keep a field out of what is read or written (`select`, `name`, `hidden`).
      const options = ts.isCallExpression(call) && call.arguments.some(leavesOut);
      if (!harmless.test(text) || options) return 'hidden';
    }
  }
  return 'field';
}

function leavesOut(argument: ts.Expression): boolean {
  if (!ts.isObjectLiteralExpression(argument)) return false;
  return argument.properties.some(
    (property) =>
      !property.name ||
      !ts.isIdentifier(property.name) ||
      ['select', 'hidden', 'serializer', 'transformer', 'get', 'lazy'].includes(property.name.text),
  );
}

function isParameterProperty(declaration: ts.Declaration): boolean {
  return ts.isParameter(declaration) && ts.isParameterPropertyDeclaration(declaration, declaration.parent);
}
