// Owns the judgement of two states as the project of the command decided it. It must not know how states are compared.

import { createFileSource } from '../host/file-source.ts';
import type { Configuration } from '../registry/configuration.ts';
import type { Acceptances } from '../versioning/accepted.ts';
import { type Judged, judge } from '../versioning/judge.ts';
import type { ContractSource } from '../versioning/source.ts';
import { acceptedIn } from '../versioning/standing.ts';
import type { Terminal } from './terminal.ts';

/** What changed, what the project accepts of it, and the version that it calls for; `held`: the base is the contract's baseline. */
export function judgedFor(
  base: ContractSource,
  revision: ContractSource,
  { versions: decisions, folder }: Configuration,
  { today }: Terminal,
  held = false,
): Judged {
  const accepted = acceptedFor(folder, revision.file);
  return judge(base, revision, { decisions, today, accepted, held });
}

/** The changes of a contract that the project in a folder accepts. */
export const acceptedFor = (folder: string, file: string): Acceptances =>
  acceptedIn(createFileSource({ roots: [folder] }), folder, file);
