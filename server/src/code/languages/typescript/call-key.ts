// Owns the keys of calls: what makes two calls of one function the same call.
// It must not know what a call does, nor who keeps what it did.

import type { Shape } from '../../../shape/shape.ts';
import { everyItem } from './join.ts';
import type {
  ArrayValue,
  CallSite,
  Cell,
  FunctionValue,
  InputValue,
  NativeValue,
  ObjectValue,
  Value,
} from './value.ts';

const identities = new WeakMap<object, number>();
const forms = new Map<string, number>();
let nextIdentity = 1;

function identity(thing: object): number {
  let id = identities.get(thing);
  if (id === undefined) {
    id = nextIdentity++;
    identities.set(thing, id);
  }
  return id;
}

/** A number for a text, so that long keys stay short. */
function identityOfForm(form: string): number {
  let id = forms.get(form);
  if (id === undefined) {
    id = nextIdentity++;
    forms.set(form, id);
  }
  return id;
}

/** A key for a call, or undefined when the call may see the request or the response. */
export function callKey(fn: FunctionValue, self: Value | undefined, site: CallSite): string | undefined {
  if (site.open || fn.bound) return undefined;
  const parts: string[] = [String(identity(fn.node))];
  const home = fn.frame.module.frame;
  if (fn.frame !== home) parts.push(`f${identity(fn.frame)}`);
  const receiver = fn.self ?? self;
  if (receiver) {
    if (receiver.kind === 'input' || receiver.kind === 'union') return undefined;
    const part = receiver.kind === 'object' ? stateOf(receiver) : keyOf(receiver, 0);
    if (part === undefined) return undefined;
    parts.push(`t${part}`);
  }
  for (const argument of site.args) {
    const part = keyOf(argument, 0);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return parts.join('|');
}

/** Levels, fields and items up to which the form of a value is its key; beyond them it is that value as it is now. */
const mostLevels = 2;
const mostFields = 24;
const mostItems = 8;

function keyOf(value: Value, depth: number): string | undefined {
  switch (value.kind) {
    case 'literal':
      return value.someFalsy ? 'falsy' : `${typeof value.value}:${String(value.value)}`;
    case 'unknown':
      return value.caught || value.instanceOf
        ? undefined
        : value.shape
          ? `s${keyOfShape(value.shape)}${value.truthy ? '!' : ''}${value.maybe ? '~' : ''}`
          : `?${value.reason}${value.truthy ? '!' : ''}${value.given ? '^' : ''}`;
    case 'external':
      return `${value.package}/${value.path.join('/')}${value.installed ? `#${identity(value.installed)}` : ''}`;
    case 'typed':
      return `y${identity(value.type.node)}.${identity(value.type.frame)}`;
    case 'class':
      return `c${identity(value.node)}`;
    case 'namespace':
      return `n${value.module.file}`;
    case 'template':
      return 'template';
    case 'input':
      // A body's part may be an object that is read further; texts are what they are.
      return value.in === 'body' || value.in === 'form' || value.name === '' ? undefined : inputKey(value);
    case 'object':
      return keyOfObject(value, depth);
    case 'array':
      return keyOfArray(value, depth);
    case 'union': {
      const parts = value.members.map((member) => keyOf(member, depth + 1));
      return parts.some((part) => part === undefined) ? undefined : `(${parts.join('/')})`;
    }
    case 'native':
      return keyOfNative(value, depth);
    case 'function':
      // What a function of a module can reach lasts; what others close over belongs to the call that made them.
      return value.frame === value.frame.module.frame && !value.bound && !value.self
        ? `g${identity(value.node)}`
        : undefined;
  }
}

const shapes = new WeakMap<Shape, string>();

/** A shape of text, number or the like is told by what it says; one of parts by which it is. */
function keyOfShape(shape: Shape): string {
  const known = shapes.get(shape);
  if (known) return known;
  const key = isPlain(shape) ? formOfShape(shape) : String(identity(shape));
  shapes.set(shape, key);
  return key;
}

const isPlain = ({ kind }: Shape): boolean =>
  kind === 'string' || kind === 'number' || kind === 'boolean' || kind === 'null' || kind === 'unknown';

function formOfShape({ origin, ...facts }: Shape): string {
  return JSON.stringify(origin ? { ...facts, origin: [origin.file, origin.start] } : facts);
}

function keyOfObject(value: ObjectValue, depth: number): string | undefined {
  if (value.cls || depth > mostLevels || value.props.size > mostFields) return stateOf(value);
  const parts: string[] = [];
  for (const [key, cell] of value.props) {
    const part = cell.value && keyOf(cell.value, depth + 1);
    if (part === undefined) return cell.value ? undefined : stateOf(value);
    parts.push(`${key}=${part}`);
  }
  if (value.open) parts.push('…');
  for (const part of value.base ?? []) {
    const key = keyOf(part, depth + 1);
    if (key === undefined) return undefined;
    parts.push(`+${key}`);
  }
  return `{${parts.join(',')}}`;
}

function keyOfArray(value: ArrayValue, depth: number): string | undefined {
  if (depth > mostLevels || value.items.length > mostItems)
    return `a${identity(value)}:${stamp(everyItem(value))}${value.rest ? '…' : ''}`;
  const parts = everyItem(value).map((item) => keyOf(item, depth + 1));
  return parts.some((part) => part === undefined) ? undefined : `[${parts.join(',')}${value.rest ? '…' : ''}]`;
}

function keyOfNative(value: NativeValue, depth: number): string | undefined {
  if (value.model.stable) return `v${identity(value)}`;
  const held = value.model.holds?.(value);
  if (!held) return undefined;
  for (const part of held) if (depth <= mostLevels && keyOf(part, depth + 1) === undefined) return undefined;
  return `v${identity(value)}:${stamp(held)}`;
}

/** Of which class an object is. */
export const formOfClass = ({ cls }: ObjectValue): number => (cls ? identityOrForm(cls) : 0);

/** What is told of an error by its class and its fields, without those named: two of the same form are answered alike. */
export function formOfError(value: Value, without?: ReadonlySet<string>): string {
  if (value.kind !== 'object') return String(identityOrForm(value));
  const fields = [...value.props]
    .filter(([name]) => !without?.has(name))
    .map(([name, cell]) => `${name}=${cell.value ? identityOrForm(cell.value) : ''}`);
  const base = value.base?.length ? `+${stamp(value.base)}` : '';
  return `${formOfClass(value)}{${fields.join(',')}${value.open ? '…' : ''}${base}}`;
}

/** What a result holds now: who was given it before may have changed it since. */
export function stateOfResult(value: Value): string {
  switch (value.kind) {
    case 'object':
      return stateOf(value);
    case 'array':
      return stamp(everyItem(value));
    case 'union':
      return value.members.map(stateOfResult).join('/');
    default:
      return '';
  }
}

/** An object as it is now: the same object with the same values in its fields. */
function stateOf(value: ObjectValue): string {
  const base = value.base?.length ? `+${stamp(value.base)}` : '';
  return `o${identity(value)}:${stampOfCells(value.props.values())}${value.open ? '…' : ''}${base}`;
}

const stampOfCells = (cells: Iterable<Cell>): string => stamp([...cells].map((cell) => cell.value));

/** A number for a list of values, each by its identity: two of 32 bits, so that no two lists are taken for one. */
function stamp(values: readonly (Value | undefined)[]): string {
  let [a, b] = [values.length, 7];
  for (const value of values) {
    const id = value ? identityOrForm(value) : 0;
    a = (Math.imul(a, 31) + id) | 0;
    b = (Math.imul(b, 1_000_003) ^ id) | 0;
  }
  return `${a}.${b}`;
}

/** What is the same wherever it is met is told by its form; what can be changed, or belongs to a call, by which one it is. */
function identityOrForm(value: Value): number {
  switch (value.kind) {
    case 'literal':
    case 'unknown':
    case 'external':
    case 'typed':
    case 'class':
    case 'namespace':
    case 'input': {
      const form = keyOf(value, 0);
      return form === undefined ? identity(value) : identityOfForm(form);
    }
    case 'union':
      return identityOfForm(`(${value.members.map(identityOrForm).join('/')})`);
    case 'array':
      return value.items.length > mostItems
        ? identity(value)
        : identityOfForm(
            `[${value.items.map(identityOrForm).join('/')}${value.rest ? `…${identityOrForm(value.rest)}` : ''}]`,
          );
    default:
      return identity(value);
  }
}

function inputKey(input: InputValue): string {
  return `i${identity(input.sink)}.${input.in}.${input.name}${input.given ? '!' : ''}`;
}
