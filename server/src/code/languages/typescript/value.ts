// Owns the abstract values that the interpreter computes with: what a JavaScript expression may be, as far as the text shows.
// It must not know frameworks (they enter as models), and it holds no evaluation.

import type ts from 'typescript';
import type { Place } from '../../../base/place.ts';
import { booleanShape, numberShape, type Shape, stringShape } from '../../../shape/shape.ts';
import type { AbstainReason } from '../../model.ts';
import type { InputSink } from './input-sink.ts';
import type { Opening } from './installed/openings.ts';
import type { Machine } from './machine.ts';
import type { Module } from './module.ts';

/** A mutable place: a variable, a field, a part of a response's state. Writes go through the machine. */
export interface Cell {
  value: Value | undefined;
  /** Computes the value when it is first asked for (module-level declarations, imports). */
  lazy?: () => Value;
  /** A module-level variable that is no constant: by the time of a request it may hold something else. */
  mutable?: boolean;
  /** Set where a function writes the cell after its module was loaded: what the loading left in it, which a request may no longer find. */
  wired?: { value: Value | undefined };
  /** Whether it is an import, which may be read before the other module is ready. */
  readonly imported?: boolean;
  /** For an import: the files that its value was found in, which whoever reads it depends on. */
  sources?: readonly string[];
  /** The branch in which the cell's owner came to be: writes in that same branch need not be undone. */
  born?: number;
}

/** What a condition told of a cell on the path behind it. */
export interface Narrowing {
  readonly cell: Cell;
  readonly before: Value;
  readonly after: Value;
}

/** A lexical scope at run time. */
export class Frame {
  readonly cells = new Map<string, Cell>();

  constructor(
    readonly parent: Frame | undefined,
    readonly module: Module,
    /** The value of `this` in a non-arrow function; looked up through parents. */
    readonly self?: Value,
    /** The class whose member runs here, for `super`. */
    readonly home?: ClassValue,
    /** Type parameters bound by a call or an instantiation. */
    readonly types?: ReadonlyMap<string, TypeReference>,
  ) {}

  find(name: string): Cell | undefined {
    for (let frame: Frame | undefined = this; frame; frame = frame.parent) {
      const cell = frame.cells.get(name);
      if (cell) return cell;
    }
    return undefined;
  }

  declare(name: string, value?: Value): Cell {
    const cell: Cell = { value };
    this.cells.set(name, cell);
    return cell;
  }
}

/** A type as written, with the scope that gives its names their meaning. */
export interface TypeReference {
  readonly node: ts.TypeNode;
  readonly frame: Frame;
}

export type Primitive = string | number | boolean | bigint | null | undefined;

/** Nothing is known. `caught` marks an exception whose origin was not seen. */
export interface UnknownValue {
  readonly kind: 'unknown';
  readonly reason: AbstainReason;
  readonly place?: Place;
  readonly caught?: boolean;
  /** For such an exception: those that were seen to be thrown where it was caught. */
  readonly beside?: readonly Value[];
  /** True for such an exception where all that was not followed was code of packages, which know no class of the workspace. */
  readonly foreign?: boolean;
  /** True for what a package hands to a callback. */
  readonly given?: boolean;
  /**
   * True for the status that such an exception may carry, and for what its methods give: what packages throw is failures of their own, as a
   * rule without one.
   */
  readonly ofUnseen?: boolean;
  /** What the value looks like when serialised, when at least that is known. */
  readonly shape?: Shape;
  /** True when it cannot be falsy (an object made by an unread call). */
  readonly truthy?: boolean;
  /** Expressions whose types could say more, as the value passed through them. */
  readonly asks?: readonly Place[];
  /** True for what a container that outlives requests may hold: whatever the code puts there where it finds nothing. */
  readonly cached?: boolean;
  /** The class that a condition has found it to be an instance of; its fields are what that class declares. */
  readonly instanceOf?: ClassValue;
  /** True for a name that was met while all names of a part of the request were listed. */
  readonly anyKey?: boolean;
  /** True when it may be undefined although its shape is known. */
  readonly maybe?: boolean;
}

export interface LiteralValue {
  readonly kind: 'literal';
  readonly value: Primitive;
  readonly place?: Place;
  /** True for `false` that stands for any falsy value. */
  readonly someFalsy?: boolean;
}

/** A string of which some parts are known. */
export interface TemplateValue {
  readonly kind: 'template';
  readonly parts: readonly (string | Value)[];
  readonly place?: Place;
}

/** A value known by its declared type alone. */
export interface TypedValue {
  readonly kind: 'typed';
  readonly type: TypeReference;
  readonly place?: Place;
  readonly asks?: readonly Place[];
}

