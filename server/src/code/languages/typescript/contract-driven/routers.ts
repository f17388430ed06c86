// Owns routers that a contract drives: handlers that are found by the name of an operation, and where such a router stands.
// It must not know a contract: which operation has which path is found where both sides meet.

import type { Place } from '../../../../base/place.ts';
import type { Completeness, OperationRouter, Route } from '../../../model.ts';
import { closed } from '../../../model.ts';
import { classMember } from '../classes.ts';
import { passOn } from '../express/routers.ts';
import type { Machine } from '../machine.ts';
import { placeOf } from '../module.ts';
import { type Model, type NativeValue, native, type ObjectValue, type Value } from '../value.ts';

/** One function that may handle an operation. */
export interface Entry {
  readonly operationId: string;
  /** The module that holds it, relative to the folder of controllers and without extension. */
  readonly controller?: string;
  readonly value: Value;
  readonly place: Place;
}

/** A router that looks handlers up by name. */
export interface RouterState {
  readonly package: string;
  readonly place: Place;
  /** The contract's file, where the code names it. */
  readonly contractFile?: string;
  readonly naming: OperationRouter['naming'];
  readonly entries: Entry[];
  /** Why there may be more handlers than `entries` has. */
  open?: Completeness;
  /** What an express application calls for a handler: it as it is, or through the router's own arguments. */
  readonly calling: (entry: Entry) => Value;
  /** Whether an app was seen to use it. */
  served: boolean;
}

const statesOf = new WeakMap<Machine, RouterState[]>();

/** Every contract-driven router of a run. */
export function routerStates(m: Machine): readonly RouterState[] {
  return statesOf.get(m) ?? [];
}

/** What naming most routers share: the operation's `operationId`. */
export const byOperationId: OperationRouter['naming'] = { handler: [], controller: [] };

/** A new router. */
export function createOperationRouter(
  m: Machine,
  facts: Pick<RouterState, 'package' | 'place'> & Partial<RouterState>,
): RouterState {
  const state: RouterState = {
    naming: byOperationId,
    entries: [],
    calling: (entry) => entry.value,
    served: false,
    ...facts,
  };
  statesOf.set(m, [...routerStates(m), state]);
  return state;
}

const middleware: Model = {
  name: 'operation router',
  call: (m, _self, site) => passOn(m, site),
  method: (_m, self, key) => (key === '[escape]' ? self : undefined),
};

/** A router as a middleware that an Express application uses. */
export function middlewareOf(state: RouterState): NativeValue {
  return native(middleware, state, state.place);
}

/** The router behind what an Express application uses: its middleware, or a function that hands requests to it. */
export function operationRouterOf(m: Machine, value: Value): RouterState | undefined {
  if (value.kind === 'native' && value.model === middleware) return value.data as RouterState;
  if (value.kind !== 'function' || !/\.handleRequest\s*\(/.test(value.node.getText())) return undefined;
  const folder = m.resolver.packageFolder(value.frame.module.file);
  return routerStates(m).find(
    (state) => state.package === 'openapi-backend' && m.resolver.packageFolder(state.place.file) === folder,
  );
}

/** A router as the code model has it, with what makes a route of one of its handlers. */
export function describeRouter(
  state: RouterState,
  mounted: boolean,
  route: (entry: Entry, method: string, path: string) => Route,
): OperationRouter {
  state.served = true;
  return {
    router: state.package,
    place: state.place,
    contractFile: state.contractFile,
    mounted,
    naming: state.naming,
    handlers: state.entries.map((entry) => ({
      operationId: entry.operationId,
      controller: entry.controller,
      place: entry.place,
      route: (method, path) => route(entry, method, path),
    })),
    completeness: state.open ?? closed,
  };
}

/** Notes the functions of an object, a class's instance or a module under their names. */
export function takeHandlers(m: Machine, state: RouterState, value: Value, controller?: string): void {
  const add = (operationId: string, held: Value, place: Place | undefined): void => {
    if (held.kind === 'literal') return;
    // One of several objects may be the one that is used; what they share is one handler.
    if (state.entries.some((entry) => entry.operationId === operationId && sameHandler(entry.value, held))) return;
    state.entries.push({ operationId, controller, value: held, place: place ?? placeOfHandler(held) ?? state.place });
  };
  switch (value.kind) {
    case 'union':
      for (const member of value.members) takeHandlers(m, state, member, controller);
      return;
    case 'object':
      for (const [name, cell] of value.props) add(name, m.force(cell), value.places?.get(name));
      takeMethods(m, value, add);
      if (value.open) open(state, 'spread-or-any');
      return;
    case 'namespace':
      for (const name of value.module.exports.keys()) add(name, m.modules.exportOf(value.module, name), undefined);
      return;
    case 'native':
      for (const [name, cell] of value.props) add(name, m.force(cell), undefined);
      if (value.model.name !== 'exports') open(state, 'dependency-injection');
      return;
    case 'class':
      for (const [name, cell] of value.statics) add(name, m.force(cell), undefined);
      return;
    default:
      open(state, value.kind === 'unknown' ? value.reason : 'unresolved-import');
  }
}

function sameHandler(a: Value, b: Value): boolean {
  return a === b || (a.kind === 'function' && b.kind === 'function' && a.node === b.node);
}

/** Where a function is written, by its name. */
export function placeOfHandler(value: Value): Place | undefined {
  if (value.kind === 'native') return value.place;
  return value.kind === 'function' ? placeOf(value.node.name ?? value.node) : undefined;
}

function takeMethods(
  m: Machine,
  value: ObjectValue,
  add: (name: string, held: Value, place: Place | undefined) => void,
): void {
  for (let cls: Value | undefined = value.cls, hops = 0; cls?.kind === 'class' && hops < 12; cls = cls.parent, hops++) {
    for (const member of cls.node.members) {
      const name = member.name && 'text' in member.name ? String(member.name.text) : undefined;
      if (name === undefined || name === 'constructor' || value.props.has(name)) continue;
      const held = classMember(m, cls, name, value);
      if (held?.kind === 'function') add(name, held, undefined);
    }
  }
}

/** There may be more handlers than are known. */
export function open(state: RouterState, reason: Exclude<Completeness, { closed: true }>['reason']): void {
  state.open ??= { closed: false, reason, place: state.place };
}
