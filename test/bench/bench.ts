// Owns `npm run bench`: keystroke to findings, opening, cold start and memory on generated workspaces, with TypeScript's language service on
// the same edits in the same run. It prints the figures and writes bench.json; it judges nothing.

import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { generateWorkspace, randomFrom } from './generate.ts';
import { measureLargeContract, type Spread, spread } from './large-contract.ts';
import { onDisk } from './on-disk.ts';
import { measureOpening } from './opening.ts';
import { MeasuredServer } from './server.ts';
import { type FirstTier, measureFirstTier, measureSecondTier } from './tiers.ts';
import { TypeChecker } from './type-checker.ts';

interface Measured {
  readonly handlers: number;
  readonly files: number;
  readonly megabytesOfText: number;
  readonly findings: number;
  /** From the start of the process to the findings of an open file; all figures in milliseconds but memory. */
  readonly coldStart: number;
  readonly handlerKeystroke: Spread;
  readonly contractKeystroke: Spread;
  /** The part of the handler keystroke that is analysis, by the server's clock; the rest is protocol. */
  readonly handlerAnalysis: Spread;
  readonly typeCheckerKeystroke: Spread;
  /** Ours over TypeScript's, at the median and at the 95th percentile. */
  readonly ratioToTypeChecker: { readonly p50: number; readonly p95: number };
  /** Resident megabytes of the server after the edits. */
  readonly memory: number;
}

const { values } = parseArgs({
  options: {
    server: { type: 'string' },
    sizes: { type: 'string', default: '250,1000' },
    /** The checker's bundle, and the handlers of the workspaces on which the two tiers are measured. */
    types: { type: 'string', default: '' },
    tiers: { type: 'string', default: '250,1000,4000' },
    typed: { type: 'string', default: '250,1000' },
    /** The bundle that an opening is held against, the handlers of the workspaces that are opened, and how often. */
    parser: { type: 'string', default: '' },
    opening: { type: 'string', default: '50,1000' },
    runs: { type: 'string', default: '5' },
    edits: { type: 'string', default: '60' },
    seed: { type: 'string', default: '7' },
    contract: { type: 'string', multiple: true, default: [] },
    /** Contracts that are open beside each of those, and whether Spectral is measured too. */
    beside: { type: 'string', multiple: true, default: [] },
    spectral: { type: 'boolean', default: false },
    /** Options of Node for the server that is typed in, such as `--cpu-prof`. */
    node: { type: 'string', multiple: true, default: [] },
    out: { type: 'string', default: 'bench.json' },
  },
});
const server = values.server ?? '';
const edits = Number(values.edits);
const seed = Number(values.seed);

const now = (): number => performance.now();
const rounded = (value: number): number => Math.round(value * 10) / 10;

/** One character more or less somewhere in the text's comments or names, as somebody who types makes it. */
function keystroke(text: string, index: number, comment: string): string {
  return `${text}${comment} ${'x'.repeat((index % 7) + 1)}\n`;
}

