// Owns the measures of the contract room on real contracts, given by path: operations against an independent count, every reference
// resolved or reported, cold start, keystrokes and memory beside plain parsers in the same run. It prints; it judges nothing but counts.

import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { load } from 'js-yaml';
import { parseDocument } from 'yaml';
import { ContractRoom } from '../../server/src/contract/load/contracts.ts';
import type { Contract } from '../../server/src/contract/model.ts';
import { changesOf, faultOf } from '../fixes/one-change.ts';
import { randomFrom } from './generate.ts';
import { megabytes, OneFile, rounded } from './one-file.ts';
import { type Counted, publishedPage } from './published-page.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    server: { type: 'string' },
    large: { type: 'string', multiple: true, default: [] },
    /** `NAME=PATH`: a publisher's file or folder, for the page; and where the page is written. */
    publisher: { type: 'string', multiple: true, default: [] },
    page: { type: 'string' },
    /** Repairs are tried too: one change at a time, each held against the data and the lines that it should leave. */
    changes: { type: 'boolean', default: false },
    edits: { type: 'string', default: '20' },
    seed: { type: 'string', default: '7' },
    /** Keystrokes are measured in files of at least this many megabytes. */
    keystrokes: { type: 'string', default: '2' },
    out: { type: 'string', default: 'bench-contracts.json' },
  },
});

const now = (): number => performance.now();
const memory = (): number => {
  globalThis.gc?.();
  return megabytes(process.memoryUsage().rss);
};

const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']);

type Data = Readonly<Record<string, unknown>>;
const isMap = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The operations of plain data, counted without any of our code. */
function countOperations(document: unknown): number {
  const paths = isMap(document) && isMap(document.paths) ? Object.entries(document.paths) : [];
  return paths
    .filter(([path]) => path.startsWith('/'))
    .flatMap(([, item]) => (isMap(item) ? Object.keys(item) : []))
    .filter((key) => methods.has(key)).length;
}

/** The local references of plain data that name nothing, and how many there are in all. Examples are data. */
function countReferences(document: unknown): { all: number; dangling: number } {
  const counts = { all: 0, dangling: 0 };
  const visit = (value: unknown, names: boolean): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, false);
    if (!isMap(value)) return;
    for (const [key, below] of Object.entries(value)) {
      if (key === '$ref' && typeof below === 'string' && !names) {
        counts.all++;
        if (below.startsWith('#') && at(document, below) === undefined) counts.dangling++;
      } else if (names || !(['example', 'examples', 'default', 'enum'].includes(key) || key.startsWith('x-'))) {
        visit(below, key === 'properties');
      }
    }
  };
  visit(document, false);
  return counts;
}

function at(document: unknown, reference: string): unknown {
  let node = document;
  for (const token of reference.slice(1).split('/').slice(1)) {
    const key = decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
    node = isMap(node) ? node[key] : Array.isArray(node) ? node[Number(key)] : undefined;
  }
  return node;
}

/** What an editor asks for after a keystroke: the operations with their parts, and every problem. */
function ask(contract: Contract | undefined): number {
  if (!contract) return 0;
  let parts = 0;
  for (const operation of contract.operations) parts += operation.parameters.length + operation.responses.length;
  return parts + contract.problems.length;
}

function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ya?ml|json)$/.test(name))
    .map((name) => join(path, name))
    .sort();
}

/** An edit of a person at a share of the text, at the end of a line. */
function edits(text: string, share: number, random: () => number): readonly (readonly [string, string])[] {
  const at = text.indexOf('\n', Math.floor(text.length * share + random() * 5000));
  const pasted = Array.from({ length: 200 }, (_, index) => `# pasted line ${index}`).join('\n');
  const before = text.slice(0, at);
  const behind = text.slice(at);
  return [
    ['insert', `${before}x${behind}`],
    ['delete', `${before.slice(0, -1)}${behind}`],
    ['newline', `${before}\n${behind}`],
    ['paste', `${before}\n${pasted}${behind}`],
  ];
}

function keystrokes(file: string, text: string) {
  const random = randomFrom(Number(values.seed));
  const source = new OneFile(`/w/${basename(file)}`, text);
  const room = new ContractRoom();
  ask(room.contracts(source)[0]);
  const times: number[] = [];
  for (let round = 0; round < Number(values.edits); round++) {
    for (const share of [0.1, 0.5, 0.95]) {
      for (const [, edited] of edits(text, share, random)) {
        for (const state of [edited, text]) {
          source.write(state);
          const from = now();
          ask(room.contracts(source)[0]);
          times.push(now() - from);
        }
      }
    }
  }
  times.sort((a, b) => a - b);
  const share = (part: number): number => rounded(times[Math.floor(part * (times.length - 1))] ?? 0);
  return { p50: share(0.5), p95: share(0.95), worst: share(1), times: times.length };
}

