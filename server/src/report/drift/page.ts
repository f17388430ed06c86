// Owns the drift report as a page: one document that needs nothing else, in a browser or in an editor's panel. What can be read without
// a script is written here; the list of findings is made by `client/page` from the data that the page carries.
// It must not know files, nor an editor. Everything that comes from a workspace is escaped, here and there.

import { escaped } from '../changes/html.ts';
import { printable } from '../wording.ts';
import type { DriftReport } from './model.ts';
import { coverageSection, gapsSection, presetSections, scoreSection, summarySection } from './page-sections.ts';
import { inEnglish, type Label, labelsIn, type PageLanguage } from './words.ts';

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
  /** English unless given. */
  readonly language?: PageLanguage;
}

/** The whole document. It loads nothing, and its policy lets it load nothing. */
export function writeDriftPage(report: DriftReport, assets: PageAssets, options: PageOptions): string {
  const { nonce, host, language = inEnglish } = options;
  const label = labelsIn(language);
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return [
    '<!doctype html>',
    `<html lang="${language.code}" data-host="${host}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${text(titleOf(report, label))}</title>`,
    `<style nonce="${nonce}">${assets.style}</style>`,
    '</head>',
    '<body>',
    `<a class="skip" href="#findings">${text(label('Skip to the findings'))}</a>`,
    '<main id="report">',
    driftPageBody(report, language),
    '</main>',
    ...(language === inEnglish
      ? []
      : [`<script type="application/json" id="words">${embedded(language.words)}</script>`]),
    `<script type="application/json" id="data">${embedded(report)}</script>`,
    `<script nonce="${nonce}">${assets.script.replaceAll('</script', '<\\/script')}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** What stands inside of the page's `main`: an editor replaces it when the drift has changed. */
export function driftPageBody(report: DriftReport, language: PageLanguage = inEnglish): string {
  const label = labelsIn(language);
  return [
    '<header class="top">',
    `<div><h1>${text(label(report.preset.title))}</h1>`,
    `<p class="purpose">${text(label(report.preset.purpose))}</p></div>`,
    '<div id="actions" class="actions"></div>',
    '</header>',
    summarySection(report, label),
    ...presetSections(report, label),
    findingsSection(report, label),
    coverageSection(report, label),
    scoreSection(report, label),
    gapsSection(report, label),
    '<footer>',
    `<p>${text(report.tool.name)} ${text(report.tool.version)}. ${keys(label)}</p>`,
    '</footer>',
  ].join('\n');
}

/** Labels are ours: only the keys in this one are markup. */
function keys(label: Label): string {
  const key = (name: string): string => `<kbd>${name}</kbd>`;
  return label(
    'Keys: {0} search, {1} and {2} next and previous, {3} both sides, {4} copy a link.',
    ...['/', 'j', 'k', 'Enter', 'c'].map(key),
  );
}

function findingsSection({ findings }: DriftReport, label: Label): string {
  const open = findings.filter((finding) => finding.suppressed === null).length;
  return [
    '<section id="findings" aria-labelledby="findings-title">',
    `<h2 id="findings-title">${text(label('Findings'))} <span class="count">${open}</span></h2>`,
    `<div id="filters" class="filters" role="search" aria-label="${text(label('Filter the findings'))}"></div>`,
    '<p id="shown" class="shown" role="status"></p>',
    '<div id="list"></div>',
    `<noscript><p>${text(label('The list of findings needs the script of this page. The Markdown report has the same list as text.'))}</p></noscript>`,
    '</section>',
  ].join('\n');
}

function titleOf(report: DriftReport, label: Label): string {
  const [only, ...others] = report.contracts;
  const about = only && others.length === 0 ? only.title || only.file : `${report.contracts.length} contracts`;
  return `${label(report.preset.title)}: ${about}`;
}

/** JSON inside of an element: nothing in it can end the element, nor begin a comment. */
export function embedded(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

const text = (value: string): string => escaped(printable(value));
