// Owns the renaming of an operation: its `operationId` in the contract, what names it there, and every tag that says it.
// It must not know a protocol.

import type { Place } from '../base/place.ts';
import type { Contract, Operation } from '../contract/model.ts';
import type { FileEdit } from '../fixes/recipe.ts';
import { readTarget } from '../links/resolve.ts';
import type { Analysis } from './analysis.ts';
import { usesRenamed } from './contract-navigation.ts';
import { linksTo, operationIdPlace, operationOf, routesOf, type Subject, subjectAt } from './subject.ts';

export type Renaming = { readonly place: Place; readonly name: string } | { readonly refused: string };

/** What can be renamed at an offset: an `operationId` in a contract, or in a tag. */
export function renamingAt(analysis: Analysis, file: string, offset: number): Renaming | undefined {
  const subject = subjectAt(analysis, file, offset);
  const place = wordOf(analysis, subject);
  const meant = operationOf(subject);
  if (!place || !meant?.operation.operationId) return undefined;
  if (offset < place.start || offset > place.end) return undefined;
  const router = routesOf(analysis, meant.operation).find((route) => route.operationId !== undefined);
  if (router)
    return {
      refused: `${router.framework} finds the handler by this name, so that the contract alone cannot change it`,
    };
  return { place, name: meant.operation.operationId };
}

/** The edits that give the operation another name, or why there are none. */
export function renameEdits(
  analysis: Analysis,
  file: string,
  offset: number,
  name: string,
): { readonly files: readonly FileEdit[] } | { readonly refused: string } {
  const renaming = renamingAt(analysis, file, offset);
  const meant = operationOf(subjectAt(analysis, file, offset));
  if (!renaming || !meant) return { refused: 'there is no operationId here' };
  if ('refused' in renaming) return renaming;
  if (!/^[A-Za-z_$][\w$.-]*$/.test(name)) return { refused: `"${name}" is no operationId that a tag could name` };
  const { contract, operation } = meant;
  if (contract.operations.some((one) => one !== operation && one.operationId === name))
    return { refused: `the contract has an operation ${name} already` };
  const edits = new Map<string, { start: number; end: number; text: string }[]>();
  const add = (place: Place, text = name): void => {
    const known = edits.get(place.file) ?? [];
    if (known.some((edit) => edit.start === place.start)) return;
    known.push({ start: place.start, end: place.end, text });
    edits.set(place.file, known);
  };
  const declared = declaredWord(analysis, contract, operation);
  if (!declared) return { refused: 'the operationId is not written out in the contract' };
  add(declared);
  for (const use of usesRenamed(analysis, declared, name)) add(use, use.text);
  for (const { link } of linksTo(analysis, operation)) {
    const target = readTarget(link.tag.target);
    if (target.form !== 'operation') continue;
    const { start } = link.tag.targetSpan;
    add({ file: link.file, start, end: start + target.operationId.length });
  }
  return { files: [...edits].map(([path, list]) => ({ file: path, edits: list })) };
}

/** The operation's name where the cursor stands. */
function wordOf(analysis: Analysis, subject: Subject | undefined): Place | undefined {
  if (subject?.kind === 'operation' && subject.named)
    return declaredWord(analysis, subject.contract, subject.operation);
  if (subject?.kind !== 'link') return undefined;
  const { tag, file } = subject.link;
  const target = readTarget(tag.target);
  if (target.form !== 'operation') return undefined;
  return { file, start: tag.targetSpan.start, end: tag.targetSpan.start + target.operationId.length };
}

/** The `operationId`'s value without its quotes; undefined when it is written in another way than it reads. */
function declaredWord(analysis: Analysis, contract: Contract, operation: Operation): Place | undefined {
  const place = operationIdPlace(contract, operation);
  if (!place) return undefined;
  const read = analysis.files.read(place.file);
  const written = 'text' in read ? read.text.slice(place.start, place.end) : '';
  const at = written.indexOf(operation.operationId!);
  if (at === -1 || written.replace(/^["']|["']$/g, '') !== operation.operationId) return undefined;
  return { file: place.file, start: place.start + at, end: place.start + at + operation.operationId!.length };
}