export interface ObjectValue {
  readonly kind: 'object';
  readonly props: Map<string, Cell>;
  /** Set when there may be fields that `props` lacks. */
  open?: { readonly reason: AbstainReason; readonly place?: Place };
  /** The class it is an instance of. */
  readonly cls?: ClassValue | ExternalValue;
  readonly place?: Place;
  /** Where each field's name is written. */
  readonly places?: Map<string, Place>;
  /** The branch in which the object came to be. */
  readonly born?: number;
  /** A shape that holds for fields that `props` does not name (a spread of something typed). */
  readonly base?: Value[];
  /** The names of an enum's numbers, by which they can be asked for as well. */
  readonly names?: ReadonlyMap<string, Value>;
}

export interface ArrayValue {
  readonly kind: 'array';
  readonly items: Value[];
  /** Further items, of which the number is not known. */
  rest?: Value;
  readonly place?: Place;
  /** Made when a module was loaded: by the time a request comes its items may be others. */
  readonly shared?: boolean;
  /** Set when only a type says so. */
  readonly stated?: 'type';
}

export type FunctionNode =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration
  | ts.GetAccessorDeclaration
  | ts.SetAccessorDeclaration;

export interface FunctionValue {
  readonly kind: 'function';
  readonly node: FunctionNode;
  readonly frame: Frame;
  readonly self?: Value;
  readonly home?: ClassValue;
  /** Arguments given by `bind`. */
  readonly bound?: readonly Value[];
  /** Properties set on the function object. */
  readonly props?: Map<string, Cell>;
  /** The method that a decorator put this function in the place of. */
  readonly decorates?: FunctionNode;
}

export interface ClassValue {
  readonly kind: 'class';
  readonly node: ts.ClassLikeDeclaration;
  readonly frame: Frame;
  readonly statics: Map<string, Cell>;
  /** The evaluated heritage; undefined when there is none. Given later where modules import each other in a circle. */
  parent?: Value;
}

/** A member of a package: `path` is the way from the package's namespace. */
export interface ExternalValue {
  readonly kind: 'external';
  readonly package: string;
  readonly path: readonly string[];
  readonly place?: Place;
  readonly asks?: readonly Place[];
  /** What it is when its package is installed and read. */
  readonly installed?: Opening;
}

export interface NamespaceValue {
  readonly kind: 'namespace';
  readonly module: Module;
}

/** A part of the request. `name` is empty for a whole location; body names are dotted paths. */
export interface InputValue {
  readonly kind: 'input';
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'body' | 'form';
  readonly name: string;
  readonly sink: InputSink;
  readonly place: Place;
  /** A default stands in for it, so that a check of its presence demands nothing. */
  readonly defaulted?: boolean;
  /** A condition around this use says that it is there and not empty. */
  readonly given?: boolean;
}

/** An object or function that a model stands for. */
export interface NativeValue {
  readonly kind: 'native';
  readonly model: Model;
  readonly data: unknown;
  readonly place?: Place;
  /** Properties that the code sets on it. */
  readonly props: Map<string, Cell>;
}

export interface UnionValue {
  readonly kind: 'union';
  readonly members: readonly Value[];
  /**
   * Set when this is the same part of every alternative of another union: which one, and the part of each alternative in order. Two
   * parts of one union (a status and a body that a helper gives together) vary together, and this is how they are kept so.
   */
  readonly parts?: { readonly of: object; readonly values: readonly Value[] };
}

export type Value =
  | UnknownValue
  | LiteralValue
  | TemplateValue
  | TypedValue
  | ObjectValue
  | ArrayValue
  | FunctionValue
  | ClassValue
  | ExternalValue
  | NamespaceValue
  | InputValue
  | NativeValue
  | UnionValue;

/** One call in the code, with evaluated arguments. */
export interface CallSite {
  readonly args: readonly Value[];
  /** True when a spread may add arguments that are not in `args`. */
  readonly open: boolean;
  readonly place: Place;
  readonly argPlaces: readonly Place[];
  /** The callee's name, or the method's, in the text. */
  readonly namePlace: Place;
  readonly node?: ts.CallExpression | ts.NewExpression;
  readonly frame: Frame;
}

/**
 * What a framework or package object does. Every method may answer `undefined` for "not modelled", and the machine then
 * treats the access or the call as unknown.
 */
