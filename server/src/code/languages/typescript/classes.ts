// Owns classes: their static side, construction, member lookup along the heritage, and `instanceof`.
// It must not know frameworks.

import ts from 'typescript';
import { withType } from './annotations.ts';
import { isStatic, trustDeclarations } from './declared-fields.ts';
import { decorated } from './decorators.ts';
import { evaluate, selfOf } from './expressions.ts';
import { callFunction } from './functions.ts';
import { errorClass } from './installed/openings.ts';
import { members } from './join.ts';
import { lateWrites } from './late-writes.ts';
import type { Machine } from './machine.ts';
import { placeOf } from './module.ts';
import { propertyKey } from './patterns.ts';
import { fieldOfType } from './typed-values.ts';
import { isOther } from './unseen.ts';
import {
  type CallSite,
  type Cell,
  type ClassValue,
  Frame,
  type FunctionValue,
  isEmpty,
  type ObjectValue,
  undefinedValue,
  unknown,
  type Value,
} from './value.ts';

/** A class value with its static members. */
export function createClass(m: Machine, node: ts.ClassLikeDeclaration, frame: Frame): ClassValue {
  const heritage = node.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  const parent = heritage ? errorClass(m, evaluate(m, heritage.expression, frame)) : undefined;
  const cls: ClassValue = { kind: 'class', node, frame, statics: new Map(), parent };
  if (heritage && parent && isEmpty(parent)) m.orphans.add(cls, heritage.expression, frame);
  for (const member of node.members) {
    if (!isStatic(member)) continue;
    if (ts.isPropertyDeclaration(member)) {
      const key = propertyKey(m, member.name, frame);
      if (key === undefined) continue;
      const cell: Cell = { value: undefined };
      const inner = new Frame(frame, frame.module, cls, cls);
      cell.lazy = () =>
        m.apart(() =>
          withType(m, member.initializer ? evaluate(m, member.initializer, inner) : undefinedValue, member.type, inner),
        );
      cls.statics.set(key, cell);
    } else if (ts.isMethodDeclaration(member) && member.body) {
      const key = propertyKey(m, member.name, frame);
      if (key !== undefined)
        cls.statics.set(key, { value: { kind: 'function', node: member, frame, self: cls, home: cls } });
    } else if (ts.isGetAccessorDeclaration(member) && member.body) {
      const key = propertyKey(m, member.name, frame);
      const getter: FunctionValue = { kind: 'function', node: member, frame, self: cls, home: cls };
      if (key !== undefined)
        cls.statics.set(key, { value: undefined, lazy: () => m.call(getter, emptySite(member, frame)) });
    }
  }
  return cls;
}

/** A call without arguments, for getters and defaults. */
export function emptySite(node: ts.Node, frame: Frame): CallSite {
  const place = placeOf(node);
  return { args: [], open: false, place, argPlaces: [], namePlace: place, frame };
}

/** An instance, with fields initialised and the constructor run. */
export function constructClass(m: Machine, cls: ClassValue, site: CallSite): Value {
  const self: ObjectValue = {
    kind: 'object',
    props: new Map(),
    places: new Map(),
    cls,
    place: site.place,
    born: m.arm,
  };
  initialise(m, cls, self, site);
  return self;
}

/** Runs a class's fields and constructor on an instance that exists already. */
export function initialise(m: Machine, cls: ClassValue, self: ObjectValue, site: CallSite): void {
  const construction = cls.node.members.find(
    (member): member is ts.ConstructorDeclaration => ts.isConstructorDeclaration(member) && !!member.body,
  );
  if (!construction) {
    initialiseParent(m, cls, self, site);
    initialiseFields(m, cls, self);
    noteLateFields(m, cls, self);
    return;
  }
  if (!cls.parent) initialiseFields(m, cls, self);
  // With a parent, fields are initialised when `super()` returns (ECMAScript, 13.3.7.1).
  const fn: FunctionValue = { kind: 'function', node: construction, frame: cls.frame, self, home: cls };
  callFunction(m, fn, self, site);
  for (const parameter of construction.parameters) {
    if (!ts.isParameterPropertyDeclaration(parameter, construction) || !ts.isIdentifier(parameter.name)) continue;
    if (!self.props.has(parameter.name.text))
      self.props.set(parameter.name.text, { value: unknown('dependency-injection', placeOf(parameter)) });
  }
  noteLateFields(m, cls, self);
}

/** Notes which fields of a lasting instance its own methods write later. */
function noteLateFields(m: Machine, cls: ClassValue, self: ObjectValue): void {
  const fields = m.summarising ? undefined : lateWrites(cls.frame.module.source).own.get(cls.node);
  for (const name of fields ?? []) {
    const cell = self.props.get(name);
    if (cell) cell.wired ??= { value: cell.value };
  }
}

