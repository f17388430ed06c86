// Owns what an editor offers where a contract changed: to take the change back, to keep what was removed until a day, to demand nothing, to
// accept it with a reason; and at its version, to write the changelog. It must not know a protocol, nor how an edit is found.

import { relativeTo, within } from '../base/relative.ts';
import type { StandingChange, VersionStanding } from '../contract/model.ts';
import { type Way, waysFor } from '../versioning/mending/take-back.ts';
import { recordName } from '../versioning/recorded.ts';
import { type OfferedAction, reasonToWrite } from './actions.ts';
import type { Analysis, ProjectAnalysis } from './analysis.ts';
import { markedStandings } from './change-diagnostics.ts';
import { changelogOf, numberToWrite } from './changelog.ts';

/** Months for which what was removed is kept. */
const monthsKept = 6;

/** The actions for a span of a contract. `today` is `YYYY-MM-DD`. */
export function changeActions(
  analysis: Analysis,
  file: string,
  start: number,
  end: number,
  today: string,
): OfferedAction[] {
  const touches = (place: { file: string; start: number; end: number } | null): boolean =>
    place !== null && place.file === file && place.start <= end && start <= place.end;
  return analysis.projects.flatMap((project) => [
    ...markedStandings(project).flatMap((standing) => {
      const here = standing.changes.filter((change) => touches(change.place) && waysFor(change).length > 0);
      return [
        ...here.flatMap((change) => waysFor(change).map((way) => wayOut(change, way, standing, today))),
        ...here.flatMap((change) => acceptance(change, standing, project, analysis)),
        ...here.map((change) => explanation(change)),
      ];
    }),
    ...project.standings.flatMap((standing) => (touches(standing.place) ? changelogAction(standing, analysis) : [])),
  ]);
}

function wayOut(change: StandingChange, way: Way, { base, contract }: VersionStanding, today: string): OfferedAction {
  const sunset = later(today);
  const titles: Readonly<Record<Way, string>> = {
    restore: `Contract: restore ${change.subject} as in ${base.name}`,
    deprecate: `Contract: keep ${change.subject}, deprecated until ${sunset}`,
    optional: `Contract: leave ${change.subject} to the client, as something optional`,
  };
  return {
    title: titles[way],
    kind: 'fix',
    offer: { id: 'take-back', data: { contract, fingerprint: change.fingerprint, way, sunset } },
    rule: change.id,
    fingerprints: [change.fingerprint],
    preferred: false,
  };
}

/** Accepting one change in the project's record; nothing where that lies outside of what is open. */
function acceptance(
  { fingerprint, id, operation, subject }: StandingChange,
  { base, contract }: VersionStanding,
  { configuration }: ProjectAnalysis,
  analysis: Analysis,
): OfferedAction[] {
  const { folder } = configuration;
  const file = `${folder.replace(/\/$/, '')}/${recordName}`;
  if (!analysis.files.roots.some((root) => within(root, file))) return [];
  const data = {
    file,
    contract: relativeTo(folder, contract),
    version: base.version,
    fingerprint,
    change: id,
    ...(operation !== null && { operation }),
    subject,
    reason: reasonToWrite,
  };
  return [
    {
      title: `Accept ${id} of ${subject} until the next version that may break`,
      kind: 'ignore',
      offer: { id: 'accept-change', data },
      rule: id,
      fingerprints: [fingerprint],
      preferred: false,
      creates: !analysis.files.exists(file),
    },
  ];
}

const explanation = ({ id, fingerprint }: StandingChange): OfferedAction => ({
  title: `Explain ${id}`,
  kind: 'explain',
  rule: id,
  fingerprints: [fingerprint],
  preferred: false,
});

function changelogAction(standing: VersionStanding, analysis: Analysis): OfferedAction[] {
  const { base, changes, version: now } = standing;
  const version = numberToWrite(standing, changes.length, base.version, now);
  const file = changelogOf(standing.contract, analysis.files);
  if (version === undefined || file === undefined) return [];
  return [
    {
      title: `Changelog: write the entry of ${version}`,
      kind: 'fix',
      offer: { id: 'write-changelog', data: { contract: standing.contract, file } },
      rule: 'version-bump-missing',
      fingerprints: [],
      preferred: false,
    },
  ];
}

/** The day some months later. */
function later(today: string): string {
  const day = new Date(`${today}T00:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() + monthsKept);
  return day.toISOString().slice(0, 10);
}
