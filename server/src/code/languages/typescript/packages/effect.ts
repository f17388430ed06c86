// Owns the part of `effect` that wraps promises: what an effect gives and fails with, until something runs it.
// It must not know frameworks. Effects that are composed in other ways stay unknown.

import type { Place } from '../../../../base/place.ts';
import { join } from '../join.ts';
import type { Machine, Thrown } from '../machine.ts';
import { settled } from '../settle.ts';
import { unseenException } from '../unseen.ts';
import {
  type CallSite,
  type Model,
  native,
  type PackageModel,
  someBoolean,
  someString,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';

/** What running an effect gives. */
interface Outcome {
  readonly value: Value;
  readonly thrown: readonly Thrown[];
  /** Whether it fails whenever it runs. */
  readonly fails: boolean;
}

/** Steps of a pipe that change neither what an effect gives nor what it fails with. */
const passing: ReadonlySet<string> = new Set([
  'retry',
  'repeat',
  'delay',
  'withSpan',
  'annotateLogs',
  'uninterruptible',
]);

const stepModel: Model = { name: 'effect step' };

const effectModel: Model = {
  name: 'effect',
  method(_m, self, key, site) {
    if (key === '[escape]') return undefinedValue;
    if (key !== 'pipe') return undefined;
    const known = !site.open && site.args.every((step) => step.kind === 'native' && step.model === stepModel);
    return known ? self : unknown('spread-or-any', site.place);
  },
};

const exitModel: Model = {
  name: 'exit',
  get(_m, self, key, place) {
    if (key === 'value') return (self.data as Outcome).value;
    if (key === 'cause') return native(causeModel, self.data, place);
    return key === '_tag' ? someString() : undefined;
  },
};

const causeModel: Model = { name: 'cause' };

export const effectPackage: PackageModel = {
  packages: ['effect'],
  call(m, external, site) {
    const [group, name] = external.path.slice(-2);
    const [first] = site.args;
    if (group === 'Effect' && name !== undefined) return callEffect(m, name, site);
    if (group === 'Exit' && (name === 'isFailure' || name === 'isSuccess')) return someBoolean();
    if (group === 'Cause' && name === 'squash' && first?.kind === 'native' && first.model === causeModel)
      return failureOf(first.data as Outcome, site.place);
    return undefined;
  },
};

function callEffect(m: Machine, name: string, site: CallSite): Value | undefined {
  const [first] = site.args;
  if (passing.has(name) && site.args.length === 1) return native(stepModel, undefined, site.place);
  if (name === 'tryPromise' || name === 'try' || name === 'promise' || name === 'sync')
    return first && native(effectModel, attempt(m, first, site), site.place);
  if (first?.kind !== 'native' || first.model !== effectModel) return undefined;
  const outcome = first.data as Outcome;
  if (name === 'runPromiseExit' || name === 'runSyncExit') return native(exitModel, outcome, site.place);
  if (name !== 'runPromise' && name !== 'runSync') return undefined;
  m.thrown.push(...outcome.thrown);
  if (outcome.fails) m.dead = true;
  return outcome.value;
}

/** Runs what an effect wraps: a function, or `{ try, catch }` of which the second turns errors into others. */
function attempt(m: Machine, given: Value, site: CallSite): Outcome {
  const options = given.kind === 'object' ? given : undefined;
  const work = options ? m.get(options, 'try', site.place) : given;
  const mapper = options ? m.get(options, 'catch', site.place) : undefinedValue;
  const call = (fn: Value, args: readonly Value[]) =>
    m.call(fn, { ...site, args, argPlaces: args.map(() => site.place), open: false, node: undefined });
  let value: Value = undefinedValue;
  const { thrown } = m.catching(() => {
    value = settled(m, call(work, []));
  });
  const fails = m.dead;
  m.dead = false;
  const mapped = thrown.map((one) => (mapper.kind === 'function' ? { ...one, value: call(mapper, [one.value]) } : one));
  return { value, thrown: mapped, fails };
}

/** What an effect failed with: what was seen to be thrown, or an error that nobody saw. */
function failureOf(outcome: Outcome, place: Place): Value {
  return join([...outcome.thrown.map((one) => one.value), unseenException(place, [])]);
}
