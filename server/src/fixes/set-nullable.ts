// Owns the repair that allows null where a schema has none. It must not know the rule that offers it.

import { childPointer } from '../base/pointer.ts';
import { appendItem } from '../contract/edit/insert.ts';
import { schemaOrder } from '../contract/edit/order.ts';
import { entryOf, type Outline, plainOf } from '../contract/edit/outline.ts';
import { setValue } from '../contract/edit/replace.ts';
import { inSteps, ownMapOf, type Recipe, refusable, specificationOf } from './recipe.ts';

/** Data: `file` and `pointer` (the schema). 3.1 lists the types, 3.0 has `nullable`, Swagger 2.0 its extension. */
export const setNullable: Recipe = {
  id: 'set-nullable',
  prepare: (data, read) =>
    refusable(() => {
      const { file, pointer, outline, node: schema } = ownMapOf(data, read, 'schema');
      // A list of values has null among them, or null is refused by it.
      const values = plainOf(entryOf(schema, 'enum')?.value);
      const lacksNull = Array.isArray(values) && !values.includes(null);
      const listed = (now: Outline) => (lacksNull ? appendItem(now, childPointer(pointer, 'enum'), null) : undefined);
      const specification = specificationOf(outline, data);
      if (specification === '2.0' || specification === '3.0') {
        const word = specification === '2.0' ? 'x-nullable' : 'nullable';
        // Without a type beside it `nullable` says nothing, as 3.0.3 has it.
        if (!entryOf(schema, 'type')) return { refused: 'the schema has no type that null could stand beside' };
        return inSteps(file, read, [(now) => setValue(now, pointer, word, true, schemaOrder), listed]);
      }
      const type = plainOf(entryOf(schema, 'type')?.value);
      const types = (Array.isArray(type) ? type : [type]).filter((one) => typeof one === 'string');
      if (types.length === 0) return { refused: 'the schema has no type that null could stand beside' };
      if (types.includes('null')) return { refused: 'the schema allows null already' };
      return inSteps(file, read, [(now) => setValue(now, pointer, 'type', [...types, 'null'], schemaOrder), listed]);
    }),
};
