// Owns the controls above the list. It must not know how findings are shown.

import type { DriftReport } from '../../server/src/report/drift/model.ts';
import { element, visible } from './element.ts';
import { severities, type View } from './view.ts';
import { label } from './words.ts';

export type Choose = (part: Partial<View>) => void;

/** Puts the controls into their place. Families and contracts are offered only where there are several. */
export function showFilters(place: HTMLElement, report: DriftReport, view: View, choose: Choose): void {
  const { findings } = report;
  const search = element('input', {
    type: 'search',
    id: 'search',
    placeholder: label('Search'),
    'aria-label': label('Search in findings'),
    value: view.search,
  });
  search.addEventListener('input', () => choose({ search: search.value }));
  const group = element('span', { role: 'group', 'aria-label': label('Severities'), class: 'chips' });
  for (const severity of severities) {
    const count = findings.filter((finding) => finding.severity === severity && finding.suppressed === null).length;
    if (count === 0) continue;
    const chip = element(
      'button',
      { type: 'button', class: `chip ${severity}`, 'aria-pressed': String(view.severities.includes(severity)) },
      `${label(severity)} ${count}`,
    );
    chip.addEventListener('click', () => {
      const on = chip.getAttribute('aria-pressed') !== 'true';
      chip.setAttribute('aria-pressed', String(on));
      const chosen = severities.filter((one) => group.querySelector(`.${one}[aria-pressed="true"]`) !== null);
      choose({ severities: chosen });
    });
    group.append(chip);
  }
  const families = [...new Set(findings.map((finding) => finding.family))].sort();
  const roots = [...new Set(findings.flatMap((finding) => finding.root ?? []))].sort();
  place.replaceChildren(
    search,
    group,
    ...(families.length > 1 ? [select(label('Family'), families, view.family, (family) => choose({ family }))] : []),
    ...(roots.length > 1 ? [select(label('Contract'), roots, view.root, (root) => choose({ root }))] : []),
    ...(findings.some((one) => one.confidence === 'likely')
      ? [checkbox(label('Only proved'), view.certain, (certain) => choose({ certain }))]
      : []),
    ...(findings.some((one) => one.suppressed !== null)
      ? [checkbox(label('Accepted too'), view.accepted, (accepted) => choose({ accepted }))]
      : []),
  );
}

function select(name: string, values: readonly string[], chosen: string, choose: (value: string) => void): HTMLElement {
  const list = element('select', { 'aria-label': name }, element('option', { value: '' }, label('{0}: all', name)));
  for (const value of values) list.append(element('option', { value, selected: value === chosen }, visible(value)));
  list.addEventListener('change', () => choose(list.value));
  return list;
}

function checkbox(name: string, checked: boolean, choose: (value: boolean) => void): HTMLElement {
  const box = element('input', { type: 'checkbox', checked });
  box.addEventListener('change', () => choose(box.checked));
  return element('label', { class: 'check' }, box, ` ${name}`);
}
