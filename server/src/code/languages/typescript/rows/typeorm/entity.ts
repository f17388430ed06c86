// Owns what TypeORM's decorators say of an entity class: its columns, its relations and what runs when a row is loaded.
// It must not know queries.

import ts from 'typescript';
import { emptySite } from '../../classes.ts';
import type { Machine } from '../../machine.ts';
import { type ClassValue, type ObjectValue, textOf, type Value } from '../../value.ts';
import { type DecoratedMember, type Decoration, decoratedMembers, decorationsOf } from '../decorations.ts';
import { isOn, option, optionsOf } from '../row.ts';

export interface Column {
  readonly member: DecoratedMember;
  readonly decorator: string;
  /** The column's type as written: `varchar`, `decimal`; empty when the property's type decides. */
  readonly type: string;
  readonly options: ObjectValue | 'none' | 'lost';
  readonly nullable: boolean;
  /** Left out of rows unless it is asked for. */
  readonly hidden: boolean;
  /** The database or TypeORM fills it when a row is saved without it. */
  readonly generated: boolean;
  /** A class of columns that are stored in the same table. */
  readonly embedded?: () => Value;
}

export interface Relation {
  readonly member: DecoratedMember;
  readonly list: boolean;
  readonly nullable: boolean;
  readonly eager: boolean;
  readonly target: () => Value;
}

export interface Entity {
  readonly cls: ClassValue;
  readonly columns: readonly Column[];
  readonly relations: readonly Relation[];
  /** Members without a decorator: they are not loaded. */
  readonly others: readonly DecoratedMember[];
  readonly afterLoad: readonly string[];
}

export const typeormPackage = 'typeorm';

const entities = new WeakMap<Machine, Map<unknown, Entity | undefined>>();

const columnDecorators = new Set([
  'Column',
  'PrimaryColumn',
  'PrimaryGeneratedColumn',
  'CreateDateColumn',
  'UpdateDateColumn',
  'DeleteDateColumn',
  'VersionColumn',
  'ObjectIdColumn',
  'ViewColumn',
]);

const relationDecorators: Readonly<Record<string, boolean>> = {
  OneToMany: true,
  ManyToMany: true,
  ManyToOne: false,
  OneToOne: false,
  TreeChildren: true,
  TreeParent: false,
};

/** The entity of a class; undefined for a class that TypeORM does not know. */
export function entityOf(m: Machine, cls: Value): Entity | undefined {
  if (cls.kind !== 'class') return undefined;
  const known = entities.get(m) ?? new Map<unknown, Entity | undefined>();
  entities.set(m, known);
  if (!known.has(cls.node)) known.set(cls.node, readEntity(m, cls));
  return known.get(cls.node);
}

function readEntity(m: Machine, cls: ClassValue): Entity | undefined {
  const members = decoratedMembers(m, cls, typeormPackage);
  const columns: Column[] = [];
  const relations: Relation[] = [];
  const others: DecoratedMember[] = [];
  const afterLoad: string[] = [];
  for (const member of members) {
    const column = member.decorations.find((one) => columnDecorators.has(one.name));
    const relation = member.decorations.find((one) => Object.hasOwn(relationDecorators, one.name));
    if (column) columns.push(columnOf(m, member, column));
    else if (relation) relations.push(relationOf(m, member, relation));
    else if (member.decorations.some((one) => one.name === 'AfterLoad')) afterLoad.push(member.name);
    else others.push(member);
  }
  const named = decorationsOf(m, cls.node, cls.frame, typeormPackage).length > 0;
  return named || columns.length > 0 ? { cls, columns, relations, others, afterLoad } : undefined;
}

function columnOf(m: Machine, member: DecoratedMember, decoration: Decoration): Column {
  const [first, second] = decoration.args;
  const options = optionsOf(first?.kind === 'object' ? first : second);
  const given = option(m, options, 'type') ?? first;
  const type = textOf(given) ?? '';
  const nullable = option(m, options, 'nullable');
  const select = option(m, options, 'select');
  const makes = decoration.name !== 'Column' && decoration.name !== 'PrimaryColumn' && decoration.name !== 'ViewColumn';
  // `@Column(() => Address)`: the function gives a class; `@Column(() => String)` names a type.
  const embedded = first?.kind === 'function' ? () => m.call(first, emptySite(first.node, first.frame)) : undefined;
  return {
    member,
    decorator: decoration.name,
    type,
    options,
    nullable: decoration.name === 'DeleteDateColumn' || (!!nullable && isOn(nullable) !== false),
    hidden: !!select && isOn(select) === false,
    generated: makes || !!option(m, options, 'default') || member.decorations.some((one) => one.name === 'Generated'),
    embedded,
  };
}

function admitsNull(type: ts.TypeNode | undefined): boolean {
  return (
    !!type &&
    ts.isUnionTypeNode(type) &&
    type.types.some((part) => ts.isLiteralTypeNode(part) && part.literal.kind === ts.SyntaxKind.NullKeyword)
  );
}

function relationOf(m: Machine, member: DecoratedMember, decoration: Decoration): Relation {
  const [target] = decoration.args;
  const options = optionsOf(decoration.args.findLast((argument) => argument.kind === 'object'));
  const on = (name: string) => {
    const value = option(m, options, name);
    return !!value && isOn(value) === true;
  };
  return {
    member,
    list: relationDecorators[decoration.name]!,
    // TypeORM's default allows null everywhere; only where somebody wrote it does it say something of the rows.
    nullable: on('nullable') || member.optional || admitsNull(member.type),
    eager: on('eager'),
    target: () =>
      target?.kind === 'function'
        ? m.call(target, emptySite(target.node, target.frame))
        : (target ?? { kind: 'unknown', reason: 'spread-or-any' }),
  };
}
