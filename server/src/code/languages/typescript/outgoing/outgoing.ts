// Owns the outgoing calls of a workspace: which files are looked into, and what is kept of them from one snapshot to the next.
// It must not know contracts. Nothing is looked into before somebody asks.

import type { Cancellation, FileSource } from '../../../../base/host.ts';
import type { OutgoingCall } from '../../../calls.ts';
import { isCandidatePath } from '../scan.ts';
import { Evaluator } from './evaluate.ts';
import { outgoingCalls } from './extract.ts';
import { Modules } from './modules.ts';

const script = /\.[cm]?[jt]sx?$/;
const declaration = /\.d\.[cm]?ts$/;

/** Whether a text may call anybody: a wrong "yes" costs time, a wrong "no" a call. */
const mayCall = (text: string): boolean =>
  /[(:,]\s*['"`](?:\/|https?:\/\/)/.test(text) ||
  /\b(?:fetch|axios|got|ky|request|superagent|inject|undici)\s*(?:<[^(\n]{0,200}>)?\(/.test(text) ||
  /\.\s*(?:get|post|put|patch|delete|del|head|options|request|inject|(?:post|put|patch)Form|stream|paginate|GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s*(?:<[^(\n]{0,200}>)?\(/.test(
    text,
  );

/** How many files with calls are looked into, and how many calls are kept, whatever a workspace holds. */
const MOST_FILES = 20_000;
const MOST_CALLS = 50_000;

interface Kept {
  /** The versions of the files that the answer rests on. */
  readonly versions: ReadonlyMap<string, string | undefined>;
  readonly calls: readonly OutgoingCall[];
}

/** Keeps the calls of files for as long as neither they nor what they import change. */
export class OutgoingCalls {
  private readonly kept = new Map<string, Kept>();
  private listed: readonly string[] | undefined;

  /** The calls of one snapshot. */
  of(files: FileSource): CallReading {
    const list = files.list();
    // Which file an import means depends on which files there are.
    if (this.listed && !sameList(this.listed, list)) this.kept.clear();
    this.listed = list;
    return new CallReading(files, this.kept);
  }
}

/** The calls of the files of one snapshot, found when they are asked for. */
export class CallReading {
  private readonly modules: Modules;
  private readonly evaluator: Evaluator;

  constructor(
    private readonly files: FileSource,
    private readonly kept: Map<string, Kept>,
  ) {
    this.modules = new Modules(files);
    this.evaluator = new Evaluator(this.modules);
  }

  /** The calls of one file. */
  in(file: string): readonly OutgoingCall[] {
    if (!script.test(file) || declaration.test(file)) return [];
    const known = this.kept.get(file);
    if (known && [...known.versions].every(([path, version]) => this.files.version(path) === version))
      return known.calls;
    const read = this.files.read(file);
    let calls: readonly OutgoingCall[] = [];
    this.modules.note();
    if ('text' in read && mayCall(read.text)) calls = this.find(file);
    const consulted = new Set([...this.modules.note(), file]);
    const versions = new Map([...consulted].map((path) => [path, this.files.version(path)]));
    this.kept.set(file, { versions, calls });
    return calls;
  }

  /** The calls of all files. Rejects with `Cancelled` when nobody waits any more. */
  async all(cancellation: Cancellation): Promise<readonly OutgoingCall[]> {
    const found: OutgoingCall[] = [];
    let looked = 0;
    for (const file of this.files.list()) {
      await cancellation.breathe();
      cancellation.check();
      const calls = this.in(file);
      found.push(...calls);
      looked += calls.length > 0 ? 1 : 0;
      if (looked >= MOST_FILES || found.length >= MOST_CALLS) break;
    }
    return found;
  }

  private find(file: string): readonly OutgoingCall[] {
    const read = this.modules.module(file);
    if (!read) return [];
    this.evaluator.begin();
    return outgoingCalls(read.module.source, this.evaluator, !isCandidatePath(file, this.files.roots));
  }
}

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((path, index) => path === b[index]));
