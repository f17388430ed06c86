// Owns the rule security-scheme-mismatch: guard and contract have callers prove themselves in different ways.

import { guardWords, schemeConflict, schemeWords } from '../evidence/schemes.ts';
import { schemeOffer } from '../evidence/security-offers.ts';
import { codeLine, inWords, operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const securitySchemeMismatch: BindingRule = {
  id: 'security-scheme-mismatch',
  family: 'security',
  polarity: 'mismatch',
  summary: 'Guard and contract have callers prove themselves in different ways.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    const conflict = schemeConflict(operation, contract, route);
    if (!conflict) return;
    const { guard, schemes } = conflict;
    const declared = inWords([...new Set(schemes.map(schemeWords))], 'or');
    yield {
      operation,
      subject: guard.scheme ?? guard.kind,
      values: schemes.map(({ name }) => name).sort(),
      message: `A guard asks for ${guardWords(guard)} here (${codeLine}), but ${operationName(operation)} declares ${declared}.`,
      contract: operation.securityPlace,
      code: guard.place,
      related: [
        { place: operation.securityPlace, message: `Declared as ${declared}` },
        ...schemes.slice(0, 4).map((scheme) => ({ place: scheme.place, message: 'The scheme is defined here' })),
      ],
      confidence: guard.level === 'app' ? 'likely' : guard.confidence,
      breaking: true,
      fixes: schemeOffer(operation, contract, guard),
    };
  },
};
