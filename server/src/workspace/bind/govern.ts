// Owns the question which contract governs which app, when a workspace has several of each.
// It must not know rules or findings; it weighs what binds, what the code names, and where the files lie.

import { commonFolder, within } from '../../base/relative.ts';
import type { App, Route } from '../../code/model.ts';
import type { Contract, Operation } from '../../contract/model.ts';
import type { Match } from './match.ts';

/** The decision for one contract. */
export interface Ruling {
  readonly contract: Contract;
  readonly role: 'owned' | 'consumed';
  /** Why, as a clause for people. */
  readonly reason: string;
  /** The matches that hold, the best app first; empty for consumed contracts. */
  readonly matches: readonly Match[];
}

/** What the configuration decided beforehand. Absent answers leave the decision to the evidence. */
export interface Decided {
  role(contract: Contract): 'owned' | 'consumed' | undefined;
  /** Whether the contract may govern this app; undefined when nothing is said. */
  governs(contract: Contract, app: App): boolean | undefined;
}

/** Least share of a contract's paths that must be served before its missing operations are our fault. */
const ownedShare = 0.3;

interface Candidate {
  readonly match: Match;
  readonly score: number;
  readonly named: boolean;
  /** Whether the contract lies in the app's own package. */
  readonly home: boolean;
  /** Whether the configuration gives the contract to the app. */
  readonly told: boolean;
}

/** Decides for all contracts at once, since they compete for the same routes. Order of the input does not matter. */
export function govern(
  contracts: readonly Contract[],
  apps: readonly App[],
  matches: readonly Match[],
  decided: Decided,
): readonly Ruling[] {
  const candidates = matches
    .filter(
      (match) => decided.role(match.contract) !== 'consumed' && decided.governs(match.contract, match.app) !== false,
    )
    .map((match) => weigh(match, apps, decided))
    .sort(
      (a, b) =>
        b.score - a.score ||
        compareText(a.match.contract.file, b.match.contract.file) ||
        compareText(a.match.app.id, b.match.app.id),
    );
  const holding = new Map<Contract, Match[]>();
  const holder = new Map<string, Contract>();
  const lostTo = new Map<Contract, Contract>();
  for (const candidate of candidates) {
    const { contract } = candidate.match;
    const routes = routesOf(candidate.match);
    const rival = mainHolder(routes, holder);
    if (rival && rival !== contract && !candidate.told) {
      if (!holding.has(contract)) lostTo.set(contract, rival);
      continue;
    }
    const held = holding.get(contract);
    if (held && !joins(candidate, held, candidates)) continue;
    if (!held && !candidate.told && foreign(candidate, candidates)) continue;
    holding.set(contract, [...(held ?? []), candidate.match]);
    for (const route of routes) if (!holder.has(route.id)) holder.set(route.id, contract);
  }
  return contracts.map((contract) =>
    rule(contract, holding.get(contract) ?? [], lostTo.get(contract), contracts, apps, decided),
  );
}

function rule(
  contract: Contract,
  held: readonly Match[],
  lostTo: Contract | undefined,
  contracts: readonly Contract[],
  apps: readonly App[],
  decided: Decided,
): Ruling {
  const consumed = (reason: string): Ruling => ({ contract, role: 'consumed', reason, matches: [] });
  const total = contract.operations.length;
  if (decided.role(contract) === 'consumed') return consumed('the configuration says so');
  if (total === 0) return consumed('it declares no operations');
  const told = decided.role(contract) === 'owned';
  if (held.length === 0 && lostTo) {
    return told
      ? { contract, role: 'owned', reason: 'the configuration says so', matches: [] }
      : consumed(`its routes are governed by ${lostTo.file.slice(lostTo.file.lastIndexOf('/') + 1)}`);
  }
  const served = new Set<Operation>(held.flatMap((match) => [...match.routes.keys()])).size;
  const paths = Math.min(
    total,
    held.reduce((sum, match) => sum + match.paths, 0),
  );
  const owned = (reason: string): Ruling => ({ contract, role: 'owned', reason, matches: held });
  if (told) return owned('the configuration says so');
  if (paths > 0 && paths >= total * ownedShare) return owned(`${served} of its ${total} operations are served here`);
  if (paths > 0 && held.some((match) => isNamed(contract, match.app))) return owned('the code names it');
  if (isOnlyPair(contract, contracts, apps)) {
    const app = apps[0]!;
    const comparable = total <= 2 * app.routes.length + 3;
    if (paths > 0 || comparable) {
      // Without a single common path there is no match to hold, and yet the pair is the only one there can be.
      const matches = held.length > 0 ? held : [nothingBound(contract, app)];
      return { contract, role: 'owned', reason: 'it is the only contract beside the only app', matches };
    }
  }
  return consumed(
    apps.length === 0
      ? 'no code of the workspace serves routes'
      : `${served} of its ${total} operations are served here`,
  );
}

function nothingBound(contract: Contract, app: App): Match {
  return { contract, app, prefixes: [], routes: new Map(), paths: 0, declared: false };
}

function weigh(match: Match, apps: readonly App[], decided: Decided): Candidate {
  const { contract, app } = match;
  const named = isNamed(contract, app);
  const home = homeOf(contract, apps) === app.folder;
  const told = decided.governs(contract, app) === true;
  const share = match.paths / Math.max(1, contract.operations.length);
  const score =
    (told ? 1000 : 0) +
    (named ? 100 : 0) +
    (home ? 40 : 0) +
    share * 60 +
    Math.min(20, match.routes.size / 10) +
    (match.declared ? 10 : 0) -
    distance(contract.file, app.folder) * 2 -
    demerit(contract.file, app.folder) +
    versionRank(contract.version) +
    versionInName(match);
  return { match, score, named, home, told };
}