/** `super(…)` in a constructor. */
export function callSuper(m: Machine, frame: Frame, site: CallSite): Value {
  const self = selfOf(frame);
  const home = homeOf(frame);
  if (!home || self?.kind !== 'object') return undefinedValue;
  initialiseParent(m, home, self, site);
  initialiseFields(m, home, self);
  return undefinedValue;
}

/** The class whose member runs in a frame. */
export function homeOf(frame: Frame): ClassValue | undefined {
  for (let current: Frame | undefined = frame; current; current = current.parent) if (current.home) return current.home;
  return undefined;
}

function initialiseParent(m: Machine, cls: ClassValue, self: ObjectValue, site: CallSite): void {
  const { parent } = cls;
  if (!parent) return;
  if (parent.kind === 'class') {
    initialise(m, parent, self, site);
    return;
  }
  const base = m.construct(parent, site);
  if (base.kind === 'object') {
    for (const [key, cell] of base.props) self.props.set(key, { value: m.force(cell), born: self.born });
    if (base.open) self.open ??= base.open;
  } else if (base.kind === 'native') {
    self.props.set(nativeParent, { value: base });
  } else self.open ??= { reason: 'unresolved-import', place: site.place };
}

/** Where an instance keeps the framework object that its class extends. */
export const nativeParent = '[[parent]]';

function initialiseFields(m: Machine, cls: ClassValue, self: ObjectValue): void {
  const frame = new Frame(cls.frame, cls.frame.module, self, cls);
  for (const member of cls.node.members) {
    if (!ts.isPropertyDeclaration(member) || isStatic(member)) continue;
    const key = propertyKey(m, member.name, frame);
    if (key === undefined) continue;
    self.places?.set(key, placeOf(member.name));
    if (member.initializer) {
      const { initializer } = member;
      const cell: Cell = { value: undefined, born: self.born };
      // A field may name a method or a later field, so its value is computed when it is first read.
      cell.lazy = () => m.apart(() => withType(m, evaluate(m, initializer, frame), member.type, frame));
      self.props.set(key, cell);
      if (!ts.isArrowFunction(initializer)) m.force(cell);
    } else if (member.type && !self.props.has(key)) {
      const type = member.type;
      self.props.set(key, {
        value: undefined,
        born: self.born,
        lazy: () => fieldOfType(m, { node: type, frame }, member),
      });
    }
  }
}

/** The member of an instance that its class gives: a method bound to it, or a getter's value. */
export function classMember(m: Machine, cls: ClassValue, key: string, self: Value): Value | undefined {
  let current: Value | undefined = cls;
  for (let hops = 0; current && hops < 16; hops++) {
    if (current.kind !== 'class') break;
    const home: ClassValue = current;
    for (const member of instanceMembers(home.node).get(key) ?? []) {
      if (ts.isMethodDeclaration(member)) {
        if (member.body) return decorated(m, { kind: 'function', node: member, frame: home.frame, self, home }, self);
        if (member.type && ts.getModifiers(member)?.some((flag) => flag.kind === ts.SyntaxKind.AbstractKeyword)) {
          return m.typeMembers.functionReturning({ node: member.type, frame: home.frame });
        }
      }
      if (ts.isGetAccessorDeclaration(member) && member.body) {
        return m.call({ kind: 'function', node: member, frame: home.frame, self, home }, emptySite(member, home.frame));
      }
    }
    current = home.parent;
  }
  if (current && current.kind !== 'class') return inheritedFromPackage(m, current, key, self);
  return undefined;
}

const membersByName = new WeakMap<ts.ClassLikeDeclaration, Map<string, ts.ClassElement[]>>();

/** The non-static members of a class by name. */
function instanceMembers(node: ts.ClassLikeDeclaration): Map<string, ts.ClassElement[]> {
  const known = membersByName.get(node);
  if (known) return known;
  const byName = new Map<string, ts.ClassElement[]>();
  for (const member of node.members) {
    const name = member.name && !isStatic(member) ? propertyName(member.name) : undefined;
    if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), member]);
  }
  membersByName.set(node, byName);
  return byName;
}

function inheritedFromPackage(m: Machine, parent: Value, key: string, self: Value): Value | undefined {
  if (self.kind === 'object') {
    const base = self.props.get(nativeParent);
    if (base) return m.get(m.force(base), key, { file: '', start: 0, end: 0 });
  }
  if (parent.kind === 'native' && parent.model.name === 'Error') return undefined;
  const place = { file: '', start: 0, end: 0 };
  const own =
    parent.kind === 'external' ? m.model(parent.package)?.instanceMember?.(m, parent, key, self, place) : undefined;
  return own ?? unknown('unresolved-import');
}