export interface Model {
  readonly name: string;
  get?(machine: Machine, self: NativeValue, key: string, place: Place): Value | undefined;
  set?(machine: Machine, self: NativeValue, key: string, value: Value, place: Place): boolean;
  /** `self(…)`. */
  call?(machine: Machine, self: NativeValue, site: CallSite): Value | undefined;
  /** `self.key(…)`. */
  method?(machine: Machine, self: NativeValue, key: string, site: CallSite): Value | undefined;
  construct?(machine: Machine, self: NativeValue, site: CallSite): Value | undefined;
  /** `stream.pipe(self)`, of a stream that nobody can follow. */
  piped?(machine: Machine, self: NativeValue, site: CallSite): Value | undefined;
  /** What it looks like in a response body. */
  shape?(machine: Machine, self: NativeValue): Shape;
  /** Undefined: may be either. Absent: truthy. */
  truth?(self: NativeValue): boolean | undefined;
  /** What iterating over it gives: a list. */
  items?(machine: Machine, self: NativeValue): Value | undefined;
  /** Whether it is an instance of a class; undefined when it cannot be told. */
  isInstance?(machine: Machine, self: NativeValue, target: Value): boolean | undefined;
  /** It holds nothing of a request and does not change, so that calls which take it may be summarised. */
  readonly stable?: boolean;
  /** All that it holds, where nothing else leads out of it. Absent: unknown. */
  holds?(self: NativeValue): readonly Value[];
  /** What awaiting it gives, for queries that run when somebody waits for them. Absent: itself. */
  settle?(machine: Machine, self: NativeValue): Value;
  /** The function of the workspace that it runs, where it stands for one. */
  wraps?(self: NativeValue): Value;
}

/** A model of a package: what its exported members do. */
export interface PackageModel {
  /** Package names, without versions. */
  readonly packages: readonly string[];
  /** A value for a member path (`['Router']`, `['default']`, `[]` for the namespace itself) or undefined to leave it external. */
  member?(machine: Machine, external: ExternalValue): Value | undefined;
  /** Whether the package has such an export, for modules that pass on all that a package exports. Absent: nobody knows. */
  exports?(machine: Machine, external: ExternalValue): boolean;
  call?(machine: Machine, external: ExternalValue, site: CallSite): Value | undefined;
  construct?(machine: Machine, external: ExternalValue, site: CallSite): Value | undefined;
  /** A type reference to the package's type, e.g. `z.infer<typeof x>`. */
  type?(
    machine: Machine,
    path: readonly string[],
    args: readonly TypeReference[],
    reference: TypeReference,
  ): Shape | undefined;
  /** What a class of the workspace has from the package's class that it extends: a static member, e.g. a model's `findAll`. */
  inherited?(machine: Machine, parent: ExternalValue, key: string, heir: Value, place: Place): Value | undefined;
  /** What an instance has from a class of the package, which it is made of or which its class extends. */
  instanceMember?(machine: Machine, cls: ExternalValue, key: string, self: Value, place: Place): Value | undefined;
  /** The class of the same package, or of the language, that a class of the package extends. */
  extended?(cls: ExternalValue): ExternalValue | undefined;
  /** A value for a parameter or property declared with one of the package's types (`FastifyInstance`, `Router`). */
  instance?(
    machine: Machine,
    path: readonly string[],
    args: readonly TypeReference[],
    place: Place,
    /** The reference itself, where there is one. */
    node?: ts.Node,
  ): Value | undefined;
  /** What the package's generator exports from a module (`RegisterRoutes`): imported by `from`, of `file` where that was kept. */
  generated?(machine: Machine, name: string, from: string, file?: string): Value | undefined;
}

export const undefinedValue: LiteralValue = { kind: 'literal', value: undefined };

export const nullValue: LiteralValue = { kind: 'literal', value: null };

export const unknown = (reason: AbstainReason, place?: Place): UnknownValue => ({ kind: 'unknown', reason, place });

export const literal = (value: Primitive, place?: Place): LiteralValue => ({ kind: 'literal', value, place });

/** A value of which only the serialised shape is known. */
export const shaped = (shape: Shape, truthy = false): UnknownValue => ({
  kind: 'unknown',
  reason: 'spread-or-any',
  shape,
  truthy,
});

export const someString = (): UnknownValue => shaped(stringShape());

export const someNumber = (integer = false): UnknownValue => shaped(numberShape(undefined, { integer }));

export const someBoolean = (): UnknownValue => shaped(booleanShape());

export const native = (model: Model, data: unknown, place?: Place): NativeValue => ({
  kind: 'native',
  model,
  data,
  place,
  props: new Map(),
});

export const nativeFunction = (
  name: string,
  call: (machine: Machine, site: CallSite) => Value | undefined,
): NativeValue => native({ name, call: (machine, _self, site) => call(machine, site) }, undefined);

/** A new object with the given fields. */
export function objectOf(
  fields: Readonly<Record<string, Value>>,
  place?: Place,
  cls?: ClassValue | ExternalValue,
): ObjectValue {
  return { kind: 'object', props: new Map(Object.entries(fields).map(([key, value]) => [key, { value }])), place, cls };
}

/** The path element of an external value that stands for what a call of it gave. */
export const resultOf = '()';

export { isEmpty, isOpaque, numberOf, textOf, truth } from './known.ts';
