// Owns finding the operations of one state of a contract, webhooks included, and matching those of two states: by method and path,
// whatever the path's parameters are called. It must not compare anything.

import { pathItemMethods } from '../../base/method.ts';
import type { ContractNode } from '../../contract/load/contract-node.ts';
import type { ContractSource } from '../source.ts';

/** An operation where it stands. */
export interface Site {
  /** `GET /orders/{id}`, or `POST onPaid (webhook)`. */
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly node: ContractNode;
  readonly pathItem: ContractNode;
}

export interface SitePair {
  readonly base?: Site;
  readonly revision?: Site;
}

/** The operations below a map of path items, in the order of the text. */
export function sitesOf(
  map: ContractNode | undefined,
  source: ContractSource,
  nameOf: (method: string, path: string) => string,
): Site[] {
  const reached = map && reach(map, source);
  return (reached?.kind === 'map' ? reached.entries() : []).flatMap((entry) => {
    if (entry.token.startsWith('x-')) return [];
    const pathItem = reach(entry, source);
    if (!pathItem) return [];
    const own = operationsOf(pathItem);
    // What stands beside a path item's `$ref` is added to it, as all tools do.
    const beside = pathItem.pointer === entry.pointer && pathItem.file === entry.file ? [] : operationsOf(entry);
    const found = new Map([...own, ...beside].map((node) => [node.token.toLowerCase(), node]));
    return [...found].map(([method, node]) => ({
      key: nameOf(method.toUpperCase(), entry.token),
      method,
      path: entry.token,
      node,
      pathItem,
    }));
  });
}

function operationsOf(pathItem: ContractNode): ContractNode[] {
  return pathItem.entries().flatMap((entry) => {
    if (entry.token === 'additionalOperations') return entry.entries();
    return pathItemMethods.has(entry.token) ? [entry] : [];
  });
}

/** Pairs the operations of two states: those that stand under the same path first, then those whose paths differ only in names. */
export function pairSites(base: readonly Site[], revision: readonly Site[]): SitePair[] {
  const exact = new Map(revision.map((site) => [site.key, site]));
  const partners = new Map<Site, Site>();
  const taken = new Set<Site>();
  const take = (site: Site, other: Site | undefined): void => {
    if (!other || taken.has(other)) return;
    partners.set(site, other);
    taken.add(other);
  };
  for (const site of base) take(site, exact.get(site.key));
  const loose = new Map(revision.filter((site) => !taken.has(site)).map((site) => [looseKey(site), site]));
  for (const site of base) if (!partners.has(site)) take(site, loose.get(looseKey(site)));
  const pairs = base.map((site): SitePair => ({ base: site, revision: partners.get(site) }));
  return [...pairs, ...revision.filter((site) => !taken.has(site)).map((site): SitePair => ({ revision: site }))];
}

const looseKey = (site: Site): string =>
  `${site.method} ${site.path.replace(/\{[^{}]*\}/g, '{}').replace(/(.)\/$/, '$1')}`;

/** The node behind a node's references; undefined when they lead nowhere. */
export function reach(node: ContractNode, source: ContractSource): ContractNode | undefined {
  const followed = source.references.follow(node);
  return 'node' in followed ? followed.node : undefined;
}
