// Owns the listing of workspace files by a glob, as code does that loads its routes by the names of their files.
// It must not read the files.

import type { Machine } from '../machine.ts';
import { normalise } from '../resolve.ts';
import { type CallSite, literal, type PackageModel, textOf, truth, type Value } from '../value.ts';

/** A pattern with more wildcards than this is not followed. */
const mostWildcards = 8;

/** `globSync(pattern, { cwd })`: the files that it names, relative to the folder unless the pattern or an option says otherwise. */
export function listByGlob(m: Machine, site: CallSite): Value | undefined {
  const [given, options] = site.args;
  const patterns = given?.kind === 'array' && !given.rest ? given.items.map(textOf) : [textOf(given)];
  const option = (key: string): Value | undefined =>
    options?.kind === 'object' ? m.get(options, key, site.place) : undefined;
  const folder = options?.kind === 'object' && options.props.has('cwd') ? textOf(option('cwd')) : m.files.roots[0];
  if (folder === undefined || patterns.some((pattern) => pattern === undefined)) return undefined;
  const root = normalise(folder);
  const whole = options?.kind === 'object' && options.props.has('absolute') && truth(option('absolute')!) === true;
  const found = new Set<string>();
  for (const pattern of patterns as string[]) {
    const absolute = pattern.startsWith('/');
    const expression = expressionOf(absolute ? pattern : pattern.replace(/^\.\//, ''));
    if (!expression) return undefined;
    for (const path of m.files.list()) {
      if (!absolute && !path.startsWith(`${root}/`)) continue;
      const name = absolute ? path : path.slice(root.length + 1);
      if (!/(^|\/)node_modules\//.test(name) && expression.test(name)) found.add(whole ? path : name);
    }
  }
  return { kind: 'array', items: [...found].sort().map((name) => literal(name)) };
}

/** A glob as an expression over paths; undefined for what globs seldom have. */
function expressionOf(glob: string): RegExp | undefined {
  if (glob.length > 200 || /[!()[\]\\]/.test(glob) || (glob.match(/[*?{]/g)?.length ?? 0) > mostWildcards)
    return undefined;
  const text = glob
    .replace(/[.+^$|]/g, '\\$&')
    .replace(/\{([^{}]*)\}/g, (_, inside: string) => `(?:${inside.split(',').join('|')})`)
    .replace(/\?/g, (mark, at: number, all: string) => (all.startsWith('(?:', at - 1) ? mark : '[^/]'))
    .replace(/\*\*\/|\*\*|\*/g, (stars) => (stars === '**/' ? '(?:[^/]+/)*' : stars === '**' ? '.*' : '[^/]*'));
  return /[{}]/.test(text) ? undefined : new RegExp(`^${text}$`);
}

/** Packages that list files by globs. */
export const fileGlobPackage: PackageModel = {
  packages: ['glob', 'globby', 'fast-glob', 'tiny-glob', 'tinyglobby'],
  call(m, external, site) {
    const last = external.path.at(-1);
    const lists =
      last === undefined || ['default', 'sync', 'globSync', 'glob', 'globby', 'globbySync', '='].includes(last);
    return lists ? listByGlob(m, site) : undefined;
  },
};
