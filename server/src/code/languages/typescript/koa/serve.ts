// Owns what a Koa app serves: its middlewares, mounts and routers flattened into routes, each with the chain that a request runs through.
// It must not evaluate handlers itself; see `run.ts`.

import type { Place } from '../../../../base/place.ts';
import { type AbstainReason, closed, type Step } from '../../../model.ts';
import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import type { Layer } from '../onion/chain.ts';
import { covers, type PathReading, type PathTemplate, parametersOf } from '../paths.ts';
import { describeRoute, openServed, type Served } from '../served.ts';
import { native, resultOf, undefinedValue, type Value } from '../value.ts';
import { type AppState, appOf, Composed, Mount, type Used } from './apps.ts';
import { dispatched, type Registration, type RouterState, routerOf, under } from './routers.ts';
import { koaFacts } from './run.ts';

interface Mounted {
  readonly layer: Layer;
  readonly mount: string;
  /** Set where a part of the mount's path is unknown: only routes of the same router are known to lie below. */
  readonly within?: RouterState;
}

interface Surroundings {
  readonly prefix: PathReading;
  /** What runs before, in order; shared with those that come later. */
  readonly before: Mounted[];
  /** The lists of what the apps around use, with how much of each stands before. */
  readonly lists: readonly { readonly list: readonly Mounted[]; readonly from: number }[];
  readonly apps: readonly AppState[];
  readonly mounts: readonly Step[];
  readonly params: readonly { readonly name: string; readonly layer: Layer }[];
  readonly level: Layer['level'];
  readonly conditional: boolean;
  /** What mounts have taken off the path. */
  readonly stripped: string;
  readonly visited: readonly object[];
}

const start: Surroundings = {
  prefix: { paths: [{ template: '' }] },
  before: [],
  lists: [],
  apps: [],
  mounts: [],
  params: [],
  level: 'app',
  conditional: false,
  stripped: '',
  visited: [],
};

/** Flattens one app. */
export function serveApp(m: Machine, state: AppState, app: string): Served {
  const flattener = new Flattener(m, app, false);
  flattener.app(state, { ...start, before: [] });
  return flattener.served;
}

/** Flattens one router that nothing is seen to use. */
export function serveRouter(m: Machine, state: RouterState, app: string): Served {
  const flattener = new Flattener(m, app, true);
  flattener.router(state, { ...start, before: [], level: 'router' });
  return flattener.served;
}

class Flattener {
  readonly served: Served = { routes: [], completeness: closed };

  constructor(
    private readonly m: Machine,
    private readonly id: string,
    private readonly unmounted: boolean,
  ) {}

  app(state: AppState, around: Surroundings): void {
    if (around.visited.includes(state) || around.visited.length > 16) return;
    if (state.escaped) this.open('dependency-injection', state.escaped);
    const own: Mounted[] = [];
    const inner = { ...around, apps: [...around.apps, state], visited: [...around.visited, state] };
    for (const used of state.used)
      this.use(used, { ...inner, lists: [{ list: own, from: own.length }, ...around.lists] }, own);
  }

  /** One thing that an app uses. */
  private use(used: Used, around: Surroundings, own: Mounted[]): void {
    for (const value of members(used.value)) {
      const conditional = around.conditional || used.conditional;
      const router = dispatched(value) ?? routerOf(this.m, value);
      if (router) this.router(router, { ...around, before: [...around.before], level: 'router', conditional });
      else if (value.kind === 'native' && value.data instanceof Composed) {
        for (const part of value.data.parts) this.use({ ...part, conditional: used.conditional }, around, own);
      } else if (value.kind === 'native' && value.data instanceof Mount) this.mount(value.data, used, around, own);
      else {
        const app = appOf(this.m, value);
        if (app) this.app(app, around);
        else this.plain(value, used, around, own);
      }
    }
  }

  private plain(value: Value, used: Used, around: Surroundings, own: Mounted[]): void {
    if (value.kind === 'literal') return;
    this.doubt(value, used.place);
    for (const path of around.prefix.paths) {
      const layer = { value, place: used.place, level: around.level, prefix: around.stripped };
      own.push({ layer, mount: path.template });
      around.before.push({ layer, mount: path.template });
    }
  }

  /** What cannot be read may be a router. */
  private doubt(value: Value, place: Place): void {
    if (value.kind === 'external' && !value.path.includes(resultOf)) this.open('unresolved-import', place);
    if (value.kind === 'unknown')
      this.open(value.reason === 'environment-dependent' ? value.reason : 'unresolved-import', place);
  }

  private mount(mount: Mount, used: Used, around: Surroundings, own: Mounted[]): void {
    if (mount.path.lost) this.open(mount.path.lost, used.place);
    const prefix = under(around.prefix, mount.path.paths.length > 0 ? mount.path : lostPath(mount.path));
    const [first] = prefix.paths;
    const inner: Surroundings = {
      ...around,
      prefix,
      stripped: first?.template === '/' ? '' : (first?.template ?? ''),
      mounts: [...around.mounts, { place: used.place, what: `mounts it at ${first?.template || '/'}` }],
    };
    const app = appOf(this.m, mount.target);
    const before = app ? [...around.before] : around.before;
    if (app) this.app(app, { ...inner, before });
    else this.use({ ...used, value: mount.target }, inner, own);
  }

