// Owns finding the ruleset of a contract and the files that it extends, without loading Spectral: most workspaces have none.
// It must not know what rules say.

import type { FileSource } from '../../base/host.ts';
import { readJson } from '../load/json.ts';
import type { Node } from '../load/node.ts';
import { entryOf } from '../load/node.ts';
import { readQuickYaml } from '../load/quick-yaml.ts';

/** The names under which Spectral's own command line looks for a ruleset, in its order. */
const names = ['.spectral.yml', '.spectral.yaml', '.spectral.json', '.spectral.js', '.spectral.mjs', '.spectral.cjs'];

/** More files than this are no ruleset that anybody reads. */
const mostFiles = 50;

/** The ruleset in the nearest folder at or above a contract's, within the roots; undefined when there is none. */
export function nearestRuleset(contract: string, files: FileSource): string | undefined {
  let folder = contract;
  for (;;) {
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
    const found = names.map((name) => `${folder}/${name}`).find((path) => files.exists(path));
    if (found !== undefined) return found;
    if (folder === '' || files.roots.includes(folder)) return undefined;
  }
}

/** The texts of a ruleset and of every file of the workspace that it extends, by path. */
export function rulesetTexts(ruleset: string, files: FileSource): Readonly<Record<string, string>> {
  const texts = new Map<string, string>();
  const waiting = [ruleset];
  for (let path = waiting.pop(); path !== undefined && texts.size < mostFiles; path = waiting.pop()) {
    if (texts.has(path)) continue;
    const read = files.read(path);
    if ('failure' in read) continue;
    texts.set(path, read.text);
    for (const name of extendedBy(path, read.text)) {
      waiting.push(...candidates(path, name).filter((candidate) => files.exists(candidate)));
    }
  }
  return Object.fromEntries(texts);
}

/** The files that a relative name may mean: rulesets are extended with and without their ending. */
export function candidates(from: string, name: string): string[] {
  const path = resolved(from.slice(0, from.lastIndexOf('/')), name);
  return [path, `${path}.yaml`, `${path}.yml`, `${path}.json`];
}

function extendedBy(path: string, text: string): string[] {
  if (/\.[cm]?js$/.test(path)) return [];
  const reading = path.endsWith('.json') ? readJson(text) : readQuickYaml(text);
  const root = 'root' in reading ? reading.root : undefined;
  const found: string[] = [];
  const visit = (node: Node | undefined): void => {
    if (node?.kind === 'scalar' && typeof node.value === 'string') found.push(node.value);
    if (node?.kind === 'seq') for (const item of node.items) visit(item);
  };
  const fromOwner = (owner: Node | undefined): void => {
    if (owner?.kind !== 'map') return;
    visit(entryOf(owner, 'extends')?.value);
    const overrides = entryOf(owner, 'overrides')?.value;
    if (overrides?.kind === 'seq') for (const item of overrides.items) fromOwner(item);
  };
  fromOwner(root);
  return found.filter((name) => name.startsWith('.') || name.startsWith('/') || /\.(?:ya?ml|json)$/.test(name));
}

function resolved(folder: string, name: string): string {
  const parts: string[] = [];
  for (const part of (name.startsWith('/') ? name : `${folder}/${name}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
