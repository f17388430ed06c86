// Owns the parts of the page that need no script: summary, score, coverage, what the preset adds, what could not be decided.
// It must not know the document around them. All text goes through `text` or `rich`.

import { escaped } from '../changes/html.ts';
import { counted, listed, printable } from '../wording.ts';
import { aspectTitles, type DriftOperation, type DriftReport, type Score, type Section } from './model.ts';
import { pointsArithmetic, scoreArithmetic } from './score.ts';
import { summaryOf } from './summary.ts';
import type { Label } from './words.ts';

const stateTexts = {
  verified: { glyph: '✓', word: 'verified' },
  drifting: { glyph: '≠', word: 'drifting' },
  unknown: { glyph: '?', word: 'unknown' },
  none: { glyph: '', word: 'nothing promised' },
} as const;

const tickTexts = {
  met: { glyph: '✓', word: 'met' },
  unmet: { glyph: '✗', word: 'not met' },
  open: { glyph: '○', word: 'open' },
} as const;

const text = (value: string): string => escaped(printable(value));

/** Text in which back-quotes mark code, as in messages. */
function rich(value: string): string {
  const parts = printable(value).split(/`([^`]*)`/);
  return parts.map((part, index) => (index % 2 === 1 ? `<code>${escaped(part)}</code>` : escaped(part))).join('');
}

export function summarySection(report: DriftReport, label: Label): string {
  const { score } = report;
  const summary = summaryOf(report, label);
  const facts = summary.facts.map(
    ({ label: name, value, note }) =>
      `<div class="fact"><dt>${text(label(name))}</dt><dd><b>${text(value)}</b> <span>${text(note)}</span></dd></div>`,
  );
  const risks = summary.risks.map(
    ({ fingerprint, operation, message }) =>
      `<li><a href="#finding=${encodeURIComponent(fingerprint)}"><code>${text(operation)}</code></a> ${rich(message)}</li>`,
  );
  return [
    `<section id="summary" class="summary ${summary.state}" aria-label="${text(label('Executive summary'))}">`,
    `<p class="verdict">${text(summary.verdict)}</p>`,
    `<dl class="facts">${facts.join('')}</dl>`,
    bar(score, label),
    '<div class="columns">',
    risks.length > 0
      ? `<div><h2>${text(label('Gravest first'))}</h2><ol class="risks">${risks.join('')}</ol></div>`
      : '',
    `<div><h2>${text(label('Next'))}</h2><ol class="next">${summary.next.map((step) => `<li>${rich(step)}</li>`).join('')}</ol></div>`,
    '</div>',
    '</section>',
  ].join('\n');
}

/** Kept, drifting and undecided promises as one bar, with the numbers as its name. */
function bar(score: Score, label: Label): string {
  const drifting = score.drifting + score.undocumented;
  const all = score.kept + drifting + score.undecided;
  if (all === 0) return '';
  const parts = [
    ['kept', score.kept],
    ['drifting', drifting],
    ['undecided', score.undecided],
  ] as const;
  let at = 0;
  const rects = parts.map(([name, count]) => {
    const width = (100 * count) / all;
    const rect = `<rect class="${name}" x="${at.toFixed(3)}" width="${width.toFixed(3)}" height="6"></rect>`;
    at += width;
    return rect;
  });
  const legend = parts.map(([name, count]) => `<span class="${name}">${count} ${text(label(name))}</span>`).join('');
  const said = label('Promises: {0}', parts.map(([name, count]) => `${count} ${label(name)}`).join(', '));
  return `<figure class="bar"><svg role="img" aria-label="${text(said)}" viewBox="0 0 100 6" preserveAspectRatio="none">${rects.join('')}</svg><figcaption aria-hidden="true">${legend}</figcaption></figure>`;
}

export function scoreSection(report: DriftReport, label: Label): string {
  const { score, contracts } = report;
  const lines = [
    '<section id="score" aria-labelledby="score-title">',
    `<h2 id="score-title">${text(label('How the score is made'))}</h2>`,
    `<p><b>${text(label('Fidelity'))}</b> <span class="sum">${text(scoreArithmetic(score))}</span></p>`,
    '<p class="quiet">Each operation promises to be served, and what the contract says of its parameters, body, statuses, responses and security. A promise is kept when all of it was read and nothing differs.',
    `${counted(score.undecided, 'promise')} could not be decided and count for neither side.</p>`,
    `<p><b>${text(label('Drift points'))}</b> <span class="sum">${text(pointsArithmetic(score))}</span></p>`,
  ];
  if (contracts.length > 1) {
    const rows = contracts.map(({ file, version, role, operations, score: own }) => [
      ...[`<code>${text(file)}</code>`, text(version), role, `${operations}`],
      ...[own.value === null ? '' : `${own.value}`, `${own.points}`, `${own.undecided}`],
    ]);
    lines.push(
      table(
        label('Contracts'),
        [
          label('Contract'),
          label('Version'),
          label('Role'),
          label('Operations'),
          label('Fidelity'),
          label('Drift points'),
          label('Undecided'),
        ],
        rows,
      ),
    );
  }
  return [...lines, '</section>'].join('\n');
}

export function coverageSection({ operations }: DriftReport, label: Label): string {
  if (operations.length === 0) return '';
  const titles = Object.values(aspectTitles).map(
    (title) => `<th scope="col" class="aspect">${text(label(title))}</th>`,
  );
  const complete = operations.filter(({ cells }) =>
    cells.every(({ state }) => state === 'verified' || state === 'none'),
  );
  return [
    '<section id="coverage" aria-labelledby="coverage-title">',
    `<h2 id="coverage-title">${text(label('Coverage'))} <span class="count">${text(label('{0} of {1} kept in full', complete.length, operations.length))}</span></h2>`,
    `<p class="quiet"><span aria-hidden="true">${text(label('✓ verified, ≠ drifting, ? unknown, empty: the contract promises nothing there.'))}</span></p>`,
    `<div class="scroll" role="group" aria-label="${text(label('Coverage per operation'))}" tabindex="0"><table class="coverage">`,
    `<thead><tr><th scope="col">${text(label('Operation'))}</th>${titles.join('')}<th scope="col">${text(label('Why unknown'))}</th></tr></thead>`,
    `<tbody>${operations.map((operation) => coverageRow(operation, label)).join('')}</tbody>`,
    '</table></div>',
    '</section>',
  ].join('\n');
}

function coverageRow(operation: DriftOperation, label: Label): string {
  const cells = Object.keys(aspectTitles).map((aspect) => {
    const state = operation.cells.find((cell) => cell.aspect === aspect)?.state ?? 'none';
    const { glyph, word } = stateTexts[state];
    return `<td class="cell ${state}"><span aria-hidden="true">${glyph}</span><span class="sr">${text(label(word))}</span></td>`;
  });
  const reasons = new Set(operation.cells.filter(({ state }) => state === 'unknown').flatMap((cell) => cell.reasons));
  return `<tr><th scope="row"><code>${text(operation.operation)}</code></th>${cells.join('')}<td class="why">${text([...reasons].join('; '))}</td></tr>`;
}

export function gapsSection({ gaps }: DriftReport, label: Label): string {
  if (gaps.length === 0) return '';
  const items = gaps.map(({ text: what, hint, operations, file, line }) => {
    const where = file === null ? '' : ` <code>${text(`${file}:${line}`)}</code>`;
    return `<li><b>${text(what)}</b>${where}<br><span class="quiet">${text(listed(operations, 3))}</span><br>${text(label(hint))}</li>`;
  });
  return [
    '<section id="gaps" aria-labelledby="gaps-title">',
    `<h2 id="gaps-title">${text(label('What could not be decided, and how to help'))}</h2>`,
    `<ul class="gaps">${items.join('')}</ul>`,
    '</section>',
  ].join('\n');
}

export function presetSections({ sections }: DriftReport, label: Label): string[] {
  return sections.map((section) =>
    [
      `<section id="${escaped(section.id)}" aria-labelledby="${escaped(section.id)}-title">`,
      `<h2 id="${escaped(section.id)}-title">${text(section.title)}</h2>`,
      `<p class="quiet">${rich(section.intro)}</p>`,
      section.checklist ? checklist(section.checklist, label) : '',
      section.table && section.table.rows.length > 0
        ? table(
            section.title,
            section.table.columns,
            section.table.rows.map((cells) => cells.map(rich)),
          )
        : '',
      '</section>',
    ].join('\n'),
  );
}

function checklist(rows: NonNullable<Section['checklist']>, label: Label): string {
  const items = rows.map(({ state, text: what, detail }) => {
    const { glyph, word } = tickTexts[state];
    return `<li class="${state}"><span class="tick" aria-hidden="true">${glyph}</span><span class="sr">${text(label(word))}: </span><span>${text(what)}${detail ? `<br><span class="quiet">${text(detail)}</span>` : ''}</span></li>`;
  });
  return `<ul class="checklist">${items.join('')}</ul>`;
}

function table(name: string, columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = columns.map((column) => `<th scope="col">${text(column)}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('');
  return `<div class="scroll" role="group" aria-label="${text(name)}" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}
