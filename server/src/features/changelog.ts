// Owns which changelog belongs to a contract and how it reads with the entry of a version. It must not know a protocol.

import type { FileSource } from '../base/host.ts';
import { LineIndex } from '../base/place.ts';
import { relativeTo } from '../base/relative.ts';
import type { VersionStanding } from '../contract/model.ts';
import { changelogEntry, emptyChangelog, withEntry } from '../versioning/bump/changelog.ts';
import type { Change } from '../versioning/change.ts';
import type { Compared } from '../versioning/standing.ts';

const changelogName = 'CHANGELOG.md';

/** The version that an entry would be for: the contract's own where it says what changed, else the suggested one. */
export function numberToWrite(
  { kept, suggested }: Pick<VersionStanding, 'kept' | 'suggested'>,
  changes: number,
  before: string,
  version: string,
): string | undefined {
  if (changes === 0) return undefined;
  return kept === true && version !== before ? version : (suggested ?? undefined);
}

/** The changelog beside a contract, or above it within the workspace. */
export function changelogOf(contract: string, files: FileSource): string | undefined {
  const depth = Math.max(0, ...files.roots.map((root) => (contract.startsWith(`${root}/`) ? root.length : 0)));
  for (let end = contract.lastIndexOf('/'); depth > 0 && end >= depth; end = contract.lastIndexOf('/', end - 1)) {
    const file = `${contract.slice(0, end)}/${changelogName}`;
    if (files.exists(file)) return file;
  }
  return undefined;
}

/** A changelog with the entry that a comparison calls for; or why not, as a clause. */
export function changelogWith(
  file: string,
  { comparison, bump }: Compared,
  files: FileSource,
  today: string,
): { readonly text: string; readonly version: string } | { readonly refused: string } {
  const read = files.read(file);
  if (!('text' in read)) return { refused: 'the changelog cannot be read' };
  const { base, revision, changes } = comparison;
  const version = numberToWrite(bump, changes.length, base.version, revision.version);
  if (version === undefined) return { refused: 'there is no version to write an entry for' };
  const folder = file.slice(0, file.lastIndexOf('/'));
  const link = (change: Change): string | undefined => {
    const place = change.revision;
    const text = place && revision.documents.get(place.file)?.text;
    if (!place || text === undefined || text === null) return undefined;
    return `${encodeURI(relativeTo(folder, place.file))}#L${new LineIndex(text).position(place.start).line + 1}`;
  };
  const entry = changelogEntry(changes, { version, date: today, link });
  const text = withEntry(read.text || emptyChangelog, entry, version);
  return text === undefined ? { refused: `the changelog has an entry of ${version} already` } : { text, version };
}
