// Owns the rule version-constant-stale: answers carry a version of the API that is not the contract's.

import { contractOffer } from '../evidence/offers.ts';
import { isOwnExit } from '../evidence/statuses.ts';
import { code, codeLine, operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const versionConstantStale: BindingRule = {
  id: 'version-constant-stale',
  family: 'lifecycle',
  polarity: 'mismatch',
  summary: "Answers carry a version of the API that is not the contract's.",
  scope: 'binding',
  *check({ operation, contract }, route) {
    for (const exit of route.facts().exits) {
      const header = exit.headers.find(({ name }) => /^(x-)?api-version$/.test(name));
      if (!header?.value || !isOwnExit(exit) || agree(header.value, contract.version) !== false) continue;
      yield {
        operation,
        subject: `header:${header.name}`,
        values: [header.value],
        message: `Answers with ${code(header.value)} in ${code(header.name)} here (${codeLine}), but the contract of ${operationName(operation)} has the version ${code(contract.version)}.`,
        contract: contract.versionPlace,
        code: header.place,
        related: [{ place: contract.versionPlace, message: `The version is ${code(contract.version)}` }],
        // Some services count the versions of the interface and of its description apart.
        confidence: 'likely',
        breaking: false,
        fixes: hasAllParts(header.value, contract.version)
          ? [
              contractOffer('set-version', `Set the version to ${header.value}`, contract, contract.versionPlace, {
                version: header.value,
              }),
            ]
          : [],
      };
      return;
    }
  },
};

/** Whether a version of the code is one for the contract as well: of as many parts, and without the `v` of a path. */
function hasAllParts(sent: string, declared: string): boolean {
  return /^\d/.test(sent) && partsOf(sent)?.parts.length === partsOf(declared)?.parts.length;
}

/** Whether two texts name one version; undefined when they are not of one kind. A short number stands for all that begin with it. */
function agree(sent: string, declared: string): boolean | undefined {
  const [left, right] = [partsOf(sent), partsOf(declared)];
  if (!left || !right || left.kind !== right.kind) return undefined;
  if (left.kind === 'date') return left.parts.join('-') === right.parts.join('-');
  return left.parts.every((part, index) => right.parts[index] === undefined || right.parts[index] === part);
}

function partsOf(text: string): { readonly kind: 'date' | 'number'; readonly parts: readonly number[] } | undefined {
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (date) return { kind: 'date', parts: date.slice(1).map(Number) };
  const number = /^v?(\d{1,3})(?:\.(\d+))?(?:\.(\d+))?$/.exec(text);
  if (!number) return undefined;
  return { kind: 'number', parts: number.slice(1).flatMap((part) => (part === undefined ? [] : [Number(part)])) };
}
