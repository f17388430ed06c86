// Owns walking the files that a contract reaches, and every reference among them that cannot be followed.
// It must not know operations.

import type { ContractPlace, ContractProblem } from '../model.ts';
import type { ContractDocument } from './document.ts';
import type { WrittenReference } from './reference-scan.ts';
import type { References, Refused } from './references.ts';
import { quoted, referenceOf } from './references.ts';

/** A contract with more unresolvable references than this has one cause, not many. */
const mostProblems = 200;

/** A file that a contract reaches, and how it was first reached. */
export interface ReachedDocument {
  readonly document: ContractDocument;
  /** The document that names it and the reference's text; undefined for the root. */
  readonly from?: { readonly document: ContractDocument; readonly text: string };
}

/** Every file that the root document reaches, itself first, in the order in which they are found. */
export function reachedDocuments(
  root: ContractDocument,
  references: References,
  overlays: readonly ContractDocument[] = [],
): ReachedDocument[] {
  const reached = new Map<string, ReachedDocument>(
    [root, ...overlays].map((document) => [document.file, { document }]),
  );
  for (const { document } of reached.values()) {
    if (!document.mayReachOthers) continue;
    for (const text of document.referenceTexts()) {
      if (text.startsWith('#')) continue;
      const target = references.documentOf(document.home, text);
      if (target && !reached.has(target.file)) {
        reached.set(target.file, { document: target, from: { document, text } });
      }
    }
  }
  return [...reached.values()];
}

/** The references that lead from the root to a file, in this order; none for the root and for files that are not reached. */
export function wayTo(file: string, reached: readonly ReachedDocument[]): ContractPlace[] {
  const way: ContractPlace[] = [];
  let step = reached.find(({ document }) => document.file === file);
  while (step?.from) {
    const { document, text } = step.from;
    const written = document.references().find((reference) => reference.text === text);
    if (written) {
      const { pointer, start, end } = written;
      way.unshift({ file: document.file, pointer, start, end });
    }
    step = reached.find((one) => one.document === document);
  }
  return way;
}

/** One problem for every place in a document whose reference cannot be followed. */
export function findReferenceProblems(document: ContractDocument, references: References): ContractProblem[] {
  if (references.hasNames(document)) return namedReferenceProblems(document, references);
  const failures = new Map<string, Refused>();
  for (const text of document.referenceTexts()) {
    const failure = document.leadsSomewhere(text) ? undefined : failureOf(document.home, text, references);
    if (failure) failures.set(text, failure);
  }
  // Where references stand is only asked when one of them is wrong: there are tens of thousands in a large contract.
  if (failures.size === 0) return [];
  const wrong = document.references().filter((written) => failures.has(written.text) && isShown(document, written));
  return wrong.slice(0, mostProblems).map((written): ContractProblem => {
    const { pointer, start, end, text } = written;
    return { ...failures.get(text)!, place: { file: document.file, pointer, start, end } };
  });
}

/** Whether a reference is still there once overlays were applied. */
function isShown(document: ContractDocument, { pointer, text }: WrittenReference): boolean {
  if (!document.isAmended) return true;
  const node = document.at(pointer);
  return node?.file === document.file && node.text === text;
}

/** The same where schemas name themselves: what a text means depends on where it stands, so that every place is asked. */
function namedReferenceProblems(document: ContractDocument, references: References): ContractProblem[] {
  const problems: ContractProblem[] = [];
  for (const { pointer, start, end } of document.references()) {
    const reference = document.at(pointer);
    if (!reference || problems.length === mostProblems) continue;
    const target = references.target(reference);
    const followed = 'node' in target ? references.follow(target.node) : target;
    const cycle = 'problem' in followed && (followed === target || followed.problem.kind === 'reference-cycle');
    if (!cycle) continue;
    const { kind, message } = followed.problem;
    problems.push({ kind, message, place: { file: document.file, pointer, start, end } });
  }
  return problems;
}

function failureOf(file: string, text: string, references: References): Refused | undefined {
  const found = references.find(file, text);
  if (!('node' in found)) return found;
  if (!referenceOf(found.node)) return undefined;
  // A chain that breaks further on is reported where it breaks; one that comes back is wrong everywhere.
  const followed = references.follow(found.node);
  const cycle = 'problem' in followed && followed.problem.kind === 'reference-cycle';
  return cycle ? { kind: 'reference-cycle', message: `The reference ${quoted(text)} leads back to itself` } : undefined;
}
