// Owns what a reader chose to see: the filters, the search and the order, as plain data and as the end of an address.
// It must not know the document.

import type { DriftFinding } from '../../server/src/report/drift/model.ts';

export type Column = 'severity' | 'rule' | 'operation' | 'contract' | 'code';
export type Severity = DriftFinding['severity'];

export const severities: readonly Severity[] = ['error', 'warning', 'information', 'hint'];
export const columns: readonly Column[] = ['severity', 'rule', 'operation', 'contract', 'code'];

export interface View {
  readonly search: string;
  /** None chosen means all. */
  readonly severities: readonly Severity[];
  /** Empty means all. */
  readonly family: string;
  readonly root: string;
  /** Whether findings that are only likely are left out. */
  readonly certain: boolean;
  /** Whether accepted findings are shown. */
  readonly accepted: boolean;
  readonly sort: Column;
  readonly descending: boolean;
  /** The finding that is looked at. */
  readonly finding: string;
}

export const wholeView: View = {
  search: '',
  severities: [],
  family: '',
  root: '',
  certain: false,
  accepted: false,
  sort: 'severity',
  descending: false,
  finding: '',
};

/** The view that an address names; what it does not name, or names wrongly, is as it is by default. */
export function readView(hash: string): View {
  const named = new URLSearchParams(hash.replace(/^#/, ''));
  const chosen = (named.get('severity') ?? '').split(',');
  return {
    search: named.get('q') ?? '',
    severities: severities.filter((severity) => chosen.includes(severity)),
    family: named.get('family') ?? '',
    root: named.get('contract') ?? '',
    certain: named.get('certain') === '1',
    accepted: named.get('accepted') === '1',
    sort: columns.find((column) => column === named.get('sort')) ?? 'severity',
    descending: named.get('order') === 'descending',
    finding: named.get('finding') ?? '',
  };
}

/** The end of an address that names the view; empty for the whole. */
export function writeView(view: View): string {
  const named = new URLSearchParams();
  if (view.search !== '') named.set('q', view.search);
  if (view.severities.length > 0) named.set('severity', view.severities.join(','));
  if (view.family !== '') named.set('family', view.family);
  if (view.root !== '') named.set('contract', view.root);
  if (view.certain) named.set('certain', '1');
  if (view.accepted) named.set('accepted', '1');
  if (view.sort !== 'severity') named.set('sort', view.sort);
  if (view.descending) named.set('order', 'descending');
  if (view.finding !== '') named.set('finding', view.finding);
  return named.size === 0 ? '' : `#${named}`;
}

/** The findings that a view shows, in its order. `findings` come in the report's own order, which decides between equals. */
export function select(findings: readonly DriftFinding[], view: View, texts = searchTexts(findings)): DriftFinding[] {
  const words = view.search.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = findings.filter((finding, index) => {
    if (finding.suppressed !== null && !view.accepted) return false;
    if (view.certain && finding.confidence === 'likely') return false;
    if (view.severities.length > 0 && !view.severities.includes(finding.severity)) return false;
    if (view.family !== '' && finding.family !== view.family) return false;
    if (view.root !== '' && finding.root !== view.root) return false;
    return words.every((word) => texts[index]!.includes(word));
  });
  const turn = view.descending ? -1 : 1;
  return chosen.sort((a, b) => turn * compare(a, b, view.sort));
}

/** What a search looks into, once per finding. */
export function searchTexts(findings: readonly DriftFinding[]): readonly string[] {
  return findings.map((one) =>
    [
      one.severity,
      one.rule,
      one.operation,
      one.subject,
      one.message,
      one.contract?.file,
      one.code?.file,
      one.fingerprint,
    ]
      .join('\n')
      .toLowerCase(),
  );
}

function compare(a: DriftFinding, b: DriftFinding, column: Column): number {
  switch (column) {
    case 'severity':
      return severities.indexOf(a.severity) - severities.indexOf(b.severity);
    case 'rule':
      return order(a.rule, b.rule);
    case 'operation':
      return order(a.operation ?? '', b.operation ?? '');
    case 'contract':
    case 'code':
      return order(a[column]?.file ?? '', b[column]?.file ?? '') || (a[column]?.line ?? 0) - (b[column]?.line ?? 0);
  }
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
