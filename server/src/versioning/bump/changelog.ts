// Owns the entry that a version gets in a changelog (keepachangelog.com): grouped by level, with links to the operations.
// It must not know files.

import type { Change } from '../change.ts';
import type { Level } from '../changes/row.ts';

export interface EntryOptions {
  readonly version: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** A link to where an operation or place stands, relative to the changelog. */
  readonly link: (change: Change) => string | undefined;
}

const titles: readonly (readonly [Level, string])[] = [
  ['breaking', 'Breaking'],
  ['risky', 'Risky'],
  ['compatible', 'Compatible'],
  ['documentation', 'Documentation'],
];

/** The entry of a version, with a line break at its end. */
export function changelogEntry(changes: readonly Change[], options: EntryOptions): string {
  const lines = [`## [${options.version}] - ${options.date}`, ''];
  for (const [level, title] of titles) {
    const found = changes.filter((change) => change.level === level);
    if (found.length === 0) continue;
    lines.push(`### ${title}`, '', ...found.map((change) => line(change, options)), '');
  }
  return `${lines.join('\n')}\n`;
}

function line(change: Change, options: EntryOptions): string {
  const link = options.link(change);
  const { operation, operations } = change;
  const [first, ...more] =
    operation === null ? operations : [operation, ...operations.filter((one) => one !== operation)];
  const named = first === undefined ? '' : escaped(first);
  const target = named === '' ? '' : link === undefined ? named : `[${named}](${link})`;
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  const where = target === '' ? '' : ` (${target}${others})`;
  return `- ${change.message.replace(/\s+/g, ' ')}${where}: \`${change.subject.replaceAll('`', "'")}\``;
}

const escaped = (text: string): string => text.replace(/([\\[\]*_`<>])/g, '\\$1');

/** A changelog with an entry above all that are there, below what is unreleased. An entry of the same version is never made twice. */
export function withEntry(text: string, entry: string, version: string): string | undefined {
  const heading = new RegExp(`^## \\[?${version.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\]?(?:\\s|$)`, 'm');
  if (heading.test(text)) return undefined;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const written = entry.replaceAll('\n', eol);
  const headings = [...text.matchAll(/^## .*$/gm)];
  const first = headings.find((match) => !/^## \[?unreleased\]?/i.test(match[0]));
  if (first) return `${text.slice(0, first.index)}${written}${text.slice(first.index)}`;
  const body = text.trimEnd();
  return `${body}${body === '' ? '' : eol + eol}${written}`;
}

/** A changelog that holds nothing yet. */
export const emptyChangelog = '# Changelog\n\n';
