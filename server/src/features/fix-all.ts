// Owns the repair of a whole file at once: which of the offers for it need nobody's judgement, and the one edit that makes them all.
// It must not know a protocol.

import { applyTextEdits, differenceOf } from '../contract/edit/text-edit.ts';
import type { Finding, FixOffer } from '../findings/finding.ts';
import type { FileEdit } from '../fixes/recipe.ts';
import { canRepair, repair } from '../fixes/repair.ts';
import type { Analysis } from './analysis.ts';
import { type Side, truthOf } from './truth.ts';

/** Repairs that take something away, or that somebody has to go on with: they are never made unasked. */
const deliberate = new Set(['declare-open', 'remove-entry', 'remove-property', 'scaffold-handler', 'insert-link']);

/**
 * One edit of a file that makes every repair in it that needs no judgement; undefined when there is none. That are those that
 * change nothing for anybody, and, where somebody said which side is right, the only repair of the other side of a proved finding.
 */
export function fixAll(analysis: Analysis, file: string, truth?: Side): FileEdit | undefined {
  const read = analysis.files.read(file);
  if (!('text' in read)) return undefined;
  const offers = new Map<string, FixOffer>();
  for (const { findings } of analysis.projects) {
    for (const finding of findings) {
      if (finding.suppressed || finding.fixes.length === 0) continue;
      for (const offer of safeOffers(finding, truthOf(analysis, finding, truth)).flatMap(apart)) {
        if (offer.data.file === file) offers.set(JSON.stringify([offer.id, offer.data]), offer);
      }
    }
  }
  let { text } = read;
  for (const offer of inOrder([...offers.values()])) text = repaired(file, text, offer) ?? text;
  const difference = differenceOf(read.text, text);
  return difference && { file, edits: [difference] };
}

/** A repair of several places as one of each, since other repairs may lie between them. */
function apart(offer: FixOffer): FixOffer[] {
  const { edits } = offer.data;
  if (offer.id !== 'replace-texts' || !Array.isArray(edits)) return [offer];
  return edits.map((data: FixOffer['data']) => ({ ...offer, id: 'replace-text', data }));
}

/** What names an offset is made from the end of the text on, so that no repair moves another's place; what names a section comes after. */
function inOrder(offers: readonly FixOffer[]): readonly FixOffer[] {
  const offsetOf = ({ data }: FixOffer): number => (typeof data.offset === 'number' ? data.offset : -1);
  return [...offers].sort((a, b) => offsetOf(b) - offsetOf(a));
}

function safeOffers(finding: Finding, truth: Side | undefined): readonly FixOffer[] {
  const offers = finding.fixes.filter(canRepair);
  const safe = offers.filter(({ safety }) => safety === 'safe');
  if (safe.length > 0 || truth === undefined || finding.confidence !== 'proved') return safe;
  const wrong = offers.filter(({ side }) => side !== truth);
  // Between two repairs of one side somebody has to choose.
  return wrong.length === 1 && !deliberate.has(wrong[0]!.id) ? wrong : [];
}

/** The text after an offer; undefined when it is refused. Each reads what the one before has written, so that edits never overlap. */
function repaired(file: string, text: string, offer: FixOffer): string | undefined {
  const result = repair(offer, (path) => (path === file ? text : undefined));
  if ('refused' in result || result.files.some((edit) => edit.file !== file)) return undefined;
  return applyTextEdits(
    text,
    result.files.flatMap(({ edits }) => edits),
  );
}
