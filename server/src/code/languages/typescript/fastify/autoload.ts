// Owns `@fastify/autoload`: a folder of plugins, of which the folders' names become prefixes.
// It must not read anything but the names of workspace files; the plugins are loaded as any other.

import type { Place } from '../../../../base/place.ts';
import type { Machine } from '../machine.ts';
import { namesBelow } from '../packages/node.ts';
import { normalise } from '../resolve.ts';
import { isCandidatePath } from '../scan.ts';
import { type CallSite, isEmpty, literal, type ObjectValue, objectOf, textOf, truth, type Value } from '../value.ts';
import { createChild, type InstanceState, leaveOut, loadQueue } from './instances.ts';
import { runPlugin } from './plugins.ts';

interface Walk {
  readonly m: Machine;
  readonly state: InstanceState;
  readonly options: Value;
  readonly site: CallSite;
}

interface Folder {
  readonly path: string;
  /** The prefix that the folders' names make, with leading slash; empty at the top. */
  readonly crumb: string;
  readonly hooks: readonly string[];
  readonly depth: number;
}

const script = /^(?!.*\.d\.[cm]?ts$).*\.[cm]?[jt]s$/i;
const index = /^index(?:\.ts|\.js|\.cjs|\.mjs|\.cts|\.mts)$/i;
const autoHooks = /^[_.]?auto_?hooks(?:\.ts|\.js|\.cjs|\.mjs|\.cts|\.mts)$/i;
const depthLimit = 24;

