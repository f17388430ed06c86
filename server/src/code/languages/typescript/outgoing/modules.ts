// Owns the modules that are looked into for outgoing calls: their trees, names and exports, a bounded number of them at a time.
// It must not know what any expression evaluates to.

import type { FileSource } from '../../../../base/host.ts';
import { createModule, type Module, parseSource } from '../module.ts';
import { Resolver } from '../resolve.ts';
import { Scopes } from './scopes.ts';

/** A module with its names. */
export interface ReadModule {
  readonly module: Module;
  readonly scopes: Scopes;
}

/** How many trees are kept at a time: files are looked into one after the other, and what they import is mostly the same. */
const MOST_KEPT = 64;

/** The modules of one snapshot. */
export class Modules {
  readonly resolver: Resolver;
  private readonly kept = new Map<string, ReadModule | undefined>();
  /** Files that were looked into since somebody began to note them. */
  private consulted = new Set<string>();

  constructor(private readonly files: FileSource) {
    this.resolver = new Resolver(files);
  }

  /** The module of a file; undefined when it cannot be read. */
  module(file: string): ReadModule | undefined {
    this.consulted.add(file);
    const known = this.kept.get(file);
    if (known || this.kept.has(file)) return known;
    const read = /\.[cm]?[jt]sx?$/.test(file) ? this.files.read(file) : undefined;
    let found: ReadModule | undefined;
    if (read && 'text' in read) {
      const { source, broken } = parseSource(file, read.text);
      found = {
        module: createModule(file, this.files.version(file) ?? '', source, broken),
        scopes: new Scopes(source),
      };
    }
    if (this.kept.size >= MOST_KEPT) this.kept.delete(this.kept.keys().next().value!);
    this.kept.set(file, found);
    return found;
  }

  /** The names of the module that a tree belongs to. */
  scopesOf(file: string): Scopes | undefined {
    return this.module(file)?.scopes;
  }

  /** Begins to note which files are looked into, and gives those that were since the last time. */
  note(): ReadonlySet<string> {
    const { consulted } = this;
    this.consulted = new Set();
    return consulted;
  }
}