async function measure(handlers: number): Promise<Measured> {
  const workspace = generateWorkspace(handlers, seed);
  return onDisk(workspace.files, async (folder) => {
    const random = randomFrom(seed + 1);
    const some = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

    const started = now();
    const ours = await MeasuredServer.start(server, folder);
    await ours.pull(workspace.handlerFiles[0]!);
    const coldStart = rounded(now() - started);
    const findings = await ours.findings();

    const chosen = Array.from({ length: edits }, () => some(workspace.handlerFiles));
    const handlerTimes: number[] = [];
    const analysisTimes: number[] = [];
    // Opening is no keystroke: every file is open before the first one is measured.
    const texts = new Map<string, string>();
    for (const path of new Set(chosen)) texts.set(path, await ours.open(path));
    await ours.pull(chosen[0]!);
    for (const [index, path] of chosen.entries()) {
      // Every second edit changes what the handler does, so that findings come and go.
      const text = texts.get(path)!;
      const edited =
        index % 2 === 0 ? keystroke(text, index, '//') : text.replace('status(201)', `status(20${index % 4})`);
      const from = now();
      await ours.type(path, edited);
      handlerTimes.push(now() - from);
      analysisTimes.push(ours.analysis);
    }

    const contractTimes: number[] = [];
    const contract = some(workspace.contractFiles);
    const contractText = await ours.open(contract);
    await ours.pull(contract);
    for (let index = 0; index < edits; index++) {
      const edited =
        index % 2 === 0 ? keystroke(contractText, index, '#') : contractText.replace("'409'", `'41${index % 8}'`);
      const from = now();
      await ours.type(contract, edited);
      contractTimes.push(now() - from);
    }
    const memory = await ours.memory();
    await ours.stop();

    const checker = new TypeChecker(
      folder,
      [...workspace.files.keys()].filter((path) => path.endsWith('.ts')),
    );
    checker.type(chosen[0]!, texts.get(chosen[0]!)!);
    const checkerTimes = chosen.map((path, index) => {
      const from = now();
      checker.type(path, keystroke(texts.get(path)!, index, '//'));
      return now() - from;
    });
    checker.dispose();

    const handlerKeystroke = spread(handlerTimes);
    const typeCheckerKeystroke = spread(checkerTimes);
    return {
      handlers: workspace.handlers,
      files: workspace.files.size,
      megabytesOfText: rounded(workspace.bytes / 1024 / 1024),
      findings,
      coldStart,
      handlerKeystroke,
      contractKeystroke: spread(contractTimes),
      handlerAnalysis: spread(analysisTimes),
      typeCheckerKeystroke,
      ratioToTypeChecker: {
        p50: rounded(handlerKeystroke.p50 / typeCheckerKeystroke.p50),
        p95: rounded(handlerKeystroke.p95 / typeCheckerKeystroke.p95),
      },
      memory,
    };
  });
}

const results: Measured[] = [];
for (const size of values.sizes
  .split(',')
  .filter((one) => one !== '')
  .map(Number)) {
  const measured = await measure(size);
  results.push(measured);
  const {
    handlerKeystroke: handler,
    contractKeystroke: contract,
    typeCheckerKeystroke: checker,
    ratioToTypeChecker: ratio,
  } = measured;
  console.log(
    [
      `${measured.handlers} handlers, ${measured.files} files, ${measured.megabytesOfText} MB, ${measured.findings} findings`,
      `  cold start to findings          ${measured.coldStart} ms`,
      `  keystroke in a handler          p50 ${handler.p50} ms, p95 ${handler.p95} ms (analysis p50 ${measured.handlerAnalysis.p50} ms)`,
      `  keystroke in a contract         p50 ${contract.p50} ms, p95 ${contract.p95} ms`,
      `  TypeScript language service     p50 ${checker.p50} ms, p95 ${checker.p95} ms; ratio ${ratio.p50} and ${ratio.p95}`,
      `  memory of the server            ${measured.memory} MB`,
    ].join('\n'),
  );
}
const [small] = results;
const large = results.at(-1);
const growth =
  small && large && small !== large
    ? {
        handlers: rounded(large.handlers / small.handlers),
        handlerKeystroke: rounded(large.handlerKeystroke.p50 / small.handlerKeystroke.p50),
        coldStart: rounded(large.coldStart / small.coldStart),
        memoryPerThousandHandlers: rounded(((large.memory - small.memory) / (large.handlers - small.handlers)) * 1000),
      }
    : undefined;
