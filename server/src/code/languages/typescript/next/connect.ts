// Owns next-connect's routers: middlewares and handlers by method for one file, which are called one after the other.
// It must not know how files are found or what a handler answers.

import type { Place } from '../../../../base/place.ts';
import type { Machine, Thrown } from '../machine.ts';
import { suspecting, unseenException } from '../unseen.ts';
import {
  type CallSite,
  literal,
  type Model,
  type NativeValue,
  native,
  nativeFunction,
  type PackageModel,
  textOf,
  undefinedValue,
  type Value,
} from '../value.ts';

interface Entry {
  /** Upper case; undefined runs for every method. */
  readonly method?: string;
  /** Whether it only leads to handlers, and so is no answer of its own. */
  readonly middleware: boolean;
  readonly handlers: readonly { readonly value: Value; readonly place: Place }[];
}

interface RouterState {
  readonly entries: Entry[];
  onError?: Value;
  onNoMatch?: Value;
}

const verbs = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace', 'connect']);

/** `nextConnect()` of the first versions, `createRouter()` and `createEdgeRouter()` of the later ones. */
export const nextConnectPackage: PackageModel = {
  packages: ['next-connect', 'next-connect-router'],
  call(m, external, site) {
    const name = external.path.at(-1);
    if (name === 'expressWrapper') return site.args[0] ?? undefinedValue;
    if (name !== undefined && !['default', 'nc', 'createRouter', 'createEdgeRouter'].includes(name)) return undefined;
    const state: RouterState = { entries: [] };
    takeOptions(m, state, site);
    return native(routerModel, state, site.place);
  },
};

function takeOptions(m: Machine, state: RouterState, site: CallSite): void {
  const [options] = site.args;
  if (options?.kind !== 'object') return;
  for (const key of ['onError', 'onNoMatch'] as const) {
    const value = m.get(options, key, site.place);
    if (value.kind === 'function') state[key] = value;
  }
}

const routerModel: Model = {
  name: 'next-connect router',
  call: (m, self, site) => runRouter(m, self.data as RouterState, site),
  method(m, self, key, site) {
    const state = self.data as RouterState;
    if (key === 'use' || key === 'all' || verbs.has(key)) {
      const method = verbs.has(key) ? key.toUpperCase() : undefined;
      state.entries.push({ method, middleware: key === 'use', handlers: handlersOf(site) });
      return self;
    }
    switch (key) {
      case 'handler':
        takeOptions(m, state, site);
        return self;
      case 'run':
        return runRouter(m, state, site);
      case 'clone':
        return native(routerModel, { ...state, entries: [...state.entries] } satisfies RouterState, site.place);
      default:
        return key === '[escape]' ? undefinedValue : undefined;
    }
  },
};

/** The functions among the arguments; routers that are used bring their own entries. */
function handlersOf(site: CallSite): Entry['handlers'] {
  const from = textOf(site.args[0]) === undefined ? 0 : 1;
  return site.args.slice(from).map((value, index) => ({ value, place: site.argPlaces[index + from] ?? site.place }));
}

function runRouter(m: Machine, state: RouterState, site: CallSite): Value {
  const [request] = site.args;
  const method = request ? textOf(m.get(request, 'method', site.place)) : undefined;
  const fitting = state.entries.filter(
    (entry) => entry.method === undefined || method === undefined || entry.method === method,
  );
  const steps = fitting.flatMap((entry) => entry.handlers);
  const answered = fitting.some((entry) => !entry.middleware);
  const run = () => runFrom(m, answered ? steps : [...steps, noMatch(state, site)], 0, site);
  return state.onError ? catching(m, run, state.onError, site) : run();
}

/** Runs handlers as in a `try` whose `catch` is the router's `onError`. */
function catching(m: Machine, run: () => Value, onError: Value, site: CallSite): Value {
  const outer = m.thrown;
  const thrown: Thrown[] = [];
  const handle = (value: Value): Value => {
    const args = [value, ...site.args];
    return m.call(onError, { ...site, args, argPlaces: args.map(() => site.place) });
  };
  return m.choose([
    () => {
      m.conditional--;
      m.thrown = thrown;
      try {
        return run();
      } finally {
        m.thrown = outer;
        m.conditional++;
      }
    },
    () => {
      if (thrown.length === 0) m.dead = true;
      return m.choose(
        thrown.slice(0, 16).map((one) => () => {
          const { steps } = m;
          m.steps = [...one.via, { place: one.place, what: 'throws here' }];
          const answer = handle(one.value);
          m.steps = steps;
          return answer;
        }),
      );
    },
    () => suspecting(m, () => handle(unseenException(site.place, thrown))),
  ]);
}

/** Calls one handler with a `next` that calls the rest. */
function runFrom(m: Machine, steps: Entry['handlers'], index: number, site: CallSite): Value {
  const step = steps[index];
  if (!step) return undefinedValue;
  const next: NativeValue = native(
    {
      name: 'next',
      call(machine, _self, inner) {
        const [error] = inner.args;
        if (error && !(error.kind === 'literal' && !error.value)) {
          machine.throwValue(error, inner.argPlaces[0] ?? inner.place);
          return undefinedValue;
        }
        return runFrom(machine, steps, index + 1, site);
      },
    },
    undefined,
  );
  const args = [...site.args, next];
  return m.call(step.value, {
    ...site,
    args,
    argPlaces: args.map(() => step.place),
    place: step.place,
    namePlace: step.place,
  });
}

/** What answers when no handler has the method: 404 unless the options say otherwise. */
function noMatch(state: RouterState, site: CallSite): Entry['handlers'][number] {
  if (state.onNoMatch) return { value: state.onNoMatch, place: site.place };
  const value = nativeFunction('onNoMatch', (m, inner) => {
    const [, response] = inner.args;
    const end = (key: string, args: readonly Value[], on: Value): Value =>
      m.call(m.get(on, key, inner.place), { ...inner, args, argPlaces: args.map(() => inner.place) });
    if (response?.kind === 'native') end('end', [], end('status', [literal(404)], response));
    return undefinedValue;
  });
  return { value, place: site.place };
}
