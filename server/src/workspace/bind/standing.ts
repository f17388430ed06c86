// Owns the standing form of apps: what binding reads of them, kept as one object for as long as it stays the same.
// It must not know contracts. Most edits move places and change facts, and neither decides what binds to what.

import type { App, HandlerFacts, Route } from '../../code/model.ts';

interface Kept {
  readonly app: App;
  /** Per route the first route of the same registration. */
  readonly registrations: readonly number[];
}

/**
 * Remembers apps from one state of the code to the next. A standing app has the routes of the present one in the same
 * order, without their facts, and its places may belong to an older text: only that two of them are equal means anything.
 */
export class StandingApps {
  private known = new Map<string, Kept>();

  /** The standing forms of these apps, in their order; the same objects as before where nothing that matters changed. */
  of(apps: readonly App[]): readonly App[] {
    const next = new Map<string, Kept>();
    const standing = apps.map((app) => {
      // Several apps may be made in one file.
      let key = app.id;
      while (next.has(key)) key += '\n';
      const registrations = registrationsOf(app);
      const before = this.known.get(key);
      const kept =
        before && same(before, app, registrations)
          ? before
          : { app: { ...app, routes: app.routes.map(form) }, registrations };
      next.set(key, kept);
      return kept.app;
    });
    this.known = next;
    return standing;
  }
}

/** What tells two registrations of one text apart. */
export function registration(route: Route): string {
  return `${route.place.file}:${route.place.start}:${route.method}`;
}

/** Facts hold on to the modules that they are read from, which a form must not. */
function form(route: Route): Route {
  return { ...route, facts: nobodysFacts };
}

function nobodysFacts(): HandlerFacts {
  throw new Error('The standing form of a route has no facts.');
}

function registrationsOf(app: App): readonly number[] {
  const first = new Map<string, number>();
  return app.routes.map((route, index) => {
    const key = registration(route);
    const known = first.get(key);
    if (known !== undefined) return known;
    first.set(key, index);
    return index;
  });
}

function same({ app: kept, registrations: before }: Kept, app: App, registrations: readonly number[]): boolean {
  return (
    kept.id === app.id &&
    kept.folder === app.folder &&
    kept.framework === app.framework &&
    kept.place.file === app.place.file &&
    kept.routes.length === app.routes.length &&
    kept.contractFiles.length === app.contractFiles.length &&
    kept.contractFiles.every((file, index) => file === app.contractFiles[index]) &&
    registrations.every((first, index) => first === before[index]) &&
    kept.routes.every((route, index) => sameForm(route, app.routes[index]!))
  );
}

function sameForm(a: Route, b: Route): boolean {
  return (
    a.id === b.id &&
    a.method === b.method &&
    a.path === b.path &&
    a.order === b.order &&
    a.unmounted === b.unmounted &&
    a.internal === b.internal &&
    a.completeness.closed === b.completeness.closed &&
    a.place.file === b.place.file
  );
}
