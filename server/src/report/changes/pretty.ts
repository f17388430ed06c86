// Owns the comparison as a person reads it at a terminal. It must not know files.

import pc from 'picocolors';
import type { Level } from '../../versioning/changes/row.ts';
import { counted, printable } from '../wording.ts';
import type { DiffReport, ReportedChange } from './model.ts';
import { levelOrder, reachText, sideText, verdictText, voiceText, witnessText } from './wording.ts';

export function writePretty(report: DiffReport, options: { readonly color: boolean; readonly most: number }): string {
  const paint = pc.createColors(options.color);
  const colors: Readonly<Record<Level, (text: string) => string>> = {
    breaking: paint.red,
    risky: paint.yellow,
    compatible: paint.green,
    documentation: paint.dim,
  };
  const lines = [`${sideText(report.base)} -> ${sideText(report.revision)}`, ''];
  let left = options.most;
  for (const level of levelOrder) {
    const changes = report.changes.filter((change) => change.level === level);
    if (changes.length === 0) continue;
    lines.push(colors[level](paint.bold(`${level} (${changes.length})`)));
    for (const change of changes.slice(0, left)) lines.push(...entry(change, paint.dim));
    const hidden = changes.length - Math.max(0, Math.min(left, changes.length));
    if (hidden > 0) lines.push(paint.dim(`  ${counted(hidden, 'more change')} not shown`));
    left -= changes.length;
    if (left < 0) left = 0;
    lines.push('');
  }
  lines.push(verdictText(report), ...report.bump.notes);
  for (const text of report.unread) lines.push(`Not read: ${text}.`);
  return `${lines.map(printable).join('\n')}\n`;
}

function entry(change: ReportedChange, dim: (text: string) => string): string[] {
  const place = change.revision ?? change.base;
  const where = place ? `${place.file}:${place.line}` : '';
  const reach = reachText(change);
  const witness = witnessText(change);
  const voice = voiceText(change);
  return [
    `  ${change.message} [${change.subject}]`,
    dim(`    ${[reach, where, change.id].filter((part) => part !== '').join(' \u00b7 ')}`),
    ...(change.level === 'documentation' ? [] : [dim(`    ${change.reason}`)]),
    ...(witness === undefined ? [] : [dim(`    ${witness}`)]),
    ...(voice === undefined ? [] : [`    ${voice}`]),
  ];
}
