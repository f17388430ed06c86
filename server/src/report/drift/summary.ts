// Owns the executive summary: one screen for somebody who decides and does not read code. It must not know formats.

import type { DriftFinding, DriftReport, ExecutiveSummary, Score } from './model.ts';
import { inEnglish, type Label, labelsIn } from './words.ts';

/** How many findings are named; more are a list, and the list stands below. */
const MOST_RISKS = 5;

type Known = Pick<DriftReport, 'contracts' | 'operations' | 'findings' | 'gaps'> & {
  readonly score: Score;
  /** Operations of which nothing that they promise stayed unknown. */
  readonly verified: number;
};

/** The summary in the language of a label; in English unless told otherwise. */
export function summaryOf(known: Known, label: Label = labelsIn(inEnglish)): ExecutiveSummary {
  const { score, contracts, operations, gaps, verified } = known;
  const open = known.findings.filter((finding) => finding.suppressed === null);
  const breaking = open.filter((finding) => finding.severity === 'error');
  const decided = score.kept + score.drifting + score.undocumented;
  const state = stateOf(score, open.length, breaking.length);
  return {
    verdict: verdictOf(state, breaking, { open: open.length, contracts: contracts.length }, label),
    state,
    facts: [
      {
        label: 'Fidelity',
        value: score.value === null ? label('unknown') : `${score.value}`,
        note:
          score.value === null
            ? label('nothing could be decided')
            : label('of 100: {0} of {1} decided promises are kept', score.kept, decided),
      },
      {
        label: 'Break clients',
        value: `${breaking.length}`,
        note: label(open.length === 1 ? 'of {0} open finding' : 'of {0} open findings', open.length),
      },
      {
        label: 'Fully read',
        value: `${verified}`,
        note: label(operations.length === 1 ? 'of {0} operation' : 'of {0} operations', operations.length),
      },
      {
        label: 'Not decided',
        value: `${score.undecided}`,
        note: label('of {0} promises', decided + score.undecided),
      },
    ],
    risks: risksOf(open),
    next: nextSteps(open, breaking, { gaps, score }, label),
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
  { open, contracts }: { readonly open: number; readonly contracts: number },
  label: Label,
): string {
  const one = contracts === 1;
  switch (state) {
    case 'breaks': {
      const operations = new Set(breaking.map((finding) => finding.operation)).size;
      if (breaking.every((finding) => finding.operation === null))
        return label(
          one ? 'Clients that trust the contract will break.' : 'Clients that trust the contracts will break.',
        );
      if (operations === 1)
        return label(
          one
            ? 'Clients that trust the contract will break in 1 operation.'
            : 'Clients that trust the contracts will break in 1 operation.',
        );
      return label(
        one
          ? 'Clients that trust the contract will break in {0} operations.'
          : 'Clients that trust the contracts will break in {0} operations.',
        operations,
      );
    }
    case 'drifts':
      if (open === 1)
        return label(
          one
            ? 'No client breaks for certain, but the code differs from its contract in 1 place.'
            : 'No client breaks for certain, but the code differs from their contracts in 1 place.',
        );
      return label(
        one
          ? 'No client breaks for certain, but the code differs from its contract in {0} places.'
          : 'No client breaks for certain, but the code differs from their contracts in {0} places.',
        open,
      );
    case 'agrees':
      return label(
        one
          ? 'Everything that could be seen agrees with its contract.'
          : 'Everything that could be seen agrees with their contracts.',
      );
    case 'unseen':
      return label('Nothing could be decided: no operation of a contract is served by code that could be read.');
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
  { gaps, score }: Pick<Known, 'gaps' | 'score'>,
  label: Label,
): string[] {
  const steps: string[] = [];
  const errors = breaking.length;
  const repairable = open.filter((finding) => finding.fixes.length > 0).length;
  const routes = score.undocumented;
  if (errors > 0)
    steps.push(
      label(
        errors === 1 ? 'Decide for {0} error which side is right.' : 'Decide for {0} errors which side is right.',
        errors,
      ),
    );
  if (repairable > 0)
    steps.push(
      label(
        repairable === 1
          ? 'Use the repairs that are offered: {0} finding has one.'
          : 'Use the repairs that are offered: {0} findings have one.',
        repairable,
      ),
    );
  if (routes > 0)
    steps.push(
      label(
        routes === 1
          ? 'Describe {0} undocumented route in the contract, or list it as internal.'
          : 'Describe {0} undocumented routes in the contract, or list them as internal.',
        routes,
      ),
    );
  const [gap] = gaps;
  if (gap) {
    const hint = label(gap.hint);
    const place = gap.file === null ? undefined : `\`${gap.file}:${gap.line}\``;
    steps.push(place === undefined ? label('See more: {0}', hint) : label('See more at {0}: {1}', place, hint));
  }
  if (steps.length === 0) steps.push(label('Keep it so: run the check with every change.'));
  return steps;
}
