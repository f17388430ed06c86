// Owns the contract room: which contracts a workspace has, and what is kept between two states of it.
// It must not know code, rules or an editor; files come in through their interface.

import type { FileSource } from '../../base/host.ts';
import type { Contract, ContractProblem } from '../model.ts';
import { applyOverlays } from '../overlay/documents.ts';
import {
  hintOf,
  largestContract,
  mayBeContract,
  mentionsVersion,
  promisesOperations,
  relativeOf,
  specificationOf,
} from './discovery.ts';
import { ContractDocument } from './document.ts';
import { LoadedContract } from './loaded-contract.ts';
import { isPart, mergeParts } from './merged-contract.ts';
import { NewestFiles } from './newest-files.ts';
import { References } from './references.ts';
import { unreadableContract } from './unreadable-contract.ts';

export interface ContractOptions {
  /** Only these files are contracts' roots; all that say so are, when absent. */
  readonly roots?: readonly string[];
  /**
   * Questions that take files by name, one for each entry of the configuration: what they take is part of a contract even
   * when it names no version of the specification. The parts of one entry are one contract, as they are at run time.
   */
  readonly named?: readonly ((path: string) => boolean)[];
  /** The overlays (absolute paths) that are applied to a root document, in their order. */
  readonly overlays?: (path: string) => readonly string[];
}

/** A document or why there is none, for one version of a file. */
interface Kept {
  readonly version: string | undefined;
  readonly opened: ContractDocument | { readonly failure: string };
}

interface KeptContract {
  readonly contract: Contract;
  /** The files that it reads its parts from. */
  readonly files: NewestFiles;
  /** The version of every file that was asked for, those that do not exist included. */
  readonly versions: Map<string, string | undefined>;
  /** The files that the state before this one asked for: parts are read late, and will ask for them again. */
  readonly expected: readonly string[];
  /** The files that were asked for when the contract is put together of parts. */
  readonly parts?: readonly string[];
}

/** Long-lived: what an edit leaves alone is neither read nor parsed again. */
export class ContractRoom {
  private readonly documents = new Map<string, Kept>();
  private readonly kept = new Map<string, KeptContract>();
  /** Files that were looked at and are no contracts, with the reason when it is that they were not read. */
  private readonly others = new Map<
    string,
    { readonly version: string | undefined; readonly skipped: readonly ContractProblem[] }
  >();
  private skippedFiles: ContractProblem[] = [];

  /** Every contract of the workspace in this state, in the order of the files. Never throws. */
  contracts(files: FileSource, options: ContractOptions = {}): readonly Contract[] {
    this.skippedFiles = [];
    for (const { opened } of this.documents.values()) if (opened instanceof ContractDocument) opened.letGo();
    const chosen = options.roots;
    const together = chosen && chosen.length > 1 ? chosen.filter((path) => this.isPart(path, files)) : [];
    const candidates = chosen?.filter((path) => !together.includes(path)) ?? files.list().filter(mayBeContract);
    const contracts: Contract[] = candidates.flatMap(
      (path) => this.contract(path, files, chosen !== undefined, options) ?? [],
    );
    const whole = this.merged(together, files);
    if (whole) contracts.push(whole);
    const read = new Set(contracts.map((contract) => contract.file));
    const parts = files.list().filter((path) => mayBeContract(path) && !read.has(path));
    for (const takes of options.named ?? []) {
      const merged = this.merged(
        parts.filter((path) => takes(path)),
        files,
      );
      if (merged) contracts.push(merged);
    }
    const applied = new Set(contracts.flatMap((contract) => contract.overlays ?? []));
    this.skippedFiles = this.skippedFiles.filter((problem) => !applied.has(problem.place.file));
    this.forget(new Set([...candidates, ...together, ...parts]));
    return contracts.sort((a, b) => (a.file < b.file ? -1 : 1));
  }

  /** Whether a chosen file is a part that others complete: it has paths and names no version of the specification. */
  private isPart(path: string, files: FileSource): boolean {
    const opened = this.document(path, files);
    return opened instanceof ContractDocument && isPart(opened.root);
  }

  /** One contract of the named files that have paths but name no version; undefined when there are none. */
  private merged(paths: readonly string[], files: FileSource): Contract | undefined {
    const first = paths[0];
    if (first === undefined) return undefined;
    // What the first part is called is the name of all: another first part is another contract.
    const key = `parts ${first}`;
    const kept = this.kept.get(key);
    const same = kept && kept.parts?.join('\n') === paths.join('\n');
    if (same && isCurrent(kept, files)) return kept.contract;
    const versions = new Map<string, string | undefined>();
    const newest = new NewestFiles(files);
    const open = (file: string): Kept['opened'] => {
      versions.set(file, newest.version(file));
      return this.document(file, newest);
    };
    const documents = paths.map(open).filter((opened) => opened instanceof ContractDocument);
    const parts = documents.filter((document) => isPart(document.root));
    const contract =
      parts.length > 0 ? mergeParts(parts, (siblings) => new References(newest, open, siblings)) : undefined;
    if (!contract) return undefined;
    const expected = kept ? [...kept.versions.keys()] : [];
    this.kept.set(key, { contract, files: newest, versions, expected, parts: paths });
    return contract;
  }

  /** Files that could be contracts by their names and were not read, or are left alone, from the latest call of {@link contracts}. */
  get skipped(): readonly ContractProblem[] {
    return this.skippedFiles;
  }

