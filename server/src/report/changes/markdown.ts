// Owns the comparison as Markdown, for a pull request's comment or a changelog. It must not know files.

import { counted } from '../wording.ts';
import type { DiffReport, ReportedChange } from './model.ts';
import { levelOrder, reachText, sideText, verdictText, voiceText, witnessText } from './wording.ts';

/** Most changes of one level that a comment shows. */
const most = 200;

export function writeMarkdown(report: DiffReport): string {
  const lines = [
    '## Contract changes',
    '',
    `${plain(sideText(report.base))} → ${plain(sideText(report.revision))}`,
    '',
  ];
  lines.push(`**${plain(verdictText(report))}**`, '', ...report.bump.notes.flatMap((note) => [plain(note), '']));
  for (const level of levelOrder) {
    const changes = report.changes.filter((change) => change.level === level);
    if (changes.length === 0) continue;
    const quiet = level === 'documentation';
    const title = `${level.charAt(0).toUpperCase()}${level.slice(1)} (${changes.length})`;
    lines.push(...(quiet ? [`<details><summary>${title}</summary>`, ''] : [`### ${title}`, '']));
    for (const change of changes.slice(0, most)) lines.push(...entry(change));
    if (changes.length > most) lines.push(`- ${counted(changes.length - most, 'more change')}`);
    lines.push('', ...(quiet ? ['</details>', ''] : []));
  }
  for (const text of report.unread) lines.push(`> Not read: ${plain(text)}.`, '');
  return `${lines.join('\n').trimEnd()}\n`;
}

function entry(change: ReportedChange): string[] {
  const reach = reachText(change);
  const witness = witnessText(change);
  const voice = voiceText(change);
  return [
    `- ${sentence(change.message)} (${code(change.subject)}${reach === '' ? '' : ` in ${code(reach)}`}): ${plain(change.reason)}. ${code(change.id)}`,
    ...(witness === undefined ? [] : [`  - ${code(witness)}`]),
    ...(voice === undefined ? [] : [`  - ${plain(voice)}`]),
  ];
}

/** Inline code: no back-quotes or line breaks may leave it. */
export const code = (text: string): string => `\`${text.replaceAll('`', "'").replace(/\s+/g, ' ')}\``;

/** Keeps the code spans of a message and takes the meaning from everything else. */
export const sentence = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? code(part.slice(1, -1)) : plain(part)))
    .join('');

/** Text that no reader of Markdown takes for markup, a mention or a link. */
export const plain = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/([\\*_[\]|`#@])/g, '\\$1')
    .replace(/\s+/g, ' ');
