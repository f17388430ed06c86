// Owns the judgement of two states of a contract as a project decided it: the changes with their witnesses, those that it accepts, and the
// version that they call for. Both doors ask here. It must not know files or editors.

import { type Acceptances, idleAcceptances, withAccepted } from './accepted.ts';
import { type Bump, bumpFor } from './bump/bump.ts';
import { type Comparison, compareContracts } from './compare.ts';
import { recordName } from './recorded.ts';
import { type Decisions, policyOf } from './settings.ts';
import type { ContractSource } from './source.ts';
import { withWitnesses } from './witness/witnesses.ts';

export interface JudgeOptions {
  readonly decisions: Decisions;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly accepted?: Acceptances;
  /** Whether the base is the contract's baseline, so that what is accepted in vain is worth a word. */
  readonly held?: boolean;
}

export interface Judged {
  readonly comparison: Comparison;
  readonly bump: Bump;
}

/** What changed between two states, and the number that it calls for. */
export function judge(
  base: ContractSource,
  revision: ContractSource,
  { decisions, today, accepted, held = false }: JudgeOptions,
): Judged {
  const policy = policyOf(decisions);
  const { scheme } = decisions;
  const found = withWitnesses(compareContracts(base, revision, { today, policy }));
  const comparison = accepted ? withAccepted(found, accepted, scheme) : found;
  const bump = bumpFor(comparison, { today, scheme, policy });
  const idle = held && accepted ? idleAcceptances(found, accepted, scheme) : 0;
  return { comparison, bump: idle === 0 ? bump : { ...bump, notes: [...bump.notes, idleNote(idle)] } };
}

const idleNote = (count: number): string =>
  count === 1
    ? `One accepted change in ${recordName} does nothing any more: it is gone, or a version that may break was released since.`
    : `${count} accepted changes in ${recordName} do nothing any more: they are gone, or a version that may break was released since.`;
