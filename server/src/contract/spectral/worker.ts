// Owns the thread in which Spectral runs: one request in, one answer out. It must not know who asks.

import { pathToFileURL } from 'node:url';
import { parentPort } from 'node:worker_threads';
import type { LintRequest } from '../../base/linter.ts';
import { lint } from './run.ts';

/** What goes to the thread: a request with a number, which its answer has too. */
interface Asked {
  readonly id: number;
  readonly request: LintRequest;
}

/** Loads code of a workspace that somebody trusts; {@link lint} asks for it in no other. */
async function load(path: string): Promise<unknown> {
  return import(path.startsWith('/') ? pathToFileURL(path).href : path) as Promise<unknown>;
}

parentPort?.on('message', async ({ id, request }: Asked) => {
  parentPort?.postMessage({ id, answer: await lint(request, load) });
});
