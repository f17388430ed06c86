// Owns folders of controllers: which modules stand in them, and the contract files that options name.
// It must not know any one router.

import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { normalise } from '../resolve.ts';
import { isCandidatePath } from '../scan.ts';
import { type CallSite, textOf, type Value } from '../value.ts';
import { open, type RouterState, takeHandlers } from './routers.ts';

/** The absolute path that an option names; relative ones start at the package, where services are started. */
export function pathOf(m: Machine, value: Value | undefined, site: CallSite): string | undefined {
  const text =
    value &&
    members(value)
      .map(textOf)
      .find((one) => one !== undefined);
  if (text === undefined) return undefined;
  if (text.startsWith('/')) return normalise(text);
  const home = m.resolver.packageFolder(site.place.file) ?? m.files.roots[0] ?? '';
  return normalise(`${home}/${text}`);
}

/** A contract's file, when an option names one that is there. */
export function contractAt(m: Machine, value: Value | undefined, site: CallSite): string | undefined {
  const path = pathOf(m, value, site);
  return path !== undefined && m.files.exists(path) ? path : undefined;
}

/** Notes the functions of every module below a folder, each under the module's path in it. */
export function takeFolder(m: Machine, state: RouterState, folder: string): void {
  const below = m.files.list().filter((path) => path.startsWith(`${folder}/`) && isCandidatePath(path, m.files.roots));
  if (below.length === 0) open(state, 'unresolved-import');
  for (const path of below) {
    const module = m.modules.module(path);
    if (!module) continue;
    m.modules.run(module);
    const controller = path.slice(folder.length + 1).replace(/\.[cm]?[jt]sx?$/, '');
    takeHandlers(m, state, m.modules.requireValue(module), controller);
    const inner = module.exports.has('default') ? m.modules.exportOf(module, 'default') : undefined;
    if (inner?.kind === 'object') takeHandlers(m, state, inner, controller);
  }
}
