// Owns which guards, pipes, interceptors and filters stand around an endpoint, in the order in which Nest runs them.
// It must not run any of them.

import type { Place } from '../../../../base/place.ts';
import type { Guard } from '../../../model.ts';
import type { Machine } from '../machine.ts';
import { type ClassValue, unknown, type Value } from '../value.ts';
import type { AppState } from './application.ts';
import type { Injector } from './injector.ts';
import type { GlobalToken, ModuleNode } from './module-graph.ts';
import { type Note, notesOfClass } from './notes.ts';
import type { Endpoint } from './scene.ts';
import { resolveForwardRef } from './tokens.ts';

export type Kind = 'guards' | 'pipes' | 'interceptors' | 'filters';

/** One of them, where it is attached. */
export interface Use {
  readonly value: Value;
  readonly place: Place;
  readonly level: Guard['level'];
  /** Whether it stands there under a condition that could not be decided. */
  readonly conditional?: boolean;
}

const decorators: Readonly<Record<Kind, string>> = {
  guards: 'UseGuards',
  pipes: 'UsePipes',
  interceptors: 'UseInterceptors',
  filters: 'UseFilters',
};
const tokens: Readonly<Record<Kind, GlobalToken>> = {
  guards: 'APP_GUARD',
  pipes: 'APP_PIPE',
  interceptors: 'APP_INTERCEPTOR',
  filters: 'APP_FILTER',
};

/** Everything of a kind around an endpoint: the app's first, the method's last. */
export function usesOf(
  m: Machine,
  kind: Kind,
  app: AppState | undefined,
  injector: Injector,
  endpoint: Endpoint,
): readonly Use[] {
  return [
    ...(app ? app.uses[kind] : []),
    ...globalsOf(m, kind, injector),
    ...lineageOf(endpoint.cls).flatMap((cls) => usesIn(notesOfClass(m, cls).list, kind, 'router')),
    ...usesIn(endpoint.notes.list, kind, 'route'),
  ];
}

/** A class and what it extends, the furthest ancestor first. */
export function lineageOf(cls: ClassValue): readonly ClassValue[] {
  const chain: ClassValue[] = [];
  for (let current: Value | undefined = cls; current?.kind === 'class' && chain.length < 12; current = current.parent)
    chain.unshift(current);
  return chain;
}

function usesIn(notes: readonly Note[], kind: Kind, level: Use['level']): Use[] {
  return notes
    .filter((note) => note.name === decorators[kind])
    .flatMap((note) => note.args.map((value, index) => ({ value, place: note.argPlaces[index] ?? note.place, level })));
}

function globalsOf(m: Machine, kind: Kind, injector: Injector): Use[] {
  const token = tokens[kind];
  return injector.modules().flatMap((module) =>
    module.globals
      .filter((one) => one.token === token)
      .map((one) => ({
        value: provided(m, one.provider, module, injector),
        place: one.place,
        level: 'app' as const,
        conditional: one.conditional,
      })),
  );
}

function provided(m: Machine, provider: Value, module: ModuleNode, injector: Injector): Value {
  if (provider.kind !== 'object') return unknown('dependency-injection');
  const place = provider.place ?? { file: '', start: 0, end: 0 };
  const cls = resolveForwardRef(m, m.get(provider, 'useClass', place));
  if (cls.kind === 'class') return injector.instantiate(cls, module);
  if (cls.kind === 'external') return { ...cls, place };
  return injector.fromProvider(provider, module);
}
