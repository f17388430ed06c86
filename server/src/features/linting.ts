// Owns what rulesets say in an editor: which contracts are asked about, and their results as diagnostics of files.
// It must not know Spectral, threads or a protocol.

import { digest } from '../base/hash.ts';
import type { LintAnswer, LintRequest } from '../base/linter.ts';
import { lintFindings } from '../findings/linted.ts';
import { entryOf } from '../registry/selection.ts';
import { lintRequests } from '../workspace/linting.ts';
import type { Analysis } from './analysis.ts';
import type { FileDiagnostic } from './diagnostics.ts';

export interface LintWish {
  /** `auto` asks only where the workspace has a ruleset; `always` takes the rules that Spectral recommends elsewhere. */
  readonly mode: 'auto' | 'always' | 'off';
  readonly trusted: boolean;
  /** Whether the editor has a file open: nobody waits for the linting of others. */
  readonly isOpen: (path: string) => boolean;
}

/** What the linter is asked after an analysis; nothing when no open contract has a ruleset. */
export function lintingOf(analysis: Analysis, wish: LintWish): readonly LintRequest[] {
  if (wish.mode === 'off') return [];
  return analysis.projects.flatMap(({ model, configuration, contractOnly }) => {
    // A ruleset may lead to others and to code, which nobody handed over.
    if (contractOnly) return [];
    const open = new Set(
      model.contracts.filter((contract) => contract.files.some(wish.isOpen)).map((contract) => contract.file),
    );
    if (open.size === 0) return [];
    const isConsumed = (contract: string): boolean => entryOf(configuration, contract)?.role === 'consumed';
    return lintRequests(model, analysis.files, isConsumed, {
      trusted: wish.trusted,
      always: wish.mode === 'always',
      only: (contract) => open.has(contract),
    });
  });
}

/** An identity of requests: equal ones have equal answers. */
export const lintIdentity = (requests: readonly LintRequest[]): string => digest([JSON.stringify(requests)]);

/** The diagnostics of answers to requests. */
export function lintDiagnostics(
  answered: readonly { readonly request: LintRequest; readonly answer: LintAnswer }[],
): readonly FileDiagnostic[] {
  return answered.flatMap(({ request, answer }) =>
    lintFindings(answer.results, (file) => request.texts[file]).flatMap((finding): FileDiagnostic[] =>
      finding.contract
        ? [
            {
              place: finding.contract,
              severity: finding.severity,
              message: finding.message,
              code: finding.rule,
              related: [],
              unnecessary: false,
              source: 'spectral',
              ...(finding.documentation === undefined ? {} : { documentation: finding.documentation }),
            },
          ]
        : [],
    ),
  );
}
