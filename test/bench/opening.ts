// Owns the measure of opening a workspace: from the start of the server's process to the first findings of the open file and to all of
// them, beside a plain reading and parsing of the same files in a fresh process of the same run. It judges nothing.

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { generateWorkspace } from './generate.ts';
import { type Spread, spread } from './large-contract.ts';
import { onDisk } from './on-disk.ts';
import { MeasuredServer } from './server.ts';

export interface Opening {
  readonly handlers: number;
  readonly files: number;
  /** Real contracts that lie in the workspace beside the generated ones. */
  readonly beside: readonly string[];
  /** From the start of the process to the first findings of a file that is open; milliseconds, as all times. */
  readonly first: Spread;
  /** From the start of the process to the findings of all files. */
  readonly all: Spread;
  /** A process that only reads and parses the same files: TypeScript's parser, and `js-yaml`'s for contracts. From its start, too. */
  readonly parse: Spread;
  /** The median of `first` and of `all` over that of `parse`. */
  readonly ratios: { readonly first: number; readonly all: number };
  /** Findings that the open file showed first, and in the end. */
  readonly shown: { readonly first: number; readonly all: number };
}

const now = (): number => performance.now();
const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Opens a generated workspace so often, each time in a new process. */
export async function measureOpening(
  handlers: number,
  {
    server,
    parser,
    seed,
    runs,
    beside,
  }: {
    readonly server: string;
    /** The bundle of `plain-parse.ts`. */
    readonly parser: string;
    readonly seed: number;
    readonly runs: number;
    readonly beside: readonly string[];
  },
): Promise<Opening> {
  const workspace = generateWorkspace(handlers, seed);
  return onDisk(workspace.files, async (folder) => {
    for (const contract of beside) {
      mkdirSync(join(folder, 'vendor'), { recursive: true });
      copyFileSync(contract, join(folder, 'vendor', basename(contract)));
    }
    const first: number[] = [];
    const all: number[] = [];
    const parse: number[] = [];
    let shown = { first: 0, all: 0 };
    for (let run = 0; run < runs; run++) {
      const opened = await open(server, folder, workspace.handlerFiles.at(-1)!);
      first.push(opened.first);
      all.push(opened.all);
      shown = opened.shown;
      const from = now();
      const plain = spawnSync(process.execPath, [parser, folder], { encoding: 'utf8' });
      parse.push(now() - from);
      if (plain.status !== 0) throw new Error(`the plain reading failed: ${plain.stderr}`);
    }
    const median = { first: spread(first).p50, all: spread(all).p50, parse: spread(parse).p50 };
    return {
      handlers: workspace.handlers,
      files: workspace.files.size + beside.length,
      beside: beside.map((contract) => basename(contract)),
      first: spread(first),
      all: spread(all),
      parse: spread(parse),
      ratios: { first: rounded(median.first / median.parse), all: rounded(median.all / median.parse) },
      shown,
    };
  });
}

async function open(server: string, folder: string, path: string): Promise<Pick<Opening, 'shown'> & Times> {
  const started = now();
  const ours = await MeasuredServer.start(server, folder);
  await ours.open(path);
  const shownFirst = await ours.pull(path);
  const first = now() - started;
  await ours.findings();
  const all = now() - started;
  const shownAll = await ours.pull(path);
  await ours.stop();
  const count = (report: typeof shownFirst): number => ('items' in report ? report.items.length : 0);
  return { first, all, shown: { first: count(shownFirst), all: count(shownAll) } };
}

interface Times {
  readonly first: number;
  readonly all: number;
}
