// Owns `@silverhand/essentials`: work whose errors a function takes, and values that count only where they are true.
// It must not know frameworks.

import { isError } from '../assertions.ts';
import { join, members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { callRescued } from '../promises.ts';
import {
  type CallSite,
  nativeFunction,
  nullValue,
  type PackageModel,
  someBoolean,
  someString,
  truth,
  undefinedValue,
  type Value,
} from '../value.ts';

type Call = (m: Machine, site: CallSite) => Value | undefined;

/** `conditional(x)`: the value where it is true, and another one where it is not. */
const conditional =
  (otherwise: Value): Call =>
  (_m, site) => {
    const [given] = site.args;
    if (!given) return otherwise;
    const kept = members(given).filter((one) => truth(one) !== false);
    const complete = kept.length > 0 && members(given).every((one) => truth(one) === true);
    return complete ? given : join([...kept, otherwise]);
  };

/** `tryThat(work, onError)`: an error goes to the handler, or becomes the one that is given in its place. */
const tryThat: Call = (m, site) => {
  const [work, onError] = site.args;
  if (!work) return undefined;
  if (!onError || !isError(m, onError)) return callRescued(m, work, onError, site);
  const replace = nativeFunction('replace', (machine, inner) => {
    machine.throwValue(onError, site.argPlaces[1] ?? inner.place);
    return undefinedValue;
  });
  return callRescued(m, work, replace, site);
};

/** `trySafe(work, onError)`: an error is told to the handler, if there is one, and nothing comes of the work. */
const trySafe: Call = (m, site) => {
  const [work, onError] = site.args;
  if (!work) return undefined;
  const tell = nativeFunction('tell', (machine, inner) => {
    if (onError && onError.kind !== 'literal') machine.call(onError, { ...inner, node: undefined });
    return undefinedValue;
  });
  return callRescued(m, work, tell, site);
};

const calls: Readonly<Record<string, Call>> = {
  tryThat,
  trySafe,
  conditional: conditional(undefinedValue),
  cond: conditional(undefinedValue),
  nullable: conditional(nullValue),
  conditionalString: () => someString(),
  condString: () => someString(),
  isPromise: () => someBoolean(),
  noop: () => undefinedValue,
};

export const essentialsPackage: PackageModel = {
  packages: ['@silverhand/essentials'],
  call: (m, external, site) => {
    const name = external.path.at(-1) ?? '';
    return external.path.length === 1 && Object.hasOwn(calls, name) ? calls[name]?.(m, site) : undefined;
  },
};
