// Owns the repair of all stale links at once: those of a file, and those of everything that is open.
// It must not know a protocol, nor what a pin is made of: each link's own repair says what to write.

import type { Finding } from '../findings/finding.ts';
import type { OfferedAction } from './actions.ts';
import type { Analysis } from './analysis.ts';

const rule = 'link-stale';

/** The actions that pin more links than the stale ones among `found`, for a file where one of them is shown. */
export function pinAllActions(analysis: Analysis, file: string, found: readonly Finding[]): OfferedAction[] {
  if (!found.some((finding) => finding.rule === rule)) return [];
  const everywhere = staleLinks(analysis);
  const here = everywhere.filter(({ edit }) => edit.file === file);
  return [
    ...(here.length > 1 ? [pinning(here, `Code: pin all ${here.length} stale links of this file anew`)] : []),
    ...(everywhere.length > Math.max(1, here.length)
      ? [pinning(everywhere, `Code: pin all ${everywhere.length} stale links of the workspace anew`)]
      : []),
  ];
}

interface StaleLink {
  readonly fingerprint: string;
  /** The data of the repair of one link. */
  readonly edit: Readonly<Record<string, unknown>>;
}

function staleLinks(analysis: Analysis): readonly StaleLink[] {
  const links = analysis.projects.flatMap(({ findings }) =>
    findings.flatMap((finding): StaleLink[] => {
      const offer = finding.fixes.find(({ id }) => id === 'replace-text');
      if (finding.rule !== rule || finding.suppressed || !offer) return [];
      return [{ fingerprint: finding.fingerprint, edit: offer.data }];
    }),
  );
  // Projects that overlap find a link twice.
  return [...new Map(links.map((link) => [`${link.edit.file}:${link.edit.offset}`, link])).values()];
}

function pinning(links: readonly StaleLink[], title: string): OfferedAction {
  return {
    title,
    kind: 'fix',
    offer: { id: 'replace-texts', data: { edits: links.map(({ edit }) => edit) } },
    rule,
    fingerprints: links.map(({ fingerprint }) => fingerprint),
    preferred: false,
  };
}
