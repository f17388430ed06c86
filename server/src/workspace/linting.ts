// Owns what the linter is asked about a workspace: which contracts, with which ruleset, with which texts.
// It must not know Spectral, threads, findings or an editor.

import type { FileSource } from '../base/host.ts';
import type { LintRequest } from '../base/linter.ts';
import { nearestRuleset, rulesetTexts } from '../contract/spectral/ruleset-files.ts';
import type { WorkspaceModel } from './model.ts';

export interface LintingOptions {
  readonly trusted: boolean;
  /** Whether contracts without a ruleset of their own are linted by the rules that Spectral recommends. */
  readonly always: boolean;
  /** Contracts to lint, by their root's path; all when absent. */
  readonly only?: (contract: string) => boolean;
}

/** One request for each ruleset, in the order of the contracts. Nothing is asked about contracts of others, copies and test material. */
export function lintRequests(
  model: WorkspaceModel,
  files: FileSource,
  isConsumed: (contract: string) => boolean,
  options: LintingOptions,
): readonly LintRequest[] {
  const groups = new Map<string | undefined, { documents: string[]; texts: Record<string, string> }>();
  for (const contract of model.contracts) {
    if (contract.hint !== undefined || contract.partial || isConsumed(contract.file)) continue;
    if (options.only && !options.only(contract.file)) continue;
    const ruleset = nearestRuleset(contract.file, files);
    if (ruleset === undefined && !options.always) continue;
    const group = groups.get(ruleset) ?? { documents: [], texts: {} };
    groups.set(ruleset, group);
    group.documents.push(contract.file);
    for (const file of contract.files) {
      const read = files.read(file);
      if ('text' in read) group.texts[file] = read.text;
    }
  }
  return [...groups].map(([ruleset, { documents, texts }]) => ({
    documents,
    texts: ruleset === undefined ? texts : { ...texts, ...rulesetTexts(ruleset, files) },
    ruleset,
    trusted: options.trusted,
  }));
}
