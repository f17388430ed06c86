// Owns how the tests of repairs on the code's side get from a small service to its offers, and from an offer to the repaired service.

import { applyTextEdits } from '../../server/src/contract/edit/text-edit.ts';
import type { Finding, FixOffer } from '../../server/src/findings/finding.ts';
import { repair } from '../../server/src/fixes/repair.ts';
import { runRules } from '../../server/src/rules/run.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { memoryFiles } from '../harness/memory-files.ts';

export type Texts = Readonly<Record<string, string>>;

/** Everything that is found in a service. */
export async function findingsIn(texts: Texts): Promise<readonly Finding[]> {
  const files = memoryFiles({ 'package.json': '{ "name": "service" }\n', ...texts });
  return runRules(await new Workspace().model(files), files);
}

/** The findings of one rule; fails the test when there are none. */
export async function foundBy(rule: string, texts: Texts): Promise<readonly Finding[]> {
  const all = await findingsIn(texts);
  const found = all.filter((finding) => finding.rule === rule);
  if (found.length === 0) throw new Error(`${rule} found nothing; there was ${all.map((one) => one.rule).join(', ')}`);
  return found;
}

export const codeOffers = (finding: Finding): readonly FixOffer[] =>
  finding.fixes.filter(({ side }) => side === 'code');

/** The service after an offer. Fails the test when the recipe refuses, as an offer that cannot be kept is none. */
export function after(texts: Texts, offer: FixOffer): Texts {
  const data = JSON.parse(JSON.stringify(offer.data)) as Record<string, unknown>;
  const nameOf = (file: string): string => file.replace(/^\/workspace\//, '');
  const made = repair({ id: offer.id, data }, (file) => texts[nameOf(file)]);
  if ('refused' in made) throw new Error(`refused: ${made.refused}`);
  const changed = made.files.map(({ file, edits }) => [nameOf(file), applyTextEdits(texts[nameOf(file)] ?? '', edits)]);
  return { ...texts, ...(Object.fromEntries(changed) as Texts) };
}

/** The service after the only offer on the code's side for the first finding of a rule, which has to be gone then. */
export async function repairedBy(
  rule: string,
  texts: Texts,
): Promise<{ readonly title: string; readonly texts: Texts }> {
  const [finding] = await foundBy(rule, texts);
  const [offer, ...others] = codeOffers(finding!);
  if (!offer || others.length > 0) throw new Error(`one offer was expected: ${JSON.stringify(finding!.fixes)}`);
  const repaired = after(texts, offer);
  const left = await findingsIn(repaired);
  const still = left.filter((one) => one.fingerprint === finding!.fingerprint || one.severity === 'error');
  if (still.length > 0) throw new Error(`left after the repair: ${still.map(({ message }) => message).join('\n')}`);
  return { title: offer.title, texts: repaired };
}
