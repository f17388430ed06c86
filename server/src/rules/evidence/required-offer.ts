// Owns the offer to make something required or optional in the contract. It must not know what any rule decides.

import { parentPointer } from '../../base/pointer.ts';
import type { ContractPlace } from '../../contract/model.ts';
import type { FixOffer } from '../../findings/finding.ts';
import { lastName } from './answer-faults.ts';

/** `place` is the parameter, the request body, or with `name` the object schema that has the list of required fields. */
export function requiredOffer(
  place: ContractPlace,
  change: { readonly title: string; readonly value: boolean; readonly name?: string },
): readonly FixOffer[] {
  return [
    {
      id: 'set-required',
      title: change.title,
      side: 'contract',
      safety: 'suggestion',
      data: {
        file: place.file,
        pointer: place.pointer,
        value: change.value,
        ...(change.name === undefined ? {} : { name: change.name }),
      },
    },
  ];
}

/** The offer for a field whose place is its key among the properties: the object schema around them has the list. */
export function fieldOffer(place: ContractPlace, path: string, value: boolean): readonly FixOffer[] {
  const name = lastName(path);
  const properties = parentPointer(place.pointer);
  if (name === '' || !properties.endsWith('/properties')) return [];
  const title = `Make ${name} ${value ? 'required' : 'optional'} in the schema`;
  return requiredOffer({ ...place, pointer: parentPointer(properties) }, { title, value, name });
}
