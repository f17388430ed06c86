// Owns the baseline of an editor's folder as it would be now. It must not know a protocol, and writes nothing.

import { within } from '../base/relative.ts';
import { baselineName, nextBaseline, writeBaseline } from '../findings/baseline.ts';
import type { Analysis } from './analysis.ts';

export interface UpdatedBaseline {
  readonly file: string;
  readonly text: string;
  readonly added: number;
  readonly removed: number;
  readonly exists: boolean;
}

/** The baseline of the project that a folder belongs to, with everything accepted that is open in it now. */
export function updatedBaseline(
  analysis: Analysis,
  folder: string,
  reason: string | null,
): UpdatedBaseline | undefined {
  const project =
    analysis.projects.find((one) => one.folder === folder) ??
    analysis.projects.find((one) => within(one.folder, folder)) ??
    analysis.projects.find((one) => within(folder, one.folder));
  if (!project) return undefined;
  const home = project.configuration.folder;
  // One file may speak for several projects: none of them may lose its entries to another's update.
  const own = analysis.projects.filter(({ configuration }) => configuration.folder === home);
  const findings = own.flatMap((one) => one.findings);
  const { baseline } = project;
  const change = nextBaseline(findings, baseline, { reason });
  return {
    file: baseline?.file ?? `${home.replace(/\/$/, '')}/${baselineName}`,
    text: writeBaseline(baseline?.partial ? [...change.entries, ...change.removed] : change.entries, baseline?.rest),
    added: change.added.length,
    removed: baseline?.partial ? 0 : change.removed.length,
    exists: baseline?.begun === true,
  };
}