if (growth) {
  console.log(
    `${growth.handlers} times the handlers: keystroke × ${growth.handlerKeystroke}, cold start × ${growth.coldStart}, ${growth.memoryPerThousandHandlers} MB per 1,000 handlers`,
  );
}
const contracts = [];
for (const file of values.contract) {
  const { spectral } = values;
  const measured = await measureLargeContract(file, {
    server,
    edits,
    seed,
    spectral,
    flags: values.node,
    beside: values.beside,
  });
  contracts.push(measured);
  const { keystroke: key, wholeParse } = measured;
  const kinds = Object.entries(measured.byKind).map(([kind, { p50, p95 }]) => `${kind} ${p50} / ${p95}`);
  const against = (what: string, milliseconds: number | undefined): string[] =>
    milliseconds === undefined
      ? []
      : [`  ${what} ${milliseconds} ms: ${rounded(milliseconds / key.p95)} times the keystroke's p95`];
  console.log(
    [
      `${measured.contract}, ${rounded(measured.bytes / 1024 / 1024)} MB, ${measured.findings} findings in ${measured.coldStart} ms`,
      `  keystroke to findings           p50 ${key.p50} ms, p95 ${key.p95} ms, ${key.times} times (${kinds.join(', ')})`,
      `  processor time for each         ${measured.processor ?? '?'} ms on average; one parse with positions ${measured.parseProcessor ?? '?'} ms`,
      ...against('one parse with positions       ', wholeParse),
      ...against('one Spectral run               ', measured.spectral),
      `  memory of the server            ${measured.memory} MB with ${values.beside.length + 1} contracts open`,
    ].join('\n'),
  );
}
const sizesOf = (text: string): readonly number[] =>
  text
    .split(',')
    .filter((size) => size !== '')
    .map(Number);
const openings = [];
for (const size of sizesOf(values.opening)) {
  const measured = await measureOpening(size, {
    server,
    parser: values.parser,
    seed,
    runs: Number(values.runs),
    beside: values.contract,
  });
  openings.push(measured);
  const { first, all, parse, ratios } = measured;
  console.log(
    [
      `opening ${[`${measured.handlers} handlers in ${measured.files} files`, ...measured.beside].join(' and ')}, ${first.times} times`,
      `  first findings of the open file p50 ${first.p50} ms, p95 ${first.p95} ms; ${ratios.first} times a plain parse`,
      `  all findings                    p50 ${all.p50} ms, p95 ${all.p95} ms; ${ratios.all} times a plain parse`,
      `  a process that only parses      p50 ${parse.p50} ms, p95 ${parse.p95} ms`,
    ].join('\n'),
  );
}
const firstTier: FirstTier[] = [];
for (const services of ['fifties', 'one'] as const) {
  const [first] = sizesOf(values.tiers);
  // The engine is warm before the first size is measured, so that the sizes can be compared.
  if (first !== undefined) await measureFirstTier(first, seed, services);
  for (const size of sizesOf(values.tiers)) {
    const measured = await measureFirstTier(size, seed, services);
    firstTier.push(measured);
    const smallest = firstTier.find((one) => one.services === services)!;
    console.log(
      `first tier, ${measured.handlers} handlers in ${services === 'one' ? 'one service' : 'services of fifty'}: ${measured.milliseconds} ms, ${measured.findings} findings; ${measured.perHandler} ms of the processor for each handler, × ${rounded(measured.perHandler / smallest.perHandler)}`,
    );
  }
}
const secondTier = [];
for (const size of values.types === '' ? [] : sizesOf(values.typed)) {
  const measured = await measureSecondTier(size, seed, values.types);
  secondTier.push(measured);
  console.log(
    [
      `second tier, ${measured.handlers} handlers of which no answer is known without types: ${measured.answered} of ${measured.questions} questions answered`,
      `  without types ${measured.first} ms, with types ${measured.both} ms (of these ${measured.asking} ms for the checker)`,
      `  a whole type check ${measured.typeCheck} ms, ratio ${rounded(measured.both / measured.typeCheck)}; memory of the checker ${measured.megabytes} MB`,
    ].join('\n'),
  );
}
const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: availableParallelism() };
writeFileSync(
  values.out,
  `${JSON.stringify({ machine, seed, edits, results, growth, contracts, openings, firstTier, secondTier }, null, 2)}\n`,
);
