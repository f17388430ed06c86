// Owns metadata as guards and interceptors read it: `SetMetadata`, decorators that `Reflector` makes, and the reflector's own methods.
// It must not know guards or routes.

import type ts from 'typescript';
import { join } from '../join.ts';
import type { Machine } from '../machine.ts';
import {
  type CallSite,
  type ClassValue,
  type Frame,
  isEmpty,
  literal,
  type Model,
  native,
  nativeFunction,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { decoratorOf, type Notes, noteOf, notesOf, notesOfClass } from './notes.ts';
import { tokenKey } from './tokens.ts';

/** What `context.getHandler()` gives: the method with its notes. */
export interface HandlerReference {
  readonly node: ts.Node;
  readonly frame: Frame;
  readonly name: string;
}

const handlerModel: Model = {
  name: 'handler',
  get: (_m, self, key) => (key === 'name' ? literal((self.data as HandlerReference).name) : undefined),
};

export const handlerReference = (reference: HandlerReference): Value => native(handlerModel, reference);

/** The note that holds one key of metadata. */
export const metadataNote = 'SetMetadata';

/** `SetMetadata(key, value)`. */
export const setMetadata = (site: CallSite): Value =>
  decoratorOf([noteOf(metadataNote, '@nestjs/common', site)], site.place);

/** `Reflector.createDecorator()`: a decorator that is its own key. */
export function createdDecorator(site: CallSite): Value {
  const options = site.args[0];
  const decorator: Value = nativeFunction('metadata decorator', (m, inner) => {
    const transform = options?.kind === 'object' ? m.get(options, 'transform', inner.place) : undefinedValue;
    const given = inner.args[0] ?? undefinedValue;
    const value = isEmpty(transform) ? given : m.call(transform, { ...inner, args: [given] });
    return setMetadata({ ...inner, args: [decorator, value], argPlaces: [inner.place, inner.place] });
  });
  return decorator;
}

/** The metadata of one target under a key: undefined where nothing sets it. */
export function metadataOf(m: Machine, target: Value, key: Value): Value {
  const notes = notesOfTarget(m, target);
  const wanted = tokenKey(key);
  if (!notes || wanted === undefined) return unknown('dependency-injection');
  const found = notes.list.findLast(
    (note) => note.name === metadataNote && note.args[0] && tokenKey(note.args[0]) === wanted,
  );
  if (found) return found.args[1] ?? undefinedValue;
  const unclear = notes.list.some(
    (note) => note.name === metadataNote && note.args[0] && tokenKey(note.args[0]) === undefined,
  );
  return notes.lost || unclear ? unknown('unresolved-import', notes.lost) : undefinedValue;
}

function notesOfTarget(m: Machine, target: Value): Notes | undefined {
  if (target.kind === 'class') return notesOfClass(m, target as ClassValue);
  if (target.kind !== 'native' || target.model !== handlerModel) return undefined;
  const { node, frame } = target.data as HandlerReference;
  return notesOf(m, node, frame);
}

const reflectorModel: Model = {
  name: 'reflector',
  method(m, _self, key, site) {
    const [wanted, targets] = site.args;
    if (!wanted || !targets) return undefined;
    const list = targets.kind === 'array' && !targets.rest ? targets.items : undefined;
    if (key === 'get') return metadataOf(m, targets, wanted);
    if (!list) return unknown('dependency-injection', site.place);
    const values = list.map((target) => metadataOf(m, target, wanted));
    if (key === 'getAll') return { kind: 'array', items: values };
    if (key === 'getAllAndOverride') return overriding(values);
    if (key === 'getAllAndMerge') return merged(values);
    return undefined;
  },
};

/** The first that is there. */
function overriding(values: readonly Value[]): Value {
  const possible: Value[] = [];
  for (const value of values) {
    if (value.kind === 'literal' && value.value === undefined) continue;
    possible.push(value);
    if (value.kind !== 'unknown') break;
  }
  return possible.length === 0 ? undefinedValue : join(possible);
}

function merged(values: readonly Value[]): Value {
  const present = values.filter((value) => !isEmpty(value));
  const lists = present.filter((value) => value.kind === 'array');
  if (lists.length === present.length)
    return { kind: 'array', items: lists.flatMap((list) => (list.kind === 'array' ? list.items : [])) };
  return present.length === 1 ? present[0]! : unknown('dependency-injection');
}

export const createReflector = (): Value => native(reflectorModel, undefined);
