// Owns the waiting for who calls the operations of an analysis: read once for all who ask, and given up when the texts have changed.
// It must not know how calls are found.

import type { CancellationToken } from 'vscode-languageserver';
import { Cancelled } from '../base/host.ts';
import type { Analysis } from '../features/analysis.ts';
import { cancellationOf } from './analysis-loop.ts';
import { unlessCancelled } from './requests/document-diagnostic.ts';
import type { Session } from './session.ts';

const reading = new WeakMap<Analysis, Promise<boolean>>();

/** Reads who calls the operations of an analysis; false when newer texts have made that worthless. */
export function gatherCalls(session: Session, analysis: Analysis): Promise<boolean> {
  const known = reading.get(analysis);
  if (known) return known;
  const started = gather(session, analysis);
  reading.set(analysis, started);
  return started;
}

async function gather(session: Session, analysis: Analysis): Promise<boolean> {
  const old = (): boolean => session.loop.latest?.analysis !== analysis;
  const cancellation = cancellationOf({
    get cancelled() {
      return old();
    },
  });
  try {
    await analysis.calls?.gather(cancellation);
    return true;
  } catch (error) {
    if (!(error instanceof Cancelled))
      session.connection.console.error(`Calls could not be read: ${error instanceof Error ? error.stack : error}`);
    return false;
  }
}

/** The same for one request: false when it was given up meanwhile, too. */
export async function callsGathered(session: Session, analysis: Analysis, token: CancellationToken): Promise<boolean> {
  return (await unlessCancelled(gatherCalls(session, analysis), token)) === true;
}

/** The same for what is shown before long in any case: whether it was read within so many milliseconds. It is read to its end all the same. */
export async function callsWithin(session: Session, analysis: Analysis, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  try {
    return await Promise.race([gatherCalls(session, analysis), late]);
  } finally {
    clearTimeout(timer);
  }
}
