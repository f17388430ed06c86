// Owns the drift report as plain data: what the page, the tree of an editor and the Markdown text all show.
// It must not know a format, an editor or where the data comes from. The page in `client/page` reads these types too.

import type { Severity } from '../../findings/finding.ts';
import type { Aspect, CoverageState, ReportedFinding } from '../model.ts';

export const presetNames = ['overview', 'uat', 'post-incident', 'audit', 'vendor-onboarding'] as const;
export type PresetName = (typeof presetNames)[number];

export interface DriftReport {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly preset: { readonly name: PresetName; readonly title: string; readonly purpose: string };
  readonly score: Score;
  /** Operations of which nothing that they promise stayed unknown. */
  readonly verified: number;
  readonly summary: ExecutiveSummary;
  readonly contracts: readonly DriftContract[];
  readonly operations: readonly DriftOperation[];
  /** In the order in which they should be looked at. */
  readonly findings: readonly DriftFinding[];
  /** Source text around places, by `file:line`. */
  readonly excerpts: Readonly<Record<string, Excerpt>>;
  /** What could not be decided, the commonest reason first. */
  readonly gaps: readonly Gap[];
  /** What the preset adds. */
  readonly sections: readonly Section[];
}

/** How much of what the contracts promise is kept, as far as it could be seen, with all that the number is made of. */
export interface Score {
  /** 0 to 100; null when nothing could be decided. */
  readonly value: number | null;
  readonly kept: number;
  readonly drifting: number;
  readonly undecided: number;
  /** Routes that no contract describes: each is a promise that nobody wrote down. */
  readonly undocumented: number;
  /** Drift weighed by severity, for comparing contracts of unlike size. */
  readonly points: number;
  readonly addends: readonly {
    readonly severity: Severity;
    readonly count: number;
    readonly weight: number;
    readonly points: number;
  }[];
}

export interface ExecutiveSummary {
  /** One sentence for somebody who reads nothing else. */
  readonly verdict: string;
  readonly state: 'agrees' | 'drifts' | 'breaks' | 'unseen';
  readonly facts: readonly { readonly label: string; readonly value: string; readonly note: string }[];
  /** The gravest findings, one per operation. */
  readonly risks: readonly { readonly fingerprint: string; readonly operation: string; readonly message: string }[];
  readonly next: readonly string[];
}

export interface DriftContract {
  readonly file: string;
  readonly title: string;
  readonly version: string;
  readonly role: 'owned' | 'consumed';
  readonly app: string | null;
  readonly operations: number;
  readonly score: Score;
}

export interface DriftCell {
  readonly aspect: Aspect;
  readonly state: CoverageState;
  /** Sentences that say why it is unknown. */
  readonly reasons: readonly string[];
}

export interface DriftOperation {
  readonly contract: string;
  readonly operation: string;
  readonly operationId: string | null;
  readonly handlers: readonly { readonly file: string; readonly line: number }[];
  readonly cells: readonly DriftCell[];
  readonly findings: number;
}

export interface DriftFinding
  extends Pick<
    ReportedFinding,
    | 'rule'
    | 'family'
    | 'polarity'
    | 'severity'
    | 'confidence'
    | 'operation'
    | 'subject'
    | 'message'
    | 'fingerprint'
    | 'related'
    | 'suppressed'
  > {
  /** What the rule finds, in one sentence. */
  readonly explanation: string;
  /** The contract's root file; null when the finding belongs to none. */
  readonly root: string | null;
  readonly contract: DriftPlace | null;
  readonly code: DriftPlace | null;
  readonly fixes: readonly string[];
}

export interface DriftPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Excerpt {
  /** Number of the first line. */
  readonly first: number;
  readonly lines: readonly string[];
}

export interface Gap {
  readonly text: string;
  readonly hint: string;
  readonly operations: readonly string[];
  readonly file: string | null;
  readonly line: number | null;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly intro: string;
  readonly checklist?: readonly {
    readonly state: 'met' | 'unmet' | 'open';
    readonly text: string;
    readonly detail: string;
  }[];
  readonly table?: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

/** What the aspects are called. */
export const aspectTitles: Readonly<Record<Aspect, string>> = {
  route: 'Served',
  parameters: 'Parameters',
  body: 'Body',
  statuses: 'Statuses',
  responses: 'Responses',
  security: 'Security',
};
