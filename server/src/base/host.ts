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
