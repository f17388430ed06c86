// Owns what a writer gets beside the report: source texts for frames, how paths are shown, texts of rules, notices.
// It must not know where any of this comes from.

import type { Polarity, Severity } from '../findings/finding.ts';
import type { Report } from './model.ts';

/** What is known of a rule, for outputs that explain themselves. */
export interface RuleText {
  readonly id: string;
  readonly family: string;
  readonly polarity: Polarity;
  /** One sentence: the fault. */
  readonly summary: string;
  /** The rule's page in Markdown without its front matter and examples; empty when there is no page. */
  readonly help: string;
}

/** Something that the user should know and that is no finding: a file that could not be read, a framework without a model. */
export interface Notice {
  /** `error`: a part of the answer is missing. `note`: a limit to know about. */
  readonly level: 'error' | 'warning' | 'note';
  readonly message: string;
  /** Relative to the report's root. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  readonly column?: number;
}

export interface Presentation {
  /** The text of a file, by its path as the report names it. */
  readonly textOf: (file: string) => string | undefined;
  /** A report's path as somebody in the current directory would write it. */
  readonly shown: (file: string) => string;
  readonly color: boolean;
  /** The catalogue, in its order. */
  readonly rules: readonly RuleText[];
  readonly notices: readonly Notice[];
  /** From which severity on a finding fails the run. */
  readonly failOn: Severity | 'never';
  /** How many findings are printed for people; machine-readable formats hold them all. */
  readonly maxFindings: number;
}

/** Turns a report into the text of one format, ending with a line break. */
export type Writer = (report: Report, presentation: Presentation) => string;
