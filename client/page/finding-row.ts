// Owns how one finding looks: its row, and both sides beside each other when it is opened. It must not know filters.

import type { DriftFinding, DriftPlace, DriftReport, Excerpt } from '../../server/src/report/drift/model.ts';
import { element, rich, spoken, visible } from './element.ts';
import { ask, copy, inEditor } from './host.ts';
import { label } from './words.ts';

const glyphs = { error: '●', warning: '▲', information: '■', hint: '◦' } as const;

/** The row of a finding. It carries the fingerprint, by which it is found again. */
export function findingRow(finding: DriftFinding, opened: boolean): HTMLTableRowElement {
  const { severity, confidence, rule, operation, message, suppressed } = finding;
  const toggle = element('button', { type: 'button', class: 'toggle', 'aria-expanded': String(opened) });
  toggle.append(spoken(opened ? label('Hide both sides') : label('Show both sides')));
  const said = element('td', { class: 'said' });
  const notes = [
    rule,
    ...(confidence === 'likely' ? [label('likely')] : []),
    ...(suppressed ? [label('accepted by {0}', suppressed.by)] : []),
  ];
  said.append(element('div', { class: suppressed ? 'message struck' : 'message' }, ...rich(message)));
  said.append(element('div', { class: 'quiet' }, notes.join(' · ')));
  const row = element(
    'tr',
    { 'data-fingerprint': finding.fingerprint, class: `finding ${severity}`, tabindex: -1 },
    element('td', { class: 'mark' }, toggle),
    element(
      'td',
      { class: 'severity' },
      element('span', { 'aria-hidden': 'true', class: 'glyph' }, glyphs[severity]),
      ` ${label(severity)}`,
    ),
    said,
    element('td', { class: 'operation' }, operation === null ? '' : element('code', {}, ...broken(visible(operation)))),
    element('td', { class: 'place' }, placeOf(finding.contract)),
    element('td', { class: 'place' }, placeOf(finding.code)),
  );
  return row;
}

/** Both sides of a finding, what else belongs to it, and what can be done. */
export function findingDetail(finding: DriftFinding, report: DriftReport): HTMLTableRowElement {
  const cell = element('td', { colspan: 6 });
  cell.append(element('p', { class: 'explanation' }, ...rich(finding.explanation)));
  cell.append(
    element(
      'div',
      { class: 'sides' },
      side(label('Contract'), finding.contract, report.excerpts),
      side(label('Code'), finding.code, report.excerpts),
    ),
  );
  if (finding.related.length > 0) {
    const items = finding.related.map((place) =>
      element(
        'li',
        {},
        placeOf({ ...place, endLine: place.line, endColumn: place.column }),
        ' ',
        ...rich(place.message),
      ),
    );
    cell.append(element('ul', { class: 'related' }, ...items));
  }
  if (finding.suppressed) {
    const { reason, until } = finding.suppressed;
    const end = until === null ? '' : ` ${label('Until {0}.', until)}`;
    cell.append(
      element(
        'p',
        {},
        element('b', {}, label('Accepted: ')),
        `${visible(reason ?? label('no reason was given'))}.${end}`,
      ),
    );
  }
  if (finding.fixes.length > 0) {
    const fixes = finding.fixes.map((title) => element('li', {}, visible(title)));
    cell.append(
      element('p', { class: 'quiet' }, label('Repairs that the editor offers:')),
      element('ul', {}, ...fixes),
    );
  }
  cell.append(actions(finding));
  return element('tr', { class: 'detail', 'data-detail': finding.fingerprint }, cell);
}

function actions(finding: DriftFinding): HTMLElement {
  const bar = element('p', { class: 'actions' });
  const link = element('button', { type: 'button' }, label('Copy link'));
  link.addEventListener('click', () => copyLink(finding));
  bar.append(link, ' ');
  if (inEditor) {
    const explain = element('button', { type: 'button' }, label('Explain the rule'));
    explain.addEventListener('click', () => ask({ type: 'explain', rule: finding.rule }));
    bar.append(explain, ' ');
  }
  bar.append(element('code', { class: 'quiet' }, finding.fingerprint));
  return bar;
}

/** In a browser the address of the finding; an editor has no address, and gets what finds it again anywhere. */
export function copyLink(finding: DriftFinding): void {
  const end = `#finding=${encodeURIComponent(finding.fingerprint)}`;
  copy(inEditor ? finding.fingerprint : `${location.href.replace(/#.*$/, '')}${end}`);
}

function placeOf(place: DriftPlace | null): Node {
  if (!place) return spoken(label('nothing there'));
  const shown = `${visible(place.file)}:${place.line}`;
  const parts = broken(shown);
  if (!inEditor) return element('code', {}, ...parts);
  const button = element('button', { type: 'button', class: 'link' }, element('code', {}, ...parts));
  button.addEventListener('click', (event) => {
    event.stopPropagation();
    ask({ type: 'open', file: place.file, line: place.line, column: place.column });
  });
  return button;
}

/** A long path breaks behind its slashes. */
function broken(path: string): (string | HTMLElement)[] {
  const parts = path.split('/');
  return parts.flatMap((part, index) => (index < parts.length - 1 ? [`${part}/`, element('wbr')] : [part]));
}

function side(title: string, place: DriftPlace | null, excerpts: Readonly<Record<string, Excerpt>>): HTMLElement {
  const figure = element('figure', { class: 'side' });
  const caption = element('figcaption', {}, element('b', {}, title), ' ');
  figure.append(caption);
  if (!place) {
    figure.append(element('p', { class: 'quiet' }, label('This side has nothing.')));
    return figure;
  }
  caption.append(placeOf(place));
  const excerpt = Object.hasOwn(excerpts, `${place.file}:${place.line}`)
    ? excerpts[`${place.file}:${place.line}`]
    : undefined;
  if (!excerpt) return figure;
  const indentation = indentationOf(excerpt.lines);
  const lines = excerpt.lines.map((line, index) => {
    const number = excerpt.first + index;
    const here = number >= place.line && number <= place.endLine;
    return element(
      'span',
      { class: here ? 'line here' : 'line' },
      element('span', { class: 'number', 'aria-hidden': 'true' }, String(number)),
      `${visible(line.slice(indentation))}\n`,
    );
  });
  figure.append(
    element(
      'pre',
      { tabindex: 0, 'aria-label': label('{0}, {1} from line {2}', title, place.file, excerpt.first) },
      element('code', {}, ...lines),
    ),
  );
  return figure;
}

/** How far all lines stand in alike: a deep contract would show mostly emptiness. */
function indentationOf(lines: readonly string[]): number {
  const depths = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  return depths.length === 0 ? 0 : Math.min(...depths);
}
