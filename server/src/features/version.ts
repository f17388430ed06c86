// Owns what an editor says at `info.version`: how the contract stands against its baseline, what it calls for, and the line of versions
// before it. It must not know a protocol. Every text of a contract or a commit is escaped: see `markdown.ts`.

import type { StandingChange, VersionGap, VersionStanding } from '../contract/model.ts';
import { promiseText, type Release } from '../versioning/lineage.ts';
import type { Analysis } from './analysis.ts';
import type { Say } from './language/speak.ts';
import { cellCode, escapeMarkdown, inlineCode, link } from './markdown.ts';

/** What stands at the version of a contract: how it compares, or why it is compared with nothing. */
export type VersionState =
  | { readonly kind: 'standing'; readonly standing: VersionStanding }
  | { readonly kind: 'gap'; readonly gap: VersionGap };

/** The line of versions as far as it is known: `reading` while git is being asked. */
export type LineageSeen = readonly Release[] | 'reading' | { readonly failure: string };

/** Every contract of an analysis with its state, in order. */
export function versionStates(analysis: Analysis): readonly VersionState[] {
  return analysis.projects.flatMap(({ standings, gaps }) => [
    ...standings.map((standing): VersionState => ({ kind: 'standing', standing })),
    ...gaps.map((gap): VersionState => ({ kind: 'gap', gap })),
  ]);
}

export const subjectOf = (state: VersionState): VersionStanding | VersionGap =>
  state.kind === 'standing' ? state.standing : state.gap;

/** The contract whose version stands on the line of an offset. */
export function versionAt(analysis: Analysis, file: string, offset: number): VersionState | undefined {
  const lines = analysis.lines(file);
  const lineOf = (at: number): number | undefined => lines?.position(at).line;
  return versionStates(analysis).find((state) => {
    const { place } = subjectOf(state);
    return place.file === file && lineOf(place.start) === lineOf(offset);
  });
}

/** What the lens above the version says; undefined where nobody expects a word. */
export function versionLens(state: VersionState, say: Say): string | undefined {
  if (state.kind === 'gap') return state.gap.expected ? say(`no baseline: ${state.gap.why}`) : undefined;
  const { base, changes, suggested, kept, needed, unread, version } = state.standing;
  const name = say(`since ${base.name}`);
  const doubt = unread.length > 0 ? ` ${say('(not everything could be read)')}` : '';
  const counts = (['breaking', 'risky', 'compatible'] as const).flatMap((level) => {
    const count = changes.filter((change) => change.level === level).length;
    return count === 0 ? [] : [`${count} ${say(level)}`];
  });
  if (counts.length === 0)
    return `${changes.length === 0 ? say('no change') : say('only documentation changed')} ${name}${doubt}`;
  const head = `${counts.join(', ')} ${name}${doubt}`;
  if (kept === null || needed === 'none') return head;
  if (kept) return version === base.version ? head : `${head}, ${say(`said by ${version}`)}`;
  return suggested === null
    ? `${head}, ${say(`calls for a ${needed} version`)}`
    : `${head}, ${say(`calls for ${suggested}`)}`;
}

export interface CardLinks {
  readonly say: Say;
  /** The address at which a changed place opens; undefined when it has none. */
  readonly changeTarget: (change: StandingChange) => string | undefined;
  /** The address that compares the contract with its baseline; undefined where nothing can show it. */
  readonly compareTarget?: string;
}

/** Changes that a card names; the rest are counted. */
const mostChanges = 12;

/** The card over a version. */
export function versionCard(state: VersionState, lineage: LineageSeen | undefined, links: CardLinks): string {
  const parts = state.kind === 'gap' ? gapParts(state.gap, links.say) : standingParts(state.standing, links);
  if (lineage !== undefined) parts.push(...lineageParts(lineage, links.say));
  return parts.join('\n\n');
}

function gapParts(gap: VersionGap, say: Say): string[] {
  return [
    say(`**Version ${inlineCode(gap.version)}** is held against nothing: ${escapeMarkdown(gap.why)}.`),
    say('Without a baseline nothing is known of what changed.'),
  ];
}

function standingParts(standing: VersionStanding, links: CardLinks): string[] {
  const { base, version, changes, suggested, needed, kept, notes, unread } = standing;
  const { say } = links;
  const compare = links.compareTarget === undefined ? '' : ` · ${link(say('Compare'), links.compareTarget)}`;
  const commit = base.commit === null ? '' : `, ${inlineCode(base.commit.slice(0, 8))}`;
  const what = changes.length === 0 ? say('No change') : capital(standing.summary);
  const head = `**${what}** ${say(`since ${escapeMarkdown(base.name)}`)} (${inlineCode(base.version)}${commit})${compare}`;
  const parts = [head];
  if (needed !== 'none') {
    const next = suggested === null ? say(`calls for a ${needed} version`) : say(`calls for ${inlineCode(suggested)}`);
    const verdict =
      kept === null
        ? say('whether the version says so cannot be told')
        : kept
          ? say(`${inlineCode(version)} says so`)
          : say(`${inlineCode(version)} does not say so`);
    parts.push(`${capital(next)}; ${verdict}.`);
  }
  const shown = changes.slice(0, mostChanges).map((change) => changeLine(change, links));
  if (changes.length > mostChanges) shown.push(`- ${say(`and ${changes.length - mostChanges} more`)}`);
  if (shown.length > 0) parts.push(shown.join('\n'));
  parts.push(...notes.map((note) => escapeMarkdown(note)));
  if (unread.length > 0) {
    const texts = unread.slice(0, 3).map((text) => `- ${escapeMarkdown(text)}`);
    parts.push(`${say('Not everything could be read, so that silence proves nothing:')}\n\n${texts.join('\n')}`);
  }
  return parts;
}

function changeLine(change: StandingChange, links: CardLinks): string {
  const target = links.changeTarget(change);
  const words = escapeMarkdown(change.message);
  const { say } = links;
  const where = change.operation === null ? '' : ` in ${inlineCode(change.operation)}`;
  const witness = change.witness === undefined ? '' : `, ${say(`for instance ${inlineCode(change.witness)}`)}`;
  const voice = change.voice ? `; ${escapeMarkdown(change.voice.text)}` : '';
  return `- ${say(change.level)}: ${target === undefined ? words : link(words, target)}${where} (${inlineCode(change.subject)})${witness}${voice}`;
}

function lineageParts(lineage: LineageSeen, say: Say): string[] {
  if (lineage === 'reading') return [say('Versions before this one: the history is still being read.')];
  if ('failure' in lineage) return [say(`Versions before this one are not known: ${escapeMarkdown(lineage.failure)}.`)];
  if (lineage.length === 0) return [say('No commit has this contract.')];
  const rows = lineage.map((release) => {
    const cells = [
      cellCode(release.version || say('none')),
      release.last.date,
      cellCode(release.last.hash.slice(0, 8)),
      release.level === null ? say('the first seen') : say(release.level),
      promiseText(release),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [[say('| version | date | commit | changes | number |'), '|---|---|---|---|---|', ...rows].join('\n')];
}

/** What the changes are and what they call for, as a sentence without a full stop. */
export function verdictOf({ summary, needed, suggested, kept, version, base }: VersionStanding): string {
  if (needed === 'none') return `${summary} since ${base.name}`;
  const next = suggested === null ? `a ${needed} version` : suggested;
  const said = kept === null ? '' : kept ? `, which ${version} is` : `, and the version is ${version}`;
  return `${summary} since ${base.name} (${base.version}) ${summary.startsWith('1 ') && summary.endsWith(' change') ? 'calls' : 'call'} for ${next}${said}`;
}

export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
