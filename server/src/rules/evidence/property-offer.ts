// Owns the offer to add a field to an object schema. It must not know what any rule decides.

import type { Contract, ContractPlace } from '../../contract/model.ts';
import type { FixOffer } from '../../findings/finding.ts';
import type { Difference } from '../../shape/difference.ts';
import { schemaOf } from './schema.ts';

/** The offer, when the place of the object schema is known exactly; none otherwise. */
export function propertyOffer(contract: Contract, schema: ContractPlace, difference: Difference): readonly FixOffer[] {
  const { contractOrigin } = difference;
  const exact = contractOrigin !== undefined && 'pointer' in contractOrigin;
  const name = difference.path.split('.').at(-1) ?? '';
  if (!exact || name === '' || /[[\]*]/.test(name)) return [];
  return [
    {
      id: 'add-property',
      title: `Add the field ${name} to the schema`,
      side: 'contract',
      safety: 'suggestion',
      data: {
        file: schema.file,
        pointer: schemaPointer(schema.pointer),
        name,
        schema: schemaOf(difference.code) ?? {},
        ...(difference.demanded === true ? { required: true } : {}),
        specification: contract.specification,
        root: contract.file,
      },
    },
  ];
}

/** A shape is stated by its keyword; the schema is what carries the keyword, unless that is a property of this name. */
function schemaPointer(pointer: string): string {
  return pointer.endsWith('/properties/type') ? pointer : pointer.replace(/\/(type|enum|const)$/, '');
}
