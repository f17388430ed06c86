// Owns demands on body fields that are made by hand (`if (!amount) return 400`) rather than by a validator.
// It must not know what any rule decides.

import type { Route } from '../../code/model.ts';
import type { ContractPlace, Operation } from '../../contract/model.ts';
import { alternatives, type Field, type Shape } from '../../shape/shape.ts';
import type { Draft } from '../rule.ts';
import { bodySubject, fieldReads } from './bodies.ts';
import { contractPlace, nearestPlace } from './places.ts';
import { fieldOffer } from './required-offer.ts';
import { code, operationName, relatedSteps, whereInCode } from './wording.ts';

/** Drafts for fields whose absence the code rejects by hand although the contract calls them optional. */
export function requiredReads(
  operation: Operation,
  route: Route,
): readonly { readonly path: string; readonly draft: Draft }[] {
  const found = new Map<string, Draft>();
  for (const read of fieldReads(route)) {
    // What a validator demands is told from the body that it checks; what it hands on is there because of its defaults.
    if (read.source === 'validator') continue;
    if (read.required !== true || read.default !== undefined || found.has(read.name)) continue;
    const declared = optionalField(operation, read.name);
    if (!declared) continue;
    found.set(read.name, {
      operation,
      subject: bodySubject(read.name),
      values: ['required'],
      message: `Rejects a body without the field ${code(read.name)} here ${whereInCode(read.via)}, but ${operationName(operation)} declares it as optional.`,
      contract: declared.place,
      code: nearestPlace(read.requiredPlace ?? read.place, read.via, route),
      related: [...relatedSteps(read.via), { place: declared.place, message: 'Declared as optional' }],
      confidence: read.confidence,
      breaking: true,
      fixes: fieldOffer(declared.place, read.name, true),
    });
  }
  return [...found].map(([path, draft]) => ({ path, draft }));
}

/** The field, when every declared body has it and every one calls it optional. Only fields at the top are decided. */
function optionalField(operation: Operation, name: string): { readonly place: ContractPlace } | undefined {
  if (/[.[]/.test(name)) return undefined;
  let place: ContractPlace | undefined;
  for (const media of operation.body?.content ?? []) {
    const field = media.shape && soleField(media.shape, name);
    if (field?.required !== false || field.readOnly) return undefined;
    place ??= contractPlace(field.origin ?? field.shape.origin, media.place);
  }
  return place && { place };
}

function soleField(shape: Shape, name: string): Field | undefined {
  const [only, ...others] = alternatives(shape).filter((member) => member.kind !== 'null');
  return others.length === 0 && only?.kind === 'object' ? only.fields.get(name) : undefined;
}