/** A second app shares a contract when it serves parts that the first lacks, or as much of it, and has no contract of its own. */
function joins(candidate: Candidate, held: readonly Match[], candidates: readonly Candidate[]): boolean {
  if (candidate.told) return true;
  const { match } = candidate;
  // What a package's code names says nothing of which of its apps is meant.
  const beside = held.some((other) => other.app.folder === match.app.folder);
  if (candidate.named && !beside) return true;
  if (foreign(candidate, candidates)) return false;
  const known = new Set(held.flatMap((other) => [...other.routes.keys()]));
  const fresh = [...match.routes.keys()].filter((operation) => !known.has(operation)).length;
  // Two apps of one package may divide a contract or serve it twice; one that repeats a path or two serves something else.
  if (beside) return fresh >= 1 || match.routes.size * 2 >= known.size;
  const share = match.paths / Math.max(1, match.contract.operations.length);
  if (share >= ownedShare) return true;
  return fresh >= 2 && routesOf(match).length * 2 >= match.app.routes.length;
}

/** Whether the app has another contract in its own package, or the contract another app in its own, that fits well. */
function foreign(candidate: Candidate, candidates: readonly Candidate[]): boolean {
  if (candidate.home || candidate.named || candidate.told) return false;
  return candidates.some((other) => {
    if (!other.home || other === candidate) return false;
    if (other.match.paths < other.match.contract.operations.length * ownedShare) return false;
    if (other.match.app === candidate.match.app) return overlaps(other.match, candidate.match);
    return other.match.contract === candidate.match.contract && other.match.paths >= candidate.match.paths;
  });
}

function overlaps(a: Match, b: Match): boolean {
  const routes = new Set(routesOf(a));
  const shared = routesOf(b).filter((route) => routes.has(route)).length;
  return shared * 2 > routesOf(b).length;
}

/** The contract that holds most of these routes already. */
function mainHolder(routes: readonly Route[], holder: ReadonlyMap<string, Contract>): Contract | undefined {
  const counts = new Map<Contract, number>();
  for (const route of routes) {
    const contract = holder.get(route.id);
    if (contract) counts.set(contract, (counts.get(contract) ?? 0) + 1);
  }
  for (const [contract, count] of counts) if (count * 2 > routes.length) return contract;
  return undefined;
}

function routesOf(match: Match): readonly Route[] {
  return [...new Set([...match.routes.values()].flat())];
}

function isNamed(contract: Contract, app: App): boolean {
  return app.contractFiles.includes(contract.file);
}

/** The folder of the innermost app package that holds the contract. */
function homeOf(contract: Contract, apps: readonly App[]): string | undefined {
  let home: string | undefined;
  for (const app of apps) {
    if (within(app.folder, contract.file) && app.folder.length > (home?.length ?? -1)) home = app.folder;
  }
  return home;
}

function isOnlyPair(contract: Contract, contracts: readonly Contract[], apps: readonly App[]): boolean {
  const app = apps[0];
  // A document of webhooks alone competes for no route.
  const serving = contracts.filter((candidate) => candidate.operations.length > 0);
  return serving.length === 1 && apps.length === 1 && app !== undefined && within(app.folder, contract.file);
}

/** Steps through folders from the contract to the app. */
function distance(file: string, folder: string): number {
  const from = file.split('/').slice(0, -1);
  const to = folder.split('/').filter((segment, index) => segment !== '' || index === 0);
  const shared = commonFolder([from.join('/') || '/', folder])
    .split('/')
    .filter(Boolean).length;
  return Math.max(0, from.filter(Boolean).length - shared) + Math.max(0, to.filter(Boolean).length - shared);
}

const built = /^(dist|build|out|target|coverage|public|static|\.next)$/;
const copied = /^(archive|archived|old|legacy|deprecated|backup|vendor|third[-_]party|external|clients?|sdk)$/;
const pretended = /^(tests?|__tests__|fixtures?|mocks?|__mocks__|samples?|examples?|e2e|snapshots?)$/;

/** How much the folders between the app and the contract suggest a copy. The app's own ancestors say nothing. */
function demerit(file: string, folder: string): number {
  const shared = commonFolder([folder, file.slice(0, file.lastIndexOf('/')) || '/']);
  const names = file.slice(shared.length).toLowerCase().split('/').slice(0, -1).filter(Boolean);
  let points = 0;
  for (const name of names) {
    if (built.test(name)) points += 12;
    else if (copied.test(name)) points += 25;
    else if (pretended.test(name)) points += 30;
    else if (name === 'docs' || name === 'doc') points += 4;
  }
  return points + (file.endsWith('.json') ? 1 : 0);
}

/** A file named after a version is about the paths that carry the same version. */
function versionInName({ contract, prefixes }: Match): number {
  const named = /(?:^|[^a-z0-9])(v\d+)(?:[^a-z0-9]|$)/i.exec(
    contract.file.slice(contract.file.lastIndexOf('/') + 1),
  )?.[1];
  const served = prefixes
    .flatMap((prefix) => prefix.toLowerCase().split('/'))
    .filter((segment) => /^v\d+$/.test(segment));
  if (!named || served.length === 0) return 0;
  return served.includes(named.toLowerCase()) ? 3 : -6;
}

/** Newer versions win among equals; the value stays below one step of any other evidence. */
function versionRank(version: string): number {
  const numbers = (version.match(/\d+/g) ?? []).slice(0, 3).map(Number);
  const value = numbers.reduce((sum, number, index) => sum + Math.min(number, 9999) / 10_000 ** (index + 1), 0);
  return Math.min(0.9, value * 100);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
