// Owns the Next.js projects of a workspace: their folders, the files that are routes in them, the middleware before these.
// It must not run handlers.

import type { FileSource } from '../../../../base/host.ts';
import type { Machine } from '../machine.ts';
import { directoryOf } from '../resolve.ts';
import { isCandidatePath } from '../scan.ts';
import { configNames, type NextConfig, readConfig } from './config.ts';
import { type FileRoute, looksLikeRoute, parameterNames, routeOfFile } from './file-routes.ts';

/** One file that serves requests. */
export interface ProjectRoute extends FileRoute {
  readonly file: string;
  /** Names of the parameters in its path. */
  readonly parameters: readonly string[];
}

export interface NextProject {
  readonly folder: string;
  readonly config: NextConfig;
  readonly configFile?: string;
  readonly routes: readonly ProjectRoute[];
  /** The file of the middleware that requests run through first. */
  readonly middleware?: string;
}

/** Every project that serves at least one file. */
export function findProjects(m: Machine, files: FileSource, sources: readonly string[]): NextProject[] {
  const found = new Map<string, string[]>();
  for (const file of sources) {
    if (!looksLikeRoute(file)) continue;
    const folder = projectFolder(files, file);
    if (folder !== undefined) found.set(folder, [...(found.get(folder) ?? []), file]);
  }
  return [...found].flatMap(([folder, routes]) => {
    if (!isNext(files, folder, routes)) return [];
    const configFile = configNames.map((name) => `${folder}/${name}`).find((path) => files.exists(path));
    const config: NextConfig = configFile ? readConfig(m, configFile) : { basePath: '', rewrites: [] };
    const listed = routes.flatMap((file): ProjectRoute[] => {
      const relative = file.slice(folder.length + 1);
      const route = routeOfFile(relative, config.extensions);
      return route ? [{ ...route, file, parameters: parameterNames(relative) }] : [];
    });
    return listed.length === 0
      ? []
      : [{ folder, config, ...(configFile ? { configFile } : {}), routes: listed, ...middlewareIn(files, folder) }];
  });
}

/** The nearest folder with a package or a configuration in which the file stands where a route stands. */
function projectFolder(files: FileSource, file: string): string | undefined {
  const root = files.roots.find((one) => file.startsWith(`${one}/`)) ?? '';
  for (let folder = directoryOf(file); folder.length >= root.length; folder = directoryOf(folder)) {
    const isProject =
      files.exists(`${folder}/package.json`) || configNames.some((name) => files.exists(`${folder}/${name}`));
    const fits = routeOfFile(file.slice(folder.length + 1)) !== undefined;
    if (fits && (isProject || folder === root)) {
      // Tests and fixtures may hold whole projects, which serve nobody.
      return isCandidatePath(`${folder}/route.ts`, files.roots) ? folder : undefined;
    }
    if (folder === '/' || folder === root) break;
  }
  return undefined;
}

function isNext(files: FileSource, folder: string, routes: readonly string[]): boolean {
  if (configNames.some((name) => files.exists(`${folder}/${name}`))) return true;
  const manifest = files.read(`${folder}/package.json`);
  if ('text' in manifest && /"next"\s*:/.test(manifest.text)) return true;
  return routes.some((file) => {
    const read = files.read(file);
    return 'text' in read && /['"]next(\/[\w-]+)?['"]/.test(read.text);
  });
}

function middlewareIn(files: FileSource, folder: string): { readonly middleware?: string } {
  for (const at of [folder, `${folder}/src`]) {
    for (const name of ['middleware', 'proxy']) {
      for (const extension of ['.ts', '.js', '.tsx', '.mts', '.mjs'])
        if (files.exists(`${at}/${name}${extension}`)) return { middleware: `${at}/${name}${extension}` };
    }
  }
  return {};
}
