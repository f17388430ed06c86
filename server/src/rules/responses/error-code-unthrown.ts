// Owns the rule error-code-unthrown: the contract lists an error code that the code never produces.

import type { Contract, Operation } from '../../contract/model.ts';
import type { FixOffer } from '../../findings/finding.ts';
import { type CodeList, codeLists } from '../evidence/error-codes.ts';
import { contractOffer } from '../evidence/offers.ts';
import { code, counted } from '../evidence/wording.ts';
import type { GovernedRule } from '../rule.ts';

export const errorCodeUnthrown: GovernedRule = {
  id: 'error-code-unthrown',
  family: 'responses',
  polarity: 'absence',
  summary: 'The contract lists an error code that the code never produces.',
  scope: 'governed',
  *check(governed) {
    for (const list of codeLists(governed)) {
      if (list.open || list.sent.size === 0) continue;
      // A code that is in no list may well be a new name of one that is: that is told as an undeclared code.
      if ([...list.sent].some((value) => !list.values.includes(value))) continue;
      for (const value of list.values) {
        if (list.sent.has(value) || list.elsewhere.has(value)) continue;
        yield {
          operation: soleOperation(list),
          subject: `${list.field}:${value}`,
          message: `The contract lists the error code ${code(value)}, but the code behind ${operationsOf(list)} never answers with it.`,
          contract: list.place,
          code: null,
          related: list.places.slice(0, 6).map((place) => ({ place, message: 'Answers with another code' })),
          confidence: 'proved',
          breaking: false,
          // A client that is prepared for an error which never comes loses nothing.
          cap: 'information',
          fixes: list.values.length > 1 ? [removal(list, value, governed.contract)] : [],
        };
      }
    }
  },
};

/** The list stands wherever its copies do. */
function removal({ copies }: CodeList, value: string, contract: Contract): FixOffer {
  const schemas = [...copies.values()].map(({ file, pointer }) => ({ file, pointer: schemaPointer(pointer) }));
  return contractOffer('remove-enum-value', `Take ${value} out of the list`, contract, schemas[0]!, { value, schemas });
}

/** A shape is stated by its keyword. */
const schemaPointer = (pointer: string): string => pointer.replace(/\/(?:type|enum|const)$/, '');

function soleOperation({ operations }: CodeList): Operation | null {
  const [only] = operations;
  return only && operations.size === 1 ? only : null;
}

function operationsOf(list: CodeList): string {
  const only = soleOperation(list);
  return only ? code(only.key) : `the ${counted(list.operations.size, 'operation')} that use this list`;
}
