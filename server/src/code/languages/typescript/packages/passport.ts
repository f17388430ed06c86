// Owns passport: guards by the name of a strategy, and those of which a callback of the code's own decides what a failure means.
// It must not know what a strategy does; its name says how callers prove themselves, where it says so at all.

import type { Place } from '../../../../base/place.ts';
import { transparent } from '../express/routers.ts';
import type { Machine } from '../machine.ts';
import { suspecting, unseenException } from '../unseen.ts';
import {
  type CallSite,
  type FunctionValue,
  literal,
  native,
  nullValue,
  type PackageModel,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { guardMiddleware, sinkOf } from './middlewares.ts';
import { signsInElsewhere } from './sign-in.ts';

export const passportPackage: PackageModel = {
  packages: ['passport'],
  call(m, external, site) {
    const last = external.path.at(-1);
    if (last === 'initialize' || last === 'session') return transparent(m, 'passport', site);
    if (last !== 'authenticate') return undefined;
    const strategy = site.args[0]?.kind === 'literal' ? String(site.args[0].value) : '';
    const callback = site.args.find((argument) => argument.kind === 'function');
    if (callback) return decidedBy(callback, strategy, site.place);
    if (signsInElsewhere.test(strategy) && !/jwt|bearer/i.test(strategy)) return transparent(m, 'passport', site);
    return guardMiddleware(schemeOf(strategy), site.place, /anonymous/.test(strategy));
  },
};

function schemeOf(strategy: string): 'basic' | 'bearer' | 'session' | undefined {
  if (/basic/i.test(strategy)) return 'basic';
  if (/jwt|bearer/i.test(strategy)) return 'bearer';
  return strategy === '' ? undefined : 'session';
}

/**
 * A middleware that tells a callback what became of the caller: an error, nobody, or a user (passport's `middleware/authenticate`). It goes on
 * to nothing by itself.
 */
function decidedBy(callback: FunctionValue, strategy: string, place: Place): Value {
  // Whoever signs in brings no credentials yet but those of the body.
  const signsIn = signsInElsewhere.test(strategy) || /local|ldap|log-?in|sign-?in/i.test(strategy);
  const scheme = signsIn ? undefined : schemeOf(strategy);
  const call = (m: Machine, inner: CallSite): Value => {
    const sink = sinkOf(inner);
    const info = unknown('dependency-injection', place);
    const user: Value = { kind: 'unknown', reason: 'dependency-injection', truthy: true, place };
    const tell = (...args: readonly Value[]) => {
      return () => m.call(callback, { ...inner, args, argPlaces: args.map(() => place), node: undefined });
    };
    const failed = tell(unseenException(place, [], true), undefinedValue, undefinedValue);
    const arms = [tell(nullValue, literal(false), info), () => suspecting(m, failed)];
    if (signsIn || !sink?.isBare()) arms.push(tell(nullValue, user, info));
    const before = sink?.target.credentialScheme;
    if (sink) sink.target.credentialScheme = scheme ?? before;
    try {
      return m.choose(arms);
    } finally {
      if (sink) sink.target.credentialScheme = before;
    }
  };
  return native({ name: 'guard', call: (m, _self, inner) => call(m, inner) }, undefined, place);
}