  /** A router's registrations in order; middlewares that a nested one brings are its parent's as well. */
  router(state: RouterState, around: Surroundings): void {
    if (around.visited.includes(state) || around.visited.length > 16) return;
    if (state.escaped) this.open('dependency-injection', state.escaped);
    const params = [...around.params];
    const inner = (): Surroundings => ({ ...around, params: [...params], visited: [...around.visited, state] });
    for (const registration of state.registrations) {
      if (registration.kind === 'param') {
        for (const handler of registration.handlers)
          params.push({ name: registration.name!, layer: paramLayer(registration.name!, handler, around) });
      } else if (registration.kind === 'route') this.route(registration, inner());
      else this.routerUse(registration, inner(), state);
    }
  }

  private routerUse(registration: Registration, around: Surroundings, state: RouterState): void {
    const { reading } = registration;
    if (reading.lost) this.open(reading.lost, registration.pathPlace);
    const prefix = under(around.prefix, reading);
    for (const handler of registration.handlers) {
      for (const value of members(handler.value)) {
        const nested = dispatched(value) ?? routerOf(this.m, value);
        if (nested) {
          const [first] = prefix.paths;
          this.router(nested, {
            ...around,
            prefix,
            conditional: around.conditional || registration.conditional,
            mounts: [...around.mounts, { place: registration.place, what: `mounts it at ${first?.template || '/'}` }],
          });
          continue;
        }
        if (value.kind === 'literal') continue;
        if (value.kind === 'native' && value.data instanceof Composed) {
          for (const part of value.data.parts)
            this.routerUse({ ...registration, handlers: [{ ...part, conditional: false }] }, around, state);
          continue;
        }
        this.doubt(value, handler.place);
        for (const path of prefix.paths) {
          const layer = { value, place: handler.place, level: around.level, prefix: around.stripped };
          around.before.push({ layer, mount: path.template, ...(path.lostPrefix ? { within: state } : {}) });
        }
      }
    }
  }

  private route(registration: Registration, around: Surroundings): void {
    if (registration.reading.lost) this.open(registration.reading.lost, registration.pathPlace);
    for (const target of under(around.prefix, registration.reading).paths)
      for (const method of registration.methods) this.emit(registration, method, target, around);
  }

  private emit(registration: Registration, method: string, target: PathTemplate, around: Surroundings): void {
    const { m, served } = this;
    const path = target.template;
    const lost = target.lostPrefix;
    const head = headOf(target);
    const mayCover = (mount: string) => head === undefined || covers(mount, head) || mount.startsWith(`${head}/`);
    const reaches = ({ mount, within }: Mounted) =>
      within ? around.visited.includes(within) : covers(mount, path) || (lost !== undefined && mayCover(mount));
    const names = parametersOf(path);
    const own = registration.handlers.map(
      (handler): Layer => ({
        value: handler.value,
        place: handler.place,
        level: 'route',
        prefix: around.stripped,
      }),
    );
    const ahead = [
      ...around.before.filter(reaches).map((mounted) => mounted.layer),
      ...around.params.filter((param) => names.includes(param.name)).map((param) => param.layer),
    ];
    served.routes.push(
      describeRoute(m, {
        app: this.id,
        framework: 'koa',
        method,
        path,
        order: served.routes.length,
        registration,
        target,
        handler: own.at(-1)?.value,
        lost,
        conditional: registration.conditional || around.conditional,
        unmounted: this.unmounted,
        mounts: around.mounts,
        documentation: registration.statuses?.length ? { statuses: registration.statuses } : undefined,
        // What the apps use behind their routers is known only when everything has been flattened.
        facts: (asked) => {
          const after = around.lists.flatMap(({ list, from }) => list.slice(from).filter(reaches));
          return koaFacts(m, {
            layers: [...ahead, ...own, ...after.map((mounted) => mounted.layer)],
            handler: ahead.length + own.length - 1,
            apps: around.apps,
            path: this.unmounted || (lost !== undefined && head === undefined) ? undefined : path,
            method: asked,
          });
        },
      }),
    );
  }

  private open(reason: AbstainReason, place: Place): void {
    openServed(this.served, reason, place);
  }
}

/** What stands before the unknown constant of a path; undefined where even the beginning is not known. */
function headOf({ template, lostPrefix }: PathTemplate): string | undefined {
  const hole = template.indexOf('{*}');
  if (lostPrefix !== 'dynamic-path' || hole < 0) return undefined;
  return template.slice(0, template.lastIndexOf('/', hole));
}

function lostPath(reading: PathReading): PathReading {
  return { paths: [{ template: '', lostPrefix: reading.lost ?? 'unresolved-prefix' }] };
}

/** `router.param(name, (value, ctx, next) => …)` as a middleware. */
function paramLayer(name: string, handler: Used, around: Surroundings): Layer {
  const value = native(
    {
      name: 'koa param',
      call(m, _self, site) {
        const [context, next] = site.args;
        if (!context || !next) return undefinedValue;
        const given = m.get(m.get(context, 'params', handler.place), name, handler.place);
        const args = [given, context, next];
        return m.call(handler.value, { ...site, args, argPlaces: args.map(() => site.place) });
      },
    },
    undefined,
    handler.place,
  );
  return { value, place: handler.place, level: around.level, prefix: around.stripped };
}
