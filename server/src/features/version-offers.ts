// Owns finding what an offer at a changed place asks for, at the moment when somebody takes it. It must not know a protocol.

import type { FileSource } from '../base/host.ts';
import { relativeTo } from '../base/relative.ts';
import type { FixOffer } from '../findings/finding.ts';
import { failureText } from '../versioning/baseline-text.ts';
import type { Way } from '../versioning/mending/take-back.ts';
import { recordName } from '../versioning/recorded.ts';
import { noteRelease, type ReleaseNoted } from '../versioning/release.ts';
import type { StandingOptions, Standings } from '../versioning/standing.ts';
import { changelogOf, changelogWith } from './changelog.ts';

/** Offers whose edits are found by comparing. */
const found: ReadonlySet<string> = new Set(['take-back', 'write-changelog']);
const ways: readonly Way[] = ['restore', 'deprecate', 'optional'];

export const isVersionOffer = (id: string): boolean => found.has(id);

/** What the project of a contract knows. */
export interface Asked {
  readonly files: FileSource;
  readonly standings: Standings;
  readonly options: StandingOptions;
}

/** A record of releases with one more, and where it belongs. */
export interface NotedIn extends ReleaseNoted {
  readonly file: string;
}

/** The committed state of a contract as one more release; or why it cannot be one, as a clause. */
export function notedRelease(
  contract: string,
  { files, standings, options }: Asked,
): NotedIn | { readonly refused: string } {
  const { folder } = options;
  if (folder === undefined) return { refused: 'there is no folder to keep the record in' };
  const history = standings.historyOf(contract);
  if ('failure' in history) return { refused: failureText(history.failure, history.detail) };
  const source = standings.revision(contract, files);
  if ('failure' in source) return { refused: `the contract cannot be read: ${source.failure}` };
  const file = `${folder.replace(/\/$/, '')}/${recordName}`;
  const known = files.read(file);
  const { top } = history.found;
  const path = contract.startsWith(`${top}/`) ? relativeTo(top, contract) : undefined;
  const noted = noteRelease(source, path, history.found, folder, 'text' in known ? known.text : undefined);
  return 'refused' in noted ? noted : { file, ...noted };
}

/** The offer to write the changelog that belongs to a contract, with the version of the entry; undefined where there is none to write. */
export function changelogOffer(
  contract: string,
  { files, standings, options }: Asked,
): (Pick<FixOffer, 'id' | 'data'> & { readonly version: string }) | undefined {
  const file = changelogOf(contract, files);
  const compared = standings.compared(contract, files, options);
  if (file === undefined || 'missing' in compared) return undefined;
  const written = changelogWith(file, compared, files, options.today);
  return 'refused' in written
    ? undefined
    : { id: 'write-changelog', data: { file, text: written.text }, version: written.version };
}

/** The offer with all that its recipe needs, or why nothing can be done. The data came from an editor, so that nothing in it is trusted. */
export function versionOffer(
  contract: string,
  id: string,
  data: FixOffer['data'],
  { files, standings, options }: Asked,
): Pick<FixOffer, 'id' | 'data'> | { readonly refused: string } {
  const { fingerprint, sunset, file } = data;
  if (id === 'write-changelog') {
    const compared = standings.compared(contract, files, options);
    if ('missing' in compared || typeof file !== 'string') return { refused: 'the contract has no baseline any more' };
    const written = changelogWith(file, compared, files, options.today);
    return 'refused' in written ? written : { id, data: { file, text: written.text } };
  }
  const way = ways.find((one) => one === data.way);
  if (!way || typeof fingerprint !== 'string' || typeof sunset !== 'string')
    return { refused: 'the offer is incomplete' };
  const mending = standings.takenBack({ file: contract, fingerprint, way, sunset }, files, options);
  return 'refused' in mending ? mending : { id, data: { file: mending.file, steps: mending.steps } };
}
