// Owns Node's own modules as far as wiring needs them: paths, listing folders, making servers.
// It must not read anything but the names of workspace files.

import type { Machine } from '../machine.ts';
import { directoryOf, normalise } from '../resolve.ts';
import { callUnknown } from '../unknown-calls.ts';
import {
  type CallSite,
  literal,
  nativeFunction,
  objectOf,
  type PackageModel,
  someString,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { textOfFile } from './data-files.ts';
import { listByGlob } from './file-globs.ts';

const path: PackageModel = {
  packages: ['path', 'path/posix', 'upath', 'pathe'],
  call(m, external, site) {
    const texts = site.args.map((argument) => textOf(argument));
    const known = texts.every((text) => text !== undefined) && !site.open;
    const [first = '', second] = texts as string[];
    switch (external.path.at(-1)) {
      case 'join':
        return known ? literal(joined(texts as string[])) : someString();
      case 'resolve':
        return known ? literal(resolved(m, texts as string[])) : someString();
      case 'dirname':
        return known ? literal(directoryOf(first)) : someString();
      case 'basename':
        return known ? literal(baseName(first, second)) : someString();
      case 'extname':
        return known ? literal(/\.[^./]*$/.exec(first)?.[0] ?? '') : someString();
      case 'parse':
        return known
          ? objectOf({
              name: literal(baseName(first).replace(/\.[^.]*$/, '')),
              base: literal(baseName(first)),
              dir: literal(directoryOf(first)),
              ext: literal(/\.[^./]*$/.exec(first)?.[0] ?? ''),
            })
          : undefined;
      default:
        return someString();
    }
  },
  member: (_m, external) => (external.path.at(-1) === 'sep' ? literal('/') : undefined),
};

function joined(texts: readonly string[]): string {
  const text = texts.join('/');
  return text.startsWith('/') ? normalise(text) : text.replace(/\/{2,}/g, '/').replace(/^\.\//, './');
}

function resolved(m: Machine, texts: readonly string[]): string {
  const last = texts.findLastIndex((text) => text.startsWith('/'));
  const rest = last < 0 ? [m.files.roots[0] ?? '', ...texts] : texts.slice(last);
  return normalise(rest.join('/'));
}

function baseName(text: string, extension = ''): string {
  const name = text.slice(text.lastIndexOf('/') + 1);
  return extension !== '' && name.endsWith(extension) ? name.slice(0, -extension.length) : name;
}

/** The names directly below a workspace folder. */
export function namesBelow(m: Machine, folder: string): { name: string; directory: boolean }[] {
  let tree = trees.get(m);
  if (!tree) {
    tree = listFolders(m.files.list());
    trees.set(m, tree);
  }
  return [...(tree.get(normalise(folder)) ?? [])].map(([name, directory]) => ({ name, directory }));
}

const trees = new WeakMap<Machine, Map<string, Map<string, boolean>>>();

/** Folder to names, each with whether it is a folder itself. */
function listFolders(files: readonly string[]): Map<string, Map<string, boolean>> {
  const tree = new Map<string, Map<string, boolean>>();
  for (const file of files) {
    let path = file;
    for (let directory = false; path.length > 1; directory = true) {
      const parent = directoryOf(path);
      const names = tree.get(parent) ?? new Map<string, boolean>();
      tree.set(parent, names);
      const name = path.slice(path.lastIndexOf('/') + 1);
      if (names.has(name)) break;
      names.set(name, directory);
      path = parent;
    }
  }
  return tree;
}

const files: PackageModel = {
  packages: ['fs', 'fs/promises', 'fs-extra', 'graceful-fs'],
  call(m, external, site) {
    const named = textOf(site.args[0]);
    const last = external.path.at(-1);
    if (last === 'globSync') return listByGlob(m, site);
    if (named === undefined) return undefined;
    // A relative path starts where services are started: at their package.
    const home = m.resolver.packageFolder(site.place.file) ?? m.files.roots[0] ?? '';
    const folder = named.startsWith('/') ? named : normalise(`${home}/${named}`);
    if (last === 'existsSync' || last === 'pathExistsSync')
      return m.files.exists(normalise(folder)) ? literal(true) : undefined;
    if (last === 'readFileSync' || last === 'readFile') return textOfFile(m, normalise(folder));
    if (last === 'statSync' || last === 'lstatSync') return statOf(m, folder);
    if (last !== 'readdirSync' && last !== 'readdir') return undefined;
    const names = namesBelow(m, folder);
    const withTypes =
      site.args[1]?.kind === 'object' && m.get(site.args[1], 'withFileTypes', site.place).kind === 'literal';
    return {
      kind: 'array',
      items: names.map(({ name, directory }) => (withTypes ? entryOf(name, directory) : literal(name))),
    };
  },
};

function statOf(m: Machine, path: string): Value {
  const directory = !m.files.exists(normalise(path)) && namesBelow(m, path).length > 0;
  return objectOf({
    isDirectory: nativeFunction('isDirectory', () => literal(directory)),
    isFile: nativeFunction('isFile', () => literal(!directory)),
  });
}

function entryOf(name: string, directory: boolean): Value {
  return objectOf({
    name: literal(name),
    isDirectory: nativeFunction('isDirectory', () => literal(directory)),
    isFile: nativeFunction('isFile', () => literal(!directory)),
  });
}

const url: PackageModel = {
  packages: ['url'],
  call(_m, external, site) {
    const text = textOf(site.args[0]);
    if (external.path.at(-1) === 'fileURLToPath')
      return text === undefined ? someString() : literal(text.replace(/^file:\/\//, ''));
    if (external.path.at(-1) === 'pathToFileURL')
      return text === undefined
        ? unknown('unresolved-import')
        : objectOf({ href: literal(`file://${text}`), pathname: literal(text) });
    return undefined;
  },
};

/** Servers take the app and add no routes; `promisify` gives back what it takes. */
const servers: PackageModel = {
  packages: ['http', 'https', 'http2', 'spdy', 'util', 'module', 'events'],
  call(m: Machine, external, site: CallSite) {
    const last = external.path.at(-1);
    if (last === 'createServer') return unknown('unresolved-import', site.place);
    if (last === 'promisify') return site.args[0] ?? undefinedValue;
    if (last === 'createRequire') return nativeFunction('require', (machine, inner) => requireThrough(machine, inner));
    return external.package === 'util' ? callUnknown(m, site) : undefined;
  },
};

function requireThrough(m: Machine, site: CallSite): Value {
  const text = textOf(site.args[0]);
  return text === undefined
    ? unknown('unresolved-import', site.place)
    : m.modules.importValue(text, '=', site.frame.module.file);
}

export const nodePackages: readonly PackageModel[] = [path, files, url, servers];
