// Owns the offer of a guard for a route that lacks one: which guard stands before its neighbours, and whether it can be named there.
// It must not know how code is written.

import type { Guard } from '../../code/model.ts';
import type { Operation } from '../../contract/model.ts';
import type { FixOffer } from '../../findings/finding.ts';
import type { Governed } from '../../workspace/model.ts';
import type { ReadPlace, Subject } from './code-repairs.ts';

/** Frameworks whose registrations take middlewares between the path and the handler. */
const taking = new Set(['express', 'koa', 'hono']);

/** The guard of operations that ask for the same, put before a route whose registration is one call. */
export function addGuard({ draft, place, governed, read }: Subject): FixOffer | undefined {
  const { operation } = draft;
  const routes = governed.bindings.find((binding) => binding.operation === operation)?.routes ?? [];
  const route = routes.find(({ pathPlace: at }) => at.file === place.file && at.start === place.start);
  if (!operation || !route || !taking.has(route.framework)) return undefined;
  const call = read(route.place)?.text ?? '';
  if (!/^(?:[\w$.]+\.)?[a-z]+\(\s*(['"`])[^'"`$]*\1\s*,/.test(call)) return undefined;
  const found = guardOf(operation, governed, read);
  if (!found || !canName(found, route.place.file, read)) return undefined;
  const { guard, name } = found;
  return {
    id: 'add-guard',
    title: `Put ${name} before the route, as before others`,
    side: 'code',
    safety: 'suggestion',
    data: { file: route.place.file, offset: route.place.start, guard: name, from: guard.place.file },
  };
}

interface Named {
  readonly guard: Guard;
  /** `authenticate`, `auth.required`. */
  readonly name: string;
}

/** For one state of the texts, which a reader stands for: the guards by the security that their operations ask for. */
const known = new WeakMap<ReadPlace, WeakMap<Governed, ReadonlyMap<string, Named>>>();

/** The guard that stands most often before operations with the same security, where it is written as a name. */
function guardOf({ security }: Operation, governed: Governed, read: ReadPlace): Named | undefined {
  const byGoverned = known.get(read) ?? new WeakMap<Governed, ReadonlyMap<string, Named>>();
  known.set(read, byGoverned);
  const found = byGoverned.get(governed) ?? guardsOf(governed, read);
  byGoverned.set(governed, found);
  return found.get(JSON.stringify(security));
}

function guardsOf(governed: Governed, read: ReadPlace): ReadonlyMap<string, Named> {
  const counts = new Map<string, Map<string, { readonly named: Named; count: number }>>();
  for (const { operation, routes } of governed.bindings) {
    const security = JSON.stringify(operation.security);
    for (const guard of routes.flatMap((route) => route.facts().guards)) {
      const name = read(guard.place)?.text;
      if (guard.kind !== 'authentication' || !name || !/^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)?$/.test(name)) continue;
      const counted = counts.get(security) ?? new Map<string, { readonly named: Named; count: number }>();
      counts.set(security, counted);
      const before = counted.get(name);
      if (before) before.count++;
      else counted.set(name, { named: { guard, name }, count: 1 });
    }
  }
  return new Map([...counts].map(([key, counted]) => [key, mostOf(counted)]));
}

function mostOf(counted: ReadonlyMap<string, { readonly named: Named; readonly count: number }>): Named {
  return [...counted.values()].sort((a, b) => b.count - a.count)[0]!.named;
}

/** Whether a file can name the guard: it stands there already, or is imported where it is used. */
function canName({ guard, name }: Named, file: string, read: ReadPlace): boolean {
  const [root = name] = name.split('.');
  const word = root.replaceAll('$', '\\$');
  const textOf = (one: string): string => read({ file: one, start: 0, end: 200_000 })?.text ?? '';
  if (guard.place.file === file) return true;
  const from = new RegExp(
    `(?:^|\\n)(?:import\\s[^;'"]*\\b${word}\\b[^;'"]*\\sfrom\\s|const\\s+\\{?[^;='"]*\\b${word}\\b[^;='"]*\\}?\\s*=\\s*require\\()`,
  );
  return from.test(textOf(guard.place.file)) && !new RegExp(`(?<![\\w$.])${word}(?![\\w$])`).test(textOf(file));
}
