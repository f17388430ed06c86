// Owns Node's contexts that follow asynchronous calls (`node:async_hooks`): they run what they are given and give back its value.
// It must not know frameworks. What a context holds differs from request to request, so that nobody knows it here.

import type { Machine } from '../machine.ts';
import {
  type CallSite,
  type Model,
  native,
  nativeFunction,
  type PackageModel,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';

/** Calls the argument at a place with those behind it. */
function callAt(m: Machine, site: CallSite, at: number, behind = at + 1): Value | undefined {
  const callback = site.args[at];
  if (!callback) return undefined;
  const inner = { ...site, args: site.args.slice(behind), argPlaces: site.argPlaces.slice(behind), node: undefined };
  return m.call(callback, inner);
}

/** `new AsyncLocalStorage()` (Node.js, "Asynchronous context tracking"). */
const storageModel: Model = {
  name: 'AsyncLocalStorage',
  stable: true,
  method(m, _self, key, site) {
    switch (key) {
      case 'run':
        return callAt(m, site, 1);
      case 'exit':
        return callAt(m, site, 0);
      case 'getStore':
        return unknown('dependency-injection', site.place);
      case 'enterWith':
      case 'disable':
        return undefinedValue;
      default:
        return undefined;
    }
  },
};

/** `new AsyncResource('name')`. */
const resourceModel: Model = {
  name: 'AsyncResource',
  stable: true,
  method(m, self, key, site) {
    switch (key) {
      case 'runInAsyncScope':
        return callAt(m, site, 0, 2);
      case 'bind':
        return site.args[0];
      case 'emitDestroy':
        return self;
      default:
        return undefined;
    }
  },
};

export const asyncContext: PackageModel = {
  packages: ['async_hooks'],
  construct(_m, external, site) {
    if (external.path.at(-1) === 'AsyncLocalStorage') return native(storageModel, undefined, site.place);
    return external.path.at(-1) === 'AsyncResource' ? native(resourceModel, undefined, site.place) : undefined;
  },
  call(_m, external, site) {
    const name = external.path.at(-1);
    if (name === 'bind') return site.args[0];
    return name === 'snapshot' ? nativeFunction(name, (machine, inner) => callAt(machine, inner, 0)) : undefined;
  },
};
