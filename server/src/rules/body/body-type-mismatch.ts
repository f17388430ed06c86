// Owns the rule body-type-mismatch: validator and contract differ in the type, null, values or bounds of a body field.

import type { Route } from '../../code/model.ts';
import type { Difference } from '../../shape/difference.ts';
import { alternatives } from '../../shape/shape.ts';
import { type BodyDifference, bodyDifferences } from '../evidence/bodies.ts';
import { constraintSentence, isFormality } from '../evidence/constraints.ts';
import { schemaOffers } from '../evidence/schema-offers.ts';
import { wishOf } from '../evidence/wishes.ts';
import { code, describeShape, operationName, relatedSteps, whereInCode } from '../evidence/wording.ts';
import type { BindingRule, Draft } from '../rule.ts';

export const bodyTypeMismatch: BindingRule = {
  id: 'body-type-mismatch',
  family: 'body',
  polarity: 'mismatch',
  summary: 'Validator and contract differ in the type, null, values or bounds of a body field.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    for (const found of bodyDifferences(operation, route)) {
      const { difference, body } = found;
      if (!['type', 'null', 'enum', 'constraint'].includes(difference.kind)) continue;
      yield {
        operation,
        subject: found.subject,
        values: [difference.detail?.name ?? difference.kind, difference.detail?.code ?? describeShape(difference.code)],
        message: sentenceFor(found, operationName(operation)),
        contract: found.contract,
        code: found.code,
        related: [...relatedSteps(body.via), { place: found.contract, message: declaredWords(difference) }],
        confidence: found.confidence,
        breaking: !difference.lax && !isConverted(difference, route),
        cap: capOf(found),
        fixes: schemaOffers(contract, difference),
        wish: wishOf(difference),
      };
    }
  },
};

function sentenceFor(found: BodyDifference, operation: string): string {
  const { difference, body, path } = found;
  const what = path === '' ? 'the body' : `the body field ${code(path)}`;
  if (difference.detail) return constraintSentence(what, operation, difference.detail, body.via);
  const where = whereInCode(body.via);
  if (difference.kind === 'null') {
    return `The validator rejects ${code('null')} as ${what} here ${where}, but ${operation} allows it.`;
  }
  const verb = body.source === 'validator' ? 'The validator takes' : 'The type says that';
  const accepted = describeShape(difference.code);
  const said = body.source === 'validator' ? `${what} as ${accepted}` : `${what} is ${accepted}`;
  return `${verb} ${said} here ${where}, but ${operation} declares ${describeShape(difference.contract)}.`;
}

function declaredWords(difference: Difference): string {
  return difference.kind === 'null' ? 'Declared with null' : `Declared as ${describeShape(difference.contract)}`;
}

/** Fastify turns scalars into the type that its schema asks for before it validates them. */
function isConverted(difference: Difference, route: Route): boolean {
  if (difference.kind !== 'type' || route.framework !== 'fastify') return false;
  return [difference.code, difference.contract].every(
    (shape) => shape && alternatives(shape).every((member) => !['object', 'array', 'unknown'].includes(member.kind)),
  );
}

function capOf({ body, difference }: BodyDifference): Draft['cap'] {
  if (body.source === 'type' || isFormality(difference)) return 'information';
  return difference.detail && difference.detail.contract === undefined ? 'warning' : undefined;
}
