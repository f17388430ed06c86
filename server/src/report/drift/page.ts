// Owns the drift report as a page: one document that needs nothing else, in a browser or in an editor's panel. What can be read without
// a script is written here; the list of findings is made by `client/page` from the data that the page carries.
// It must not know files, nor an editor. Everything that comes from a workspace is escaped, here and there.

import { escaped } from '../changes/html.ts';
import { printable } from '../wording.ts';
import type { DriftReport } from './model.ts';
import { coverageSection, gapsSection, presetSections, scoreSection, summarySection } from './page-sections.ts';

/** The page's style and script, as they were bundled. */
export interface PageAssets {
  readonly style: string;
  readonly script: string;
}

export interface PageOptions {
  /** Allows the page's own style and script and no other; whoever makes the page chooses it. */
  readonly nonce: string;
  /** `file`: it stands alone. `editor`: places can be opened, and colours are the editor's. */
  readonly host: 'file' | 'editor';
}

/** The whole document. It loads nothing, and its policy lets it load nothing. */
export function writeDriftPage(report: DriftReport, assets: PageAssets, options: PageOptions): string {
  const { nonce, host } = options;
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return [
    '<!doctype html>',
    `<html lang="en" data-host="${host}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${text(titleOf(report))}</title>`,
    `<style nonce="${nonce}">${assets.style}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#findings">Skip to the findings</a>',
    '<main id="report">',
    driftPageBody(report),
    '</main>',
    `<script type="application/json" id="data">${embedded(report)}</script>`,
    `<script nonce="${nonce}">${assets.script.replaceAll('</script', '<\\/script')}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** What stands inside of the page's `main`: an editor replaces it when the drift has changed. */
export function driftPageBody(report: DriftReport): string {
  return [
    '<header class="top">',
    `<div><h1>${text(report.preset.title)}</h1>`,
    `<p class="purpose">${text(report.preset.purpose)}</p></div>`,
    '<div id="actions" class="actions"></div>',
    '</header>',
    summarySection(report),
    ...presetSections(report),
    findingsSection(report),
    coverageSection(report),
    scoreSection(report),
    gapsSection(report),
    '<footer>',
    `<p>${text(report.tool.name)} ${text(report.tool.version)}. Keys: <kbd>/</kbd> search, <kbd>j</kbd> and <kbd>k</kbd> next and previous, <kbd>Enter</kbd> both sides, <kbd>c</kbd> copy a link.</p>`,
    '</footer>',
  ].join('\n');
}

function findingsSection({ findings }: DriftReport): string {
  const open = findings.filter((finding) => finding.suppressed === null).length;
  return [
    '<section id="findings" aria-labelledby="findings-title">',
    `<h2 id="findings-title">Findings <span class="count">${open}</span></h2>`,
    '<div id="filters" class="filters" role="search" aria-label="Filter the findings"></div>',
    '<p id="shown" class="shown" role="status"></p>',
    '<div id="list"></div>',
    '<noscript><p>The list of findings needs the script of this page. The Markdown report has the same list as text.</p></noscript>',
    '</section>',
  ].join('\n');
}

function titleOf(report: DriftReport): string {
  const [only, ...others] = report.contracts;
  const about = only && others.length === 0 ? only.title || only.file : `${report.contracts.length} contracts`;
  return `${report.preset.title}: ${about}`;
}

/** JSON inside of an element: nothing in it can end the element, nor begin a comment. */
export function embedded(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

const text = (value: string): string => escaped(printable(value));
