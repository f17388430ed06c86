// Owns the modules of one run: reading and running each once, and what imports, exports and `require` give.
// It must not know frameworks, nor which file a specifier names: the resolver says so.

import ts from 'typescript';
import { evaluate } from './expressions.ts';
import { hoist } from './hoist.ts';
import { ofNode } from './installed/of-node.ts';
import { Opening } from './installed/openings.ts';
import { InstalledPackages, isInstalled } from './installed/packages.ts';
import type { Machine } from './machine.ts';
import { createModule, type Module } from './module.ts';
import { isOutdated } from './outdated.ts';
import { directoryOf } from './resolve.ts';
import type { SourceCache } from './source-cache.ts';
import { execute } from './statements.ts';
import {
  type Cell,
  type ExternalValue,
  Frame,
  isEmpty,
  literal,
  native,
  undefinedValue,
  unknown,
  type Value,
} from './value.ts';

/** Packages that write modules of a service, which are seldom kept with its sources. */
const generators = ['tsoa'];

/** Loads modules for one machine; each is hoisted when first asked for and run at most once. */
export class ModuleLoader {
  private readonly loaded = new Map<string, Module | undefined>();

  private readonly packages: InstalledPackages;
  private readonly openings = new Map<string, Opening>();

  constructor(
    private readonly m: Machine,
    private readonly trees: SourceCache,
  ) {
    this.packages = new InstalledPackages(m.files);
  }

  /** A module with its declarations hoisted, nothing run. */
  module(file: string): Module | undefined {
    this.m.touched.add(file);
    if (this.loaded.has(file)) return this.loaded.get(file);
    const isRefused = isInstalled(file) && !this.packages.isLegible(file);
    const tree = isRefused ? undefined : this.trees.tree(this.m.files, file);
    const module = tree ? createModule(file, tree.version, tree.source, tree.broken) : undefined;
    this.loaded.set(file, module);
    if (module) this.prepare(module);
    return module;
  }

  /** The modules that were asked for so far. */
  files(): Iterable<string> {
    return this.loaded.keys();
  }

  private prepare(module: Module): void {
    const frame = new Frame(this.m.globals, module);
    module.frame = frame;
    const exports = native({ name: 'exports' }, module);
    const moduleObject = native({ name: 'module' }, module);
    module.moduleCell = { value: exports };
    moduleObject.props.set('exports', module.moduleCell);
    frame.declare('module', moduleObject);
    frame.declare('exports', exports);
    frame.declare('__filename', literal(module.file));
    frame.declare('__dirname', literal(directoryOf(module.file)));
    for (const [name, entry] of module.imports) {
      const cell: Cell = { value: undefined, imported: true };
      cell.lazy = () => this.tracing(cell, () => this.importValue(entry.specifier, entry.name, module.file));
      frame.cells.set(name, cell);
    }
    hoist(this.m, module.source.statements, frame, true);
  }

  /** Runs a module's statements once, apart from the run that asked for it. */
  run(module: Module): void {
    if (module.state !== 'new') return;
    module.state = 'running';
    this.m.bounded(module.file, () => {
      for (const statement of module.source.statements) {
        execute(this.m, statement, module.frame!);
        this.m.dead = false;
      }
    });
    module.state = 'done';
  }

  /** What an import gives: `name` null means the namespace, `=` means `import x = require()`. */
  importValue(specifier: string, name: string | null, from: string): Value {
    const resolution = this.m.resolver.resolve(specifier, from);
    if (resolution.kind !== 'package') {
      const generated = this.generated(name, from, resolution.kind === 'missing' ? undefined : resolution.file);
      if (generated) return generated;
    }
    if (resolution.kind === 'missing') return unknown('unresolved-import');
    if (resolution.kind === 'package') {
      const path = resolution.subpath === '' ? [] : resolution.subpath.split('/').map((part) => `/${part}`);
      const root: ExternalValue = {
        kind: 'external',
        package: resolution.name,
        path,
        installed: this.opening(resolution, name, from),
      };
      if (name === null || name === '=') return this.external(root);
      return this.external({ ...root, path: [...path, name], installed: root.installed?.member(name) });
    }
    const module = this.module(resolution.file);
    if (!module) return unknown('unresolved-import');
    if (resolution.file.endsWith('.json')) return this.jsonValue(module);
    if (name === null) return { kind: 'namespace', module };
    if (name === '=') return this.requireValue(module);
    return this.exportOf(module, name);
  }

  /** What an import of a package means that nothing here models, when it is installed. */
  private opening(
    { name, subpath }: { readonly name: string; readonly subpath: string },
    member: string | null,
    from: string,
  ): Opening | undefined {
    if (this.m.model(name) || ofNode.has(name)) return undefined;
    const file = this.packages.entry(name, subpath, directoryOf(from));
    if (file === undefined) return undefined;
    const whole = member === '=';
    const key = `${whole ? '=' : ''}${file}`;
    let opening = this.openings.get(key);
    if (!opening) {
      opening = Opening.of(() => {
        const module = this.module(file);
        if (!module) return undefined;
        return whole ? this.requireValue(module) : { kind: 'namespace', module };
      });
      this.openings.set(key, opening);
    }
    return opening;
  }

