// Owns the part of the report that shows the versions of each contract in the history, and whether their numbers kept their promise.
// It must not know how they are found.

import { promiseText, type Release } from '../../versioning/lineage.ts';
import type { PresetName, Section } from './model.ts';

/** The versions of one contract, the latest first. */
export interface ContractLineage {
  /** The contract as the report names it. */
  readonly contract: string;
  readonly releases: readonly Release[];
}

/** Releases of one contract that a report shows, and commits that are looked at for them. */
export const lineageBounds = { releases: 10, most: 60 } as const;

const showing: ReadonlySet<PresetName> = new Set(['overview', 'uat', 'audit']);

/** The section for a preset; none where there is no history to tell, or where the preset asks about something else. */
export function lineageSections(preset: PresetName, lineages: readonly ContractLineage[]): readonly Section[] {
  const rows = lineages.flatMap(({ contract, releases }) =>
    releases.map((release) => [
      contract,
      release.version || 'none',
      release.last.date,
      release.last.hash.slice(0, 8),
      release.digest,
      release.level === null ? 'the first seen' : (release.changes ?? release.level),
      promiseText(release),
    ]),
  );
  if (rows.length === 0 || !showing.has(preset)) return [];
  return [
    {
      id: 'lineage',
      title: 'Versions before',
      intro: 'Each released version with what it changed, and whether its number said so. The latest first.',
      table: { columns: ['Contract', 'Version', 'Date', 'Commit', 'Digest', 'Changes', 'Number'], rows },
    },
  ];
}
