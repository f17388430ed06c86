// Owns what binding decides before places and facts come in: which contract governs which app, and which route serves which
// operation. It must not know rules or an editor; apps come in their standing form, so that a plan outlives most edits.

import type { App, Route } from '../../code/model.ts';
import type { Contract, Operation } from '../../contract/model.ts';
import type { Configuration } from '../../registry/configuration.ts';
import { entryGoverns, entryOf, internalSelector } from '../../registry/selection.ts';
import type { Governed } from '../model.ts';
import { type Doubt, doubtsOf } from './absence.ts';
import { type Decided, govern, type Ruling } from './govern.ts';
import { isInternal } from './internal-routes.ts';
import { matchApps, sameBase } from './match.ts';
import { declaredBases } from './operation-shape.ts';
import { undocumentedRoutes } from './reach.ts';
import type { Described } from './style.ts';

/** An operation with the standing routes that serve it. */
export interface PlannedBinding {
  readonly operation: Operation;
  readonly routes: readonly Route[];
  /** Why the absence of routes proves nothing; only for operations without routes. */
  readonly doubt?: Doubt;
}

/** The decision for one contract, all routes and apps in their standing form. */
export interface Planned {
  readonly ruling: Ruling;
  readonly bindings: readonly PlannedBinding[];
  /** What it and the other contracts of its apps describe together: what one of them leaves out may stand in another. */
  readonly described: Described;
  readonly undocumented: readonly Route[];
  readonly prefix: string;
  readonly basePathConflict: Governed['basePathConflict'];
}

interface Kept {
  readonly contracts: readonly Contract[];
  readonly apps: readonly App[];
  readonly plan: readonly Planned[];
}

/** Plans for one configuration; what neither a contract nor the form of an app changed is kept from the plan before. */
export class Planner {
  private kept: Kept | undefined;
  private readonly bindings = new WeakMap<
    Contract,
    { readonly ruling: Ruling; readonly own: readonly PlannedBinding[] }
  >();

  constructor(
    private readonly configuration: Configuration | undefined,
    private readonly codeUnread = false,
  ) {}

  /** The plan for all contracts, in their order. Depends on its arguments and the configuration alone. */
  plan(contracts: readonly Contract[], apps: readonly App[]): readonly Planned[] {
    if (this.kept && sameItems(this.kept.contracts, contracts) && sameItems(this.kept.apps, apps))
      return this.kept.plan;
    const matches = contracts.flatMap((contract) => matchApps(contract, apps));
    const rulings = govern(contracts, apps, matches, decisions(this.configuration, this.codeUnread));
    const bindings = rulings.map((ruling) => this.bindingsOf(ruling));
    const taken = new Set(bindings.flat().flatMap(({ routes }) => routes.map((route) => route.id)));
    const configured = internalSelector(this.configuration);
    const internal = (route: Route) => isInternal(route) || configured(route.method, route.path);
    const undocumented = undocumentedRoutes(rulings, taken, internal);
    const described = together(
      rulings,
      rulings.map((ruling, index) => ({
        bound: (bindings[index] ?? []).reduce((sum, { routes }) => sum + routes.length, 0),
        undocumented: undocumented.get(ruling.contract)?.length ?? 0,
      })),
    );
    const plan = rulings.map((ruling, index): Planned => {
      const own = bindings[index] ?? [];
      return {
        ruling,
        bindings: own,
        described: described[index]!,
        undocumented: undocumented.get(ruling.contract) ?? [],
        prefix: servedPrefix(ruling),
        basePathConflict: basePathConflict(ruling),
      };
    });
    this.kept = { contracts, apps, plan };
    return plan;
  }

  private bindingsOf(ruling: Ruling): readonly PlannedBinding[] {
    const known = this.bindings.get(ruling.contract);
    if (known && sameItems(known.ruling.matches, ruling.matches)) return known.own;
    const doubts = doubtsOf(ruling);
    const own = ruling.contract.operations.map((operation): PlannedBinding => {
      const routes = ruling.matches.flatMap((match) => match.routes.get(operation) ?? []);
      return routes.length > 0 ? { operation, routes } : { operation, routes, doubt: doubts(operation) };
    });
    this.bindings.set(ruling.contract, { ruling, own });
    return own;
  }
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** Where no code is read, none can show that it serves a contract: all of them are the workspace's own then, unless it says otherwise. */
function decisions(configuration: Configuration | undefined, codeUnread: boolean): Decided {
  const otherwise = codeUnread ? 'owned' : undefined;
  if (!configuration) return { role: () => otherwise, governs: () => undefined };
  return {
    role: (contract) => {
      const role = entryOf(configuration, contract.file)?.role;
      return role === 'ignored' ? undefined : (role ?? otherwise);
    },
    governs: (contract, app) => {
      const entry = entryOf(configuration, contract.file);
      if (!entry || entry.code.length === 0) return undefined;
      return (
        entryGoverns(configuration, entry, app.place.file) ||
        app.routes.some((route) => entryGoverns(configuration, entry, route.place.file))
      );
    },
  };
}

/** The part of the served prefix that no declared base explains; all of it when nothing is declared. */
function servedPrefix(ruling: Ruling): string {
  const served = ruling.matches[0]?.prefixes[0] ?? '';
  for (const base of declaredBases(ruling.contract)) {
    if (base !== '' && served.toLowerCase().endsWith(base.toLowerCase())) return served.slice(0, -base.length);
  }
  return served;
}

/**
 * A declared prefix that all bound routes contradict. A served prefix that is shorter than the declared one and agrees
 * with its end is no contradiction: gateways and reverse proxies take the rest away.
 */
function basePathConflict(ruling: Ruling): Governed['basePathConflict'] {
  const bases = declaredBases(ruling.contract);
  if (bases.length === 0 || bases.includes('') || ruling.matches.length === 0) return undefined;
  for (const match of ruling.matches) {
    for (const prefix of match.prefixes) {
      if (bases.some((base) => sameBase(base, prefix) || base.toLowerCase().endsWith(prefix.toLowerCase())))
        return undefined;
    }
  }
  const match = ruling.matches.find((candidate) => candidate.routes.size > 0);
  const served = match?.prefixes[0];
  const route = [...(match?.routes.values() ?? [])][0]?.find((candidate) => !candidate.unmounted);
  if (!match || served === undefined || route === undefined) return undefined;
  if (![...match.routes.values()].flat().every((bound) => bound.completeness.closed && !bound.unmounted))
    return undefined;
  return { declared: bases[0]!, served, route };
}

/** For each contract the sum of its own figures and of those of every other contract of its apps. */
function together(rulings: readonly Ruling[], own: readonly Described[]): readonly Described[] {
  const byApp = new Map<App, number[]>();
  for (const [index, { matches }] of rulings.entries())
    for (const app of new Set(matches.map((match) => match.app))) byApp.set(app, [...(byApp.get(app) ?? []), index]);
  return rulings.map(({ matches }, index) => {
    const beside = new Set([index, ...matches.flatMap((match) => byApp.get(match.app) ?? [])]);
    const all = [...beside].map((one) => own[one]!);
    return {
      bound: all.reduce((sum, { bound }) => sum + bound, 0),
      undocumented: all.reduce((sum, one) => sum + one.undocumented, 0),
    };
  });
}
