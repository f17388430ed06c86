// Owns the rule example-invalid: an example or a default of the contract does not satisfy its own schema.

import type { Contract, ContractPlace } from '../../contract/model.ts';
import type { FixOffer } from '../../findings/finding.ts';
import { removeOffer } from '../evidence/offers.ts';
import { code } from '../evidence/wording.ts';
import type { GovernedRule } from '../rule.ts';

export const exampleInvalid: GovernedRule = {
  id: 'example-invalid',
  family: 'lifecycle',
  polarity: 'mismatch',
  summary: 'An example or a default of the contract does not satisfy its own schema.',
  scope: 'governed',
  *check({ contract }) {
    for (const invalid of contract.examples?.() ?? []) {
      const owner = invalid.operation ? ` of ${code(invalid.operation.key)}` : '';
      yield {
        operation: invalid.operation ?? null,
        subject: invalid.subject,
        values: [invalid.message],
        message: `The example for the ${invalid.subject}${owner} contradicts its own schema: ${invalid.message}.`,
        contract: invalid.place,
        code: null,
        related: [{ place: invalid.schemaPlace, message: 'The schema that refuses it' }],
        confidence: 'proved',
        breaking: false,
        fixes: removal(contract, invalid.place),
      };
    }
  },
};

/** The offer to take the whole example out; none where its own words could be taken for those of the specification. */
function removal(contract: Contract, place: ContractPlace): readonly FixOffer[] {
  const tokens = place.pointer.split('/');
  const [at = -1, another] = tokens.flatMap((token, index) => (/^(?:examples?|default)$/.test(token) ? [index] : []));
  if (at < 0 || another !== undefined) return [];
  const end = tokens[at] === 'examples' ? at + 2 : at + 1;
  const title = `Remove the ${tokens[at] === 'default' ? 'default' : 'example'}`;
  return removeOffer(title, contract, { ...place, pointer: tokens.slice(0, end).join('/') });
}
