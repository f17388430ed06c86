// Owns the measures of comparing versions on real contracts, given by path: the same answer in each of many runs, one change per edited
// place, the time beside plain parsing of both texts in the same run, memory, and an edit in the editor's warm state.
// It prints; it judges nothing but counts and sameness.

import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { load } from 'js-yaml';
import { parseDocument } from 'yaml';
import { digest } from '../../server/src/base/hash.ts';
import type { Commit, History } from '../../server/src/base/host.ts';
import { type Comparison, compareContracts } from '../../server/src/versioning/compare.ts';
import { type ContractSource, ContractSources } from '../../server/src/versioning/source.ts';
import { Standings } from '../../server/src/versioning/standing.ts';
import { withWitnesses } from '../../server/src/versioning/witness/witnesses.ts';
import { randomFrom } from './generate.ts';
import { megabytes, OneFile, rounded } from './one-file.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    server: { type: 'string' },
    /** A contract, of which the second state is made by edits; or `BASE,REVISION`. */
    versions: { type: 'string', multiple: true, default: [] },
    runs: { type: 'string', default: '20' },
    /** Places that are edited for the second state. */
    places: { type: 'string', default: '40' },
    edits: { type: 'string', default: '40' },
    seed: { type: 'string', default: '7' },
    out: { type: 'string', default: 'bench-versions.json' },
  },
});

const today = '2026-06-01';

/** Properties that say no more than that they are strings, one line of text each, where they can be told without reading the contract. */
function editablePlaces(text: string): readonly number[] {
  const pattern = /\n( +)"?[a-z_]+"?: ?\{?\n? *"?type"?: ?"?string"?,?\n|\n +type: string\n/g;
  return [...text.matchAll(pattern)].map((match) => match.index + match[0].lastIndexOf('string'));
}

/** The text with other types at some of its places, evenly spread. */
function edited(text: string, count: number): { readonly text: string; readonly places: number } {
  const all = editablePlaces(text);
  const chosen = Array.from(
    { length: Math.min(count, all.length) },
    (_, index) => all[Math.floor((index * all.length) / count)]!,
  );
  let result = text;
  for (const at of chosen.reverse()) result = `${result.slice(0, at)}boolean${result.slice(at + 'string'.length)}`;
  return { text: result, places: chosen.length };
}

function compared(path: string, base: string, revision: string): Comparison {
  const open = (text: string, like?: ContractSource) => {
    const source = new ContractSources().open(new OneFile(path, text), path, like);
    if ('failure' in source) throw new Error(`${path}: ${source.failure}`);
    return source;
  };
  const before = open(base);
  return withWitnesses(compareContracts(before, open(revision, before), { today }));
}

const plainParse = (path: string, text: string): unknown => (path.endsWith('.json') ? JSON.parse(text) : load(text));

/** Milliseconds of this process's own work, so that whoever else works on the machine does not count. */
function timed<T>(work: () => T): { readonly result: T; readonly time: number } {
  const from = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(from);
  return { result, time: (user + system) / 1_000 };
}

function spread(times: readonly number[]) {
  const sorted = [...times].sort((a, b) => a - b);
  const share = (part: number): number => rounded(sorted[Math.floor(part * (sorted.length - 1))] ?? 0);
  return { p50: share(0.5), p95: share(0.95), worst: share(1), times: sorted.length };
}

/** A past that has one state. */
function historyOf(text: string): History {
  const commit: Commit = { hash: 'a'.repeat(40), date: '2026-01-01', subject: 'released' };
  return {
    top: '/w',
    shallow: false,
    resolve: () => ({ found: commit }),
    mergeBase: () => ({ found: commit }),
    mainBranch: () => ({ found: 'main' }),
    tags: () => ({ found: [] }),
    read: () => ({ text }),
    log: () => ({ found: [{ commit, path: 'x' }] }),
    renamedFrom: () => undefined,
  };
}

/** Edits as somebody makes them, each shown with its level and taken back. */
function warm(path: string, base: string) {
  const random = randomFrom(Number(values.seed));
  const files = new OneFile(path, base);
  const standings = new Standings(() => ({ found: historyOf(base) }));
  const level = (): string => {
    const standing = standings.of(path, files, { decisions: {}, today });
    return 'missing' in standing ? 'none at all' : standing.level;
  };
  const first = timed(level);
  const places = editablePlaces(base);
  const times: number[] = [];
  const seen: Record<string, number> = {};
  for (let round = 0; round < Number(values.edits); round++) {
    const at = places[Math.floor(random() * places.length)]!;
    const line = base.indexOf('\n', at);
    const states = [
      `${base.slice(0, at)}integer${base.slice(at + 6)}`,
      base,
      path.endsWith('.json') ? base : `${base.slice(0, line)} # seen${base.slice(line)}`,
      base,
    ];
    for (const state of states) {
      files.write(state);
      const { result, time } = timed(level);
      seen[result] = (seen[result] ?? 0) + 1;
      times.push(time);
    }
  }
  return { first: rounded(first.time), ...spread(times), seen };
}

let wrong = 0;
const results = [];
for (const given of [...values.versions, ...positionals]) {
  const [baseFile = '', revisionFile] = given.split(',');
  const path = `/w/${basename(baseFile)}`;
  const base = readFileSync(baseFile, 'utf8');
  const made = edited(base, Number(values.places));
  const revision = revisionFile === undefined ? made.text : readFileSync(revisionFile, 'utf8');
  const parses: number[] = [];
  const comparisons: number[] = [];
  const answers = new Set<string>();
  let changes = 0;
  let level = '';
  let peak = 0;
  for (let run = 0; run < Number(values.runs); run++) {
    parses.push(timed(() => [plainParse(path, base), plainParse(path, revision)]).time);
    globalThis.gc?.();
    const { result, time } = timed(() => compared(path, base, revision));
    peak = Math.max(peak, process.memoryUsage().rss);
    comparisons.push(time);
    answers.add(digest([JSON.stringify(result.changes)]));
    changes = result.changes.length;
    level = result.level;
  }
  const positions = path.endsWith('.json')
    ? undefined
    : timed(() => parseDocument(base, { logLevel: 'silent' }) && parseDocument(revision, { logLevel: 'silent' })).time;
  const [parse, comparison] = [spread(parses), spread(comparisons)];
  const ratio = rounded(comparison.p50 / parse.p50);
  const typing = warm(path, base);
  if (answers.size !== 1) wrong++;
  results.push({
    file: basename(baseFile),
    megabytes: megabytes(base.length),
    changes,
    level,
    answers: answers.size,
    parse,
    comparison,
    ratio,
    positions,
    peak: megabytes(peak),
    typing,
  });
  console.log(
    `${basename(baseFile)}, ${megabytes(base.length)} MB: ${answers.size} answer in ${values.runs} runs, ${changes} changes` +
      `${revisionFile === undefined ? ` for ${made.places} edited places` : ''}, ${level}; compared in ${comparison.p50} ms (p95 ${comparison.p95}), ` +
      `plain parse of both ${parse.p50} ms, ratio ${ratio}${positions === undefined ? '' : `, with positions ${rounded(positions)} ms`}; ` +
      `${megabytes(peak)} MB at most; in the editor first ${typing.first} ms, then p50 ${typing.p50} ms, p95 ${typing.p95} ms, worst ${typing.worst} ms (${JSON.stringify(typing.seen)})`,
  );
}
writeFileSync(values.out, `${JSON.stringify({ node: process.version, results }, null, 2)}\n`);
process.exitCode = wrong === 0 ? 0 : 1;
