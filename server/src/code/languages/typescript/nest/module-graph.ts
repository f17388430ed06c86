// Owns the graph of modules: what a module imports, which controllers and providers it has, read from its decorator or from what a
// static method gave. It must not know routes or requests.

import type { Place } from '../../../../base/place.ts';
import type { AbstainReason } from '../../../model.ts';
import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { placeOf } from '../module.ts';
import { type ClassValue, isEmpty, undefinedValue, type Value } from '../value.ts';
import { lastNote, notesOfClass } from './notes.ts';
import { resolveForwardRef, tokenKey } from './tokens.ts';

/** Providers that stand for every route of the app. */
export const globalTokens = ['APP_GUARD', 'APP_PIPE', 'APP_INTERCEPTOR', 'APP_FILTER'] as const;
export type GlobalToken = (typeof globalTokens)[number];

export interface ControllerEntry {
  readonly cls: ClassValue;
  readonly module: ModuleNode;
  /** Whether it is registered under a condition that could not be decided. */
  readonly conditional: boolean;
}

/** One module of an app. */
export interface ModuleNode {
  readonly cls: ClassValue;
  readonly imports: ModuleNode[];
  readonly controllers: ControllerEntry[];
  /** Providers by the key of their token. */
  readonly providers: Map<string, Value>;
  /** What `APP_GUARD` and its kin provide, in order. */
  readonly globals: {
    readonly token: GlobalToken;
    readonly provider: Value;
    readonly place: Place;
    /** Whether it is provided under a condition that could not be decided. */
    readonly conditional: boolean;
  }[];
}

/** All modules of an app, in the order in which Nest scans them. */
export interface ModuleGraph {
  readonly modules: readonly ModuleNode[];
  /** Path prefixes that `RouterModule.register` gives to modules. */
  readonly prefixes: ReadonlyMap<ClassValue['node'], string>;
  /** Set where an import or a controller could not be read. */
  readonly lost?: { readonly reason: AbstainReason; readonly place: Place };
}

/** Reads the graph that begins at an app's root module. */
export function readModules(m: Machine, root: Value): ModuleGraph {
  const reader = new Reader(m);
  reader.module(root, false);
  return { modules: reader.modules, prefixes: reader.prefixes, lost: reader.lost };
}

/** What `RouterModule.register(…)` gives. */
export interface RouterTree {
  readonly routes: Value;
}

export const routerTreeName = 'router tree';

class Reader {
  readonly modules: ModuleNode[] = [];
  readonly prefixes = new Map<ClassValue['node'], string>();
  lost: ModuleGraph['lost'];
  private readonly seen = new Map<ClassValue['node'] | Value, ModuleNode>();

  constructor(private readonly m: Machine) {}

  module(value: Value, conditional: boolean): ModuleNode | undefined {
    const target = resolveForwardRef(this.m, value);
    if (target.kind === 'union') {
      const present = members(target).filter((one) => !isEmpty(one));
      for (const member of present) this.module(member, conditional || present.length < members(target).length);
      return undefined;
    }
    if (target.kind === 'native' && target.model.name === routerTreeName) {
      this.routes((target.data as RouterTree).routes, '');
      return undefined;
    }
    if (target.kind === 'class') return this.plain(target, undefined, conditional);
    if (target.kind === 'object') {
      const place = target.place ?? { file: '', start: 0, end: 0 };
      const cls = this.m.get(target, 'module', place);
      return cls.kind === 'class' ? this.plain(cls, target, conditional) : undefined;
    }
    // A package's modules bring providers, and routes of their own at most for operating the service.
    if (target.kind === 'unknown' && target.reason !== 'dependency-injection')
      this.lost ??= target.place && { reason: 'dependency-injection', place: target.place };
    return undefined;
  }

  private plain(cls: ClassValue, dynamic: Value | undefined, conditional: boolean): ModuleNode {
    const identity = dynamic ?? cls.node;
    const known = this.seen.get(identity);
    if (known) return known;
    const node: ModuleNode = { cls, imports: [], controllers: [], providers: new Map(), globals: [] };
    this.seen.set(identity, node);
    this.modules.push(node);
    this.m.touched.add(cls.frame.module.file);
    const declared = this.declared(cls);
    for (const options of [declared, dynamic]) if (options) this.imports(node, options, conditional);
    for (const options of [declared, dynamic]) {
      if (!options) continue;
      this.each(options, 'providers', (one, maybe) => this.provider(node, one, conditional || maybe));
      this.each(options, 'controllers', (one, maybe) => this.controller(node, one, conditional || maybe));
    }
    return node;
  }

