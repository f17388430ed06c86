// Owns the comparison of two wirings: whether an edit changed anything that routes are made of, or only the inside of functions that
// did not run while modules were loaded.
// It must not interpret anything.

import ts from 'typescript';
import { digest } from '../../../base/hash.ts';
import type { HandlerFacts } from '../../model.ts';
import type { Machine } from './machine.ts';

interface FileWiring {
  readonly source: ts.SourceFile;
  readonly ran: ReadonlySet<ts.Node>;
  digest: string | undefined;
}

/** What the routes of one snapshot were made of. */
export interface Wiring {
  readonly files: ReadonlyMap<string, FileWiring>;
}

/** The wiring of a machine that has just loaded its modules. */
export function wiringOf(machine: Machine, loaded: Iterable<string>): Wiring {
  const files = new Map<string, FileWiring>();
  for (const file of loaded) {
    const module = machine.modules.module(file);
    if (module)
      files.set(file, { source: module.source, ran: machine.wired.get(file) ?? new Set(), digest: undefined });
  }
  return { files };
}

/** Whether two snapshots were wired alike. */
function sameWiring(a: Wiring, b: Wiring): boolean {
  if (a.files.size !== b.files.size) return false;
  for (const [file, one] of a.files) {
    const other = b.files.get(file);
    if (!other) return false;
    if (one.source === other.source && sameSet(one.ran, other.ran)) continue;
    if (digestOf(one) !== digestOf(other)) return false;
  }
  return true;
}

function sameSet(a: ReadonlySet<ts.Node>, b: ReadonlySet<ts.Node>): boolean {
  if (a.size !== b.size) return false;
  for (const node of a) if (!b.has(node)) return false;
  return true;
}

/** A digest of a file's text without the bodies of functions that did not run. */
function digestOf(wiring: FileWiring): string {
  wiring.digest ??= digest(outline(wiring));
  return wiring.digest;
}

/** The tree as kinds and words, so that comments, layout and what is inside of functions that did not run leave it as it is. */
function outline({ source, ran }: FileWiring): string[] {
  const parts: string[] = [];
  const visit = (node: ts.Node): void => {
    parts.push(String(node.kind));
    if (ts.isPrefixUnaryExpression(node)) parts.push(String(node.operator));
    if (ts.isVariableDeclarationList(node)) parts.push(String(node.flags & ts.NodeFlags.BlockScoped));
    const before = parts.length;
    const skipped = ts.isFunctionLike(node) && !ran.has(node) ? (node as ts.FunctionLikeDeclaration).body : undefined;
    ts.forEachChild(node, (child) => {
      if (child !== skipped) visit(child);
    });
    if (parts.length === before && !skipped) parts.push(source.text.slice(node.getStart(source), node.end));
  };
  visit(source);
  return parts;
}

/** Facts of earlier snapshots, by route, with the versions of the files that they were read from. */
export class FactCache {
  private wiring: Wiring | undefined;
  /** Which files there are and what the manifests say: both decide what an import means. */
  private surroundings = '';
  private entries = new Map<string, { readonly facts: HandlerFacts; readonly versions: readonly string[] }>();

  /** Starts a new snapshot: everything is forgotten when the routes may be made of something else. */
  begin(wiring: Wiring, surroundings: string): void {
    if (!this.wiring || surroundings !== this.surroundings || !sameWiring(this.wiring, wiring))
      this.entries = new Map();
    this.wiring = wiring;
    this.surroundings = surroundings;
  }

  /** The facts of a route, computed only when a file that they were read from has changed. */
  get(machine: Machine, route: string, compute: () => HandlerFacts): HandlerFacts {
    const known = this.entries.get(route);
    const { files } = machine;
    // What a type checker said of a file's expressions is as good as a part of its text.
    const stamp = (file: string): string => `${files.version(file) ?? ''}|${machine.typeAnswers.stamp(file)}`;
    if (known?.facts.files.every((file, index) => stamp(file) === known.versions[index])) return known.facts;
    const facts = compute();
    this.entries.set(route, { facts, versions: facts.files.map(stamp) });
    return facts;
  }
}