  /** The document of a file that was read for a contract: positions, pointers, nodes. Undefined for all other files. */
  tree(path: string): ContractDocument | undefined {
    const opened = this.documents.get(path)?.opened;
    return opened instanceof ContractDocument ? opened : undefined;
  }

  private contract(path: string, files: FileSource, chosen: boolean, options: ContractOptions): Contract | undefined {
    const version = files.version(path);
    const other = chosen || version === undefined ? undefined : this.others.get(path);
    if (other && other.version === version) {
      this.skippedFiles.push(...other.skipped);
      return undefined;
    }
    const kept = this.kept.get(path);
    if (kept && isCurrent(kept, files)) return kept.contract;
    this.kept.delete(path);
    const loaded = this.load(path, files, chosen, kept ? [...kept.versions.keys()] : [], options);
    if (!loaded) {
      this.others.set(path, { version, skipped: this.skippedFiles.filter((problem) => problem.place.file === path) });
      return undefined;
    }
    this.kept.set(path, loaded);
    return loaded.contract;
  }

  private load(
    path: string,
    files: FileSource,
    chosen: boolean,
    expected: readonly string[],
    { overlays = () => [] }: ContractOptions,
  ): KeptContract | undefined {
    const versions = new Map<string, string | undefined>();
    const newest = new NewestFiles(files);
    const open = (file: string): Kept['opened'] => {
      versions.set(file, newest.version(file));
      return this.document(file, newest);
    };
    if (!chosen && !this.mayBeRoot(path, files)) return undefined;
    const opened = open(path);
    if ('failure' in opened) {
      const problem = unreadable(path, opened.failure);
      this.skippedFiles.push(problem);
      return chosen ? { contract: unreadableContract(path, problem), files: newest, versions, expected } : undefined;
    }
    const specification = specificationOf(opened.root);
    if (!specification) {
      if (!chosen) return undefined;
      const message = 'The file is no OpenAPI 3.x or Swagger 2.0 document: its root names neither';
      const place = { file: path, start: 0, end: 0, pointer: '' };
      return {
        contract: unreadableContract(path, { kind: 'invalid', message, place }),
        files: newest,
        versions,
        expected,
      };
    }
    if (!chosen && !promisesOperations(opened.root)) return undefined;
    const hint = hintOf(path, files.roots);
    const overlaid = applyOverlays(opened, overlays(path), open);
    const changed = new Map([overlaid.document, ...overlaid.documents].map((document) => [document.file, document]));
    const references = new References(newest, (file) => {
      const document = open(file);
      return changed.get(file) ?? document;
    });
    const contract = new LoadedContract(overlaid.document, specification, references, hint, overlaid);
    return { contract, files: newest, versions, expected };
  }

  /** A look at the text alone, which spares parsing every lock file. What was a contract before an edit is looked at again. */
  private mayBeRoot(path: string, files: FileSource): boolean {
    if (this.documents.has(path)) return true;
    const result = files.read(path);
    if ('failure' in result) {
      if (result.failure !== 'binary' && result.failure !== 'missing')
        this.skippedFiles.push(unreadable(path, result.failure));
      return false;
    }
    const relative = relativeOf(result.text);
    if (relative) this.skippedFiles.push(leftAlone(path, relative));
    return mentionsVersion(result.text.length > largestContract ? result.text.slice(0, 10_000) : result.text);
  }

  private document(file: string, files: FileSource): Kept['opened'] {
    const version = files.version(file);
    const kept = this.documents.get(file);
    if (kept && kept.version === version) return kept.opened;
    const result = files.read(file);
    const previous = kept?.opened instanceof ContractDocument ? kept.opened : undefined;
    const opened =
      'failure' in result
        ? { failure: result.failure }
        : result.text.length > largestContract
          ? { failure: 'too-large' }
          : new ContractDocument(file, result.text, previous);
    this.documents.set(file, { version, opened });
    return opened;
  }

  /** Drops what belongs to files that are gone. */
  private forget(present: ReadonlySet<string>): void {
    for (const [path, { contract }] of [...this.kept]) if (!present.has(contract.file)) this.kept.delete(path);
    for (const path of [...this.others.keys()]) if (!present.has(path)) this.others.delete(path);
    const needed = new Set([...this.kept.values()].flatMap((kept) => [...kept.versions.keys(), ...kept.expected]));
    for (const path of [...this.documents.keys()]) if (!needed.has(path)) this.documents.delete(path);
  }
}

/** Whether a contract is that of these files too; from then on it reads its parts from these. */
function isCurrent({ versions, files }: KeptContract, newest: FileSource): boolean {
  for (const [file, seen] of versions) if (newest.version(file) !== seen) return false;
  files.become(newest);
  return true;
}

function leftAlone(file: string, relative: 'arazzo' | 'overlay'): ContractProblem {
  const message =
    relative === 'arazzo'
      ? 'This is an Arazzo document: it describes workflows over contracts, and it is left alone'
      : 'This overlay is not applied: a contract has it when `overlays` of its entry in fidelity.yaml names it';
  return { kind: 'left-alone', message, place: { file, start: 0, end: 0, pointer: '' } };
}

function unreadable(file: string, failure: string): ContractProblem {
  const kind = failure === 'too-large' ? 'too-large' : failure === 'outside' ? 'outside-workspace' : 'unreadable';
  const message =
    kind === 'too-large'
      ? `The file is larger than ${largestContract / 1_000_000} MB and is not read`
      : `The file cannot be read (${failure})`;
  return { kind, message, place: { file, start: 0, end: 0, pointer: '' } };
}
