// Owns the repair that declares a parameter which the code reads and the operation lacks.
// It must not know the rule that offers it.

import { childPointer } from '../base/pointer.ts';
import { appendItem, insertEntry } from '../contract/edit/insert.ts';
import { operationOrder } from '../contract/edit/order.ts';
import { entryOf, plainOf } from '../contract/edit/outline.ts';
import type { Plain } from '../contract/edit/write.ts';
import { inDialect } from './dialect.ts';
import { isSwagger, mapOf, type Recipe, refusable, repairOf, specificationOf } from './recipe.ts';
import { parameterComponent } from './reuse.ts';

/** Data: `file`, `pointer` (the operation or path item), `name`, `in`, `required`, `schema`, and maybe `description`. */
export const addParameter: Recipe = {
  id: 'add-parameter',
  prepare: (data, read) =>
    refusable(() => {
      const name = data.text('name');
      const location = data.text('in');
      const { file, pointer, outline, node: owner } = mapOf(data, read, 'operation');

      const swagger = isSwagger(outline, data);
      // Swagger 2.0 has no cookies; a parameter in a place that it does not know would make the document invalid.
      if (swagger && location === 'cookie') return { refused: 'Swagger 2.0 cannot declare cookies' };
      const schema = inDialect(data.map('schema') ?? { type: 'string' }, specificationOf(outline, data));
      const own: Record<string, Plain | undefined> = {
        name,
        in: location,
        description: data.optionalText('description'),
        // A path parameter is always required, as the specification says; an optional one is not spelled out.
        required: location === 'path' || data.flag('required') ? true : undefined,
      };
      if (swagger) Object.assign(own, schema);
      else own.schema = schema;
      const parameter = parameterComponent(own, { data, read, file }) ?? own;

      const list = entryOf(owner, 'parameters')?.value;
      if (!list) return repairOf(file, insertEntry(outline, pointer, 'parameters', [parameter], operationOrder));
      if (list.kind === 'list') {
        const declared = list.items.map(plainOf).some((item) => {
          const fields = item as Record<string, unknown> | null | undefined;
          return typeof fields === 'object' && fields?.name === name && fields.in === location;
        });
        if (declared) return { refused: `the ${location} parameter "${name}" is declared already` };
      }
      return repairOf(file, appendItem(outline, childPointer(pointer, 'parameters'), parameter));
    }),
};
