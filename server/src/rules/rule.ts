// Owns what a rule is: a pure function from the bound model to drafts of findings, and the catalogue entry that describes it.
// It must not reach loaders, front-ends, files or other rules.

import type { Place } from '../base/place.ts';
import type { Confidence, Route } from '../code/model.ts';
import type { ContractPlace, Operation, VersionStanding } from '../contract/model.ts';
import type { FixOffer, Polarity, RelatedPlace } from '../findings/finding.ts';
import type { LinkIndex } from '../links/model.ts';
import type { Binding, Governed, WorkspaceModel } from '../workspace/model.ts';
import type { Wish } from './evidence/wishes.ts';

/** What a rule says. Severity, fingerprint and suppression are added by the runner, so that no rule can get them wrong. */
export interface Draft {
  readonly operation: Operation | null;
  readonly subject: string;
  readonly message: string;
  readonly contract: ContractPlace | null;
  readonly code: Place | null;
  readonly related?: readonly RelatedPlace[];
  /** The weakest of the draft's premises. */
  readonly confidence: Confidence;
  /** True when a client that trusts the contract breaks; decides error/warning against warning/information. */
  readonly breaking: boolean;
  /** Lowers the severity to this at most, for the cases that `rules.md` caps. */
  readonly cap?: 'warning' | 'information' | 'hint';
  /** Values that tell apart two findings of one rule with the same operation and subject; normalised, no positions. */
  readonly values?: readonly string[];
  readonly fixes?: readonly FixOffer[];
  /** What the code would have to say instead, where that is one plain thing. */
  readonly wish?: Wish;
}

export interface RuleInfo {
  readonly id: string;
  readonly family:
    | 'contract'
    | 'operations'
    | 'parameters'
    | 'body'
    | 'statuses'
    | 'responses'
    | 'security'
    | 'lifecycle'
    | 'links';
  readonly polarity: Polarity;
  /** One sentence: the fault. */
  readonly summary: string;
  /** True for a rule that runs only where a configuration gives it a severity. */
  readonly off?: boolean;
}

/** A rule that looks at one operation and one route that serves it: most do. */
export interface BindingRule extends RuleInfo {
  readonly scope: 'binding';
  check(binding: Binding, route: Route, governed: Governed): Iterable<Draft>;
}

/** A rule that looks at one contract with all of its routes. */
export interface GovernedRule extends RuleInfo {
  readonly scope: 'governed';
  check(governed: Governed, workspace: WorkspaceModel): Iterable<Draft>;
}

/** A rule that looks at the contract tags of comments. */
export interface LinkRule extends RuleInfo {
  readonly scope: 'links';
  check(links: LinkIndex, workspace: WorkspaceModel): Iterable<Draft>;
}

/** A rule that looks at how a contract stands against its baseline. */
export interface VersionRule extends RuleInfo {
  readonly scope: 'versions';
  check(standing: VersionStanding, workspace: WorkspaceModel): Iterable<Draft>;
}

/** What compares contracts with routes. */
export type ModelRule = BindingRule | GovernedRule;

export type Rule = ModelRule | LinkRule | VersionRule;
