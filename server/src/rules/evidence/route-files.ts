// Owns which file serves a path where files are routes because of where they stand: beside a file that serves another path.
// It must not know what is written in such a file.

import { partsOf, plain } from './path-parts.ts';

/** Where a file stands that serves one path of a Next.js project. */
export interface RouteFile {
  /** By an export for each method, or by one handler for all. */
  readonly router: 'app' | 'pages';
  /** The folder in which paths begin. */
  readonly root: string;
  /** What stands for parts of the path: the folders below it, groups included, and for `pages` the file's own name. */
  readonly folders: readonly string[];
  /** What follows them: `/route.ts`, `/index.ts`, `.ts`. */
  readonly end: string;
  /** What is served of the path before the folders: the base path. */
  readonly mounted: number;
}

/** Groups and slots arrange files and are no part of a path. */
const isPart = (folder: string): boolean => !/^(?:\(.*\)|@.*)$/.test(folder);
const endOf: Readonly<Record<RouteFile['router'], RegExp>> = {
  app: /\/route\.[cm]?[jt]sx?$/,
  pages: /(?:\/index)?\.[cm]?[jt]sx?$/,
};
const partOf = (folder: string): string => folder.replace(/^\[([^\].]+)\]$/, '{$1}');
const folderOf = (part: string): string => part.replace(/^\{([^}]+)\}$/, '[$1]');

/** The place of a file in its project, by the path that it serves; undefined when it stands elsewhere or takes the rest of a path. */
export function routeFileOf(file: string, path: string): RouteFile | undefined {
  const served = partsOf(path);
  for (const router of ['app', 'pages'] as const) {
    const end = endOf[router].exec(file)?.[0];
    const parts = end === undefined ? [] : file.slice(0, -end.length).split('/');
    for (const [index, part] of parts.entries()) {
      if (end === undefined || part !== router || (router === 'pages' && parts[index + 1] !== 'api')) continue;
      const folders = parts.slice(index + 1);
      const own = folders.filter(isPart).map(partOf);
      const mounted = served.length - own.length;
      if (mounted < 0 || !own.every((one, at) => one === served[mounted + at])) continue;
      return { router, root: parts.slice(0, index + 1).join('/'), folders, end, mounted };
    }
  }
  return undefined;
}

/** The file for another path: the folders of what both have in common, then new ones. Undefined for a part that no folder can be. */
export function fileBeside(neighbour: RouteFile, served: readonly string[]): string | undefined {
  const wanted = served.slice(neighbour.mounted);
  if (wanted.some((part) => part.includes('{') && !/^\{\w+\}$/.test(part))) return undefined;
  const { root, folders, end } = neighbour;
  let taken = 0;
  let common = 0;
  for (const [index, folder] of folders.entries()) {
    if (!isPart(folder)) continue;
    if (common === wanted.length || plain(partOf(folder)) !== plain(wanted[common]!)) break;
    common++;
    taken = index + 1;
  }
  const isSame = common === wanted.length && folders.slice(taken).every((folder) => !isPart(folder));
  const own = isSame ? folders : [...folders.slice(0, taken), ...wanted.slice(common).map(folderOf)];
  // What stands elsewhere below `pages` is a page.
  if (neighbour.router === 'pages' && own[0] !== 'api') return undefined;
  return [root, ...own].join('/') + end;
}
