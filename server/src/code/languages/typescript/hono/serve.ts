// Owns what a Hono app serves: its registrations flattened into routes, each with everything that runs for it.
// It must not evaluate handlers itself; see `run.ts`.

import type { Place } from '../../../../base/place.ts';
import { type AbstainReason, closed, type Route, type Step } from '../../../model.ts';
import type { Machine } from '../machine.ts';
import type { PathReading, PathTemplate } from '../paths.ts';
import { describeRoute, openServed, type Served } from '../served.ts';
import { resultOf, type Value } from '../value.ts';
import { type AppState, type Entry, type Handler, under } from './apps.ts';
import { describedBy } from './documented.ts';
import { PatternIndex } from './paths.ts';
import { type HonoLayer, honoFacts } from './run.ts';

/** One registration of the whole app, with its full path. */
interface Flat {
  readonly entry: Entry;
  readonly reading: PathReading;
  readonly level: HonoLayer['level'];
  readonly onError: Handler | undefined;
  readonly mounts: readonly Step[];
  readonly conditional: boolean;
}

/** Flattens one app. */
export function serveHono(m: Machine, state: AppState, app: string): Served {
  const served: Served = { routes: [], completeness: closed };
  const open = (reason: AbstainReason, place: Place): void => openServed(served, reason, place);
  const all = flatten(state, { paths: [{ template: '' }] }, [], undefined, false, [], open);
  const patterns = new PatternIndex();
  for (const [index, { reading }] of all.entries())
    for (const { template } of reading.paths) patterns.add(template, index);
  for (const [index, flat] of all.entries()) {
    const { entry } = flat;
    if (flat.reading.lost) open(flat.reading.lost, entry.pathPlace);
    for (const handler of entry.handlers) doubt(handler.value, handler.place, entry.kind, open);
    if (entry.kind !== 'route') continue;
    for (const target of flat.reading.paths)
      for (const method of entry.methods)
        served.routes.push(routeOf(m, state, all, patterns, index, method, target, app, served.routes.length));
  }
  return served;
}

/** A middleware that cannot be read may serve whole paths. */
function doubt(
  value: Value,
  place: Place,
  kind: Entry['kind'],
  open: (reason: AbstainReason, place: Place) => void,
): void {
  if (kind === 'use' && value.kind === 'external' && !value.path.includes(resultOf)) open('unresolved-import', place);
}

function flatten(
  state: AppState,
  prefix: PathReading,
  mounts: readonly Step[],
  onError: Handler | undefined,
  conditional: boolean,
  visited: readonly object[],
  open: (reason: AbstainReason, place: Place) => void,
): Flat[] {
  if (visited.includes(state.entries) || visited.length > 16) return [];
  if (state.escaped) open('dependency-injection', state.escaped);
  const level = visited.length === 0 ? 'app' : 'router';
  return state.entries.flatMap((entry): Flat[] => {
    const reading = under(prefix, entry.reading);
    const unsure = conditional || entry.conditional;
    if (entry.kind !== 'app') return [{ entry, reading, level, onError, mounts, conditional: unsure }];
    const sub = entry.app!;
    const [first] = reading.paths;
    const step = { place: entry.place, what: `mounts it at ${first?.template || '/'}` };
    // The nearest app around a handler that maps errors itself maps that handler's.
    return flatten(
      sub,
      reading,
      [...mounts, step],
      sub.errorHandler ?? onError,
      unsure,
      [...visited, state.entries],
      open,
    );
  });
}

function routeOf(
  m: Machine,
  state: AppState,
  all: readonly Flat[],
  patterns: PatternIndex,
  index: number,
  method: string,
  target: PathTemplate,
  app: string,
  order: number,
): Route {
  const flat = all[index]!;
  const { entry } = flat;
  const path = target.template;
  const lost = target.lostPrefix ?? (state.loose ? 'unresolved-prefix' : undefined);
  return describeRoute(m, {
    app,
    framework: 'hono',
    method,
    path,
    order,
    registration: entry,
    target,
    handler: entry.handlers.at(-1)?.value,
    lost,
    conditional: flat.conditional,
    internal: isDocument(entry),
    mounts: flat.mounts,
    documentation: entry.documentation ?? describedBy(entry.handlers.map((handler) => handler.value)),
    facts: (asked) => {
      const running = patterns
        .runningFor(path)
        .filter((at) => all[at]!.entry.methods.includes('all') || all[at]!.entry.methods.includes(asked));
      const layersAt = (those: readonly number[]): HonoLayer[] => those.flatMap((at) => layersOf(all[at]!));
      const before = layersAt(running.filter((at) => at < index));
      const own = layersOf(flat).map((layer) => ({ ...layer, level: 'route' as const }));
      const after = layersAt(running.filter((at) => at > index));
      return honoFacts(m, {
        layers: [...before, ...own, ...after],
        handler: before.length + own.length - 1,
        path: lost ? undefined : path,
        method: asked,
        onError: state.errorHandler,
        notFound: state.notFound,
      });
    },
  });
}

function layersOf({ entry, level, onError }: Flat): HonoLayer[] {
  return entry.handlers.map(({ value, place }) => ({ value, place, level, onError }));
}

/** The API's own description serves no client of the API. */
function isDocument(entry: Entry): boolean {
  const last = entry.handlers.at(-1)?.value;
  return last?.kind === 'native' && (last.model.name === 'hono document' || last.model.name === 'hono page');
}
