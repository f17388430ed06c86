// Owns the rule body-field-unread: a field of the declared body is never read.

import type { Contract, Operation } from '../../contract/model.ts';
import type { FixOffer } from '../../findings/finding.ts';
import type { Field } from '../../shape/shape.ts';
import { looksAtBody, readFields, succeeds } from '../evidence/body-readings.ts';
import { displacedParameters } from '../evidence/displaced.ts';
import { bodyObjects, topField } from '../evidence/fields.ts';
import { contractOffer, isOwn } from '../evidence/offers.ts';
import { contractPlace } from '../evidence/places.ts';
import { code, operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const bodyFieldUnread: BindingRule = {
  id: 'body-field-unread',
  family: 'body',
  polarity: 'absence',
  summary: 'A field of the declared body is never read.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    const facts = route.facts();
    const objects = bodyObjects(operation);
    const media = operation.body?.content[0];
    // Where nothing of the body is read, that is told as one.
    if (!objects || !media || !looksAtBody(facts) || !succeeds(facts)) return;
    const read = readFields(route);
    if (!read) return;
    const { misplaced } = displacedParameters(operation, contract, route);
    const elsewhere = new Set(misplaced.filter((found) => found.declaredIn === 'body').map(({ name }) => name));
    for (const name of objects[0]!.fields.keys()) {
      const field = topField(operation, name);
      if (!field || field.readOnly || read.has(name) || elsewhere.has(name) || isConstant(field)) continue;
      const place = contractPlace(field.origin ?? field.shape.origin, media.place);
      yield {
        operation,
        subject: `body.${name}`,
        message: `${operationName(operation)} declares the body field ${code(name)}${field.required ? ' and requires it' : ''}, but its handler never reads it.`,
        contract: place,
        code: route.pathPlace,
        related: [{ place: route.handlerPlace ?? route.place, message: `The handler of ${operation.key}` }],
        confidence: 'proved',
        breaking: false,
        cap: field.deprecated ? 'information' : undefined,
        fixes: removalOf(field, name, operation, contract),
      };
    }
  },
};

/** The offer to take a field out of a schema that nothing else uses; none for the only field, since an object without fields takes anything. */
function removalOf(field: Field, name: string, operation: Operation, contract: Contract): readonly FixOffer[] {
  const objects = bodyObjects(operation) ?? [];
  const { origin } = field;
  if (!origin || !('pointer' in origin) || objects.length !== 1 || objects[0]!.fields.size < 2) return [];
  const place = contractPlace(origin, operation.place);
  const [, schema] = /^(.*)\/properties\/[^/]+$/.exec(place.pointer) ?? [];
  if (schema === undefined || !isOwn(contract, operation, { file: place.file, pointer: schema })) return [];
  const at = { file: place.file, pointer: schema };
  return [contractOffer('remove-field', `Take ${name} out of the request body`, contract, at, { name })];
}

/** A field of one value only (a grant type, a discriminator) has nothing to tell to whoever reads it. */
function isConstant({ shape }: Field): boolean {
  return (shape.kind === 'string' || shape.kind === 'number') && shape.values?.length === 1;
}
