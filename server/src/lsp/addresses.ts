// Owns the way between the protocol's URIs and the engine's paths. It must not open anything.

import { fileURLToPath, pathToFileURL } from 'node:url';
import { slashed } from '../base/relative.ts';

/** What the paths of folders begin with that are on no disk: their scheme and authority follow, and no folder of a disk is called so. */
const virtualFolder = /^\/~([a-z][a-z0-9+.-]*):([^/]*)(\/.*)?$/i;

/** A URI of another scheme that names a file, and no state or part of one. */
const virtualAddress = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]*))?(\/[^?#]*)$/i;

/**
 * The absolute path that stands for a URI, without a trailing slash: of a file on disk, or of one that only the client can open, under a
 * path of its own. Undefined for a malformed one, and for one that names no file.
 */
export function pathOf(uri: string): string | undefined {
  try {
    const path = /^file:/i.test(uri) ? slashed(fileURLToPath(uri)) : virtualPathOf(uri);
    return path !== undefined && path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  } catch {
    return undefined;
  }
}

function virtualPathOf(uri: string): string | undefined {
  const [, scheme, authority = '', written] = virtualAddress.exec(uri) ?? [];
  if (scheme === undefined || written === undefined) return undefined;
  const path = decodeURIComponent(written);
  // Such a path is compared with folders by its text alone.
  if (path.includes('\0') || /(?:^|\/)\.\.?(?:\/|$)/.test(path)) return undefined;
  return `/~${scheme.toLowerCase()}:${authority}${path}`;
}

/** The URI of an absolute path. */
export function uriOf(path: string): string {
  const [, scheme, authority = '', written = '/'] = virtualFolder.exec(path) ?? [];
  if (scheme === undefined) return pathToFileURL(path).href;
  const encoded = written.split('/').map(encodeURIComponent).join('/');
  return `${scheme}:${authority === '' ? '' : `//${authority}`}${encoded}`;
}

/** Whether a path stands for something that is on no disk. */
export const isVirtual = (path: string): boolean => virtualFolder.test(path);
