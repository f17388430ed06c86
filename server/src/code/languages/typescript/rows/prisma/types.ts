// Owns the types of the generated Prisma client: rows, enums, payloads and inputs by name.
// It must not know the client's methods.

import ts from 'typescript';
import {
  arrayShape,
  type Field,
  nullShape,
  objectShape,
  type Shape,
  stringShape,
  union,
} from '../../../../../shape/shape.ts';
import { emptySite } from '../../classes.ts';
import { evaluate } from '../../expressions.ts';
import type { Machine } from '../../machine.ts';
import { placeOf } from '../../module.ts';
import { shapeOfValue } from '../../serialise.ts';
import { evaluateName, resolveName } from '../../type-names.ts';
import { type ObjectValue, objectOf, type TypeReference, unknown, type Value } from '../../value.ts';
import { scalarValue } from './columns.ts';
import type { PrismaModel, PrismaSchema } from './schema.ts';
import { selectedRow } from './selection.ts';

/** The value that a type of the generated client stands for; undefined when the type says nothing of a row. */
export function typedRow(
  m: Machine,
  schema: PrismaSchema,
  path: readonly string[],
  args: readonly TypeReference[],
  node: ts.Node,
): Value | undefined {
  const name = path.at(-1) ?? '';
  const site = emptySite(node, m.globals);
  const model = schema.models.get(name);
  if (model && !model.hidden) return selectedRow({ m, schema, site }, model, undefined);
  const payload = /^(\w+)GetPayload$/.exec(name);
  const of = payload ? schema.models.get(payload[1]!) : undefined;
  return of ? selectedRow({ m, schema, site }, of, args[0] ? valueOfType(m, args[0]) : undefined) : undefined;
}

/** The shape of a type of the generated client. */
export function typedShape(
  m: Machine,
  schema: PrismaSchema,
  path: readonly string[],
  args: readonly TypeReference[],
  reference: TypeReference,
): Shape | undefined {
  const name = path.at(-1) ?? '';
  const values = schema.enums.get(name)?.values;
  if (values) return stringShape(placeOf(reference.node), { values });
  const row = typedRow(m, schema, path, args, reference.node);
  if (row) return shapeOfValue(m, row);
  const input = /^(\w+?)(Unchecked)?(CreateInput|CreateManyInput)$/.exec(name);
  const model = input ? schema.models.get(input[1]!) : undefined;
  if (model) return inputShape(m, schema, model, reference);
  return name === 'Decimal' ? stringShape() : undefined;
}

/** What `create` takes. How relations are connected is a language of its own, which requests do not speak. */
function inputShape(m: Machine, schema: PrismaSchema, model: PrismaModel, reference: TypeReference): Shape {
  const fields: Field[] = [];
  for (const field of model.fields) {
    const value = field.hidden ? undefined : scalarValue(m, schema, field, emptySite(reference.node, m.globals));
    if (!value) continue;
    const one = shapeOfValue(m, value);
    const shape = field.list ? arrayShape(one) : field.optional ? union([one, nullShape()]) : one;
    const required = !(field.optional || field.list || field.defaulted);
    fields.push({ name: field.name, shape, required, origin: field.place });
  }
  return objectShape(fields, 'unknown', placeOf(reference.node), { reason: 'spread-or-any' });
}

/** `{ include: { posts: true } }` written as a type, as the value that it describes. */
function valueOfType(m: Machine, type: TypeReference, depth = 0): Value {
  const { node, frame } = type;
  if (depth > 8) return unknown('spread-or-any');
  if (ts.isTypeQueryNode(node)) return evaluateName(m, node.exprName, frame);
  if (ts.isLiteralTypeNode(node)) return evaluate(m, node.literal as ts.LiteralExpression, frame);
  if (ts.isTypeLiteralNode(node)) {
    const object: ObjectValue = objectOf({}, placeOf(node));
    for (const member of node.members) {
      if (!ts.isPropertySignature(member) || !member.type || !ts.isIdentifier(member.name)) continue;
      object.props.set(member.name.text, { value: valueOfType(m, { node: member.type, frame }, depth + 1) });
    }
    return object;
  }
  if (!ts.isTypeReferenceNode(node)) return unknown('spread-or-any');
  const named = resolveName(m, node.typeName, frame);
  if (named?.kind === 'alias') return valueOfType(m, { node: named.node.type, frame: named.frame }, depth + 1);
  return named?.kind === 'argument' ? valueOfType(m, named.reference, depth + 1) : unknown('spread-or-any');
}
