// Owns syntax trees by file and version.
// It must not know the interpreter.

import type ts from 'typescript';
import type { FileSource } from '../../../base/host.ts';
import { parseSource } from './module.ts';

/** Syntax trees by file and version, shared by all runs. */
export class SourceCache {
  private readonly trees = new Map<string, { version: string; source: ts.SourceFile; broken: boolean }>();

  /** The tree of a file's present text, or undefined when it cannot be read. */
  tree(files: FileSource, file: string): { version: string; source: ts.SourceFile; broken: boolean } | undefined {
    const version = files.version(file);
    if (version === undefined) return undefined;
    const cached = this.trees.get(file);
    if (cached?.version === version) return cached;
    const read = files.read(file);
    if (!('text' in read)) return undefined;
    const entry = { version, ...parseSource(file, read.text) };
    this.trees.set(file, entry);
    return entry;
  }
}
