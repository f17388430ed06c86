// Owns reading `servers` (3.x) and `host`/`basePath` (2.0) into the path prefix that requests have.
// It must not know operations or code.

import type { Server } from '../model.ts';
import type { ContractNode } from './contract-node.ts';

/** The servers of a root, path item or operation; none when the key is absent or no list. */
export function readServers(owner: ContractNode): Server[] {
  const list = owner.get('servers');
  if (list?.kind !== 'seq') return [];
  return list.items().flatMap((item) => {
    const url = item.get('url');
    if (url?.text === undefined) return [];
    return [{ url: url.text, basePath: basePathOf(substitute(url.text, item.get('variables'))), place: url.place }];
  });
}

/** The server that Swagger 2.0's `host`, `basePath` and `schemes` describe; none when neither host nor basePath stands there. */
export function readSwaggerServers(root: ContractNode): Server[] {
  const basePath = root.get('basePath');
  const host = root.get('host');
  if (!basePath && !host) return [];
  const path = basePath?.text ?? '';
  const scheme = root.get('schemes')?.items()[0]?.text ?? 'https';
  const prefix = host?.text ? `${scheme}://${host.text}` : '';
  return [{ url: `${prefix}${path}`, basePath: basePathOf(path), place: (basePath ?? host)!.place }];
}

function substitute(url: string, variables: ContractNode | undefined): string {
  if (!variables) return url;
  return url.replaceAll(
    /\{([^{}]+)\}/g,
    (written, name: string) => variables.get(name)?.get('default')?.text ?? written,
  );
}

/** The path of a server URL, absolute or relative, without a trailing slash. */
export function basePathOf(url: string): string {
  const plain = url.trim().replace(/[?#].*$/, '');
  // A variable may stand for the scheme or the host, so the authority ends at the first slash behind `//`.
  const path = plain.replace(/^(?:[^/]*:)?\/\/[^/]*/, '');
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.' && segment !== '..');
  return segments.map((segment) => `/${segment}`).join('');
}
