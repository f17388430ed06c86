// Owns guards: what `canActivate` lets through, and the guards that packages bring.
// It must not know which guards a route has.

import type { Place } from '../../../../base/place.ts';
import type { Guard } from '../../../model.ts';
import { join, members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { setMember } from '../members.ts';
import { signsInElsewhere } from '../packages/sign-in.ts';
import { ReturnWatch } from '../returns.ts';
import { siteAt } from '../sites.ts';
import {
  type CallSite,
  type Cell,
  type ExternalValue,
  literal,
  nullValue,
  type PackageModel,
  textOf,
  truth,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { exceptionOfStatus, frameworkException } from './exceptions.ts';
import { lastOf } from './observables.ts';
import { callOn, collectorOf, instanceFor, mayThrow, type Scene, sceneOf } from './scene.ts';

/** Runs one guard; false when nobody gets past it. */
export function runGuard(scene: Scene, guard: Value, place: Place): boolean {
  const { m } = scene;
  const instance = instanceFor(scene, guard);
  // A factory may give one of several guards.
  if (!members(instance).every((one) => one.kind === 'object' || one.kind === 'native')) {
    const reason = instance.kind === 'unknown' ? instance.reason : 'framework-unmodelled';
    const detail = instance.kind === 'external' ? instance.package : undefined;
    const collector = collectorOf(scene);
    // A library's guard before every route knows no status and no scope of this one's own.
    const generic = instance.kind === 'external' && collector.stage.level !== 'route' ? 'request' : undefined;
    collector.openGuards(reason, place, detail, generic);
    collector.openExits(reason, place, detail, generic);
    return true;
  }
  const { answer, passing } = activate(scene, instance, place);
  if (m.dead) return false;
  const passes = truth(answer);
  if (passes === true) return true;
  mayThrow(m, frameworkException(m, 'ForbiddenException', literal('Forbidden resource'), place), place);
  if (passes === false) return false;
  // What follows goes on from the paths that let the request through, and from no others.
  for (const cell of new Set(passing.flatMap((state) => [...state.keys()])))
    m.write(cell, join(passing.map((state) => state.get(cell) ?? undefinedValue)));
  return true;
}

/** Calls `canActivate`; gives what it answers, and what the request holds where the answer is not a refusal. */
function activate(
  scene: Scene,
  instance: Value,
  place: Place,
): { readonly answer: Value; readonly passing: readonly Map<Cell, Value | undefined>[] } {
  const { m } = scene;
  const { request } = scene.exchange;
  const passing: Map<Cell, Value | undefined>[] = [];
  const outer = m.watch;
  m.watch = new ReturnWatch(
    () => false,
    (value) => {
      if (truth(value) === false) return;
      passing.push(new Map([...request.props.values()].map((cell) => [cell, cell.value])));
    },
  );
  try {
    return { answer: lastOf(m, callOn(m, instance, 'canActivate', [scene.context], place)), passing };
  } finally {
    m.watch = outer;
  }
}

const guardPath = 'AuthGuard';
const strategyPath = 'PassportStrategy';

/** `AuthGuard('jwt')`, also as the parent of a class, and the strategies that it names. */
export const passportPackage: PackageModel = {
  packages: ['@nestjs/passport'],
  call(_m, external, site) {
    if (external.path[0] === guardPath) return guardClass(site);
    if (external.path[0] !== strategyPath) return undefined;
    const [base, name] = site.args;
    const packageName = base?.kind === 'external' ? base.package : '';
    return {
      kind: 'external',
      package: '@nestjs/passport',
      path: [strategyPath, packageName, textOf(name) ?? defaultNames[packageName] ?? ''],
      place: site.place,
    };
  },
  construct: (_m, external, site) =>
    external.path[0] === guardPath || external.path[0] === strategyPath
      ? { kind: 'object', props: new Map(), places: new Map(), cls: external, place: site.place }
      : undefined,
  instanceMember(m, cls, key, self) {
    if (cls.path[0] !== guardPath) return undefined;
    switch (key) {
      case 'canActivate':
        return memberFunction(key, (site) => authenticate(m, cls, self, site));
      case 'handleRequest':
        return memberFunction(key, (site) => defaultHandling(m, site));
      case 'getRequest':
        return memberFunction(key, (site) => sceneOf(site.args[0])?.exchange.request);
      case 'logIn':
      case 'getAuthenticateOptions':
        return memberFunction(key, () => undefinedValue);
      default:
        return undefined;
    }
  },
};

const memberFunction = (name: string, call: (site: CallSite) => Value | undefined): Value => ({
  kind: 'native',
  model: { name, call: (_m, _self, site) => call(site) },
  data: undefined,
  props: new Map(),
});

/** Strategies are named by their package unless the class names them. */
const defaultNames: Readonly<Record<string, string>> = {
  'passport-jwt': 'jwt',
  'passport-local': 'local',
  'passport-http-bearer': 'bearer',
  'passport-http': 'basic',
  'passport-custom': 'custom',
  'passport-headerapikey': 'headerapikey',
  'passport-google-oauth20': 'google',
  'passport-github2': 'github',
};

function guardClass(site: CallSite): ExternalValue {
  const [given] = site.args;
  const names = given?.kind === 'array' ? given.items.map((item) => textOf(item) ?? '') : [textOf(given) ?? ''];
  return { kind: 'external', package: '@nestjs/passport', path: [guardPath, ...names], place: site.place };
}

/** How callers prove themselves to a strategy, by the package that it is made of, else by its name. */
function schemeOf(scene: Pick<Scene, 'injector'>, name: string): Guard['scheme'] | 'login' {
  const source = scene.injector
    .modules()
    .flatMap((module) => [...module.providers.values()])
    .flatMap((provider) => (provider.kind === 'class' && provider.parent?.kind === 'external' ? [provider.parent] : []))
    .find((parent) => parent.path[0] === strategyPath && parent.path[2] === name)?.path[1];
  switch (source) {
    case 'passport-jwt':
    case 'passport-http-bearer':
      return 'bearer';
    case 'passport-http':
      return 'basic';
    case 'passport-local':
      return 'login';
    case 'passport-headerapikey':
      return 'apiKey';
    default:
      if (source && signsInElsewhere.test(source)) return 'login';
      break;
  }
  if (/local/i.test(name)) return 'login';
  if (/basic/i.test(name)) return 'basic';
  if (/api-?key/i.test(name)) return 'apiKey';
  if (/jwt|bearer/i.test(name)) return 'bearer';
  return signsInElsewhere.test(name) ? 'login' : undefined;
}

/**
 * Whether a guard takes credentials from a form or from another service that people are sent to, which is how they log in and nothing
 * that a contract calls security.
 */
export function isLogin(scene: Pick<Scene, 'injector'>, guard: Value): boolean {
  let current: Value | undefined = guard;
  for (let hops = 0; current?.kind === 'class' && hops < 12; hops++) current = current.parent;
  const parent = current?.kind === 'object' ? current.cls : current;
  const base = parent?.kind === 'external' && parent.path[0] === guardPath ? parent : undefined;
  return base?.path.slice(1).every((name) => schemeOf(scene, name) === 'login') ?? false;
}

/** What passport does with a request: no user is what a strategy gives for bad credentials. */
function authenticate(m: Machine, cls: ExternalValue, self: Value, site: CallSite): Value {
  const scene = sceneOf(site.args[0]);
  if (!scene) return unknown('spread-or-any', site.place);
  const collector = collectorOf(scene);
  const names = cls.path.slice(1);
  const schemes = names.map((name) => schemeOf(scene, name));
  const scheme = schemes.find((one): one is NonNullable<Guard['scheme']> => one !== undefined && one !== 'login');
  if (schemes.length === 1) collector.credentialScheme = scheme;
  const optional = refused(m, self, scene, site) || names.some((name) => /anonymous/i.test(name));
  if (optional) {
    collector.addGuard({
      kind: 'optional-authentication',
      scheme,
      scopes: [],
      place: site.place,
      level: collector.stage.level,
      confidence: 'proved',
    });
  }
  const user = userOf(m, scene, names, site);
  const anybody: Value = { kind: 'unknown', reason: 'dependency-injection', place: site.place };
  const given = optional && user.kind === 'unknown' ? anybody : user;
  setMember(m, scene.exchange.request, 'user', given, site.place);
  return literal(true);
}

/** Runs `handleRequest` for a caller without a user; true when somebody may get past it all the same. */
function refused(m: Machine, self: Value, scene: Scene, site: CallSite): boolean {
  const place = scene.endpoint.place;
  const args = [nullValue, literal(false), unknown('spread-or-any', place), scene.context, undefinedValue];
  let passes = false;
  const { thrown } = m.catching(() =>
    m.isolated(() => {
      callOn(m, self, 'handleRequest', args, site.place);
      passes = !m.dead;
    }),
  );
  for (const one of thrown) m.thrown.push(one);
  return passes;
}

function defaultHandling(m: Machine, site: CallSite): Value {
  const [error, user] = site.args;
  if (truth(user ?? undefinedValue) === true && truth(error ?? undefinedValue) !== true) return user!;
  if (truth(user ?? undefinedValue) === undefined) {
    mayThrow(m, frameworkException(m, 'UnauthorizedException', undefined, site.place), site.place);
    return user!;
  }
  m.throwValue(frameworkException(m, 'UnauthorizedException', undefined, site.place), site.place);
  return undefinedValue;
}

/** The user that a strategy's `validate` gives; it may refuse with a status of its own. */
function userOf(m: Machine, scene: Scene, names: readonly string[], site: CallSite): Value {
  const nobody: Value = { kind: 'unknown', reason: 'dependency-injection', truthy: true, place: site.place };
  for (const module of scene.injector.modules()) {
    for (const provider of module.providers.values()) {
      const parent = provider.kind === 'class' ? provider.parent : undefined;
      if (provider.kind !== 'class' || parent?.kind !== 'external' || parent.path[0] !== strategyPath) continue;
      if (!names.includes(parent.path[2] ?? '')) continue;
      const strategy = scene.injector.resolve(provider, module);
      if (!strategy) return nobody;
      const validate = m.get(strategy, 'validate', site.place);
      if (validate.kind !== 'function') return nobody;
      const args = validate.node.parameters.map(() => unknown('dependency-injection', site.place));
      const answer = m.call(validate, siteAt(m, site.place, args), strategy);
      m.dead = false;
      return answer.kind === 'object' ? answer : nobody;
    }
  }
  return nobody;
}

/** Guards of packages that let pass or refuse without looking at what the contract speaks of. */
export const throttlerPackage: PackageModel = {
  packages: ['@nestjs/throttler'],
  construct: (_m, external, site) =>
    external.path[0] === 'ThrottlerGuard' || external.path[0] === 'ThrottlerException'
      ? { kind: 'object', props: new Map(), places: new Map(), cls: external, place: site.place }
      : undefined,
  instanceMember(m, cls, key) {
    if (cls.path[0] !== 'ThrottlerGuard') return undefined;
    if (key === 'canActivate')
      return memberFunction(key, (site) => {
        mayThrow(m, exceptionOfStatus(m, 429, undefined, site.place), site.place);
        return literal(true);
      });
    return undefined;
  },
};
