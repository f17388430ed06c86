// Owns turning what a linter says of a contract into findings, beside those of our own rules. It must not know the linter.

import type { LintResult } from '../base/linter.ts';
import { pathItemMethods } from '../base/method.ts';
import { LineIndex } from '../base/place.ts';
import { pointerOf } from '../base/pointer.ts';
import type { Finding } from './finding.ts';
import { fingerprint } from './fingerprint.ts';

/** The family of every finding that a ruleset made. */
export const lintFamily = 'spectral';

/** The findings of a linter's results, sorted by file and place. `textOf` gives the text that was linted. */
export function lintFindings(
  results: readonly LintResult[],
  textOf: (file: string) => string | undefined,
): readonly Finding[] {
  const indexes = new Map<string, LineIndex | undefined>();
  const indexOf = (file: string): LineIndex | undefined => {
    if (!indexes.has(file)) {
      const text = textOf(file);
      indexes.set(file, text === undefined ? undefined : new LineIndex(text));
    }
    return indexes.get(file);
  };
  const seen = new Map<string, number>();
  const findings = results.map((result): Finding => {
    const lines = indexOf(result.file);
    const start = lines?.offset({ line: result.start.line, column: result.start.character }) ?? 0;
    const end = lines?.offset({ line: result.end.line, column: result.end.character }) ?? start;
    const pointer = pointerOf(result.path);
    const operation = operationOf(result);
    const base = fingerprint(result.rule, operation, pointer, [result.message]);
    // One rule may say the same twice of one place; the second is told apart by its number.
    const times = (seen.get(base) ?? 0) + 1;
    seen.set(base, times);
    return {
      rule: result.rule,
      family: lintFamily,
      polarity: 'mismatch',
      severity: result.severity,
      confidence: 'proved',
      operation,
      contractRoot: result.document,
      subject: pointer === '' ? '/' : pointer,
      message: result.message,
      contract: { file: result.file, start, end: Math.max(start, end), pointer },
      code: null,
      related: [],
      fingerprint: times === 1 ? base : fingerprint(result.rule, operation, pointer, [result.message, String(times)]),
      fixes: [],
      suppressed: null,
      ...(result.documentation === undefined ? {} : { documentation: result.documentation }),
    };
  });
  return findings.sort(
    (a, b) =>
      compare(a.contract?.file ?? '', b.contract?.file ?? '') ||
      (a.contract?.start ?? 0) - (b.contract?.start ?? 0) ||
      compare(a.rule, b.rule),
  );
}

function operationOf({ path, file, document }: LintResult): string | null {
  const [section, address, method] = path;
  const named =
    section === 'paths' && typeof address === 'string' && typeof method === 'string' && pathItemMethods.has(method);
  return named && file === document ? `${method.toUpperCase()} ${address}` : null;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
