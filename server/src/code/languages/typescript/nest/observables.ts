// Owns rxjs as services use it around one answer: sources of values, `pipe` with its operators, and the way back to a promise.
// It must not know routes. A stream is taken as what it gives last; an operator without a model gives what nobody knows.

import { everyItem, join } from '../join.ts';
import type { Machine } from '../machine.ts';
import { suspecting, unseenException } from '../unseen.ts';
import {
  type CallSite,
  isEmpty,
  type Model,
  type NativeValue,
  native,
  nativeFunction,
  type PackageModel,
  resultOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';

/** A stream: what subscribing to it gives, computed when somebody does. */
type Run = (m: Machine) => Value;
type Operator = (m: Machine, source: Run) => Value;

const observableModel: Model = {
  name: 'observable',
  settle: (m, self) => runOf(self, m),
  method(m, self, key, site) {
    switch (key) {
      case '[escape]':
        return undefinedValue;
      case 'pipe':
        return piped(self, site);
      case 'toPromise':
        return runOf(self, m);
      case 'subscribe':
        subscribe(m, runOf(self, m), site);
        return unknown('spread-or-any', site.place);
      default:
        return undefined;
    }
  },
  shape: (m, self) => m.types.shapeOfValue(runOf(self, m)),
};

const operatorModel: Model = { name: 'operator' };

const runOf = (self: NativeValue, m: Machine): Value => (self.data as Run)(m);

/** A stream of which the value is computed on demand. */
export const observable = (run: Run): Value => native(observableModel, run);

/** What a value gives once its streams are read to their end; everything else is itself. */
export function lastOf(m: Machine, value: Value): Value {
  if (value.kind === 'native' && value.model === observableModel) return lastOf(m, runOf(value, m));
  if (value.kind === 'union' && value.members.some((member) => member.kind === 'native'))
    return m.choose(value.members.map((member) => () => lastOf(m, member)));
  return value;
}

function piped(self: NativeValue, site: CallSite): Value {
  let run = self.data as Run;
  for (const operator of site.args) {
    const inner = run;
    run =
      operator.kind === 'native' && operator.model === operatorModel
        ? (m) => (operator.data as Operator)(m, inner)
        : (m) => {
            inner(m);
            return unknown('spread-or-any', site.place);
          };
  }
  return observable(run);
}

function subscribe(m: Machine, value: Value, site: CallSite): void {
  const [first] = site.args;
  const next = first?.kind === 'object' ? m.get(first, 'next', site.place) : first;
  if (next && !isEmpty(next)) m.call(next, { ...site, args: [value], argPlaces: [site.place] });
}

const callback = (site: CallSite, args: readonly Value[]): CallSite => ({
  ...site,
  args,
  argPlaces: args.map(() => site.place),
  node: undefined,
});

/** Operators that hand on what they are given. */
const passing = new Set([
  'tap',
  'finalize',
  'timeout',
  'delay',
  'take',
  'takeUntil',
  'takeLast',
  'last',
  'first',
  'retry',
  'retryWhen',
  'share',
  'shareReplay',
  'observeOn',
  'subscribeOn',
  'defaultIfEmpty',
  'throwIfEmpty',
  'debounceTime',
  'distinctUntilChanged',
  'filter',
  'startWith',
  'endWith',
]);
const mapping = new Set(['map', 'switchMap', 'mergeMap', 'concatMap', 'flatMap', 'exhaustMap']);

function operatorOf(name: string, site: CallSite): Operator | undefined {
  const [first] = site.args;
  if (mapping.has(name))
    return (m, source) => {
      const value = source(m);
      if (m.dead || !first) return value;
      return lastOf(m, m.call(first, callback(site, [value, unknown('spread-or-any', site.place)])));
    };
  if (name === 'catchError') return (m, source) => recovered(m, source, first, site);
  if (!passing.has(name)) return undefined;
  return (m, source) => {
    const value = source(m);
    const watched = first?.kind === 'object' ? m.get(first, 'next', site.place) : first;
    if (!m.dead && name === 'tap' && watched && !isEmpty(watched)) {
      m.call(watched, callback(site, [value]));
      m.dead = false;
    }
    return value;
  };
}

/** `catchError`: what the source throws is handed to the function, which answers or throws in its stead. */
function recovered(m: Machine, source: Run, handler: Value | undefined, site: CallSite): Value {
  const { result, thrown } = m.catching(() => source(m));
  const values: Value[] = m.dead ? [] : [result];
  m.dead = false;
  if (!handler) return result;
  for (const one of thrown.slice(0, 8)) {
    const { steps } = m;
    m.steps = [...one.via, { place: one.place, what: 'throws here' }];
    const answer = lastOf(m, m.call(handler, callback(site, [one.value, unknown('spread-or-any', site.place)])));
    m.steps = steps;
    if (!m.dead) values.push(answer);
    m.dead = false;
  }
  const unseen = unseenException(site.place, thrown);
  suspecting(m, () =>
    m.isolated(() => lastOf(m, m.call(handler, callback(site, [unseen, unknown('spread-or-any', site.place)])))),
  );
  if (values.length === 0) m.dead = true;
  return values.length === 0 ? undefinedValue : join(values);
}

export const observablePackage: PackageModel = {
  packages: ['rxjs'],
  call(m, external, site) {
    const name = external.path.at(-1) ?? '';
    if (name === resultOf) return undefined;
    const [first] = site.args;
    switch (name) {
      case 'of':
        return observable(() => site.args.at(-1) ?? undefinedValue);
      case 'from':
        return observable((machine) => {
          const value = first ?? undefinedValue;
          return value.kind === 'array' ? join(everyItem(value)) : lastOf(machine, value);
        });
      case 'defer':
        return observable((machine) =>
          first ? lastOf(machine, machine.call(first, callback(site, []))) : undefinedValue,
        );
      case 'throwError':
        return observable((machine) => {
          const error =
            first?.kind === 'function' ? machine.call(first, callback(site, [])) : (first ?? undefinedValue);
          if (!machine.dead) machine.throwValue(error, site.place);
          return undefinedValue;
        });
      case 'firstValueFrom':
      case 'lastValueFrom':
        return first ? lastOf(m, first) : undefinedValue;
      default: {
        const operator = operatorOf(name, site);
        return operator && native(operatorModel, operator, site.place);
      }
    }
  },
};

/** `next` of an interceptor: `handle()` gives the stream of what follows. */
export function callHandler(run: Run): Value {
  // One stream for all branches that hand the request on, so that the handler runs once for them.
  const stream = observable(run);
  return native(
    {
      name: 'call handler',
      get: (_m, _self, key) => (key === 'handle' ? nativeFunction(key, () => stream) : undefined),
      method: (_m, _self, key) => (key === 'handle' ? stream : undefined),
    },
    undefined,
  );
}
