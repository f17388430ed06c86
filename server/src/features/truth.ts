// Owns which side of a finding is right, where somebody said so: for one contract in the configuration, or for all in the editor.
// It must not guess.

import type { Finding } from '../findings/finding.ts';
import { entryOf } from '../registry/selection.ts';
import type { Analysis } from './analysis.ts';

export type Side = 'contract' | 'code';

/** The right side; undefined where nobody named one. `fallback` is the editor's word. */
export function truthOf(analysis: Analysis, finding: Finding, fallback: Side | undefined): Side | undefined {
  if (finding.contractRoot === null) return undefined;
  const project = analysis.projects.find(({ findings }) => findings.includes(finding));
  const named = entryOf(project?.configuration, finding.contractRoot)?.sourceOfTruth ?? fallback;
  return named === 'ask' ? undefined : named;
}
