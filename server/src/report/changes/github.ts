// Owns the comparison as workflow commands of GitHub Actions, which become annotations. It must not know files.

import type { Level } from '../../versioning/changes/row.ts';
import type { DiffReport } from './model.ts';
import { reachText, verdictText, voiceText } from './wording.ts';

const commands: Readonly<Record<Level, string | undefined>> = {
  breaking: 'error',
  risky: 'warning',
  compatible: 'notice',
  documentation: undefined,
};

export function writeGithub(report: DiffReport): string {
  const lines = report.changes.flatMap((change) => {
    const command = commands[change.level];
    if (command === undefined) return [];
    const place = change.revision;
    const where = place ? `file=${property(place.file)},line=${place.line},` : '';
    const reach = reachText(change);
    const voice = voiceText(change);
    const said = voice === undefined ? '' : ` ${voice.charAt(0).toUpperCase()}${voice.slice(1)}.`;
    const text = `${change.message} [${change.subject}]${reach === '' ? '' : ` in ${reach}`}: ${change.reason}.${said}`;
    return [`::${command} ${where}title=${property(change.id)}::${data(text)}`];
  });
  const command = report.bump.kept === false ? 'warning' : 'notice';
  return `${[...lines, `::${command} title=${property('Contract version')}::${data(verdictText(report))}`].join('\n')}\n`;
}

/** Percent-encodes what would end a command's text. */
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
