// Owns what decorators note: each decorator of a class, a member or a parameter is evaluated once, and what it says is kept in order.
// It must not know what a note means to a route.

import ts from 'typescript';
import type { Place } from '../../../../base/place.ts';
import type { Machine } from '../machine.ts';
import { placeOf } from '../module.ts';
import { siteAt } from '../sites.ts';
import {
  type CallSite,
  type ClassValue,
  type Frame,
  literal,
  type Model,
  type NativeValue,
  native,
  objectOf,
  undefinedValue,
  type Value,
} from '../value.ts';

/** What one decorator says, in its own words: `Controller` with its arguments. */
export interface Note {
  readonly name: string;
  readonly package: string;
  readonly args: readonly Value[];
  readonly argPlaces: readonly Place[];
  readonly place: Place;
}

/** The notes of one target, in the order in which decorators are applied: the lowest in the text first. */
export interface Notes {
  readonly list: readonly Note[];
  /** A decorator that nobody can read: it may note anything. */
  readonly lost?: Place;
}

/** What decorators are applied to at the moment. */
interface Target {
  readonly list: Note[];
  lost?: Place;
}

const targets = new WeakMap<Machine, Target[]>();
const known = new WeakMap<Machine, Map<ts.Node, Notes>>();

/** A decorator of a package: applied to a target it leaves its notes there. */
export const decoratorModel: Model = {
  name: 'decorator',
  call(m, self) {
    targets
      .get(m)
      ?.at(-1)
      ?.list.push(...(self.data as readonly Note[]));
    return undefinedValue;
  },
};

/** A decorator that leaves the given notes. */
export const decoratorOf = (notes: readonly Note[], place?: Place): NativeValue => native(decoratorModel, notes, place);

/** The note of a decorator's call. */
export const noteOf = (name: string, packageName: string, site: CallSite): Note => ({
  name,
  package: packageName,
  args: site.args,
  argPlaces: site.argPlaces,
  place: site.place,
});

/** The notes that decorators, called one after another, leave. */
export function collectNotes(m: Machine, decorators: readonly Value[], place: Place): Notes {
  return collecting(m, (target) => {
    for (const decorator of decorators) applyDecorator(m, target, decorator, place, []);
  });
}

/** The notes on a class itself; those of the classes that it extends are not its own. */
export function notesOfClass(m: Machine, cls: ClassValue): Notes {
  return notesOf(m, cls.node, cls.frame);
}

/** The notes on a member or a parameter. */
export function notesOf(m: Machine, node: ts.Node, frame: Frame): Notes {
  const map = known.get(m) ?? new Map<ts.Node, Notes>();
  known.set(m, map);
  const before = map.get(node);
  if (before) return before;
  const decorators = ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : [];
  if (decorators.length === 0) {
    const nothing: Notes = { list: [] };
    map.set(node, nothing);
    return nothing;
  }
  // A decorator may speak of the class that it stands on; what it notes meanwhile is not there yet.
  map.set(node, { list: [] });
  const notes = m.apart(() =>
    collecting(m, (target) => {
      for (const decorator of [...decorators].reverse()) {
        const value = m.evaluate(decorator.expression, frame);
        m.dead = false;
        // A project's own edition of a decorator that documents goes by that one's name and does no more.
        if (value.kind === 'unknown' && documenting.test(decoratorName(decorator.expression))) continue;
        applyDecorator(m, target, value, placeOf(decorator), argumentsFor(node));
      }
    }),
  );
  map.set(node, notes);
  return notes;
}

/** The names of the decorators of `@nestjs/swagger`. */
const documenting =
  /^Api(?:\w*Response|Operation|Tags|Param|Query|Body|Headers?|Extension|ExtraModels|Consumes|Produces|Exclude\w+|BearerAuth|BasicAuth|CookieAuth|OAuth2|Security|\w*Property\w*)$/;

function decoratorName(expression: ts.Expression): string {
  const called = ts.isCallExpression(expression) ? expression.expression : expression;
  if (ts.isPropertyAccessExpression(called)) return called.name.text;
  return ts.isIdentifier(called) ? called.text : '';
}

function collecting(m: Machine, work: (target: Target) => void): Notes {
  const stack = targets.get(m) ?? [];
  targets.set(m, stack);
  const target: Target = { list: [] };
  stack.push(target);
  try {
    work(target);
  } finally {
    stack.pop();
  }
  return target;
}

function argumentsFor(node: ts.Node): readonly Value[] {
  const prototype = objectOf({});
  if (ts.isClassLike(node)) return [prototype];
  if (ts.isParameter(node)) return [prototype, literal(''), literal(node.parent.parameters.indexOf(node))];
  const name = (node as { name?: ts.Node }).name;
  return [prototype, literal(name && ts.isIdentifier(name) ? name.text : ''), objectOf({ value: undefinedValue })];
}

function applyDecorator(m: Machine, target: Target, value: Value, place: Place, args: readonly Value[]): void {
  if (value.kind === 'native' && value.model === decoratorModel) {
    target.list.push(...(value.data as readonly Note[]));
    return;
  }
  if (value.kind === 'function' || value.kind === 'native') {
    m.catching(() => m.call(value, siteAt(m, place, args)));
    m.dead = false;
    return;
  }
  // Decorators of packages without a model keep to themselves; one that was not even found may be anything.
  if (value.kind === 'unknown') target.lost ??= place;
}

/** The last note of a name, which is the one that stands. */
export function lastNote(notes: Notes, name: string): Note | undefined {
  return notes.list.findLast((note) => note.name === name);
}

/** All notes of a name, uppermost in the text first. */
export function allNotes(notes: Notes, name: string): readonly Note[] {
  return notes.list.filter((note) => note.name === name).reverse();
}
