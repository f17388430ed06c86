// Owns which quick fixes an editor offers at a place, in which order, and what applying one changes.
// It must not know a protocol. Edits are made late, when somebody chooses the action.

import type { FileSource } from '../base/host.ts';
import { applyTextEdits, differenceOf } from '../contract/edit/text-edit.ts';
import type { Finding, FixOffer } from '../findings/finding.ts';
import type { FileEdit, ReadText, Repair } from '../fixes/recipe.ts';
import { canRepair, repair } from '../fixes/repair.ts';
import { entryOf } from '../registry/selection.ts';
import type { Analysis } from './analysis.ts';
import { findingsAt } from './find.ts';
import { pinAllActions } from './pin-all.ts';

export type { TextEdit } from '../contract/edit/text-edit.ts';
export type { FileEdit, Repair } from '../fixes/recipe.ts';

/** Something to offer. `offer` is plain JSON, so that it survives the way to the editor and back. */
export interface OfferedAction {
  readonly title: string;
  readonly kind: 'fix' | 'ignore' | 'explain';
  readonly offer?: Pick<FixOffer, 'id' | 'data'>;
  readonly rule: string;
  /** Findings that the action repairs. */
  readonly fingerprints: readonly string[];
  readonly preferred: boolean;
}

/** What stands in an ignore comment until somebody writes the reason; editors with snippets select it. */
export const reasonToWrite = 'accepted as it is';

/**
 * The actions for a span of a file: fixes first, then ignoring, then the explanation. `truth` is the side that is right where
 * the configuration does not say.
 */
export function actionsAt(
  analysis: Analysis,
  file: string,
  start: number,
  end: number,
  truth?: 'contract' | 'code',
): OfferedAction[] {
  const findings = findingsAt(analysis, file, start, end);
  const fixes = new Map<string, OfferedAction>();
  for (const finding of findings) {
    for (const offer of finding.fixes.filter(canRepair)) {
      const key = JSON.stringify([offer.id, offer.data]);
      const known = fixes.get(key);
      fixes.set(key, {
        title: titleOf(offer),
        kind: 'fix',
        offer: { id: offer.id, data: offer.data },
        rule: finding.rule,
        fingerprints: [...(known?.fingerprints ?? []), finding.fingerprint],
        preferred: known?.preferred === true || changesWrongSide(analysis, finding, offer, truth),
      });
    }
  }
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  return [
    ...fixes.values(),
    ...pinAllActions(analysis, file, findings),
    ...findings.flatMap((finding) => ignoreAction(finding, file)),
    ...rules.map((rule): OfferedAction => {
      const fingerprints = findings.filter((finding) => finding.rule === rule).map(({ fingerprint }) => fingerprint);
      return { title: `Explain ${rule}`, kind: 'explain', rule, fingerprints, preferred: false };
    }),
  ];
}

/** The edits of an offer on the current texts. */
export function editsOf(offer: Pick<FixOffer, 'id' | 'data'>, files: FileSource): Repair {
  return repair(offer, readerOf(files));
}

/** One edit of a file that applies every safe fix of its findings on its own side; undefined when there is none. */
export function fixAll(analysis: Analysis, file: string): FileEdit | undefined {
  const before = readerOf(analysis.files)(file);
  if (before === undefined) return undefined;
  const done = new Set<string>();
  let text = before;
  for (const { findings } of analysis.projects) {
    for (const finding of findings) {
      if (finding.suppressed || finding.fixes.length === 0) continue;
      for (const offer of finding.fixes.filter((one) => one.safety === 'safe' && canRepair(one))) {
        const key = JSON.stringify([offer.id, offer.data]);
        if (done.has(key) || offer.data.file !== file) continue;
        done.add(key);
        // Each recipe reads what the one before has written, so that their edits can never overlap.
        const result = repair(offer, (path) => (path === file ? text : undefined));
        if ('refused' in result) continue;
        const edits = result.files.find((edit) => edit.file === file)?.edits ?? [];
        text = applyTextEdits(text, edits);
      }
    }
  }
  const difference = differenceOf(before, text);
  return difference && { file, edits: [difference] };
}

function readerOf(files: FileSource): ReadText {
  return (path) => {
    const read = files.read(path);
    return 'text' in read ? read.text : undefined;
  };
}

/** Every fix says which side it changes, because guessing which side is right is not ours to do. */
function titleOf(offer: FixOffer): string {
  if (/^(?:contract|code):/i.test(offer.title)) return offer.title;
  const side = offer.side === 'contract' ? 'Contract' : 'Code';
  return `${side}: ${offer.title.charAt(0).toLowerCase()}${offer.title.slice(1)}`;
}

function ignoreAction(finding: Finding, file: string): OfferedAction[] {
  const place = [finding.code, finding.contract].find((one) => one?.file === file);
  if (!place) return [];
  const shared = { rule: finding.rule, fingerprints: [finding.fingerprint], kind: 'ignore' as const, preferred: false };
  const data = { file, offset: place.start, rule: finding.rule, reason: reasonToWrite };
  if (!/\.json[c5]?$/i.test(file)) {
    return [{ ...shared, title: `Ignore ${finding.rule} here`, offer: { id: 'ignore-comment', data } }];
  }
  const pointer = operationPointer(finding);
  if (pointer === undefined) return [];
  return [
    {
      ...shared,
      title: `Ignore ${finding.rule} for this operation`,
      offer: { id: 'ignore-comment', data: { ...data, pointer } },
    },
  ];
}

/** The operation's pointer, which the pointer of anything inside of it begins with. */
function operationPointer(finding: Finding): string | undefined {
  return /^\/paths\/[^/]*\/[^/]+/.exec(finding.contract?.pointer ?? '')?.[0];
}

/** Whether a fix changes the side that somebody named as the wrong one; without such a word no fix is better than another. */
function changesWrongSide(
  analysis: Analysis,
  finding: Finding,
  offer: FixOffer,
  fallback: 'contract' | 'code' | undefined,
): boolean {
  if (finding.contractRoot === null) return false;
  const project = analysis.projects.find(({ findings }) => findings.includes(finding));
  const truth = entryOf(project?.configuration, finding.contractRoot)?.sourceOfTruth ?? fallback;
  return truth !== undefined && truth !== offer.side;
}
