// Owns the versions of the contracts of a run as its report tells them. It must not know the report's form.

import { pathIn } from '../host/git.ts';
import type { Configuration } from '../registry/configuration.ts';
import { type ContractLineage, lineageBounds } from '../report/drift/lineage-section.ts';
import { lineageOf } from '../versioning/lineage.ts';
import { policyOf } from '../versioning/settings.ts';
import { ContractSources } from '../versioning/source.ts';
import type { WorkspaceModel } from '../workspace/model.ts';
import type { Terminal } from './terminal.ts';
import { acceptedFor } from './version-judgement.ts';

/** The versions of every contract that this code owns; those without a history are left out. */
export function lineagesOf(
  model: WorkspaceModel,
  { versions, folder }: Configuration,
  shown: (file: string) => string,
  { history, today }: Terminal,
): readonly ContractLineage[] {
  const options = { ...lineageBounds, today, scheme: versions.scheme, policy: policyOf(versions) };
  return model.governed.flatMap(({ contract, role }) => {
    if (role === 'consumed' || contract.partial || !history) return [];
    const opened = history(contract.file.slice(0, contract.file.lastIndexOf('/')));
    const path = 'found' in opened ? pathIn(opened.found, contract.file) : undefined;
    if (!('found' in opened) || path === undefined) return [];
    const found = lineageOf(path, opened.found, new ContractSources(), {
      ...options,
      accepted: acceptedFor(folder, contract.file),
    });
    return 'failure' in found ? [] : [{ contract: shown(contract.file), releases: found.found }];
  });
}
