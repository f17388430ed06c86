// Owns the pairing of unserved operations with undocumented routes on the same path: one disagreement about the method.
// It must not know what any rule decides; three rules read it, so that a pair is said once and not three times.

import type { Route } from '../../code/model.ts';
import type { Binding, Governed } from '../../workspace/model.ts';

export interface MethodPair {
  readonly binding: Binding;
  readonly route: Route;
}

const remembered = new WeakMap<Governed, readonly MethodPair[]>();

/** The pairs of one contract, in its order. Paths with several candidates pair only where the methods are relatives. */
export function methodPairs(governed: Governed): readonly MethodPair[] {
  const known = remembered.get(governed);
  if (known) return known;
  const pairs = findPairs(governed);
  remembered.set(governed, pairs);
  return pairs;
}

function findPairs(governed: Governed): readonly MethodPair[] {
  const operations = new Map<string, Binding[]>();
  for (const binding of governed.bindings) {
    if (binding.routes.length === 0) append(operations, pathKey(binding.operation.path), binding);
  }
  if (operations.size === 0) return [];
  const routes = new Map<string, Route[]>();
  for (const route of governed.undocumented) {
    if (!isTelling(route)) continue;
    const key = contractPaths(governed, route.path)
      .map(pathKey)
      .find((candidate) => operations.has(candidate));
    if (key !== undefined) append(routes, key, route);
  }
  const pairs: MethodPair[] = [];
  for (const [key, bindings] of operations) pairs.push(...pairUp(bindings, distinctMethods(routes.get(key) ?? [])));
  return pairs;
}

/** PUT against PATCH first, since these are mistaken for each other; then what is left over when it is one and one. */
function pairUp(bindings: readonly Binding[], routes: readonly Route[]): MethodPair[] {
  const pairs: MethodPair[] = [];
  const isPaired = (candidate: Binding | Route): boolean =>
    pairs.some((pair) => pair.binding === candidate || pair.route === candidate);
  for (const binding of bindings) {
    const route = routes.find((candidate) => areRelatives(binding.operation.method, candidate.method));
    if (route && !isPaired(route)) pairs.push({ binding, route });
  }
  const left = bindings.filter((binding) => !isPaired(binding));
  const free = routes.filter((route) => !isPaired(route));
  if (left.length === 1 && free.length === 1) pairs.push({ binding: left[0]!, route: free[0]! });
  return pairs;
}

function areRelatives(a: string, b: string): boolean {
  return (a === 'put' && b === 'patch') || (a === 'patch' && b === 'put');
}

/** One route per method: registering twice does not make a path ambiguous. */
function distinctMethods(routes: readonly Route[]): readonly Route[] {
  return [...new Map([...routes].reverse().map((route) => [route.method, route])).values()].reverse();
}

function isTelling(route: Route): boolean {
  return !['all', 'head', 'options'].includes(route.method) && !route.unmounted && isLocated(route);
}

/** Whether the path is known; a registration on a condition has a known path and is served at times. */
export function isLocated({ completeness }: Route): boolean {
  return completeness.closed || completeness.reason === 'conditional-registration';
}

/** The paths that a served path can have in the contract: as it is, and without the prefixes that lie before it. */
export function contractPaths(governed: Governed, served: string): string[] {
  const bases = ['', ...governed.contract.servers.map((server) => server.basePath)];
  const prefixes = bases.flatMap((base) => [`${governed.prefix}${base}`, base]);
  const paths = new Set<string>();
  for (const prefix of [...new Set(prefixes)].sort((a, b) => b.length - a.length)) {
    if (prefix === '') paths.add(served);
    else if (served.toLowerCase().startsWith(`${prefix.toLowerCase()}/`)) paths.add(served.slice(prefix.length));
  }
  return [...paths];
}

/** Equal for paths that differ in parameter names, case and a last slash only. */
export function pathKey(path: string): string {
  return path
    .replace(/\/+$/, '')
    .split('/')
    .map((segment) => segment.replace(/\{[^{}]*\}/g, '{}').toLowerCase())
    .join('/');
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
