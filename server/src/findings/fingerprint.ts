// Owns the identity of a finding: the same disagreement has the same fingerprint in the editor, the command line,
// SARIF and the baseline. It must not know rules, positions or absolute paths: moving a line never changes an identity.

import { digest } from '../base/hash.ts';

/** Part of every hash, so that a change of this recipe can never be mistaken for a change of the code. */
const RECIPE = 'fidelity/1';

/**
 * The fingerprint of a finding, as 16 hex digits.
 * `operationKey` is `GET /orders/{id}` or null; `values` tell apart findings with the same rule, operation and subject.
 * Values are compared after normalisation (Unicode composition, outer and repeated white space), in the order given.
 */
export function fingerprint(
  rule: string,
  operationKey: string | null,
  subject: string,
  values: readonly string[] = [],
): string {
  return digest([RECIPE, rule, operationKey ?? '', normalise(subject), ...values.map(normalise)]);
}

function normalise(value: string): string {
  return value.normalize('NFC').trim().replace(/\s+/g, ' ');
}
