// Owns the comparison of two wirings: whether an edit changed anything that routes are made of, or only the inside of functions that
// did not run while modules were loaded.
// It must not interpret anything.

import ts from 'typescript';
import { digest } from '../../../base/hash.ts';
import type { HandlerFacts } from '../../model.ts';
import type { Machine } from './machine.ts';
import { answerTo, questionsOf } from './touching.ts';

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

interface Entry {
  readonly facts: HandlerFacts;
  /** The stamps of the files that they were read from, when they were. */
  readonly stamps: readonly string[];
}

/** Facts of earlier snapshots, by route, for as long as the files that they were read from stand as they did. */
export class FactCache {
  private machine: Machine | undefined;
  private wiring: Wiring | undefined;
  /** Which files there are and what the manifests say: both decide what an import means. */
  private surroundings = '';
  /** What was asked of the text of code that nobody followed, with the answers. */
  private readonly answers = new Map<string, string>();
  private entries = new Map<string, Entry>();

  /** Starts a new snapshot: everything is forgotten when the routes may be made of something else, else what was read from files that changed. */
  begin(machine: Machine, wiring: Wiring, surroundings: string): void {
    const same = this.wiring && surroundings === this.surroundings && sameWiring(this.wiring, wiring);
    if (!same || [...this.answers].some(([question, answer]) => answerTo(machine, question) !== answer)) {
      this.entries = new Map();
      this.answers.clear();
    }
    this.machine = machine;
    this.wiring = wiring;
    this.surroundings = surroundings;
    // Many routes are read from the same files: each of these is asked for once.
    const stamps = new Map<string, string>();
    const stamp = (file: string): string => {
      const known = stamps.get(file) ?? stampOf(machine, file);
      stamps.set(file, known);
      return known;
    };
    for (const [route, entry] of this.entries)
      if (!entry.facts.files.every((file, index) => stamp(file) === entry.stamps[index])) this.entries.delete(route);
  }

  /** The facts of a route, computed only when they are not known of the texts that the machine reads. */
  get(machine: Machine, route: string, compute: () => HandlerFacts): HandlerFacts {
    // Somebody may still ask a model of older texts.
    if (machine !== this.machine) return compute();
    const known = this.entries.get(route);
    if (known) return known.facts;
    const facts = compute();
    for (const question of questionsOf(machine))
      if (!this.answers.has(question)) this.answers.set(question, answerTo(machine, question));
    this.entries.set(route, { facts, stamps: facts.files.map((file) => stampOf(machine, file)) });
    return facts;
  }
}

/** What a type checker said of a file's expressions is as good as a part of its text. */
const stampOf = ({ files, typeAnswers }: Machine, file: string): string =>
  `${files.version(file) ?? ''}|${typeAnswers.stamp(file)}`;
