// Owns the executive summary: one screen for somebody who decides and does not read code. It must not know formats.

import { counted } from '../wording.ts';
import type { DriftFinding, DriftReport, ExecutiveSummary, Score } from './model.ts';

/** How many findings are named; more are a list, and the list stands below. */
const MOST_RISKS = 5;

type Known = Pick<DriftReport, 'contracts' | 'operations' | 'findings' | 'gaps'> & {
  readonly score: Score;
  /** Operations of which nothing that they promise stayed unknown. */
  readonly verified: number;
};

export function summaryOf(known: Known): ExecutiveSummary {
  const { score, contracts, operations, gaps, verified } = known;
  const open = known.findings.filter((finding) => finding.suppressed === null);
  const breaking = open.filter((finding) => finding.severity === 'error');
  const state = stateOf(score, open.length, breaking.length);
  return {
    verdict: verdictOf(state, breaking, open.length, contracts.length),
    state,
    facts: [
      {
        label: 'Fidelity',
        value: score.value === null ? 'unknown' : `${score.value}`,
        note:
          score.value === null
            ? 'nothing could be decided'
            : `of 100: ${score.kept} of ${score.kept + score.drifting + score.undocumented} decided promises are kept`,
      },
      { label: 'Break clients', value: `${breaking.length}`, note: `of ${counted(open.length, 'open finding')}` },
      { label: 'Fully read', value: `${verified}`, note: `of ${counted(operations.length, 'operation')}` },
      {
        label: 'Not decided',
        value: `${score.undecided}`,
        note: `of ${score.kept + score.drifting + score.undocumented + score.undecided} promises`,
      },
    ],
    risks: risksOf(open),
    next: nextSteps(open, breaking, gaps, score),
  };
}

function stateOf(score: Score, open: number, breaking: number): ExecutiveSummary['state'] {
  if (breaking > 0) return 'breaks';
  if (open > 0) return 'drifts';
  return score.value === null ? 'unseen' : 'agrees';
}

function verdictOf(
  state: ExecutiveSummary['state'],
  breaking: readonly DriftFinding[],
  open: number,
  contracts: number,
): string {
  const noun = contracts === 1 ? 'its contract' : 'their contracts';
  switch (state) {
    case 'breaks': {
      const operations = new Set(breaking.map((finding) => finding.operation)).size;
      const where = breaking.some((finding) => finding.operation !== null)
        ? ` in ${counted(operations, 'operation')}`
        : '';
      return `Clients that trust ${contracts === 1 ? 'the contract' : 'the contracts'} will break${where}.`;
    }
    case 'drifts':
      return `No client breaks for certain, but the code differs from ${noun} in ${counted(open, 'place')}.`;
    case 'agrees':
      return `Everything that could be seen agrees with ${noun}.`;
    case 'unseen':
      return 'Nothing could be decided: no operation of a contract is served by code that could be read.';
  }
}

function risksOf(open: readonly DriftFinding[]): ExecutiveSummary['risks'] {
  const risks: { fingerprint: string; operation: string; message: string }[] = [];
  const named = new Set<string>();
  for (const finding of open) {
    const operation = finding.operation ?? finding.root ?? finding.code?.file ?? '';
    if (named.has(operation)) continue;
    named.add(operation);
    risks.push({ fingerprint: finding.fingerprint, operation, message: finding.message });
    if (risks.length === MOST_RISKS) break;
  }
  return risks;
}

function nextSteps(
  open: readonly DriftFinding[],
  breaking: readonly DriftFinding[],
  gaps: DriftReport['gaps'],
  score: Score,
): string[] {
  const steps: string[] = [];
  const repairable = open.filter((finding) => finding.fixes.length > 0).length;
  if (breaking.length > 0) steps.push(`Decide for ${counted(breaking.length, 'error')} which side is right.`);
  if (repairable > 0) {
    steps.push(
      `Use the repairs that are offered: ${counted(repairable, 'finding')} ${repairable === 1 ? 'has' : 'have'} one.`,
    );
  }
  if (score.undocumented > 0) {
    steps.push(
      `Describe ${counted(score.undocumented, 'undocumented route')} in the contract, or list ${score.undocumented === 1 ? 'it' : 'them'} as internal.`,
    );
  }
  const [gap] = gaps;
  if (gap) steps.push(`See more${gap.file === null ? '' : ` at \`${gap.file}:${gap.line}\``}: ${gap.hint}`);
  if (steps.length === 0) steps.push('Keep it so: run the check with every change.');
  return steps;
}
