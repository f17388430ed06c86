// Owns summaries of function calls: a call that cannot touch the request or the response is interpreted once for the same arguments.
// It must not be used while modules are being run, where calls register routes.

import type { Step } from '../../model.ts';
import { everyItem } from './join.ts';
import type { Machine, Thrown } from './machine.ts';
import type { CallSite, FunctionValue, InputValue, Value } from './value.ts';

/** What a call did: its value, what it threw, and which files it read. */
export interface Summary {
  readonly value: Value;
  readonly dead: boolean;
  /** Whether a call inside of it was not followed to its end. */
  readonly lost: boolean;
  /** Whether code of the workspace may have run that was not followed. */
  readonly strange: boolean;
  readonly thrown: readonly { readonly thrown: Thrown; readonly inner: readonly Step[] }[];
  readonly touched: ReadonlySet<string>;
}

const identities = new WeakMap<object, number>();
let nextIdentity = 1;

function identity(thing: object): number {
  let id = identities.get(thing);
  if (id === undefined) {
    id = nextIdentity++;
    identities.set(thing, id);
  }
  return id;
}

/** A key for a call, or undefined when the call may see the request or the response. */
export function summaryKey(fn: FunctionValue, self: Value | undefined, site: CallSite): string | undefined {
  if (site.open || fn.bound) return undefined;
  const parts: string[] = [String(identity(fn.node))];
  const home = fn.frame.module.frame;
  if (fn.frame !== home) parts.push(`f${identity(fn.frame)}`);
  const receiver = fn.self ?? self;
  if (receiver) {
    if (
      (receiver.kind === 'native' && !receiver.model.stable) ||
      receiver.kind === 'input' ||
      receiver.kind === 'union'
    )
      return undefined;
    parts.push(`t${identity(receiver)}`);
  }
  for (const argument of site.args) {
    const part = keyOf(argument, 0);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return parts.join('|');
}

function keyOf(value: Value, depth: number): string | undefined {
  switch (value.kind) {
    case 'literal':
      return value.someFalsy ? 'falsy' : `${typeof value.value}:${String(value.value)}`;
    case 'unknown':
      return value.caught || value.instanceOf
        ? undefined
        : value.shape
          ? `s${identity(value.shape)}`
          : `?${value.reason}${value.truthy ? '!' : ''}`;
    case 'external':
      return `${value.package}/${value.path.join('/')}`;
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
    case 'object': {
      if (depth > 2 || value.props.size > 24 || value.open || value.base?.length) return undefined;
      if (value.cls) return `o${identity(value)}`;
      const parts: string[] = [];
      for (const [key, cell] of value.props) {
        if (!cell.value) return undefined;
        const part = keyOf(cell.value, depth + 1);
        if (part === undefined) return undefined;
        parts.push(`${key}=${part}`);
      }
      return `{${parts.join(',')}}`;
    }
    case 'array': {
      if (depth > 2 || value.items.length > 8) return undefined;
      const parts = everyItem(value).map((item) => keyOf(item, depth + 1));
      return parts.some((part) => part === undefined) ? undefined : `[${parts.join(',')}${value.rest ? '…' : ''}]`;
    }
    case 'union': {
      if (depth > 2) return undefined;
      const parts = value.members.map((member) => keyOf(member, depth + 1));
      return parts.some((part) => part === undefined) ? undefined : `(${parts.join('/')})`;
    }
    case 'native':
      return value.model.stable ? `v${identity(value)}` : undefined;
    default:
      return undefined;
  }
}

function inputKey(input: InputValue): string {
  return `i${identity(input.sink)}.${input.in}.${input.name}${input.given ? '!' : ''}`;
}

/** Runs a call or repeats its summary. */
export function summarised(m: Machine, key: string, run: () => Value): Value {
  const own = m.glancing ? `glance ${key}` : key;
  const known = m.summaries.get(key) ?? m.summaries.get(own);
  if (known) {
    for (const { thrown, inner } of known.thrown) m.thrown.push({ ...thrown, via: [...m.steps, ...inner] });
    for (const file of known.touched) m.touched.add(file);
    if (known.dead) m.dead = true;
    if (known.lost) m.loseCall();
    if (known.strange) m.strangers++;
    return known.value;
  }
  const outer = m.touched;
  m.touched = new Set();
  const depth = m.steps.length;
  const { particular, lostCalls, strangers } = m;
  try {
    const { result: value, thrown } = m.catching(run);
    if (m.particular === particular)
      m.summaries.set(own, {
        value,
        dead: m.dead,
        lost: m.lostCalls !== lostCalls,
        strange: m.strangers !== strangers,
        thrown: thrown.map((one) => ({ thrown: one, inner: one.via.slice(depth) })),
        touched: m.touched,
      });
    m.thrown.push(...thrown);
    return value;
  } finally {
    for (const file of m.touched) outer.add(file);
    m.touched = outer;
  }
}
