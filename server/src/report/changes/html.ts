// Owns the comparison as one page of HTML that needs nothing else: no script, no network. It must not know files.

import type { DiffReport, ReportedChange } from './model.ts';
import { levelOrder, reachText, sideText, verdictText, voiceText, witnessText } from './wording.ts';

const style = `:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}body{max-width:70rem;margin:2rem auto;padding:0 1rem}
h2{margin:2rem 0 .5rem;text-transform:capitalize}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;
padding:.4rem .6rem;border-bottom:1px solid color-mix(in srgb,currentColor 20%,transparent)}code{font:13px ui-monospace,monospace;
overflow-wrap:anywhere}.breaking{color:light-dark(#b3261e,#ff8a80)}.risky{color:light-dark(#8a5a00,#ffcc66)}small{opacity:.8}`;

export function writeHtml(report: DiffReport): string {
  const sections = levelOrder.flatMap((level) => {
    const changes = report.changes.filter((change) => change.level === level);
    if (changes.length === 0) return [];
    return [
      `<h2 class="${level}">${level} (${changes.length})</h2>`,
      '<table><thead><tr><th scope="col">Change</th><th scope="col">Where</th><th scope="col">Why</th></tr></thead><tbody>',
      ...changes.map(row),
      '</tbody></table>',
    ];
  });
  const notes = [...report.bump.notes, ...report.unread.map((text) => `Not read: ${text}.`)];
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">',
    `<title>Contract changes</title><style>${style}</style></head><body>`,
    '<h1>Contract changes</h1>',
    `<p>${escaped(sideText(report.base))} → ${escaped(sideText(report.revision))}</p>`,
    `<p><strong>${escaped(verdictText(report))}</strong></p>`,
    ...notes.map((note) => `<p>${escaped(note)}</p>`),
    ...sections,
    '</body></html>',
    '',
  ].join('\n');
}

function row(change: ReportedChange): string {
  const place = change.revision ?? change.base;
  const where = [reachText(change), change.subject, place ? `${place.file}:${place.line}` : ''].filter(
    (part) => part !== '',
  );
  const witness = witnessText(change);
  const shown = witness === undefined ? '' : `<br><small><code>${escaped(witness)}</code></small>`;
  const voice = voiceText(change);
  const said = voice === undefined ? '' : `<br><small>${escaped(voice)}</small>`;
  const cells = [
    `${escaped(change.message)}<br><small><code>${escaped(change.id)}</code></small>`,
    where.map((part) => `<code>${escaped(part)}</code>`).join('<br>'),
    `${escaped(change.reason)}${shown}${said}`,
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

/** Text that is nothing but text, in elements and in attributes. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`).replace(/[\p{Bidi_Control}]/gu, '\u00b7');