/** Registers every plugin of a folder. */
export function autoload(m: Machine, state: InstanceState, options: Value, site: CallSite): void {
  const dir = textOf(m.get(options, 'dir', site.place));
  if (dir === undefined) {
    state.open ??= { reason: 'unresolved-import', place: site.place };
    state.hooksOpen ??= state.open;
    return;
  }
  visit(
    { m, state, options, site },
    { path: normalise(dir.replace(/^file:\/\//, '')), crumb: '', hooks: [], depth: 0 },
  );
}

function flag(walk: Walk, key: string): boolean | undefined {
  const value = walk.m.get(walk.options, key, walk.site.place);
  return isEmpty(value) ? undefined : truth(value);
}

function visit(walk: Walk, folder: Folder): void {
  const { m } = walk;
  const names = [...namesBelow(m, folder.path)].sort((a, b) => (a.name < b.name ? -1 : 1));
  const hooks = hooksOf(
    walk,
    folder,
    names.map((entry) => entry.name),
  );
  const entry = names.find((one) => !one.directory && index.test(one.name));
  const scripts = names.filter((one) => !one.directory && script.test(one.name) && !autoHooks.test(one.name));
  const files = entry ? [entry] : scripts;
  for (const one of scripts) if (!files.includes(one)) leaveOut(m, `${folder.path}/${one.name}`);
  loadFiles(
    walk,
    folder,
    hooks,
    files.map((one) => `${folder.path}/${one.name}`),
  );
  const limit = m.get(walk.options, 'maxDepth', walk.site.place);
  const deepest = limit.kind === 'literal' && typeof limit.value === 'number' ? limit.value : depthLimit;
  if (folder.depth >= Math.min(deepest, depthLimit)) return;
  for (const { name, directory } of names) {
    if (!directory || isIgnored(walk, name, `${folder.path}/${name}`)) continue;
    visit(walk, {
      path: `${folder.path}/${name}`,
      crumb: crumbOf(walk, folder, name),
      hooks: flag(walk, 'cascadeHooks') ? hooks : [],
      depth: folder.depth + 1,
    });
  }
}

function hooksOf(walk: Walk, folder: Folder, names: readonly string[]): string[] {
  if (!flag(walk, 'autoHooks')) return [];
  const own = names.find((name) => autoHooks.test(name));
  const inherited = own && flag(walk, 'overwriteHooks') ? [] : folder.hooks;
  return own ? [...inherited, `${folder.path}/${own}`] : [...inherited];
}

function crumbOf(walk: Walk, folder: Folder, name: string): string {
  const rule = walk.m.get(walk.options, 'dirNameRoutePrefix', walk.site.place);
  if (rule.kind === 'literal' && rule.value === false) return folder.crumb;
  if (rule.kind !== 'function') return `${folder.crumb}/${name}`;
  const answer = walk.m.call(rule, {
    ...walk.site,
    args: [literal(folder.path), literal(name)],
    argPlaces: [],
    node: undefined,
  });
  const text = textOf(answer);
  return text === undefined || text === '' ? folder.crumb : `${folder.crumb}/${text}`;
}

function loadFiles(walk: Walk, folder: Folder, hooks: readonly string[], files: readonly string[]): void {
  const { m, state, site } = walk;
  const wanted = files.filter(
    (file) => isCandidatePath(file, m.files.roots) && !isIgnored(walk, file.slice(file.lastIndexOf('/') + 1), file),
  );
  for (const file of files) if (!wanted.includes(file)) leaveOut(m, file);
  if (wanted.length === 0) return;
  // Hooks of a folder hold for its plugins only.
  const context = hooks.length > 0 ? createChild(m, state, site.place, {}) : state;
  for (const hook of hooks)
    runPlugin(m, context, m.modules.importValue(hook, null, hook), objectOf({}), site, false, false);
  const encapsulate = flag(walk, 'encapsulate') !== false;
  for (const file of wanted) loadFile(walk, context, file, folder.crumb, encapsulate);
  loadQueue(context);
}

function loadFile(walk: Walk, context: InstanceState, file: string, crumb: string, encapsulate: boolean): void {
  const { m, site } = walk;
  const module = m.modules.importValue(file, null, file);
  const place: Place = { file, start: 0, end: 0 };
  const plugin = module.kind === 'namespace' ? m.modules.exportOf(module.module, 'default') : module;
  const exported = (key: string): Value | undefined => {
    for (const holder of [plugin, module]) {
      if (holder.kind === 'literal') continue;
      const value = m.get(holder, key, place);
      if (!isEmpty(value) && value.kind === 'literal') return value;
    }
    return undefined;
  };
  const wanted = exported('autoload');
  if (wanted && truth(wanted) === false) {
    leaveOut(m, file);
    return;
  }
  const base = m.get(walk.options, 'options', site.place);
  const options: ObjectValue =
    base.kind === 'object'
      ? { ...base, props: new Map(base.props) }
      : {
          kind: 'object',
          props: new Map(),
          open: isEmpty(base) ? undefined : { reason: 'dependency-injection', place: site.place },
        };
  const override = textOf(exported('prefixOverride'));
  const own = textOf(exported('autoPrefix')) ?? parameters(walk, crumb);
  const prefix = m.get(options, 'prefix', site.place);
  if (override !== undefined) options.props.set('prefix', { value: literal(override, place) });
  else if (own !== '') {
    const outer = textOf(prefix);
    if (
      outer !== undefined ||
      isEmpty(prefix) ||
      (prefix.kind === 'unknown' && prefix.reason === 'dependency-injection')
    ) {
      options.props.set('prefix', {
        value: literal(
          `${outer ?? ''}${own.startsWith('/') ? '' : '/'}${own}`.replace(/\/{2,}/g, '/'),
          outer === undefined ? undefined : placeOfValue(prefix),
        ),
      });
    } else options.props.set('prefix', { value: { kind: 'template', parts: [prefix, own] } });
  }
  runPlugin(m, context, isEmpty(plugin) ? module : plugin, options, site, false, encapsulate);
}

function placeOfValue(value: Value): Place | undefined {
  return value.kind === 'literal' ? value.place : undefined;
}

/** With `routeParams` a folder named `_id` stands for a parameter. */
function parameters(walk: Walk, crumb: string): string {
  if (!flag(walk, 'routeParams')) return crumb;
  return crumb.replace(/\/_/g, '/:').replace(/__/g, ':');
}

function isIgnored(walk: Walk, name: string, path: string): boolean {
  const { m, options, site } = walk;
  const ignore = m.get(options, 'ignorePattern', site.place);
  if (matchesFilter(walk, ignore, name) === true) return true;
  const relative = path;
  if (matchesFilter(walk, m.get(options, 'ignoreFilter', site.place), relative) === true) return true;
  // Filters say which files are taken, never which folders are entered.
  return script.test(name) && matchesFilter(walk, m.get(options, 'matchFilter', site.place), relative) === false;
}

/** Whether a filter matches; undefined when there is none or it cannot be told. */
function matchesFilter(walk: Walk, filter: Value, text: string): boolean | undefined {
  const part = textOf(filter);
  if (part !== undefined) return text.includes(part);
  if (filter.kind === 'external' && filter.package === ':regexp') return expressionOf(filter.path[0] ?? '')?.test(text);
  if (filter.kind === 'function')
    return truth(walk.m.call(filter, { ...walk.site, args: [literal(text)], argPlaces: [], node: undefined }));
  return undefined;
}

/** A regular expression of the workspace, when it is short and cannot run away: no repeated groups. */
function expressionOf(source: string): RegExp | undefined {
  const parts = /^\/(.{1,120})\/([a-z]*)$/.exec(source);
  if (!parts || /\)[*+{]/.test(parts[1]!) || (parts[1]!.match(/[*+]/g)?.length ?? 0) > 3) return undefined;
  try {
    return new RegExp(parts[1]!, parts[2]!.replace(/[gy]/g, ''));
  } catch {
    return undefined;
  }
}
