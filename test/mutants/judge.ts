// Owns the verdict on a mutant: what the engine says about it beyond what it says about the contract as it is.
// It must not know how mutants are made.

import { join } from 'node:path';
import type { Finding } from '../../server/src/findings/finding.ts';
import { type AgreeingService, mutantsOf } from './catalogue.ts';
import { codeMutantsOf } from './code-mutations.ts';
import { read, write } from './document.ts';
import { lineOf, Session } from './engine.ts';
import type { Expectation, Mutant } from './mutation.ts';

export type Verdict = 'killed' | 'others fired' | 'silent';

export interface Judged {
  readonly service: string;
  readonly framework: string;
  readonly mutant: Mutant;
  readonly verdict: Verdict;
  /** What was said, one line per new finding. */
  readonly said: readonly string[];
}

/** Judges all mutants of a service, or every `step`-th of them. `service.folder` is relative to `root`. */
export async function judge(root: string, service: AgreeingService, step = 1): Promise<Judged[]> {
  const session = new Session(join(root, service.folder));
  const file = join(root, service.folder, service.contract);
  const document = read(session.text(file));
  const known = new Set((await session.check()).findings.map(identity));
  const judged: Judged[] = [];
  const inCode = codeMutantsOf(service.folder, document, (name) => session.text(join(root, service.folder, name)));
  for (const mutant of [...mutantsOf(document, service), ...inCode].filter((_, index) => index % step === 0)) {
    const texts = [...(mutant.texts ?? [])].map(([name, text]) => [join(root, service.folder, name), text] as const);
    // A contract that is not changed keeps its own handwriting.
    const { findings } = await session.check(new Map(mutant.texts ? texts : [[file, write(file, mutant.document)]]));
    // What is written into one operation leaves the shared original unused, which is the mutation's doing.
    const fresh = findings.filter((finding) => finding.family !== 'contract' && !known.has(identity(finding)));
    judged.push({
      service: service.folder,
      framework: service.framework,
      mutant,
      verdict: verdictOf(fresh, mutant.expected),
      said: fresh.map(lineOf),
    });
  }
  return judged;
}

function verdictOf(fresh: readonly Finding[], expected: Expectation): Verdict {
  if (fresh.length === 0) return 'silent';
  const isBeside = (finding: Finding) => finding.operation === null && expected.beside?.includes(finding.rule);
  const own = fresh.filter((finding) => !isBeside(finding));
  return own.length > 0 && own.every((finding) => fits(finding, expected)) ? 'killed' : 'others fired';
}

/** The right rule, about the right operation and thing, with the place in the contract where that operation stands. */
function fits(finding: Finding, expected: Expectation): boolean {
  if (!expected.rules.includes(finding.rule) || !expected.operations.includes(finding.operation)) return false;
  if (!isPlaced(finding)) return false;
  const { subject } = finding;
  return (
    !expected.subjects ||
    expected.subjects.some((wanted) => {
      const [a, b] = [wanted.toLowerCase(), subject.toLowerCase()];
      return a === b || (b.startsWith(a) && /^[.[]/.test(b.slice(a.length)));
    })
  );
}

function isPlaced(finding: Finding): boolean {
  if (finding.operation === null) return finding.code !== null || finding.contract !== null;
  const [method = '', path = ''] = finding.operation.split(' ');
  const pointer = `/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const at = finding.contract?.pointer ?? '';
  // Security and media types may be declared for the whole document, and the version always is.
  const whole = /^\/(security|produces|consumes|info\/version)/.test(at);
  return at === pointer || at.startsWith(`${pointer}/${method.toLowerCase()}`) || whole;
}

function identity(finding: Finding): string {
  return finding.fingerprint;
}

/** Rows per kind of mutation, or per framework, and the sum in the last one. */
export interface Row {
  readonly about: string;
  readonly mutants: number;
  readonly killed: number;
  readonly others: number;
  readonly silent: number;
}

export function tabulate(judged: readonly Judged[], by: 'mutation' | 'framework' = 'mutation'): Row[] {
  const of = (one: Judged) => (by === 'mutation' ? one.mutant.kind : one.framework);
  const names = [...new Set(judged.map(of))].sort();
  const row = (about: string, list: readonly Judged[]): Row => ({
    about,
    mutants: list.length,
    killed: list.filter(({ verdict }) => verdict === 'killed').length,
    others: list.filter(({ verdict }) => verdict === 'others fired').length,
    silent: list.filter(({ verdict }) => verdict === 'silent').length,
  });
  const rows = names.map((name) =>
    row(
      name,
      judged.filter((one) => of(one) === name),
    ),
  );
  return [...rows, row('all', judged)];
}
