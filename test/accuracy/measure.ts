// Measures the analysis on checkouts of real services and prints a table in Markdown: operations, bound operations, verified
// share, findings by rule, and how many of the hand-read findings were right.
//
//   npm run accuracy -- PATH[@COMMIT] ... [--write docs/accuracy.md] [--sample 26]
//
// The checkout's folder is called as the service is in `services.json`, which says what its contracts are: globs relative to the
// checkout, or files below `contracts/` here, for services whose own contract is in their code. A commit may be given for a folder
// that is no git checkout. `--sample` lists the findings to read by hand, taken at a fixed stride. The bundle is run, so
// that what is measured is what users get. Readings whose finding no longer exists are listed, because a correction that makes
// a wrong finding go is as much a result as one that keeps a right one.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { Report } from '../../server/src/report/model.ts';
import { type HandReading, readReadings, readServices, readUnserved, type Service, type Unserved } from './readings.ts';
import { sample } from './sample.ts';

// The script is run from the checkout's top folder; paths are meant from where somebody typed them.
const bundle = resolve('dist/cli.js');
const typedIn = process.env.INIT_CWD ?? process.cwd();

interface Measured {
  readonly service: string;
  readonly framework: string;
  readonly commit: string;
  readonly report: Report;
}

main(process.argv.slice(2));

function main(args: readonly string[]): void {
  const { target, size, checkouts } = readArguments(args);
  if (!existsSync(bundle)) fail('dist/cli.js is missing: run `npm run bundle` first.');
  const readings = readReadings(resolve('test/accuracy/readings'));
  const services = readServices(resolve('test/accuracy/services.json'));
  const measured = checkouts.map((given) => measure(given, services));
  if (size !== undefined) {
    process.stdout.write(
      `${JSON.stringify(
        measured.flatMap((one) => toRead(one, size)),
        null,
        2,
      )}\n`,
    );
    return;
  }
  const page = [
    ...introduction(services.filter(({ service }) => measured.some((one) => one.service === service))),
    ...overview(measured, readUnserved(resolve('test/accuracy/unserved.json'))),
    ...byRule(measured),
    ...judged(measured, readings),
  ].join('\n');
  if (target === undefined) process.stdout.write(`${page}\n`);
  else writeFileSync(resolve(typedIn, target), `${page}\n`);
}

interface Arguments {
  readonly target: string | undefined;
  readonly size: number | undefined;
  readonly checkouts: readonly string[];
}

function readArguments(args: readonly string[]): Arguments {
  const rest = [...args];
  const option = (name: string): string | undefined => {
    const at = rest.indexOf(name);
    if (at === -1) return undefined;
    const [, value] = rest.splice(at, 2);
    return value ?? fail(`${name} needs a value.`);
  };
  const target = option('--write');
  const size = option('--sample');
  if (rest.length === 0) {
    fail('Usage: npm run accuracy -- PATH[@COMMIT] ... [--write FILE] [--sample NUMBER]');
  }
  return { target, size: size === undefined ? undefined : Number(size), checkouts: rest };
}

/** The sampled findings in the form of readings whose verdict nobody has given yet. */
function toRead({ service, report }: Measured, size: number): readonly object[] {
  return sample(report.findings, size).map(
    ({ fingerprint, rule, severity, operation, subject, message, code, contract }) => {
      return { service, fingerprint, rule, severity, operation, subject, message, code, contract };
    },
  );
}

