// Owns how notices are written to standard error. It must not know where they come from.

import { relativeTo } from '../base/relative.ts';
import type { Notice } from '../report/presentation.ts';
import { printable } from '../report/wording.ts';
import type { Terminal } from './terminal.ts';

/** More than this many of one level say nothing new. */
const MOST = 10;

/** Writes the notices, the gravest first; the rest of a long list is only counted. With `quiet` nothing but errors is said. */
export function writeNotices(notices: readonly Notice[], root: string, terminal: Terminal, quiet: boolean): void {
  for (const level of ['error', 'warning', 'note'] as const) {
    if (quiet && level !== 'error') continue;
    const ofLevel = notices.filter((notice) => notice.level === level);
    for (const notice of ofLevel.slice(0, MOST)) terminal.stderr.write(`${noticeText(notice, root, terminal.cwd)}\n`);
    if (ofLevel.length > MOST) terminal.stderr.write(`${level}: and ${ofLevel.length - MOST} more of this kind\n`);
  }
}

function noticeText(notice: Notice, root: string, cwd: string): string {
  const file = notice.file === undefined ? '' : shownFrom(cwd, root, notice.file);
  const where =
    file === '' ? '' : `${file}${notice.line === undefined ? '' : `:${notice.line}:${notice.column ?? 1}`}: `;
  return printable(`${notice.level}: ${where}${notice.message}`);
}

/** A path of the report as somebody in `cwd` would write it; unchanged when the root does not lie there, and for addresses. */
export function shownFrom(cwd: string, root: string, file: string): string {
  if (/^https?:\/\//.test(file)) return file;
  const folder = relativeTo(cwd, root);
  if (folder === '.' || folder.startsWith('/') || folder.startsWith('..') || file.startsWith('/')) return file;
  if (!file.startsWith('../')) return `${folder}/${file}`;
  // A contract beside the root: both are relative to the same place in the end.
  const parts = folder.split('/');
  let rest = file;
  while (rest.startsWith('../') && parts.length > 0) {
    parts.pop();
    rest = rest.slice(3);
  }
  return [...parts, rest].join('/');
}
