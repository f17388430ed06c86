// Owns `fidelity check --lint`: rulesets over the contracts of a reading, as findings beside the others.
// It must not know Spectral.

import type { Linter } from '../base/linter.ts';
import type { Finding } from '../findings/finding.ts';
import { lintFindings } from '../findings/linted.ts';
import { LintThread } from '../host/lint-thread.ts';
import { entryOf } from '../registry/selection.ts';
import type { Notice } from '../report/presentation.ts';
import { lintRequests } from '../workspace/linting.ts';
import type { Reading } from './analysis.ts';
import type { Inputs } from './inputs.ts';

/** What the rulesets say. Contracts without one are linted by the rules that Spectral recommends. */
export async function lintContracts(
  reading: Reading,
  inputs: Inputs,
  trusted: boolean,
  linter: Linter = new LintThread(),
): Promise<{ readonly findings: readonly Finding[]; readonly notices: readonly Notice[] }> {
  const isConsumed = (contract: string): boolean => entryOf(inputs.configuration, contract)?.role === 'consumed';
  const requests = lintRequests(reading.model, reading.files, isConsumed, { trusted, always: true });
  const findings: Finding[] = [];
  const notices: Notice[] = [];
  try {
    for (const request of requests) {
      const answer = await linter.lint(request);
      findings.push(...lintFindings(answer?.results ?? [], (file) => request.texts[file]));
      notices.push(...(answer?.problems ?? []).map((message): Notice => ({ level: 'error', message })));
    }
  } finally {
    linter.dispose();
  }
  return { findings, notices };
}
