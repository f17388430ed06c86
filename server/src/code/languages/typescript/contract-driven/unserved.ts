// Owns contract-driven routers that no application was seen to use, such as those of functions in the cloud.
// It must not know what calls them; what happens around their handlers is unknown.

import type { HandlerFacts, Route } from '../../../model.ts';
import { FactCollector } from '../facts.ts';
import type { Framework } from '../framework.ts';
import { describeHandler } from '../handler-place.ts';
import type { Machine } from '../machine.ts';
import { joinPaths } from '../paths.ts';
import { describeRouter, type Entry, type RouterState, routerStates } from './routers.ts';

export const contractDriven: Framework = {
  name: 'contract-driven',
  apps(m, surroundings) {
    return routerStates(m)
      .filter((state) => !state.served && state.entries.length > 0)
      .map((state) =>
        surroundings.app({
          framework: state.package,
          place: state.place,
          folder: surroundings.folderOf(state.place.file),
          routes: [],
          completeness: { closed: true },
          operationRouters: [
            describeRouter(state, false, (entry, method, path) => routeOf(m, state, entry, method, path)),
          ],
        }),
      );
  },
};

function routeOf(m: Machine, state: RouterState, entry: Entry, method: string, path: string): Route {
  const facts = unseen(m, entry);
  return {
    id: `${state.place.file}#${entry.operationId}`,
    app: state.place.file,
    method,
    path: joinPaths('', path),
    framework: state.package,
    place: entry.place,
    pathPlace: entry.place,
    ...describeHandler(entry.value),
    order: 0,
    completeness: { closed: true },
    unmounted: false,
    internal: false,
    mounts: [],
    facts: () => facts,
  };
}

function unseen(m: Machine, entry: Entry): HandlerFacts {
  const collector = new FactCollector(m);
  collector.openAll('framework-unmodelled', entry.place);
  return collector.facts([entry.place.file]);
}