  /** The argument of `@Module`, also where a class extends another module. */
  private declared(cls: ClassValue): Value | undefined {
    for (let current: Value | undefined = cls, hops = 0; current?.kind === 'class' && hops < 12; hops++) {
      const note = lastNote(notesOfClass(this.m, current), 'Module');
      if (note) return note.args[0];
      current = current.parent;
    }
    return undefined;
  }

  private imports(node: ModuleNode, options: Value, conditional: boolean): void {
    this.each(options, 'imports', (one, maybe) => {
      const inner = this.module(one, conditional || maybe);
      if (inner) node.imports.push(inner);
    });
  }

  private controller(node: ModuleNode, value: Value, conditional: boolean): void {
    if (value.kind === 'class') node.controllers.push({ cls: value, module: node, conditional });
    else if (value.kind === 'unknown' || value.kind === 'external')
      this.lost ??= { reason: 'unresolved-import', place: value.place ?? placeOf(node.cls.node.name ?? node.cls.node) };
  }

  private provider(node: ModuleNode, value: Value, conditional: boolean): void {
    if (value.kind === 'class') {
      const key = tokenKey(value);
      if (key !== undefined) node.providers.set(key, value);
      return;
    }
    if (value.kind !== 'object') return;
    const place = value.place ?? { file: '', start: 0, end: 0 };
    const token = resolveForwardRef(this.m, this.m.get(value, 'provide', place));
    const global = globalTokens.find((name) => token.kind === 'external' && token.path.at(-1) === name);
    if (global) {
      node.globals.push({ token: global, provider: value, place, conditional });
      return;
    }
    const key = tokenKey(token);
    if (key !== undefined) node.providers.set(key, value);
  }

  /** Each entry of a list of options, spread lists and entries under conditions included. */
  private each(options: Value, key: string, visit: (value: Value, maybe: boolean) => void): void {
    const place = { file: '', start: 0, end: 0 };
    for (const alternative of members(options)) {
      const list = alternative.kind === 'object' ? this.m.get(alternative, key, place) : undefinedValue;
      this.entries(list, members(options).length > 1, visit);
    }
  }

  private entries(list: Value, maybe: boolean, visit: (value: Value, maybe: boolean) => void, depth = 0): void {
    if (depth > 6) return;
    if (list.kind === 'union') {
      for (const member of list.members) this.entries(member, true, visit, depth + 1);
      return;
    }
    if (list.kind !== 'array') {
      if (list.kind === 'unknown' && list.place && list.reason !== 'dependency-injection')
        this.lost ??= { reason: 'dependency-injection', place: list.place };
      return;
    }
    const entry = (item: Value, unsure: boolean): void => {
      if (item.kind === 'array') this.entries(item, unsure, visit, depth + 1);
      else for (const member of members(item)) if (!isEmpty(member)) visit(member, unsure || item.kind === 'union');
    };
    for (const item of list.items) entry(item, maybe);
    if (list.rest) entry(list.rest, true);
  }

  /** `RouterModule.register([{ path, module, children }])`. */
  private routes(list: Value, parent: string, depth = 0): void {
    if (list.kind !== 'array' || depth > 8) return;
    for (const entry of list.items) {
      if (entry.kind === 'class') {
        this.prefixes.set(entry.node, parent);
        continue;
      }
      if (entry.kind !== 'object') continue;
      const place = entry.place ?? { file: '', start: 0, end: 0 };
      const path = this.m.get(entry, 'path', place);
      if (path.kind !== 'literal') {
        this.lost ??= { reason: 'dynamic-path', place };
        continue;
      }
      const prefix = `${parent}/${String(path.value ?? '')}`;
      const module = this.m.get(entry, 'module', place);
      if (module.kind === 'class') this.prefixes.set(module.node, prefix);
      this.routes(this.m.get(entry, 'children', place), prefix, depth + 1);
    }
  }
}
