// Owns what a hover says of certainty: whether an operation is verified, why not and what would help; and the same for a whole contract.
// It must not know a protocol. Every text of a contract is escaped: see `markdown.ts`.

import type { Binding, Governed } from '../workspace/model.ts';
import { type Analysis, isContractOnly } from './analysis.ts';
import type { HoverCard, HoverLinks } from './hover.ts';
import type { Say } from './language/speak.ts';
import { escapeMarkdown, link } from './markdown.ts';
import { openQuestions, verifiedShare } from './status.ts';

const most = 4;

/** Whether everything about an operation could be read, and what part of its contract that holds for. */
export function verifiedText(analysis: Analysis, binding: Binding, links: HoverLinks): string {
  const questions = openQuestions(analysis, binding);
  const governed = analysis.projects
    .flatMap(({ model }) => model.governed)
    .find(({ contract }) => contract === binding.contract);
  const { say } = links;
  const share = governed?.role === 'owned' ? ` ${shareText(analysis, governed, say)}` : '';
  if (questions.length === 0) return `${say('Verified: everything about it could be read.')}${share}`;
  const items = questions.slice(0, most).map(({ axis, meaning, hint, place }) => {
    const where = place ? ` (${link(say('there'), links.placeTarget(place))})` : '';
    return `- ${escapeMarkdown(say(axis))}: ${escapeMarkdown(say(meaning))}${where}. ${escapeMarkdown(say(hint))}`;
  });
  if (questions.length > most) items.push(`- ${say(`and ${questions.length - most} more`)}`);
  return `${say('Not fully verified.')}${share}\n\n${items.join('\n')}`;
}

/** The card of a whole contract, on the word that makes it one; undefined elsewhere. */
export function contractCardAt(
  analysis: Analysis,
  file: string,
  offset: number,
  links: HoverLinks,
): HoverCard | undefined {
  const governed = analysis.projects
    .flatMap(({ model }) => model.governed)
    .find(({ contract }) => contract.file === file);
  const read = analysis.files.read(file);
  if (!governed || !('text' in read)) return undefined;
  const word = /(?:^|[{,\n])[ \t]*["']?(openapi|swagger)["']?[ \t]*:/.exec(read.text.slice(0, 20_000));
  if (!word) return undefined;
  const start = word.index + word[0].indexOf(word[1]!);
  const place = { file, start, end: start + word[1]!.length };
  if (offset < place.start || offset > place.end) return undefined;
  const { contract, role } = governed;
  const { say } = links;
  const lines = [`**${escapeMarkdown(contract.title)}** ${escapeMarkdown(contract.version)}`];
  if (isContractOnly(analysis, contract)) lines.push(say('Code is not read here, because the workspace is virtual.'));
  else if (role !== 'owned') lines.push(say('Somebody else serves this contract.'));
  else {
    const { reasons } = verifiedShare(analysis, governed);
    lines.push(shareText(analysis, governed, say));
    const items = reasons.slice(0, 8).map(({ meaning, hint, operations, place: at }) => {
      const where = at ? `, ${link(say('first there'), links.placeTarget(at))}` : '';
      const count = operations.length === 1 ? say('1 operation') : say(`${operations.length} operations`);
      return `- ${count}: ${escapeMarkdown(say(meaning))}${where}. ${escapeMarkdown(say(hint))}`;
    });
    if (items.length > 0) lines.push(`${say('What could not be read:')}\n\n${items.join('\n')}`);
  }
  return { markdown: lines.join('\n\n'), place };
}

function shareText(analysis: Analysis, governed: Governed, say: Say): string {
  const { verified, operations } = verifiedShare(analysis, governed);
  return operations === 1
    ? say(`Verified ${verified} of 1 operation of the contract.`)
    : say(`Verified ${verified} of ${operations} operations of the contract.`);
}
