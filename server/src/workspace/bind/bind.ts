// Owns the binding of contracts to code: the workspace model out of contracts, a code model and a configuration.
// It must not know rules, findings or an editor; it says what met what, never what is wrong.

import type { FileSource } from '../../base/host.ts';
import { type App, type CodeModel, type Completeness, closed, type Route } from '../../code/model.ts';
import type { Contract } from '../../contract/model.ts';
import type { Configuration } from '../../registry/configuration.ts';
import { entryOf } from '../../registry/selection.ts';
import type { Binding, Governed, WorkspaceModel } from '../model.ts';
import { missingHandler } from '../operations.ts';
import { completenessOf } from './absence.ts';
import type { Ruling } from './govern.ts';
import { type Planned, type PlannedBinding, Planner } from './plan.ts';
import { StandingApps } from './standing.ts';
import { Styles } from './style.ts';

/** Binds everything once. Depends on its arguments alone. */
export function bind(
  contracts: readonly Contract[],
  code: CodeModel,
  files: FileSource,
  configuration?: Configuration,
): WorkspaceModel {
  return new Binder(configuration).bind(contracts, code, files);
}

/** From the standing forms of a plan to the routes and apps of the present code. */
interface Present {
  readonly app: (standing: App) => App;
  readonly route: (standing: Route) => Route;
}

/** Binds again and again as contracts and code change; what is kept changes the cost and never the outcome. */
export class Binder {
  private readonly standing = new StandingApps();
  private readonly styles = new Styles();
  private readonly planner: Planner;

  /** `codeUnread`: nothing can be said of what serves a contract, because no code is read at all. */
  constructor(
    private readonly configuration: Configuration | undefined,
    codeUnread = false,
  ) {
    this.planner = new Planner(configuration, codeUnread);
  }

  /** The bound model; `files` is read for the header of a contract and its package only. */
  bind(contracts: readonly Contract[], code: CodeModel, files: FileSource): WorkspaceModel {
    const read = selectContracts(contracts, this.configuration);
    const standing = this.standing.of(code.apps);
    const plan = this.planner.plan(read, standing);
    const present = presentOf(standing, code.apps);
    const governed = plan.map((planned) => this.governedOf(planned, present, files, read));
    this.styles.keep(read);
    const bindingOfRoute = new Map<string, Binding>();
    for (const binding of governed.flatMap(({ bindings }) => bindings)) {
      for (const route of binding.routes) if (!bindingOfRoute.has(route.id)) bindingOfRoute.set(route.id, binding);
    }
    return { contracts: read, code, governed, bindingOfRoute };
  }

  private governedOf(planned: Planned, present: Present, files: FileSource, all: readonly Contract[]): Governed {
    const { ruling, described, basePathConflict } = planned;
    const { contract } = ruling;
    const entry = entryOf(this.configuration, contract.file);
    const apps = ruling.matches.map((match) => present.app(match.app));
    const folders = apps.map((app) => app.folder);
    return {
      contract,
      role: ruling.role,
      reason: ruling.reason,
      style: entry?.style ?? this.styles.of(contract, files, folders, described),
      sourceOfTruth: entry?.sourceOfTruth === 'ask' ? undefined : entry?.sourceOfTruth,
      ...(isDoubtful(ruling, apps) ? { confidence: 'likely' } : {}),
      apps,
      bindings: planned.bindings.map((binding) => bindingOf(binding, contract, present, apps, all)),
      prefix: planned.prefix,
      basePathConflict: basePathConflict && { ...basePathConflict, route: present.route(basePathConflict.route) },
      undocumented: planned.undocumented.map(present.route),
      routeCompleteness: routeCompleteness(ruling, apps),
    };
  }
}

function presentOf(standing: readonly App[], apps: readonly App[]): Present {
  const presentApps = new Map<App, App>();
  const routes = new Map<Route, Route>();
  for (const [index, app] of standing.entries()) {
    const now = apps[index]!;
    presentApps.set(app, now);
    for (const [order, route] of app.routes.entries()) routes.set(route, now.routes[order]!);
  }
  return { app: (one) => presentApps.get(one) ?? one, route: (one) => routes.get(one) ?? one };
}

function bindingOf(
  { operation, routes, doubt }: PlannedBinding,
  contract: Contract,
  present: Present,
  apps: readonly App[],
  all: readonly Contract[],
): Binding {
  if (routes.length > 0)
    return { operation, contract, routes: routes.map((route) => answering(present.route(route), operation.method)) };
  const missing = missingHandler(operation, contract, apps, all);
  const absence = completenessOf(doubt, present.route);
  return { operation, contract, routes: [], absence, ...(missing ? { missingHandler: missing } : {}) };
}

const answeringKnown = new WeakMap<Route, Map<string, Route>>();

/** A route as it answers one method: a route of all methods may ask for it. Kept, so that it stays the same object. */
function answering(route: Route, method: string): Route {
  const { factsFor } = route;
  if (!factsFor) return route;
  const known = answeringKnown.get(route) ?? new Map<string, Route>();
  answeringKnown.set(route, known);
  const answer = known.get(method) ?? { ...route, facts: () => factsFor(method) };
  known.set(method, answer);
  return answer;
}

/** Once the configuration lists contracts, the others are not there; entries marked `ignored` never are. */
function selectContracts(
  contracts: readonly Contract[],
  configuration: Configuration | undefined,
): readonly Contract[] {
  if (!configuration || configuration.contracts.length === 0) return contracts;
  const entries = contracts.map((contract) => ({ contract, entry: entryOf(configuration, contract.file) }));
  const listed = configuration.contracts.some((entry) => entry.role !== 'ignored');
  return entries.filter(({ entry }) => (entry ? entry.role !== 'ignored' : !listed)).map(({ contract }) => contract);
}

/**
 * Paths that fit only without their first segments may be other people's, such as a site's own pages, for as long as
 * routes are missing that could fit as they are.
 */
function isDoubtful(ruling: Ruling, apps: readonly App[]): boolean {
  if (ruling.matches.length === 0 || !ruling.matches.every((match) => match.stripped)) return false;
  return apps.some((app) => !app.completeness.closed || app.routes.some((route) => route.unmounted));
}

/** Open as soon as one governed app is, or the contract itself could not be read whole. */
function routeCompleteness(ruling: Ruling, apps: readonly App[]): Completeness {
  if (ruling.role === 'consumed') return { closed: false, reason: 'several-contracts', detail: ruling.reason };
  if (apps.length === 0) return { closed: false, reason: 'framework-unmodelled', detail: 'no app was found' };
  for (const app of apps) if (!app.completeness.closed) return app.completeness;
  if (ruling.contract.incomplete)
    return { closed: false, reason: 'parse-error', detail: 'the contract could not be read whole' };
  return closed;
}
