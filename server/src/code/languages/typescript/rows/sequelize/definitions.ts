// Owns the definitions of Sequelize's models: attributes, options, scopes and associations, by class or by name.
// It must not know queries or instances.

import ts from 'typescript';
import type { Machine } from '../../machine.ts';
import { shapeOfValue } from '../../serialise.ts';
import { typedValue } from '../../typed-values.ts';
import {
  type CallSite,
  type ClassValue,
  isOpaque,
  literal,
  native,
  objectOf,
  textOf,
  truth,
  undefinedValue,
  type Value,
} from '../../value.ts';
import { type DecoratedMember, decoratedMembers } from '../decorations.ts';
import { option, optionsOf, something } from '../row.ts';
import { type Attribute, attributesOf } from './attributes.ts';

export interface Association {
  readonly name: string;
  readonly list: boolean;
  /** The model on the other side. */
  readonly target: Value;
}

export interface Definition {
  readonly name: string;
  /** The class of the workspace, when there is one. */
  readonly cls?: ClassValue;
  attributes: Attribute[];
  options: Value | undefined;
  readonly associations: Association[];
  /** The definition was seen, so that its attributes are known. */
  known: boolean;
  /** Functions set on the model after it was made, and the prototype of its instances. */
  readonly prototype: Value & { kind: 'object' };
}

const definitions = new WeakMap<Machine, Map<unknown, Definition>>();
const readingClasses = new WeakSet<object>();

/** The definition that belongs to a class; one that nothing initialised is read from the class itself. */
export function definitionOf(m: Machine, cls: ClassValue): Definition {
  const known = definitions.get(m) ?? new Map<unknown, Definition>();
  definitions.set(m, known);
  let definition = known.get(cls.node);
  if (!definition) {
    definition = emptyDefinition(cls.node.name?.text ?? '', cls);
    known.set(cls.node, definition);
    fromDecorators(m, cls, definition);
  }
  if (!definition.known && !readingClasses.has(cls.node)) initialiseLate(m, cls);
  return definition;
}

export const emptyDefinition = (name: string, cls?: ClassValue): Definition => ({
  name,
  cls,
  attributes: [],
  options: undefined,
  associations: [],
  known: false,
  prototype: objectOf({}),
});

/** `Model.init(attributes, options)`. */
export function initialise(
  m: Machine,
  definition: Definition,
  attributes: Value | undefined,
  options: Value | undefined,
): void {
  const read = attributesOf(m, attributes);
  if (!read) return;
  definition.attributes = read;
  definition.options = options;
  definition.known = true;
}

