// The drift report: its score and arithmetic, coverage with reasons, presets, the executive summary, Markdown and page, hostile text.

import { describe, expect, it } from 'vitest';
import { buildDriftReport } from '../../server/src/report/drift/build.ts';
import { writeDriftMarkdown } from '../../server/src/report/drift/markdown.ts';
import { mergeReports } from '../../server/src/report/drift/merge.ts';
import { type DriftReport, type PresetName, presetNames } from '../../server/src/report/drift/model.ts';
import { driftPageBody, embedded, writeDriftPage } from '../../server/src/report/drift/page.ts';
import { pointsArithmetic, scoreArithmetic, weights } from '../../server/src/report/drift/score.ts';
import { writeDriftSummary } from '../../server/src/report/drift/summary-text.ts';
import type { Report, ReportedFinding } from '../../server/src/report/model.ts';
import { openRoute, sampleModel, sampleReport, texts } from './sample.ts';

function drift(report: Report = sampleReport(), preset: PresetName = 'overview'): DriftReport {
  return buildDriftReport({ report, preset, textOf: (file) => texts[file], explain: (rule) => `What ${rule} finds.` });
}

/** A report of any size whose findings are variations of one. */
function withFindings(changes: readonly Partial<ReportedFinding>[]): Report {
  const report = sampleReport();
  const [first] = report.findings;
  return { ...report, findings: changes.map((change, index) => ({ ...first!, fingerprint: `f${index}`, ...change })) };
}

describe('the score', () => {
  it('is the share of kept promises among those that could be decided, rounded down', () => {
    const { score, operations } = drift();
    const states = operations.flatMap(({ cells }) => cells.map(({ state }) => state));
    const count = (state: string): number => states.filter((one) => one === state).length;
    expect(score).toMatchObject({ kept: count('verified'), drifting: count('drifting'), undecided: count('unknown') });
    expect(score.value).toBe(
      Math.floor((100 * score.kept) / (score.kept + score.drifting + sampleReport().summary.undocumentedRoutes)),
    );
    expect(score.value).toBeLessThan(100);
  });

  it('shows its own arithmetic, which comes out', () => {
    const { score } = drift();
    const shown = scoreArithmetic(score);
    const [whole, kept, ...decided] = (shown.split(' = ')[0] ?? '').match(/\d+/g)!.map(Number);
    expect(Math.floor((whole! * kept!) / decided.reduce((sum, one) => sum + one, 0))).toBe(score.value);
    const points = withFindings([{ severity: 'error' }, { severity: 'error' }, { severity: 'information' }]);
    const weighed = drift(points).score;
    expect(weighed.points).toBe(2 * weights.error + weights.information);
    expect(pointsArithmetic(weighed)).toBe('2 errors × 10 + 1 information × 1 = 21');
  });

  it('is not there when nothing could be decided, and says so', () => {
    const report = { ...sampleReport(sampleModel(openRoute), []), operations: [] };
    const nothing = drift({ ...report, summary: { ...report.summary, undocumentedRoutes: 0 } });
    expect(nothing.score.value).toBeNull();
    expect(nothing.summary.state).toBe('unseen');
    expect(writeDriftMarkdown(nothing)).toContain('there is no score');
  });

  it('does not count what was accepted', () => {
    const suppressed = { by: 'comment', reason: 'known', until: null } as const;
    expect(drift(withFindings([{ severity: 'error', suppressed }])).score.points).toBe(0);
  });
});

describe('coverage', () => {
  it('says of each promise whether it is verified, drifting or unknown, and why', () => {
    const [get, remove] = drift().operations;
    expect(get!.cells.map(({ aspect }) => aspect)).toEqual([
      'route',
      'parameters',
      'body',
      'statuses',
      'responses',
      'security',
    ]);
    expect(get!.cells.find(({ aspect }) => aspect === 'statuses')!.state).toBe('drifting');
    expect(remove!.cells.find(({ aspect }) => aspect === 'route')!.state).not.toBe('verified');
    const open = drift(sampleReport(sampleModel(openRoute), []));
    const unknown = open.operations.flatMap(({ cells }) => cells).filter(({ state }) => state === 'unknown');
    expect(unknown.length).toBeGreaterThan(0);
    expect(unknown.every(({ reasons }) => reasons.length > 0)).toBe(true);
  });
});

