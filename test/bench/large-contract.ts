// Owns the measure of keystrokes in one large contract: edits of several kinds at several places, each undone again, from the
// change to the findings of the open file, by the messages of an editor; beside one whole parse and one Spectral run of the same text.
// It judges nothing.

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseDocument } from 'yaml';
import { randomFrom } from './generate.ts';
import { onDisk } from './on-disk.ts';
import { MeasuredServer, type Position } from './server.ts';

export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly times: number;
}

export interface LargeContract {
  readonly contract: string;
  readonly bytes: number;
  readonly findings: number;
  /** From the opening of the file in a fresh server to its findings; all times in milliseconds. */
  readonly coldStart: number;
  readonly keystroke: Spread;
  /** Processor time of the server for one of them, on average: what a machine that others use does not change. */
  readonly processor?: number;
  readonly byKind: Readonly<Record<string, Spread>>;
  /** One `parseDocument` of the same text in this process. */
  readonly wholeParse?: number;
  /** Its processor time. */
  readonly parseProcessor?: number;
  /** One run of Spectral with its rules for OpenAPI on the same text in this process. */
  readonly spectral?: number;
  /** Resident megabytes of the server with this contract and the others open. */
  readonly memory: number;
}

export interface LargeOptions {
  readonly server: string;
  readonly edits: number;
  readonly seed: number;
  readonly spectral: boolean;
  /** For the server's process: to profile it. */
  readonly flags: readonly string[];
  /** Contracts that are open beside the one that is typed in. */
  readonly beside: readonly string[];
}

const now = (): number => performance.now();
const rounded = (value: number): number => Math.round(value * 10) / 10;

export function spread(times: readonly number[]): Spread {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number =>
    rounded(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return { p50: at(0.5), p95: at(0.95), times: sorted.length };
}

/** A change at the end of a line, and the one that undoes it. */
interface Edit {
  readonly kind: string;
  readonly start: Position;
  readonly end: Position;
  readonly text: string;
  readonly undo: { readonly start: Position; readonly end: Position; readonly text: string };
}

const pasted = Array.from({ length: 200 }, (_, index) => `# pasted line ${index}`);

function editsAt(line: number, written: string): Edit[] {
  const end = { line, character: written.length };
  const last = { line, character: Math.max(0, written.length - 1) };
  const inserted = { line, character: written.length + 1 };
  const below = { line: line + 1, character: 0 };
  const behind = { line: line + pasted.length, character: pasted.at(-1)!.length };
  return [
    { kind: 'insert', start: end, end, text: 'x', undo: { start: end, end: inserted, text: '' } },
    { kind: 'delete', start: last, end, text: '', undo: { start: last, end: last, text: written.slice(-1) } },
    { kind: 'newline', start: end, end, text: '\n', undo: { start: end, end: below, text: '' } },
    { kind: 'paste', start: end, end, text: `\n${pasted.join('\n')}`, undo: { start: end, end: behind, text: '' } },
  ];
}

/** Types in a contract, and measures what it is held against once. */
export async function measureLargeContract(file: string, options: LargeOptions): Promise<LargeContract> {
  const text = readFileSync(file, 'utf8');
  const name = basename(file);
  // As for those who write it: of somebody else's contract less is said.
  const entries = [file, ...options.beside].map((one) => `  - { file: ${basename(one)}, role: owned }`);
  const files = new Map([
    [name, text],
    ...options.beside.map((other): [string, string] => [basename(other), readFileSync(other, 'utf8')]),
    ['fidelity.yaml', `contracts:\n${entries.join('\n')}\n`],
  ]);
  return onDisk(files, async (folder) => {
    const ours = await MeasuredServer.start(options.server, folder, options.flags);
    const started = now();
    await ours.open(name);
    const first = await ours.pull(name);
    const coldStart = rounded(now() - started);
    const findings = first.kind === 'full' ? first.items.length : 0;
    for (const other of options.beside) {
      await ours.open(basename(other));
      await ours.pull(basename(other));
    }
    const before = ours.processor();
    const byKind = await typed(ours, name, text, options);
    const after = ours.processor();
    const all = [...byKind.values()].flat();
    const processor = before === undefined || after === undefined ? undefined : rounded((after - before) / all.length);
    const memory = await ours.memory();
    await ours.stop();
    const keystroke = spread(all);
    const kinds = Object.fromEntries([...byKind].map(([kind, times]) => [kind, spread(times)]));
    const shared = {
      processor,
      contract: name,
      bytes: text.length,
      findings,
      coldStart,
      keystroke,
      byKind: kinds,
      memory,
    };
    if (file.endsWith('.json')) return shared;
    const from = now();
    const used = process.cpuUsage();
    parseDocument(text, { logLevel: 'silent' });
    const wholeParse = rounded(now() - from);
    const { user, system } = process.cpuUsage(used);
    return {
      ...shared,
      wholeParse,
      parseProcessor: rounded((user + system) / 1000),
      ...(options.spectral ? { spectral: await spectralRun(file, text) } : {}),
    };
  });
}

async function typed(
  ours: MeasuredServer,
  name: string,
  text: string,
  { edits, seed }: LargeOptions,
): Promise<Map<string, number[]>> {
  const lines = text.split('\n');
  const random = randomFrom(seed);
  const byKind = new Map<string, number[]>();
  for (let round = 0; round < edits; round++) {
    for (const share of [0.1, 0.5, 0.95]) {
      const line = Math.min(lines.length - 2, Math.floor(lines.length * share + random() * 2_000));
      for (const { kind, undo, ...change } of editsAt(line, lines[line]!)) {
        const times = byKind.get(kind) ?? [];
        byKind.set(kind, times);
        for (const one of [change, undo]) {
          const from = now();
          await ours.edit(name, one);
          times.push(now() - from);
        }
      }
    }
  }
  return byKind;
}

async function spectralRun(file: string, text: string): Promise<number> {
  // Loaded when it is wanted: no other measure pays for it.
  const { lint } = await import('../../server/src/contract/spectral/run.ts');
  const from = now();
  const request = { documents: [file], texts: { [file]: text }, ruleset: undefined, trusted: false };
  await lint(request, () => Promise.reject(new Error('nothing is loaded')));
  return rounded(now() - from);
}
