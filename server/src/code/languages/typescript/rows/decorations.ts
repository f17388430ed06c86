// Owns decorators as data: which decorators of a library stand at the members of a class, with their arguments.
// It must not know what any of them means.

import ts from 'typescript';
import type { Place } from '../../../../base/place.ts';
import type { Machine } from '../machine.ts';
import { placeOf } from '../module.ts';
import { type ClassValue, type Frame, type Model, native, type Value } from '../value.ts';

/** A decorator of a library that was called. */
export interface Decoration {
  readonly package: string;
  readonly name: string;
  readonly args: readonly Value[];
}

/** A member of a class with the decorators of one library. */
export interface DecoratedMember {
  readonly name: string;
  readonly decorations: readonly Decoration[];
  readonly node: ts.ClassElement;
  /** The declared type of a property. */
  readonly type?: ts.TypeNode;
  readonly optional: boolean;
  readonly frame: Frame;
  readonly place: Place;
}

const decoration: Model = { name: 'decoration' };

/** What calling a library's decorator gives, so that a decorator of the workspace which hands it on is understood too. */
export const decorationValue = (name: string, pkg: string, args: readonly Value[]): Value =>
  native(decoration, { package: pkg, name, args } satisfies Decoration);

/** The members of a class and of those that it extends, nearest first, each name once. */
export function decoratedMembers(m: Machine, cls: ClassValue, pkg: string): DecoratedMember[] {
  const found = new Map<string, DecoratedMember>();
  for (let current: Value | undefined = cls, hops = 0; current?.kind === 'class' && hops < 12; hops++) {
    const home: ClassValue = current;
    for (const node of home.node.members) {
      if (!node.name || !(ts.isIdentifier(node.name) || ts.isStringLiteral(node.name)) || found.has(node.name.text))
        continue;
      const property = ts.isPropertyDeclaration(node) ? node : undefined;
      found.set(node.name.text, {
        name: node.name.text,
        decorations: decorationsOf(m, node, home.frame, pkg),
        node,
        type: property?.type,
        optional: !!property?.questionToken,
        frame: home.frame,
        place: placeOf(node.name),
      });
    }
    current = home.parent;
  }
  return [...found.values()];
}

/** The decorators of one library at a node. */
export function decorationsOf(m: Machine, node: ts.Node, frame: Frame, pkg: string): Decoration[] {
  const decorators = ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : [];
  return decorators.flatMap((decorator) => {
    const value = m.apart(() => m.evaluate(decorator.expression, frame));
    if (value.kind === 'native' && value.model === decoration) {
      const made = value.data as Decoration;
      return made.package === pkg ? [made] : [];
    }
    // A decorator that is used without a call: `@Column name: string`.
    if (value.kind === 'external' && value.package === pkg)
      return [{ package: pkg, name: value.path.at(-1) ?? '', args: [] }];
    return [];
  });
}
