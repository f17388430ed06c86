// Owns turning what a project decided about versions into a policy. It must not know where the decisions are written.

import type { Scheme } from './bump/schemes.ts';
import { type Policy, usualPolicy } from './change.ts';

/** What a project may decide; the shape of `versions` in its configuration. */
export interface Decisions {
  readonly base?: string;
  readonly scheme?: Scheme;
  readonly risky?: 'major' | 'minor';
  readonly afterSunset?: 'breaking' | 'risky' | 'compatible';
  readonly unstable?: readonly string[];
}

/** The usual policy with a project's decisions over it. */
export const policyOf = (decisions: Decisions): Policy => ({
  afterSunset: decisions.afterSunset ?? usualPolicy.afterSunset,
  unstable: decisions.unstable?.map((level) => level.toLowerCase()) ?? usualPolicy.unstable,
  risky: decisions.risky ?? usualPolicy.risky,
});