  /** What a package's generator writes into a module, which need not be there. */
  private generated(name: string | null, from: string, file: string | undefined): Value | undefined {
    if (name === null) return undefined;
    for (const generator of generators) {
      const value = this.m.model(generator)?.generated?.(this.m, name, from, file);
      if (value) return value;
    }
    return undefined;
  }

  /** Remembers which files a cell's value is found in. */
  private tracing(cell: Cell, work: () => Value): Value {
    const outer = this.m.touched;
    this.m.touched = new Set();
    try {
      return work();
    } finally {
      cell.sources = [...this.m.touched];
      for (const file of this.m.touched) outer.add(file);
      this.m.touched = outer;
    }
  }

  /** A package member, replaced by its model's value when the model gives one. */
  external(value: ExternalValue): Value {
    return this.m.model(value.package)?.member?.(this.m, value) ?? value;
  }

  private jsonValue(module: Module): Value {
    const statement = module.source.statements[0];
    if (!statement || !ts.isExpressionStatement(statement)) return unknown('unresolved-import');
    module.moduleCell!.lazy ??= () => evaluate(this.m, statement.expression, module.frame!);
    if (module.state === 'new') {
      module.state = 'done';
      module.moduleCell!.value = undefined;
    }
    return this.m.force(module.moduleCell!);
  }

  /** What `require` gives for a module. */
  requireValue(module: Module): Value {
    if (module.file.endsWith('.json')) return this.jsonValue(module);
    if (module.esm) return { kind: 'namespace', module };
    this.run(module);
    if (module.exportAssignment) return evaluate(this.m, module.exportAssignment, module.frame!);
    return this.m.force(module.moduleCell!);
  }

  /** The value of one export. CommonJS modules answer with properties of `module.exports`; its `default` is the whole. */
  exportOf(module: Module, name: string, seen: Set<Module> = new Set()): Value {
    if (seen.has(module)) return undefinedValue;
    seen.add(module);
    this.m.touched.add(module.file);
    if (module.effects) this.run(module);
    const entry = module.exports.get(name);
    if (entry) {
      if (entry.kind === 'local') {
        const cell = module.frame!.cells.get(entry.name);
        if (!cell) return undefinedValue;
        const value = this.m.force(cell);
        // An importer keeps what it read, and may read before the variable is filled.
        const isLost = (cell.mutable && isEmpty(value)) || (this.m.summarising && isOutdated(cell, value));
        return isLost ? unknown('dependency-injection') : value;
      }
      if (entry.kind === 'expression') {
        entry.cell ??= {
          value: undefined,
          lazy: () => this.m.apart(() => evaluate(this.m, entry.node, module.frame!)),
        };
        return this.m.force(entry.cell);
      }
      return this.importValue(entry.specifier, entry.kind === 'namespace' ? null : entry.name, module.file);
    }
    const starred = name === 'default' ? undefined : this.starredExport(module, name, seen);
    if (starred) return starred;
    if (module.esm) return this.starsAreKnown(module) ? undefinedValue : unknown('unresolved-import');
    const whole = this.requireValue(module);
    if (name === 'default') {
      const own = whole.kind === 'native' ? whole.props.get('default') : undefined;
      return own ? this.m.force(own) : whole;
    }
    return this.m.get(whole, name, { file: module.file, start: 0, end: 0 });
  }

  /** What `export *` gives of a name, from the first module that has it. */
  private starredExport(module: Module, name: string, seen: Set<Module>): Value | undefined {
    let lost: Value | undefined;
    for (const specifier of module.starExports) {
      const resolution = this.m.resolver.resolve(specifier, module.file);
      if (resolution.kind === 'package') {
        const found = this.importValue(specifier, name, module.file);
        // Only what a model knows can be told apart from what another module exports.
        if (found.kind !== 'external' || this.m.model(found.package)?.exports?.(this.m, found)) return found;
      }
      if (resolution.kind !== 'file') continue;
      const target = this.module(resolution.file);
      const value = target ? this.exportOf(target, name, seen) : undefinedValue;
      if (value.kind === 'unknown' && value.reason === 'unresolved-import' && !target?.exports.has(name))
        lost ??= value;
      else if (!(value.kind === 'literal' && value.value === undefined)) return value;
    }
    return lost;
  }

  /** Whether every module that is exported whole could be read, so that a name which none of them has does not exist. */
  private starsAreKnown(module: Module): boolean {
    return module.starExports.every((specifier) => this.m.resolver.resolve(specifier, module.file).kind === 'file');
  }
}