function propertyName(name: ts.PropertyName): string | undefined {
  if (ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isPrivateIdentifier(name)) return name.text;
  return undefined;
}

/** `value instanceof target`; undefined when it cannot be told. */
export function isInstance(m: Machine, value: Value, target: Value): boolean | undefined {
  if (value.kind === 'union') {
    const answers = members(value).map((member) => isInstance(m, member, target));
    return answers.every((answer) => answer === answers[0]) ? answers[0] : undefined;
  }
  if (value.kind === 'literal' || value.kind === 'template') return false;
  if (isOfAll(target) && ['object', 'array', 'function'].includes(value.kind)) return true;
  if (value.kind === 'native') return value.model.isInstance?.(m, value, target);
  if (value.kind === 'unknown' && isOther(m, value, target)) return false;
  if (value.kind !== 'object') return undefined;
  if (!value.cls) return value.open ? undefined : false;
  const chain: Value[] = [];
  for (let current: Value | undefined = value.cls; current && chain.length < 16; ) {
    chain.push(current);
    if (current.kind === 'class') current = current.parent;
    else current = current.kind === 'external' ? m.model(current.package)?.extended?.(current) : undefined;
  }
  for (const link of chain) if (sameClass(link, target)) return true;
  const root = chain.at(-1)!;
  if (isErrorClass(target)) {
    const own = languageError(root);
    const wanted = languageError(target);
    if (own !== undefined && wanted !== undefined && wanted !== 'Error') return own === wanted;
    return root.kind === 'external' || (root.kind === 'native' && root.model.name === 'Error')
      ? true
      : root.kind === 'class'
        ? false
        : undefined;
  }
  if (target.kind === 'unknown') return undefined;
  // A package's class may extend another package's class, but a workspace class is never its ancestor.
  if (root.kind === 'external' && target.kind === 'external')
    return root.package === target.package && target.path.at(-1) === 'HttpError' ? undefined : false;
  if (root.kind === 'unknown') return undefined;
  return false;
}

function sameClass(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind === 'class' && b.kind === 'class') return a.node === b.node;
  if (a.kind === 'external' && b.kind === 'external') return a.package === b.package && a.path.at(-1) === b.path.at(-1);
  return false;
}

/** Whether a value is the language's own `Object`, of which every object is. */
const isOfAll = (value: Value): boolean => value.kind === 'native' && value.model.name === 'Object';

/** Whether a value is the language's own `Error`. */
function isErrorClass(value: Value): boolean {
  return value.kind === 'native' && value.model.name === 'Error';
}

/** The name of a class of the language's errors. */
function languageError(value: Value): string | undefined {
  if (value.kind === 'external') return value.package === ':language' ? value.path[0] : undefined;
  return isErrorClass(value) && value.kind === 'native' && typeof value.data === 'string' ? value.data : undefined;
}

/** The names of a value's classes, nearest first. */
export function classNames(value: Value): string[] {
  const names: string[] = [];
  let current: Value | undefined = value.kind === 'object' ? value.cls : undefined;
  for (let hops = 0; current && hops < 16; hops++) {
    if (current.kind === 'class') {
      names.push(current.node.name?.text ?? '');
      current = current.parent;
    } else {
      if (current.kind === 'external') names.push(current.path.at(-1) ?? current.package);
      break;
    }
  }
  return names.filter((name) => name !== '');
}

/** An instance of a class of which only the type is known. */
export function abstractInstance(m: Machine, cls: ClassValue): Value {
  m.touched.add(cls.frame.module.file);
  const known = m.instances.get(cls.node);
  // A class that a function makes is another one with each call of the function.
  if (known?.kind === 'object' && known.cls?.kind === 'class' && known.cls.frame === cls.frame) return known;
  const self: ObjectValue = { kind: 'object', props: new Map(), places: new Map(), cls };
  m.instances.set(cls.node, self);
  return declare(m, cls, self, true);
}

/** An instance that a mapper made with `new X()` and filled field by field with what the class declares. */
export function filledInstance(m: Machine, cls: ClassValue): Value {
  m.touched.add(cls.frame.module.file);
  return declare(m, cls, { kind: 'object', props: new Map(), places: new Map(), cls }, false);
}

function declare(m: Machine, cls: ClassValue, self: ObjectValue, open: boolean): Value {
  const place = placeOf(cls.node.name ?? cls.node);
  m.apart(() => initialise(m, cls, self, { args: [], open, place, argPlaces: [], namePlace: place, frame: cls.frame }));
  trustDeclarations(m, cls, self);
  return self;
}
