// The view of the drift report's page: filters, search and order over many findings, and the addresses that name a view.

import { describe, expect, it } from 'vitest';
import { columns, readView, searchTexts, select, severities, wholeView, writeView } from '../../client/page/view.ts';
import type { DriftFinding } from '../../server/src/report/drift/model.ts';

const findings: readonly DriftFinding[] = Array.from({ length: 5_000 }, (_, index) => ({
  rule: `rule-${index % 7}`,
  family: ['statuses', 'body'][index % 2]!,
  polarity: 'witness',
  severity: severities[index % 4]!,
  confidence: index % 5 === 0 ? 'likely' : 'proved',
  operation: `GET /things/${index}`,
  subject: `${index}`,
  message: `Differs in ${index}.`,
  fingerprint: index.toString(16).padStart(16, '0'),
  related: [],
  suppressed: index % 10 === 9 ? { by: 'comment', reason: 'known', until: null } : null,
  explanation: '',
  root: index % 3 === 0 ? 'a.yaml' : 'b.yaml',
  contract: { file: 'a.yaml', line: index + 1, column: 1, endLine: index + 1, endColumn: 2 },
  code: null,
  fixes: [],
}));

describe('selecting', () => {
  it('shows open findings in the order of the report, gravest first', () => {
    const shown = select(findings, wholeView);
    expect(shown).toHaveLength(4_500);
    expect(shown[0]!.severity).toBe('error');
    expect(shown.slice(0, 3).map(({ subject }) => subject)).toEqual(['0', '4', '8']);
    expect(select(findings, { ...wholeView, accepted: true })).toHaveLength(5_000);
  });

  it('narrows by severity, family, contract, certainty and every word of a search', () => {
    const view = { ...wholeView, severities: ['error'] as const, family: 'statuses', root: 'a.yaml', certain: true };
    const shown = select(findings, view);
    expect(shown.length).toBeGreaterThan(0);
    for (const finding of shown)
      expect(finding).toMatchObject({ severity: 'error', family: 'statuses', root: 'a.yaml', confidence: 'proved' });
    const found = select(findings, { ...wholeView, search: 'RULE-3 /things/1004' });
    expect(found.map(({ subject }) => subject)).toEqual(['1004']);
  });

  it('sorts by every column, both ways, and keeps the order of equals', () => {
    for (const sort of columns) {
      const up = select(findings, { ...wholeView, sort });
      const down = select(findings, { ...wholeView, sort, descending: true });
      expect(up).toHaveLength(down.length);
      expect(new Set(up)).toEqual(new Set(down));
    }
    const lines = select(findings, { ...wholeView, sort: 'contract', descending: true }).map(
      (one) => one.contract!.line,
    );
    expect(lines).toEqual([...lines].sort((a, b) => b - a));
  });

  it('looks into texts that are made once', () => {
    const texts = searchTexts(findings);
    expect(select(findings, { ...wholeView, search: '/things/1077' }, texts)).toHaveLength(1);
  });
});

describe('addresses', () => {
  it('name a view, and only what is chosen', () => {
    expect(writeView(wholeView)).toBe('');
    const view = {
      ...wholeView,
      search: 'a b&c',
      severities: ['error', 'hint'] as const,
      descending: true,
      finding: 'f00',
    };
    expect(readView(writeView(view))).toEqual(view);
  });

  it('that name nothing sensible are the whole view', () => {
    expect(readView('#severity=loud&sort=colour&order=up')).toEqual(wholeView);
    expect(readView('#findings')).toEqual(wholeView);
  });
});
