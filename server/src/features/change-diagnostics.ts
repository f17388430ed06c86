// Owns the marks on what changed since the baseline: at the changed lines, or at the parent of what is gone, while the version does
// not say so. They belong to the finding at the version: where that one is off or suppressed, there are none. It must not know a protocol.

import type { StandingChange, VersionStanding } from '../contract/model.ts';
import type { ProjectAnalysis } from './analysis.ts';
import type { FileDiagnostic } from './diagnostics.ts';

/** Marks per contract; the finding at the version counts them all. */
const most = 60;

export const changeDiagnostics = (project: ProjectAnalysis): readonly FileDiagnostic[] =>
  markedStandings(project).flatMap((standing) =>
    standing.changes
      .filter(({ level }) => level === 'breaking' || level === 'risky')
      .slice(0, most)
      .flatMap((change) => markOf(change, standing)),
  );

/** The contracts of which the finding at the version speaks. */
export function markedStandings({ findings, standings }: ProjectAnalysis): readonly VersionStanding[] {
  const told = new Set(
    findings.flatMap(({ rule, suppressed, contractRoot }) =>
      rule === 'version-bump-missing' && !suppressed && contractRoot !== null ? [contractRoot] : [],
    ),
  );
  return standings.filter(({ contract }) => told.has(contract));
}

function markOf(change: StandingChange, standing: VersionStanding): FileDiagnostic[] {
  const { place, before, level, message, operation, subject, witness, voice, id, fingerprint } = change;
  if (!place) return [];
  const { base, contract, suggested, version } = standing;
  const where = operation === null ? '' : ` in ${operation}`;
  const instance = witness === undefined ? '' : `. For instance ${witness}`;
  const code = voice ? `. In the code, ${voice.text}` : '';
  const next = suggested === null ? 'another version' : suggested;
  return [
    {
      place,
      severity: level === 'breaking' ? 'information' : 'hint',
      message: `${level === 'breaking' ? 'Breaking' : 'Risky'} since ${base.name}: ${message}${where} (${subject})${instance}${code}.`,
      code: id,
      change: id,
      fingerprint,
      related: [{ place: standing.place, message: `The changes call for ${next}; the version is ${version}` }],
      ...(before && { past: { contract, place: before, message: `As it was in ${base.name} (${base.version})` } }),
      unnecessary: false,
    },
  ];
}
