// Owns what changed in a section since a tag was pinned to it: the state of the past whose pin it is, held against the present one.
// It must not know a protocol, nor how a repository is asked.

import type { FileSource, History } from '../base/host.ts';
import { ContractRoom } from '../contract/load/contracts.ts';
import type { LinkedSection } from '../links/model.ts';
import type { Change } from '../versioning/change.ts';
import { compareContracts } from '../versioning/compare.ts';
import { pastFiles } from '../versioning/past-files.ts';
import { ContractSources } from '../versioning/source.ts';

export interface SectionChanges {
  /** When the section was last what the pin says: `YYYY-MM-DD`. */
  readonly date: string;
  readonly subject: string;
  readonly changes: readonly Pick<Change, 'level' | 'message'>[];
}

/** How many states of the past are looked into, the latest first. */
const mostCommits = 40;

/** What changed since the pin; undefined when no state of the past has it. */
export function changesSince(
  pin: string,
  { contract, section, operation }: LinkedSection,
  files: FileSource,
  history: History,
  today: string,
): SectionChanges | undefined {
  const head = `${history.top}/`;
  if (!contract.file.startsWith(head)) return undefined;
  const { file, pointer } = section.place;
  const commits = new Map<string, { readonly date: string; readonly subject: string }>();
  for (const path of new Set([contract.file, file])) {
    const log = history.log(path.slice(head.length), mostCommits);
    if ('failure' in log) continue;
    for (const { commit } of log.found) commits.set(commit.hash, commit);
  }
  for (const [hash, { date, subject }] of commits) {
    const past = pastFiles(history, hash);
    const [before] = new ContractRoom().contracts(past, { roots: [contract.file] });
    const former = before?.operations.find(
      (one) => one.operationId !== undefined && one.operationId === operation?.operationId,
    );
    const tail = operation ? pointer.slice(operation.place.pointer.length) : '';
    const place = former ? `${former.place.pointer}${tail}` : pointer;
    if (before?.section?.(former?.place.file ?? file, place)?.pin() !== pin) continue;
    const sources = new ContractSources();
    const base = sources.open(past, contract.file);
    const revision = new ContractSources().open(files, contract.file);
    if ('failure' in base || 'failure' in revision) return undefined;
    const { changes } = compareContracts(base, revision, { today });
    const near = changes.filter((change) =>
      operation
        ? change.operations.includes(operation.key)
        : [change.base, change.revision].some((one) => one?.file === file && one.pointer.startsWith(pointer)),
    );
    return { date, subject, changes: near };
  }
  return undefined;
}
