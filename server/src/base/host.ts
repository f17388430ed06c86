// Owns the interfaces through which the engine reaches the world. The engine itself does no input or output.
// It must not know Node, VS Code or any protocol.

/** Why a file's text could not be given. */
export type ReadFailure = 'missing' | 'unreadable' | 'too-large' | 'binary' | 'outside';

export type ReadResult = { readonly text: string } | { readonly failure: ReadFailure; readonly detail?: string };

/**
 * The files of a workspace as the engine sees them: what is on disk, with unsaved editor buffers laid over it.
 * Paths are absolute with forward slashes. Every answer is stable for the life of one snapshot.
 */
export interface FileSource {
  /** The folders that bound the workspace; nothing outside of them is read. */
  readonly roots: readonly string[];
  /** Every candidate file below the roots that no ignore rule excludes, sorted. */
  list(): readonly string[];
  /** Folders below the roots that {@link list} did not enter because they lie too deep; absent where there can be none. */
  unentered?(): readonly string[];
  /** The text of a file, or why there is none. Never throws. */
  read(path: string): ReadResult;
  /** Whether a file can be read, without reading it. */
  exists(path: string): boolean;
  /** A token that changes whenever the text does; equal tokens mean equal text. Undefined for files that do not exist. */
  version(path: string): string | undefined;
  /** The copies of documents of other hosts that somebody allowed; absent where none is. */
  readonly remote?: RemoteCopies;
}

/** Copies of documents of other hosts, as files of their own. */
export interface RemoteCopies {
  /** The path of an address' copy, whether or not it is there yet; undefined when its host is not allowed. */
  pathOf(address: string): string | undefined;
  /** Whether a path is that of a copy. */
  holds(path: string): boolean;
  /** The address that a path is the copy of; undefined for all other paths. */
  addressOf(path: string): string | undefined;
  /** The path of what a copy means by an address, which may be relative to its own; undefined when its host is not allowed. */
  beside(path: string, address: string): string | undefined;
}

/** Lays the copies of documents of other hosts over files. What is missed is fetched later, by whoever made this, or never. */
export interface RemoteDocuments {
  over(files: FileSource, hosts: readonly string[]): FileSource;
}

/** Lets a long pass stop early. Throws {@link Cancelled} from `check` when nobody waits for the answer any more. */
export interface Cancellation {
  check(): void;
  /** Gives other work a turn when this pass has run for a while; cheap to call often. */
  breathe(): Promise<void>;
}

/** Thrown by {@link Cancellation.check}; it is control flow, never reported. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled');
    this.name = 'Cancelled';
  }
}

/** A cancellation that never fires, for runs that nothing can interrupt. */
export const uncancelled: Cancellation = { check: () => {}, breathe: () => Promise.resolve() };

/** One commit of a repository. */
export interface Commit {
  readonly hash: string;
  /** `YYYY-MM-DD`, as the committer's clock said. */
  readonly date: string;
  readonly subject: string;
}

/** Why the history of a repository gives no answer. */
export type HistoryFailure =
  | 'no-git'
  | 'no-repository'
  | 'foreign-owner'
  | 'unborn-branch'
  | 'unknown-revision'
  | 'no-main-branch'
  | 'no-merge-base'
  | 'shallow'
  | 'no-tag'
  | 'failed';

export type HistoryAnswer<T> = { readonly found: T } | { readonly failure: HistoryFailure; readonly detail?: string };

/** The past of a workspace, read only. Paths are relative to `top`, with forward slashes. Nothing throws. */
export interface History {
  /** The repository's top folder: absolute, forward slashes. */
  readonly top: string;
  /** Whether the clone holds only a part of the past. */
  readonly shallow: boolean;
  /** The commit that a revision names. */
  resolve(revision: string): HistoryAnswer<Commit>;
  /** The best common ancestor of two commits. */
  mergeBase(a: string, b: string): HistoryAnswer<Commit>;
  /** The branch that others are merged into, as a revision: the remote's default one, else `main` or `master`. */
  mainBranch(): HistoryAnswer<string>;
  /** The tags that match a pattern (`v*`) and are reached from a commit, the latest version first. */
  tags(pattern: string, from: string): HistoryAnswer<readonly string[]>;
  /** The text of a file in a commit. A folder that is a repository of its own is `outside`. */
  read(commit: string, path: string): ReadResult;
  /** The commits that touched a file, the latest first, with the path that it had in each. */
  log(path: string, most: number): HistoryAnswer<readonly { readonly commit: Commit; readonly path: string }[]>;
  /** Where a file that is gone from a commit may have come from: the path in `commit` of what is now at `path`. */
  renamedFrom(commit: string, path: string): string | undefined;
}