function measure(given: string, services: readonly Service[]): Measured {
  const [argument = '', commit] = given.split('@');
  const folder = resolve(typedIn, argument);
  const named = basename(folder);
  const known = services.find(({ service }) => service === named);
  if (!known) fail(`${named} is not in test/accuracy/services.json.`);
  const scratch = mkdtempSync(join(tmpdir(), 'fidelity-accuracy-'));
  const output = join(scratch, 'report.json');
  const options = known.contracts.flatMap((glob) => ['--contract', contractPath(glob)]);
  const run = spawnSync(process.execPath, [bundle, 'check', '.', ...options, '-f', `json=${output}`], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (!existsSync(output)) fail(`${argument}: fidelity ended with ${run.status ?? run.signal} and wrote no report.`);
  const report = JSON.parse(readFileSync(output, 'utf8')) as Report;
  rmSync(scratch, { recursive: true });
  return { service: known.service, framework: known.framework, commit: commit ?? commitOf(folder), report };
}

/** A contract that stands beside this script is named from there, any other one from the checkout. */
function contractPath(glob: string): string {
  const own = resolve('test/accuracy', glob);
  return existsSync(own) ? own : glob;
}

/** The checkout's commit, shortened; a dash for folders that are no git checkout. */
function commitOf(folder: string): string {
  try {
    return execFileSync('git', ['-C', folder, 'rev-parse', '--short=10', 'HEAD'], {
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  } catch {
    return '-';
  }
}

function introduction(services: readonly Service[]): string[] {
  return [
    '# Accuracy on real services',
    '',
    'Made by `npm run accuracy -- PATH…` on checkouts of public services. Nothing in the analysis knows these repositories.',
    '',
    'The services:',
    '',
    ...services.map(({ service, repository, framework, note }) => {
      const link = `- **${service}**: [${repository}](https://github.com/${repository}), ${framework}.`;
      return note === undefined ? link : `${link} ${note}`;
    }),
    '',
  ];
}

function overview(measured: readonly Measured[], unserved: readonly Unserved[]): string[] {
  const lines = [
    '## Operations',
    '',
    '*Bound* operations have a route that was found; their share is that of the operations that have a handler at all, which those in',
    '`test/accuracy/unserved.json` have not. *Verified* ones are bound and leave no question open on either side.',
    '',
    '| service | framework | commit | contracts | operations | with a handler | bound | verified | errors | warnings | information | files | seconds |',
    '|---|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|',
  ];
  for (const { service, framework, commit, report } of measured) {
    const { operations, implemented, verified, findings, files, milliseconds } = report.summary;
    const absent = unserved.filter((one) => one.service === service);
    const handled = report.operations.filter(
      ({ operation, handlers }) => handlers.length > 0 || !absent.some((one) => one.operation === operation),
    ).length;
    const owned = report.contracts
      .filter((contract) => contract.role === 'owned')
      .map((contract) => `\`${contract.file}\``);
    const cells = [
      service,
      framework,
      commit,
      owned.join('<br>') || 'none is served',
      operations,
      handled,
      `${implemented} (${share(implemented, handled)})`,
      `${verified} (${share(verified, operations)})`,
      findings.error,
      findings.warning,
      findings.information,
      files,
      (milliseconds / 1000).toFixed(1),
    ];
    lines.push(`| ${cells.join(' | ')} |`);
  }
  return [...lines, '', ...notBound(measured)];
}

/** Operations without a route, so that anybody can look whether they have a handler after all. */
function notBound(measured: readonly Measured[]): string[] {
  const lines = measured.flatMap(({ service, report }) => {
    const names = report.operations.filter((one) => one.handlers.length === 0).map((one) => `\`${one.operation}\``);
    return names.length === 0
      ? []
      : [`- ${service}: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}`];
  });
  return lines.length === 0 ? [] : ['Operations without a route:', '', ...lines, ''];
}

function byRule(measured: readonly Measured[]): string[] {
  const open = measured.map(({ report }) => report.findings.filter((finding) => finding.suppressed === null));
  const rules = [...new Set(open.flat().map((finding) => finding.rule))].sort();
  const head = measured.map(({ service }) => service);
  const rows = rules.map((rule) => {
    const counts = open.map((findings) => findings.filter((finding) => finding.rule === rule).length);
    return `| \`${rule}\` | ${counts.map((count) => count || '').join(' | ')} |`;
  });
  return [
    '## Findings by rule',
    '',
    `| rule | ${head.join(' | ')} |`,
    `|---|${head.map(() => '--:').join('|')}|`,
    ...rows,
    '',
  ];
}

function judged(measured: readonly Measured[], readings: readonly HandReading[]): string[] {
  const present = new Map(
    measured.flatMap(({ service, report }) =>
      report.findings.map((finding) => [`${service} ${finding.fingerprint}`, finding.severity] as const),
    ),
  );
  const severityNow = (service: string, { fingerprint }: HandReading): string =>
    present.get(`${service} ${fingerprint}`) ?? '';
  const own = measured.map((one) => {
    const isSerious = (reading: HandReading): boolean =>
      ['error', 'warning'].includes(severityNow(one.service, reading));
    const read = readings.filter((reading) => reading.service === one.service);
    return {
      service: one.service,
      now: read.filter(isSerious),
      gone: read.filter((reading) => !isSerious(reading)),
    };
  });
  const lines = [
    '## Read by hand',
    '',
    'Errors and warnings, each held against the code and the contract and judged one by one: at least two of every rule, the others',
    'in proportion, taken at a fixed stride (`--sample 26`) and not by choice. Each one stands with its reason in',
    '`test/accuracy/readings`. Findings that were judged wrong and have gone since are counted apart.',
    '',
    '| service | errors read | right | warnings read | right | judged earlier, no longer an error or a warning |',
    '|---|--:|--:|--:|--:|---|',
  ];
  for (const { service, now, gone } of own) {
    const right = (list: readonly HandReading[]): number =>
      list.filter((reading) => reading.verdict === 'right').length;
    const errors = now.filter((reading) => severityNow(service, reading) === 'error');
    const warnings = now.filter((reading) => severityNow(service, reading) === 'warning');
    const cells = [
      service,
      errors.length,
      share(right(errors), errors.length),
      warnings.length,
      share(right(warnings), warnings.length),
      gone.length === 0 ? '' : `${gone.length} (${gone.length - right(gone)} wrong, ${right(gone)} right)`,
    ];
    lines.push(`| ${cells.join(' | ')} |`);
  }
  const wrong = own.flatMap(({ service, now }) =>
    now
      .filter((reading) => reading.verdict === 'wrong')
      .map((one) => `- ${service}, \`${one.rule}\`, ${one.operation ?? one.subject}: ${one.note}`),
  );
  return [...lines, '', ...(wrong.length === 0 ? [] : ['Wrong, and why:', '', ...wrong, ''])];
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