let wrong = 0;
const results: (Counted & { readonly path: string; readonly [measure: string]: unknown })[] = [];
const published = values.publisher.map((entry) => {
  const at = entry.indexOf('=');
  return { name: entry.slice(0, at), files: filesBelow(entry.slice(at + 1)) };
});
const plain = [...values.large.filter((path) => path !== ''), ...positionals].flatMap(filesBelow);
for (const file of [...plain, ...published.flatMap(({ files }) => files)]) {
  const text = readFileSync(file, 'utf8');
  const before = memory();
  const from = now();
  const room = new ContractRoom();
  const contract = room.contracts(new OneFile(`/w/${basename(file)}`, text))[0];
  const operations = contract?.operations.length ?? 0;
  const toOperations = rounded(now() - from);
  const problems = contract?.problems ?? [];
  ask(contract);
  const toModel = rounded(now() - from);
  const fromExamples = now();
  const examples = contract?.examples?.().length ?? 0;
  const toExamples = rounded(now() - fromExamples);
  const held = rounded(memory() - before);
  const fromPlain = now();
  const data: unknown = file.endsWith('.json') ? JSON.parse(text) : load(text);
  const plainParse = rounded(now() - fromPlain);
  const counted = countOperations(data);
  const references = countReferences(data);
  const reported = problems.filter((problem) => problem.kind === 'unresolved-reference').length;
  const changes = values.changes ? changesOf(data) : [];
  const faults = changes.flatMap((change) => {
    const fault = faultOf(`/w/${basename(file)}`, text, data, change);
    return fault === undefined ? [] : [`${change.id} at ${String(change.data.pointer)}: ${fault}`];
  });
  if (faults.length > 0) console.log(faults.map((fault) => `      ${fault}`).join('\n'));
  const agrees = counted === operations && references.dangling === reported;
  if (!agrees || faults.length > 0) wrong++;
  const large = text.length >= Number(values.keystrokes) * 1024 * 1024;
  const typing = large ? keystrokes(file, text) : undefined;
  let positionsParse: number | undefined;
  if (large && !file.endsWith('.json')) {
    const fromPositions = now();
    parseDocument(text, { logLevel: 'silent' });
    positionsParse = rounded(now() - fromPositions);
  }
  const others = [...new Set(problems.map((problem) => problem.kind))].join(', ');
  results.push({
    path: file,
    agrees,
    version: contract?.version ?? '',
    specification: contract?.specification ?? 'none',
    file: basename(file),
    megabytes: megabytes(text.length),
    operations,
    counted,
    events: contract?.events?.length ?? 0,
    references: references.all,
    dangling: references.dangling,
    reported,
    changes: changes.length,
    exact: changes.length - faults.length,
    toOperations,
    toModel,
    examples,
    toExamples,
    held,
    plainParse,
    positionsParse,
    typing,
  });
  console.log(
    `${agrees ? 'ok   ' : 'WRONG'} ${basename(file)}, ${megabytes(text.length)} MB: ${operations} operations (counted ${counted}), ` +
      `${references.all} references, ${references.dangling} dangling, ${reported} reported; ${changes.length - faults.length} of ${changes.length} changes exact; ` +
      `to operations ${toOperations} ms, to the model ${toModel} ms, ${examples} examples refused in ${toExamples} ms, ` +
      `${held} MB held; plain parse ${plainParse} ms${positionsParse === undefined ? '' : `, with positions ${positionsParse} ms`}` +
      `${typing ? `; keystroke p50 ${typing.p50} ms, p95 ${typing.p95} ms, worst ${typing.worst} ms` : ''}${others === '' ? '' : `; problems: ${others}`}`,
  );
}
console.log(`${results.length} contracts, ${wrong} of them counted otherwise; ${memory()} MB resident at the end`);
if (values.page !== undefined) {
  const pages = published.map(({ name, files }) => ({ name, of: results.filter(({ path }) => files.includes(path)) }));
  writeFileSync(values.page, publishedPage(pages));
}
writeFileSync(values.out, `${JSON.stringify({ node: process.version, results }, null, 2)}\n`);
process.exitCode = wrong === 0 ? 0 : 1;
