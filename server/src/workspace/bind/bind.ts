// Owns the binding of contracts to code: the workspace model out of contracts, a code model and a configuration.
// It must not know rules, findings or an editor; it says what met what, never what is wrong.

import type { FileSource } from '../../base/host.ts';
import { type App, type CodeModel, type Completeness, closed, type Route } from '../../code/model.ts';
import type { Contract, Operation } from '../../contract/model.ts';
import type { Configuration } from '../../registry/configuration.ts';
import { entryGoverns, entryOf, internalSelector } from '../../registry/selection.ts';
import type { Binding, Governed, WorkspaceModel } from '../model.ts';
import { absenceOf } from './absence.ts';
import { type Decided, govern, type Ruling } from './govern.ts';
import { isInternal } from './internal-routes.ts';
import { type Match, matchApp, sameBase } from './match.ts';
import { declaredBases } from './operation-shape.ts';
import { undocumentedRoutes } from './reach.ts';
import { styleOf } from './style.ts';

/** Binds everything. Depends on its arguments alone; `files` is read for the header of a contract and its package only. */
export function bind(
  contracts: readonly Contract[],
  code: CodeModel,
  files: FileSource,
  configuration?: Configuration,
): WorkspaceModel {
  const read = selectContracts(contracts, configuration);
  const matches: Match[] = [];
  for (const contract of read) {
    for (const app of code.apps) {
      const match = matchApp(contract, app);
      if (match.paths > 0) matches.push(match);
    }
  }
  const rulings = govern(read, code.apps, matches, decisions(configuration));
  const bindings = new Map(rulings.map((ruling) => [ruling.contract, bindingsOf(ruling)]));
  const bindingOfRoute = new Map<string, Binding>();
  for (const ruling of rulings) {
    for (const binding of bindings.get(ruling.contract) ?? []) {
      for (const route of binding.routes) if (!bindingOfRoute.has(route.id)) bindingOfRoute.set(route.id, binding);
    }
  }
  const configured = internalSelector(configuration);
  const internal = (route: Route) => isInternal(route) || configured(route.method, route.path);
  const undocumented = undocumentedRoutes(rulings, bindingOfRoute, internal);
  const governed = rulings.map((ruling): Governed => {
    const routes = undocumented.get(ruling.contract) ?? [];
    const entry = entryOf(configuration, ruling.contract.file);
    const own = bindings.get(ruling.contract) ?? [];
    const bound = own.reduce((sum, binding) => sum + binding.routes.length, 0);
    const apps = ruling.matches.map((match) => match.app);
    const folders = apps.map((app) => app.folder);
    return {
      contract: ruling.contract,
      role: ruling.role,
      reason: ruling.reason,
      style: entry?.style ?? styleOf(ruling.contract, files, folders, bound, routes.length),
      sourceOfTruth: entry?.sourceOfTruth,
      apps,
      bindings: own,
      prefix: servedPrefix(ruling),
      basePathConflict: basePathConflict(ruling),
      undocumented: routes,
      routeCompleteness: routeCompleteness(ruling, apps),
    };
  });
  return { contracts: read, code, governed, bindingOfRoute };
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

function decisions(configuration: Configuration | undefined): Decided {
  if (!configuration) return { role: () => undefined, governs: () => undefined };
  return {
    role: (contract) => {
      const role = entryOf(configuration, contract.file)?.role;
      return role === 'ignored' ? undefined : role;
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

function bindingsOf(ruling: Ruling): readonly Binding[] {
  const routes = (operation: Operation) => ruling.matches.flatMap((match) => match.routes.get(operation) ?? []);
  return ruling.contract.operations.map((operation) => {
    const found = routes(operation);
    if (found.length > 0) return { operation, contract: ruling.contract, routes: found };
    return { operation, contract: ruling.contract, routes: found, absence: absenceOf(operation, ruling) };
  });
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

/** Open as soon as one governed app is, or the contract itself could not be read whole. */
function routeCompleteness(ruling: Ruling, apps: readonly App[]): Completeness {
  if (ruling.role === 'consumed') return { closed: false, reason: 'several-contracts', detail: ruling.reason };
  if (apps.length === 0) return { closed: false, reason: 'unresolved-import', detail: 'no app was found' };
  for (const app of apps) if (!app.completeness.closed) return app.completeness;
  if (ruling.contract.incomplete)
    return { closed: false, reason: 'parse-error', detail: 'the contract could not be read whole' };
  return closed;
}
