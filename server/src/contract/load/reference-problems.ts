// Owns walking the files that a contract reaches, and every reference among them that cannot be followed.
// It must not know operations.

import type { ContractProblem } from '../model.ts';
import type { ContractDocument } from './document.ts';
import type { OpenDocument, References } from './references.ts';
import { referenceOf } from './references.ts';

/** A contract with more unresolvable references than this has one cause, not many. */
const mostProblems = 200;

/** Anything in a text that may be a reference to another file: false means that there is none. */
const foreignReference = /\$ref["']?\s*:\s*(?:[>|][-+]?\s*)?["']?(?!["'#\s])./;

/** Whether a document can refer to other files at all; cheap, and true when in doubt. */
export const mayReachOthers = (document: ContractDocument): boolean =>
  foreignReference.test(document.text) || /\\u0024|\\x24/.test(document.text);

/** Every file that the root document reaches, itself first, in the order in which they are found. */
export function reachedDocuments(
  root: ContractDocument,
  references: References,
  open: OpenDocument,
): ContractDocument[] {
  const reached = new Map<string, ContractDocument>([[root.file, root]]);
  for (const document of reached.values()) {
    if (!mayReachOthers(document)) continue;
    for (const written of distinctTexts(document)) {
      if (written.text.startsWith('#')) continue;
      const reference = document.at(written.pointer);
      const target = reference && references.target(reference);
      if (!target || 'problem' in target || reached.has(target.node.file)) continue;
      const opened = open(target.node.file);
      if (!('failure' in opened)) reached.set(opened.file, opened);
    }
  }
  return [...reached.values()];
}

/** One problem for every place in a document whose reference cannot be followed. */
export function findReferenceProblems(document: ContractDocument, references: References): ContractProblem[] {
  const failures = new Map<string, ContractProblem | undefined>();
  for (const written of distinctTexts(document))
    failures.set(written.text, failureOf(document, written.pointer, references));
  const problems: ContractProblem[] = [];
  for (const written of document.references()) {
    const failure = failures.get(written.text);
    if (!failure) continue;
    const { pointer, start, end } = written;
    problems.push({ ...failure, place: { file: document.file, pointer, start, end } });
    if (problems.length >= mostProblems) break;
  }
  return problems;
}

function failureOf(document: ContractDocument, pointer: string, references: References): ContractProblem | undefined {
  const reference = document.at(pointer);
  if (!reference) return undefined;
  const target = references.target(reference);
  if ('problem' in target) return target.problem;
  if (!referenceOf(target.node) || !reference.parent) return undefined;
  const followed = references.follow(reference.parent);
  // A chain that breaks further on is reported where it breaks.
  return 'problem' in followed && followed.problem.kind === 'reference-cycle' ? followed.problem : undefined;
}

function distinctTexts(document: ContractDocument) {
  return new Map(document.references().map((written) => [written.text, written])).values();
}
