// Owns how a client comes to be: by a call that makes it, or by a type that says that a value is one.
// It must not know what is asked of it.

import ts from 'typescript';
import { type Base, type Client, typedBy } from './clients.ts';
import type { Evaluator } from './evaluate.ts';
import { partOfObject } from './members.ts';
import { behind, type Given, hole, type Prefix, used, type Value } from './values.ts';

const nowhere: Prefix = { text: '', inProcess: false };

/** The client that a call makes out of its arguments, and of what the client before it had. */
export function made(
  evaluator: Evaluator,
  client: Client,
  base: Base,
  args: readonly ts.Expression[],
  given: Given | undefined,
  before: Prefix = nowhere,
): Value {
  return { kind: 'client', client, prefix: prefixOf(evaluator, base, args, given, before) };
}

function prefixOf(
  evaluator: Evaluator,
  base: Base,
  [first]: readonly ts.Expression[],
  given: Given | undefined,
  before: Prefix,
): Prefix {
  if (base === 'same') return before;
  const value = first && evaluator.evaluate(first, given);
  if (base === 'app' || base === 'address') {
    if (value?.kind === 'text') return { text: value.text, inProcess: false };
    return base === 'app' ? { text: '', inProcess: true } : { text: hole, inProcess: false };
  }
  if (!first) return before;
  if (value?.kind !== 'object') return { text: hole, inProcess: false };
  const part = partOfObject(evaluator, value, base.option);
  if (part === 'absent') return before;
  const text = part.value?.kind === 'text' ? part.value.text : hole;
  return { text: behind(before.text, text), inProcess: false };
}

/** What a value is because its type says so: the type of a client, by the name under which its package exports it. */
export function typedValue(evaluator: Evaluator, type: ts.TypeNode | undefined): Value | undefined {
  if (!type) return undefined;
  if (ts.isUnionTypeNode(type)) {
    const said = type.types.flatMap((one) => typedValue(evaluator, one) ?? []);
    return said.length === 1 ? said[0] : undefined;
  }
  if (!ts.isTypeReferenceNode(type)) return undefined;
  const { typeName } = type;
  const root = ts.isIdentifier(typeName) ? typeName : typeName.left;
  if (!ts.isIdentifier(root)) return undefined;
  const { fileName } = type.getSourceFile();
  const named = evaluator.modules.scopesOf(fileName)?.lookup(root.text, type);
  if (named?.kind !== 'import') return undefined;
  const resolution = evaluator.modules.resolver.resolve(named.specifier, fileName);
  if (resolution.kind !== 'package') return undefined;
  const { name, subpath } = resolution;
  const member = ts.isIdentifier(typeName) ? (named.name ?? '') : typeName.right.text;
  const exported = typedBy(subpath === '' ? name : `${name}/${subpath}`, member);
  return exported && used(exported);
}
