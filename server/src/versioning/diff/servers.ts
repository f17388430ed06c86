// Owns the comparison of servers: where requests go. It must not know what is requested.

import type { ContractNode } from '../../contract/load/contract-node.ts';
import { noting } from './context.ts';
import type { Pair } from './graph.ts';
import { sameData } from './sameness.ts';

interface Server {
  readonly url: string;
  readonly node: ContractNode;
}

/** Compares the servers that two owners (a root, a path item, an operation) name. */
export function compareServers(pair: Pair, base: ContractNode, revision: ContractNode): void {
  const note = noting(pair, 'request');
  const before = serversOf(base);
  const after = serversOf(revision);
  const urls = (servers: readonly Server[]): ReadonlySet<string> =>
    new Set(servers.map((server) => normal(server.url)));
  const had = urls(before);
  const has = urls(after);
  const lost = before.filter((server) => !has.has(normal(server.url)));
  const gained = after.filter((server) => !had.has(normal(server.url)));
  const listed = (servers: readonly Server[]): string => servers.map((server) => server.url).join(', ');
  const where = {
    base: base.get('servers') ?? before[0]?.node ?? base,
    revision: revision.get('servers') ?? after[0]?.node ?? revision,
  };
  if (lost.length > 0 && lost.length === before.length && gained.length > 0) {
    const bare = (servers: readonly Server[]): string =>
      [...new Set(servers.map((server) => normal(server.url).replace(versionSegment, '/v*')))].sort().join();
    const id = bare(lost) === bare(gained) ? 'server-version-changed' : 'servers-replaced';
    note(id, { ...where, suffix: 'servers', before: listed(lost), after: listed(gained) });
  } else {
    for (const server of lost)
      note('server-removed', { ...where, base: server.node, suffix: 'servers', before: server.url });
    for (const server of gained)
      note('server-added', { ...where, revision: server.node, suffix: 'servers', after: server.url });
  }
  for (const server of before) {
    const now = after.find((candidate) => normal(candidate.url) === normal(server.url));
    if (now) compareServer(pair, server, now);
  }
}

function compareServer(pair: Pair, before: Server, after: Server): void {
  const note = noting(pair, 'request');
  const had = before.node.get('variables');
  const has = after.node.get('variables');
  for (const name of new Set([...(had?.entries() ?? []), ...(has?.entries() ?? [])].map((entry) => entry.token))) {
    const one = had?.get(name);
    const other = has?.get(name);
    if (sameData(one?.get('default'), other?.get('default')) && sameData(one?.get('enum'), other?.get('enum')))
      continue;
    note('server-variable-changed', {
      base: one ?? before.node,
      revision: other ?? after.node,
      suffix: 'servers',
      name,
      before: before.url,
    });
  }
  if (!sameData(before.node.get('description'), after.node.get('description'))) {
    note('server-documentation-changed', {
      base: before.node,
      revision: after.node,
      suffix: 'servers',
      before: before.url,
    });
  }
}

function serversOf(owner: ContractNode): Server[] {
  const list = owner.get('servers');
  if (list)
    return list
      .items()
      .flatMap((node) => (node.get('url')?.text === undefined ? [] : [{ url: node.get('url')!.text!, node }]));
  const host = owner.get('host');
  const basePath = owner.get('basePath');
  const node = basePath ?? host;
  if (!node) return [];
  const schemes =
    owner
      .get('schemes')
      ?.items()
      .flatMap((item) => item.text ?? []) ?? [];
  const rest = `${host?.text ?? ''}${basePath?.text ?? ''}`;
  if (!host) return [{ url: rest, node }];
  return (schemes.length > 0 ? schemes : ['https']).map((scheme) => ({ url: `${scheme}://${rest}`, node }));
}

/** A version in a path: `/v2`, `/v1.1`. */
const versionSegment = /\/v\d+(?:\.\d+)*(?=\/|$)/;

const normal = (url: string): string => url.replace(/\/+$/, '');
