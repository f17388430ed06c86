// Owns who calls an operation over HTTP: places of the workspace's code and of its tests, and the operation that such a place means.
// It must not know a protocol. Nothing is read before somebody asks.

import type { Cancellation } from '../base/host.ts';
import type { CallsOfFiles } from '../code/call-room.ts';
import type { OutgoingCall } from '../code/calls.ts';
import type { Operation } from '../contract/model.ts';
import { CallBinder, type CalledOperation } from '../workspace/bind/calls.ts';
import type { Governed } from '../workspace/model.ts';

/** Who calls one operation, file by file. */
export interface Callers {
  readonly calls: readonly OutgoingCall[];
  readonly tests: readonly OutgoingCall[];
}

/** A call with what it asks for: several operations where it could be each of them alike. */
export interface FoundCall {
  readonly call: OutgoingCall;
  readonly operations: readonly CalledOperation[];
}

/** The calls of one analysis. */
export class CallIndex {
  private reading: CallsOfFiles | undefined;
  private binder: CallBinder | undefined;
  private gathered: ReadonlyMap<Operation, Callers> | undefined;

  constructor(
    private readonly open: () => CallsOfFiles,
    private readonly governed: readonly Governed[],
  ) {}

  /** The call whose address holds an offset, when it is one of an operation. Reads that file alone. */
  at(file: string, offset: number): FoundCall | undefined {
    for (const call of this.files().in(file)) {
      const { start, end } = call.urlPlace;
      if (offset < start || end < offset) continue;
      const operations = this.bound().operationsOf(call);
      if (operations.length > 0) return { call, operations };
    }
    return undefined;
  }

  /** Reads the calls of all files, once. Rejects with `Cancelled` when nobody waits any more; what was read until then is kept. */
  async gather(cancellation: Cancellation): Promise<void> {
    if (this.gathered) return;
    const found = new Map<Operation, { calls: OutgoingCall[]; tests: OutgoingCall[] }>();
    for (const call of await this.files().all(cancellation)) {
      for (const { operation } of this.bound().operationsOf(call)) {
        const callers = found.get(operation) ?? { calls: [], tests: [] };
        found.set(operation, callers);
        (call.test ? callers.tests : callers.calls).push(call);
      }
    }
    this.gathered = found;
  }

  /** Who calls an operation; undefined until that was gathered. */
  of(operation: Operation): Callers | undefined {
    return this.gathered && (this.gathered.get(operation) ?? nobody);
  }

  private files(): CallsOfFiles {
    this.reading ??= this.open();
    return this.reading;
  }

  private bound(): CallBinder {
    this.binder ??= new CallBinder(this.governed);
    return this.binder;
  }
}

const nobody: Callers = { calls: [], tests: [] };