describe('presets', () => {
  it('each make a report with a title, a purpose and a page', () => {
    for (const name of presetNames) {
      const report = drift(sampleReport(), name);
      expect(report.preset.name).toBe(name);
      expect(writeDriftMarkdown(report)).toContain(`# ${report.preset.title}`);
      expect(driftPageBody(report)).toContain(`<h1>${report.preset.title}</h1>`);
    }
  });

  it('uat shows what nobody described, what nobody keeps, and what breaks; and ticks only what was seen', () => {
    const report = withFindings([
      { polarity: 'mismatch', severity: 'warning' },
      { polarity: 'witness', severity: 'warning' },
      { polarity: 'absence', severity: 'information' },
      { polarity: 'mismatch', severity: 'error' },
    ]);
    const uat = drift(report, 'uat');
    expect(uat.findings.map(({ fingerprint }) => fingerprint).sort()).toEqual(['f1', 'f2', 'f3']);
    const checklist = uat.sections.flatMap((section) => section.checklist ?? []);
    expect(checklist.find(({ text }) => text === 'Nothing breaks a client')!.state).toBe('unmet');
    expect(checklist.find(({ text }) => text === 'Every operation is served')!.state).toBe('unmet');
  });

  it('post-incident shows what stands in files that changed', () => {
    const report = sampleReport();
    const changed = new Set(['src/orders.ts']);
    const made = buildDriftReport({
      report,
      preset: 'post-incident',
      textOf: () => undefined,
      explain: () => '',
      changed,
      window: { since: 'v1', changes: [['openapi.yaml', 'breaking', 'The response 200 went.']] },
    });
    expect(
      made.findings.every((one) => [one.code, one.contract, ...one.related].some((p) => p?.file === 'src/orders.ts')),
    ).toBe(true);
    expect(writeDriftMarkdown(made)).toContain('What changed since v1');
  });

  it('audit shows what was accepted, with its reason', () => {
    const suppressed = { by: 'comment', reason: 'The gateway answers it', until: '2030-01-01' } as const;
    const text = writeDriftMarkdown(drift(withFindings([{ suppressed }]), 'audit'));
    expect(text).toContain('The gateway answers it');
    expect(text).toContain('2030-01-01');
  });
});

describe('the executive summary', () => {
  it('is one screen: a verdict, four numbers, at most five risks', () => {
    const many = withFindings(
      Array.from({ length: 40 }, (_, index) => ({ severity: 'error' as const, operation: `GET /things/${index}` })),
    );
    const { summary } = drift(many);
    expect(summary.state).toBe('breaks');
    expect(summary.facts).toHaveLength(4);
    expect(summary.risks).toHaveLength(5);
    expect(writeDriftSummary(drift(many)).split('\n').length).toBeLessThan(30);
  });

  it('never says that all is well when something was not seen', () => {
    const text = writeDriftSummary(drift(sampleReport(sampleModel(openRoute), [])));
    expect(text).toContain('Everything that could be seen');
  });
});

describe('merging', () => {
  it('keeps equal names of two repositories apart and adds the rest up', () => {
    const one = sampleReport();
    const both = mergeReports(
      [
        ['a', one],
        ['b', one],
      ],
      one.tool,
    );
    expect(both.contracts.map(({ file }) => file)).toEqual(['a/openapi.yaml', 'b/openapi.yaml']);
    const merged = drift(both);
    expect(merged.findings).toHaveLength(2 * drift().findings.length);
    expect(merged.score.kept).toBe(2 * drift().score.kept);
    expect(merged.contracts.map(({ score }) => score.points)).toEqual([drift().score.points, drift().score.points]);
  });
});

describe('hostile text', () => {
  const nasty =
    '</script><script>alert(1)</script><img src=x onerror=alert(1)> `</code>` [x](command:x) \u202e\u0007|a\n# b';

  it('stays text in the page, and its data cannot end their element', () => {
    const report = withFindings([{ message: nasty, operation: nasty, subject: nasty, rule: nasty }]);
    const contracts = report.contracts.map((contract) => ({ ...contract, title: nasty, version: nasty }));
    const page = writeDriftPage(
      drift({ ...report, contracts }),
      { style: '', script: 'start()' },
      { nonce: 'n', host: 'file' },
    );
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page).not.toContain('<img');
    expect(page).not.toContain('\u202e</');
    const outside = page.replace(/<script type="application\/json".*?<\/script>/s, '');
    expect(outside).not.toContain('onerror=alert(1)>');
    const carried = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)![1]!;
    expect((JSON.parse(carried) as DriftReport).findings[0]!.message).toBe(nasty);
  });

  it('stays text in Markdown', () => {
    const text = writeDriftMarkdown(drift(withFindings([{ message: nasty, operation: nasty }])));
    // A code span means nothing, and no span of ours can be left from within.
    const outside = text.replace(/`[^`\n]*`/g, '');
    expect(outside).not.toMatch(/<script|<img|[^\\]\]\(command:/);
    for (const steering of ['\u202e', String.fromCharCode(7)]) expect(text).not.toContain(steering);
    expect(text).not.toContain('\n# b');
  });

  it('is escaped in data', () => {
    expect(embedded({ a: '<!--<script>\u2028' })).toBe('{"a":"\\u003c!--\\u003cscript>\\u2028"}');
  });
});

describe('the page', () => {
  it('may load nothing, and runs only what carries its nonce', () => {
    const page = writeDriftPage(drift(), { style: 'a{}', script: 'b()' }, { nonce: 'abc', host: 'file' });
    expect(page).toContain("default-src 'none'; style-src 'nonce-abc'; script-src 'nonce-abc'");
    expect(page).not.toMatch(/(?:src|href)="(?!#)/);
    expect(page).not.toMatch(/ style="/);
  });

  it('shows both sides of a finding from the source', () => {
    const report = drift();
    const finding = report.findings.find(({ code, contract }) => code && contract)!;
    const excerpt = report.excerpts[`${finding.code!.file}:${finding.code!.line}`]!;
    expect(excerpt.lines[finding.code!.line - excerpt.first]).toBe(
      texts[finding.code!.file]!.split('\n')[finding.code!.line - 1],
    );
  });
});
