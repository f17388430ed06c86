// Owns the card of a contract tag: the section that it names, whether that is still what was pinned, and what changed since.
// It must not know a protocol. Every text of a contract is escaped: see `markdown.ts`.

import type { FileSource, History } from '../base/host.ts';
import type { ContractLink, LinkedSection } from '../links/model.ts';
import type { HoverLinks } from './hover.ts';
import type { Say } from './language/speak.ts';
import { escapeMarkdown, inlineCode, link as linkTo } from './markdown.ts';
import { changesSince, type SectionChanges } from './section-changes.ts';

/** What the card of a link needs beside the link. */
export interface LinkSurroundings {
  readonly files: FileSource;
  /** The past of the repository that a folder lies in; undefined where there is none. */
  readonly history: (folder: string) => History | undefined;
  readonly today: string;
}

const mostChanges = 8;

/** The text about a link; the card of its operation, when it names one, stands below it. */
export function linkText(link: ContractLink, links: HoverLinks, around: LinkSurroundings): string {
  const { resolution } = link;
  const { say } = links;
  switch (resolution.kind) {
    case 'unknown':
      return say('Nothing can be said of this link: no contract that could answer was read in full.');
    case 'broken': {
      const near = resolution.nearest.map((name) => inlineCode(name)).join(', ');
      return near === '' ? say('This link leads nowhere.') : say(`This link leads nowhere. Near: ${near}`);
    }
    case 'ambiguous':
      return say(
        `Several contracts answer: ${resolution.sections.map((section) => sectionLink(section, links)).join(', ')}`,
      );
    case 'found': {
      const caption = resolution.section.caption();
      const lines = [`**${inlineCode(resolution.name)}** · ${sectionLink(resolution, links)}`];
      // The card of a whole operation says it again.
      if (caption !== undefined && resolution.name !== resolution.operation?.key) lines.push(escapeMarkdown(caption));
      const pinned = pinText(link, resolution, around, say);
      if (pinned !== undefined) lines.push(pinned);
      return lines.join('\n\n');
    }
  }
}

function sectionLink({ section, contract }: LinkedSection, links: HoverLinks): string {
  const { file } = section.place;
  const name = file.slice(file.lastIndexOf('/') + 1);
  return `${linkTo(escapeMarkdown(name), links.placeTarget(section.keyPlace))} · ${escapeMarkdown(contract.title)} ${escapeMarkdown(contract.version)}`;
}

function pinText({ tag }: ContractLink, found: LinkedSection, around: LinkSurroundings, say: Say): string | undefined {
  if (!tag.pin) return undefined;
  const now = found.section.pin();
  if (now === undefined)
    return say('Whether the section is still what was pinned cannot be said: a part of it cannot be read.');
  if (now === tag.pin.value) return say('The section is what it was when this link was pinned.');
  const { file } = found.contract;
  const history = around.history(file.slice(0, file.lastIndexOf('/')));
  const since = history && changesSince(tag.pin.value, found, around.files, history, around.today);
  if (!since) return say(`The section has changed since this link was pinned: it is ${inlineCode(now)} now.`);
  return changesText(since, now, say);
}

function changesText({ date, subject, changes }: SectionChanges, now: string, say: Say): string {
  const since = `${escapeMarkdown(date)} (${escapeMarkdown(subject, 60)})`;
  const head = say(`The section has changed since ${since}: it is ${inlineCode(now)} now.`);
  if (changes.length === 0) return `${head}\n\n${say('Nothing changed that a client would notice.')}`;
  const items = changes
    .slice(0, mostChanges)
    .map(({ level, message }) => `- ${say(level)}: ${escapeMarkdown(message)}`);
  if (changes.length > mostChanges) items.push(`- ${say(`and ${changes.length - mostChanges} more`)}`);
  return `${head}\n\n${items.join('\n')}`;
}
