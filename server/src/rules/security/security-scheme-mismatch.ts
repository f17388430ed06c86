// Owns the rule security-scheme-mismatch: guard and contract have callers prove themselves in different ways.

import { declaredSchemes, guardWords, looksFor, meets, schemeWords } from '../evidence/schemes.ts';
import { codeLine, inWords, operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const securitySchemeMismatch: BindingRule = {
  id: 'security-scheme-mismatch',
  family: 'security',
  polarity: 'mismatch',
  summary: 'Guard and contract have callers prove themselves in different ways.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    const schemes = declaredSchemes(contract, operation);
    const names = new Set((operation.security ?? []).flat().map(({ scheme }) => scheme));
    // What stands before the service checks certificates; what is not defined says nothing.
    if (schemes.length === 0 || schemes.length < names.size || schemes.some(isUnjudged)) return;
    const facts = route.facts();
    if (!facts.guardCompleteness.closed) return;
    const guards = facts.guards.filter((guard) => guard.kind !== 'authorization');
    const guard = guards.find((one) => one.scheme !== undefined);
    if (!guard || guards.some((one) => schemes.some((scheme) => meets(one, scheme)))) return;
    if (schemes.some((scheme) => looksFor(scheme, route))) return;
    const declared = inWords([...new Set(schemes.map(schemeWords))], 'or');
    yield {
      operation,
      subject: guard.scheme ?? guard.kind,
      values: [...names].sort(),
      message: `A guard asks for ${guardWords(guard)} here (${codeLine}), but ${operationName(operation)} declares ${declared}.`,
      contract: operation.securityPlace,
      code: guard.place,
      related: [
        { place: operation.securityPlace, message: `Declared as ${declared}` },
        ...schemes.slice(0, 4).map((scheme) => ({ place: scheme.place, message: 'The scheme is defined here' })),
      ],
      confidence: guard.level === 'app' ? 'likely' : guard.confidence,
      breaking: true,
    };
  },
};

function isUnjudged({ type }: { readonly type: string }): boolean {
  return type === 'mutualTLS' || type === 'unknown';
}
