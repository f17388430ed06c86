// Owns the door to outgoing calls: from the files of a snapshot to the places where code asks for a path over HTTP.
// It must not know contracts; each language has a front-end of its own. Nobody pays for it who does not ask.

import type { Cancellation, FileSource } from '../base/host.ts';
import type { OutgoingCall } from './calls.ts';
import { OutgoingCalls } from './languages/typescript/outgoing/outgoing.ts';

/** The calls of one snapshot, found when they are asked for. */
export interface CallsOfFiles {
  /** The calls of one file, in the order of its text. */
  in(file: string): readonly OutgoingCall[];
  /** The calls of all files. Rejects with `Cancelled` when nobody waits any more. */
  all(cancellation: Cancellation): Promise<readonly OutgoingCall[]>;
}

/** Reads calls for as long as a workspace lives; what an edit did not touch is known already. */
export class CallRoom {
  private readonly typescript = new OutgoingCalls();

  of(files: FileSource): CallsOfFiles {
    return this.typescript.of(files);
  }
}
