// Owns which files of a workspace are left out of an analysis: `.gitignore` at every level, and folders and files that are
// never a service's own source. It must not know contracts or code beyond the names that tools give to what they generate.

import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Contracts, the languages that have a front-end, and those whose comments may name a section of a contract. */
export const CANDIDATE_ENDINGS: readonly string[] = [
  '.js',
  '.cjs',
  '.mjs',
  '.jsx',
  '.ts',
  '.cts',
  '.mts',
  '.tsx',
  '.json',
  '.yaml',
  '.yml',
  '.prisma',
  '.py',
  '.go',
  '.java',
  '.kt',
  '.kts',
  '.cs',
  '.rb',
  '.php',
  '.rs',
];

/** Installed packages, version control and caches: nothing in them is ever the workspace's own source. */
const NEVER = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  '.git',
  '.hg',
  '.svn',
  '.next',
  '.nuxt',
  '.svelte-kit',
  '.output',
  '.turbo',
  '.cache',
  '.parcel-cache',
  '.yarn',
  '.pnpm-store',
  '.nyc_output',
  '.vscode-test',
  '.idea',
  '.venv',
  '.tox',
  '.terraform',
  '.serverless',
  '.aws-sam',
  '.vercel',
  '.netlify',
  '__pycache__',
]);

/** What a build or a test run writes. */
const PRODUCED = new Set(['dist', 'coverage']);

/** Produced or copied at a project's top, but ordinary names inside of its sources (`src/routes/vendor`). */
const PRODUCED_OUTSIDE_SOURCES = new Set(['build', 'out', 'vendor']);

const BUNDLE = /[.-](?:min|bundle|bundled|chunk|umd|iife)\.[cm]?js$|\.(?:map|snap)$/i;

/** One folder's ignore file, with the folder that its patterns are relative to. */
interface Level {
  readonly folder: string;
  readonly rules: Ignore;
}

/** The ignore files that hold in a folder, outermost first. */
export type Levels = readonly Level[];

/** Whether a folder of this name is passed over. `inSources` tells whether one of its parents is named `src`. */
export function isSkippedFolder(name: string, inSources: boolean, produced: 'skip' | 'enter'): boolean {
  if (NEVER.has(name)) return true;
  if (produced === 'enter') return name === 'coverage';
  return PRODUCED.has(name) || (PRODUCED_OUTSIDE_SOURCES.has(name) && !inSources);
}

/** Whether a file is a bundle, going by its name. */
export function isBundleName(name: string): boolean {
  return BUNDLE.test(name);
}

/** Whether the beginning of a script looks minified: hardly any line breaks. */
export function looksMinified(head: string): boolean {
  if (head.length < 4_096) return false;
  let breaks = 0;
  for (let i = head.indexOf('\n'); i !== -1; i = head.indexOf('\n', i + 1)) breaks++;
  return head.length / (breaks + 1) > 800;
}

/** The levels that hold in `folder`, given those of its parent. */
export function enterFolder(levels: Levels, folder: string): Levels {
  const rules = readIgnoreFile(`${folder}/.gitignore`);
  return rules ? [...levels, { folder, rules }] : levels;
}

/**
 * The levels that parents of a root bring in, up to the nearest folder with a `.git` in it. None when no such folder is
 * there, or when those rules leave out the root itself: whoever names an ignored folder wants it looked at.
 */
export function levelsAbove(root: string, isRepository: (folder: string) => boolean): Levels {
  const parents: string[] = [];
  for (let folder = root; !isRepository(folder); ) {
    const parent = dirname(folder).replaceAll('\\', '/');
    if (parent === folder) return [];
    parents.unshift(parent);
    folder = parent;
  }
  let levels: Levels = [];
  for (const parent of parents) levels = enterFolder(levels, parent);
  for (let folder = root; parents.includes(dirname(folder)); folder = dirname(folder)) {
    if (isIgnored(levels, folder, true)) return [];
  }
  return levels;
}

/** Whether the ignore files leave a path out: the innermost file that says anything decides. */
export function isIgnored(levels: Levels, path: string, isFolder: boolean): boolean {
  for (let i = levels.length - 1; i >= 0; i--) {
    const { folder, rules } = levels[i]!;
    if (!path.startsWith(`${folder}/`)) continue;
    const relative = path.slice(folder.length + 1) + (isFolder ? '/' : '');
    const verdict = rules.test(relative);
    if (verdict.ignored) return true;
    if (verdict.unignored) return false;
  }
  return false;
}

function readIgnoreFile(path: string): Ignore | undefined {
  try {
    // Opening a pipe would wait for somebody to write into it, so that only plain files are opened.
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found?.isFile() || found.size > 1_000_000) return undefined;
    return ignore().add(readFileSync(path, 'utf8'));
  } catch {
    // No ignore file here, or one that cannot be read: it leaves nothing out.
    return undefined;
  }
}
