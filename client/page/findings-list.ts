// Owns the list of findings: rows for what the view selects, drawn a screenful at a time, so that thousands are as quick as ten.
// It must not know where the view comes from.

import type { DriftFinding, DriftReport } from '../../server/src/report/drift/model.ts';
import { element } from './element.ts';
import { copyLink, findingDetail, findingRow } from './finding-row.ts';
import { type Column, searchTexts, select, type View } from './view.ts';
import { label } from './words.ts';

/** Rows that are drawn at once. */
const CHUNK = 80;

const titles: readonly (readonly [Column, string])[] = [
  ['severity', 'Severity'],
  ['rule', 'What differs'],
  ['operation', 'Operation'],
  ['contract', 'Contract'],
  ['code', 'Code'],
];

export class FindingsList {
  private chosen: readonly DriftFinding[] = [];
  private drawn = 0;
  private readonly opened = new Set<string>();
  private readonly texts: readonly string[];
  private readonly body = element('tbody');
  private readonly more = element('button', { type: 'button', class: 'more' }, label('Show more'));
  private readonly heads = new Map<Column, HTMLTableCellElement>();
  private current = '';

  constructor(
    private readonly report: DriftReport,
    private readonly place: HTMLElement,
    private readonly status: HTMLElement,
    private readonly events: { sort(column: Column): void; look(fingerprint: string): void },
  ) {
    this.texts = searchTexts(report.findings);
    this.place.replaceChildren(this.table(), this.more);
    this.more.addEventListener('click', () => this.draw(CHUNK));
    this.body.addEventListener('click', (event) => this.clicked(event));
    if (typeof IntersectionObserver === 'function') {
      new IntersectionObserver((entries) => {
        if (entries.some((entry) => entry.isIntersecting) && this.drawn < this.chosen.length) this.draw(CHUNK);
      }).observe(this.more);
    }
  }

  /** Shows what a view selects. */
  show(view: View): void {
    this.chosen = select(this.report.findings, view, this.texts);
    this.drawn = 0;
    this.body.replaceChildren();
    for (const [column, head] of this.heads) {
      const direction = view.descending ? 'descending' : 'ascending';
      head.setAttribute('aria-sort', column === view.sort ? direction : 'none');
    }
    const all = this.report.findings.filter((finding) => finding.suppressed === null || view.accepted).length;
    const none = all === 0 ? label('There is no finding.') : label('No finding matches.');
    this.status.textContent = this.chosen.length === 0 ? none : label('{0} of {1} shown', this.chosen.length, all);
    this.draw(CHUNK);
    const table = this.place.querySelector('table');
    if (table) table.hidden = this.chosen.length === 0;
  }

  /** Draws everything, for paper. */
  drawAll(): void {
    this.draw(this.chosen.length);
  }

  /** Opens a finding and brings it into sight; false when the view does not have it. */
  reveal(fingerprint: string): boolean {
    const at = this.chosen.findIndex((finding) => finding.fingerprint === fingerprint);
    if (at < 0) return false;
    if (at >= this.drawn) this.draw(at - this.drawn + CHUNK);
    this.toggle(fingerprint, true);
    this.focus(fingerprint);
    return true;
  }

  /** Moves to the next or the previous finding. */
  step(by: 1 | -1): void {
    const at = this.chosen.findIndex((finding) => finding.fingerprint === this.current);
    const next = this.chosen[Math.min(this.chosen.length - 1, Math.max(0, at + by))];
    if (!next) return;
    if (at + by >= this.drawn) this.draw(CHUNK);
    this.focus(next.fingerprint);
  }

  /** Opens or closes the finding that is looked at. */
  toggleCurrent(): void {
    if (this.current !== '') this.toggle(this.current);
  }

  copyCurrent(): void {
    const finding = this.chosen.find((one) => one.fingerprint === this.current);
    if (finding) copyLink(finding);
  }

  private table(): HTMLTableElement {
    const head = element('tr', {}, element('td'));
    for (const [column, title] of titles) {
      const button = element('button', { type: 'button' }, label(title));
      button.addEventListener('click', () => this.events.sort(column));
      const cell = element('th', { scope: 'col', class: column }, button);
      this.heads.set(column, cell);
      head.append(cell);
    }
    return element('table', { class: 'findings' }, element('thead', {}, head), this.body);
  }

  private draw(count: number): void {
    const rows = this.chosen.slice(this.drawn, this.drawn + count).flatMap((finding) => {
      const open = this.opened.has(finding.fingerprint);
      const row = findingRow(finding, open);
      return open ? [row, findingDetail(finding, this.report)] : [row];
    });
    this.body.append(...rows);
    this.drawn = Math.min(this.chosen.length, this.drawn + count);
    this.more.hidden = this.drawn >= this.chosen.length;
    this.more.textContent = label('Show more ({0} left)', this.chosen.length - this.drawn);
  }

  private clicked(event: Event): void {
    const target = event.target instanceof Element ? event.target : undefined;
    const fingerprint = target?.closest<HTMLElement>('tr.finding')?.dataset.fingerprint;
    // Who marks text in a row does not want it to open.
    if (fingerprint === undefined || String(getSelection() ?? '') !== '') return;
    this.toggle(fingerprint);
    this.look(fingerprint);
  }

  private toggle(fingerprint: string, wanted = !this.opened.has(fingerprint)): void {
    if (wanted === this.opened.has(fingerprint)) return;
    const finding = this.chosen.find((one) => one.fingerprint === fingerprint);
    const row = this.rowOf(fingerprint);
    if (!finding || !row) return;
    if (wanted) {
      this.opened.add(fingerprint);
      row.after(findingDetail(finding, this.report));
    } else {
      this.opened.delete(fingerprint);
      row.nextElementSibling?.remove();
    }
    const button = row.querySelector('.toggle');
    button?.setAttribute('aria-expanded', String(wanted));
    const name = button?.querySelector('.sr');
    if (name) name.textContent = wanted ? label('Hide both sides') : label('Show both sides');
  }

  private focus(fingerprint: string): void {
    const row = this.rowOf(fingerprint);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'center' });
    this.look(fingerprint);
  }

  private look(fingerprint: string): void {
    this.current = fingerprint;
    this.events.look(fingerprint);
  }

  private rowOf(fingerprint: string): HTMLTableRowElement | null {
    return this.body.querySelector(`tr[data-fingerprint="${CSS.escape(fingerprint)}"]`);
  }
}
