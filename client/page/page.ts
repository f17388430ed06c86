// Owns the page's behaviour: the view, the keyboard, links to findings, and what an editor sends. It must not know how rows look.

import type { DriftReport } from '../../server/src/report/drift/model.ts';
import { presets } from './editor-actions.ts';
import { showFilters } from './filters.ts';
import { FindingsList } from './findings-list.ts';
import { inEditor, storedView, storeView } from './host.ts';
import { readView, type View, wholeView, writeView } from './view.ts';

let view: View = readView(storedView());
let list: FindingsList | undefined;

/** Draws the controls and the list for the data that the page carries now. */
function start(): void {
  const data = document.getElementById('data')?.textContent;
  const filters = document.getElementById('filters');
  const place = document.getElementById('list');
  const status = document.getElementById('shown');
  if (!data || !filters || !place || !status) return;
  const report = JSON.parse(data) as DriftReport;
  const made = new FindingsList(report, place, status, {
    sort: (column) => choose({ sort: column, descending: view.sort === column && !view.descending }),
    look: (fingerprint) => {
      view = { ...view, finding: fingerprint };
      storeView(writeView(view));
    },
  });
  list = made;
  showFilters(filters, report, view, choose);
  const actions = document.getElementById('actions');
  if (inEditor && actions) presets(actions, report.preset.name);
  made.show(view);
  if (view.finding !== '') goTo(view.finding);
}

function choose(part: Partial<View>): void {
  view = { ...view, ...part };
  storeView(writeView(view));
  list?.show(view);
}

/** Shows one finding, also when the filters of the moment would hide it. */
function goTo(fingerprint: string): void {
  if (list?.reveal(fingerprint)) return;
  view = { ...wholeView, accepted: true, finding: fingerprint };
  list?.show(view);
  list?.reveal(fingerprint);
}

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href^="#finding="]') : null;
  if (!link) return;
  event.preventDefault();
  goTo(readView(link.getAttribute('href') ?? '').finding);
});

window.addEventListener('hashchange', () => {
  if (location.hash.includes('=')) view = readView(location.hash);
  list?.show(view);
  if (view.finding !== '') goTo(view.finding);
});

window.addEventListener('beforeprint', () => list?.drawAll());

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target instanceof HTMLElement ? event.target : undefined;
  const search = document.getElementById('search');
  if (event.key === 'Escape' && target === search) {
    target?.blur();
    return;
  }
  if (target?.closest('input, select, textarea')) return;
  switch (event.key) {
    case '/':
      search?.focus();
      break;
    case 'j':
      list?.step(1);
      break;
    case 'k':
      list?.step(-1);
      break;
    case 'c':
      list?.copyCurrent();
      return;
    case 'Enter':
      if (!target?.matches('tr.finding')) return;
      list?.toggleCurrent();
      break;
    default:
      return;
  }
  event.preventDefault();
});

/** The editor sends what the page shows when the drift has changed, and which finding somebody asked for. */
window.addEventListener('message', (event: MessageEvent) => {
  if (!inEditor) return;
  const message: unknown = event.data;
  if (typeof message !== 'object' || message === null) return;
  const { body, data, finding } = message as { body?: unknown; data?: unknown; finding?: unknown };
  const main = document.getElementById('report');
  const carrier = document.getElementById('data');
  if (typeof body === 'string' && typeof data === 'string' && main && carrier) {
    // The body was escaped by the server that made it, as the page's first one was.
    main.innerHTML = body;
    carrier.textContent = data;
    start();
  }
  if (typeof finding === 'string') goTo(finding);
});

start();