/** A class whose own static method calls `super.init` when the service starts, which nobody has seen happen. */
function initialiseLate(m: Machine, cls: ClassValue): void {
  const method = cls.node.members.find(
    (member): member is ts.MethodDeclaration =>
      ts.isMethodDeclaration(member) && !!member.body && /\b(super|this)\.init\s*\(/.test(member.body.getText()),
  );
  const cell = method && ts.isIdentifier(method.name) ? cls.statics.get(method.name.text) : undefined;
  if (!method || !cell) return;
  readingClasses.add(cls.node);
  const place = { file: cls.frame.module.file, start: method.getStart(), end: method.end };
  m.apart(() =>
    m.call(
      m.force(cell),
      { args: [something()], open: true, place, argPlaces: [place], namePlace: place, frame: cls.frame },
      cls,
    ),
  );
  readingClasses.delete(cls.node);
}

const columnDecorators = new Set([
  'Column',
  'PrimaryKey',
  'AutoIncrement',
  'CreatedAt',
  'UpdatedAt',
  'DeletedAt',
  'ForeignKey',
  'AllowNull',
  'Default',
  'Unique',
  'Is',
  'Length',
]);
const relationDecorators: Readonly<Record<string, boolean>> = {
  HasMany: true,
  BelongsToMany: true,
  HasOne: false,
  BelongsTo: false,
};

/** The decorators of sequelize-typescript. */
function fromDecorators(m: Machine, cls: ClassValue, definition: Definition): void {
  for (const member of decoratedMembers(m, cls, 'sequelize-typescript')) {
    const relation = member.decorations.find((one) => Object.hasOwn(relationDecorators, one.name));
    if (relation) {
      const [target] = relation.args;
      definition.associations.push({
        name: member.name,
        list: relationDecorators[relation.name]!,
        target: target?.kind === 'function' ? m.call(target, siteFor(member)) : (target ?? something()),
      });
    } else if (member.decorations.some((one) => columnDecorators.has(one.name))) {
      definition.attributes.push(decoratedAttribute(m, member));
      definition.known = true;
    }
  }
}

function decoratedAttribute(m: Machine, member: DecoratedMember): Attribute {
  const find = (name: string) => member.decorations.find((one) => one.name === name);
  const [given] = find('Column')?.args ?? [];
  const declared = member.type && typedValue(m, { node: member.type, frame: member.frame });
  const fallback = declared && !isOpaque(declared) ? declared : something();
  const inner = attributesOf(m, objectOf({ [member.name]: given ?? fallback }))?.[0];
  const isText = given && textOf(given) !== undefined;
  const typed = given && !isText && (given.kind !== 'object' || given.props.has('type'));
  const allows = find('AllowNull');
  return {
    name: member.name,
    type: typed && inner ? inner.type : literal(keywordType(m, fallback)),
    nullable: !!inner?.nullable || (!!allows && (!allows.args[0] || truth(allows.args[0]) === true)),
    generated:
      !!inner?.generated ||
      ['PrimaryKey', 'AutoIncrement', 'Default', 'CreatedAt', 'UpdatedAt'].some((name) => find(name)),
    virtual: !!inner?.virtual,
    place: member.place,
  };
}

/** The type of Sequelize that a property's own type stands for. */
function keywordType(m: Machine, value: Value): string {
  const shape = value.kind === 'union' ? undefined : shapeOfValue(m, value);
  if (shape?.kind === 'string') return shape.format === 'date-time' ? 'DATE' : 'STRING';
  if (shape?.kind === 'boolean') return 'BOOLEAN';
  return shape?.kind === 'number' ? 'DOUBLE' : '';
}

const siteFor = (member: DecoratedMember): CallSite => ({
  args: [],
  open: false,
  place: member.place,
  argPlaces: [],
  namePlace: member.place,
  frame: member.frame,
});

/** `A.hasMany(B, { as })` and its kin. */
export function associate(
  m: Machine,
  definition: Definition,
  kind: string,
  target: Value | undefined,
  given: Value | undefined,
): Value {
  const options = optionsOf(given);
  const list = kind === 'hasMany' || kind === 'belongsToMany';
  const alias = textOf(option(m, options, 'as'));
  const name = alias ?? (target && modelName(m, target));
  if (target && name !== undefined)
    definition.associations.push({ name: list && alias === undefined ? `${name}s` : name, list, target });
  return native({ name: 'sequelize-association', get: () => undefined }, undefined);
}

function modelName(_m: Machine, target: Value): string | undefined {
  if (target.kind === 'class') return target.node.name?.text;
  if (target.kind === 'native' && target.model.name === 'sequelize-model') return (target.data as Definition).name;
  return undefined;
}

/** The names of the columns that tell when a row was made and changed; undefined when options beyond sight may rename them. */
export function stampNames(
  m: Machine,
  definition: Definition,
): { readonly name: string; readonly nullable: boolean; readonly sure: boolean }[] {
  const options = optionsOf(definition.options);
  const setting = option(m, options, 'timestamps');
  if (options === 'lost' || (setting && truth(setting) === false)) return [];
  // The instance may turn timestamps off for all models, and nobody has seen how it was made.
  const sure = !!setting && truth(setting) === true;
  const renamed = (name: string) => {
    const given = option(m, options, name);
    if (given && truth(given) === false) return [];
    return [textOf(given) ?? name];
  };
  const paranoid = option(m, options, 'paranoid');
  return [
    ...['createdAt', 'updatedAt'].flatMap((name) => renamed(name).map((one) => ({ name: one, nullable: false, sure }))),
    ...(paranoid && truth(paranoid) === true
      ? renamed('deletedAt').map((name) => ({ name, nullable: true, sure }))
      : []),
  ];
}

/** What a scope adds to a query; `undefined` when it cannot be seen. */
export function scopeOf(m: Machine, definition: Definition, name: string | undefined): Value | undefined {
  const options = optionsOf(definition.options);
  if (options === 'lost') return undefined;
  if (name === undefined) return option(m, options, 'defaultScope') ?? undefinedValue;
  const scope = option(m, optionsOf(option(m, options, 'scopes')), name);
  return scope?.kind === 'object' ? scope : undefined;
}
