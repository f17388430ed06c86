// Owns the repair that declares a parameter which the code reads and the operation lacks.
// It must not know the rule that offers it.

import { childPointer, tokensOf } from '../base/pointer.ts';
import { appendItem, insertEntry } from '../contract/edit/insert.ts';
import { operationOrder } from '../contract/edit/order.ts';
import { entryOf, nodeAt, plainOf } from '../contract/edit/outline.ts';
import type { Plain } from '../contract/edit/write.ts';
import { inDialect } from './dialect.ts';
import { isSwagger, outlineOf, type Recipe, refusable, repairOf, specificationOf } from './recipe.ts';
import { parameterComponent } from './reuse.ts';

/** Data: `file`, `pointer` (the operation or path item), `name`, `in`, `required`, `schema`, and maybe `description`. */
export const addParameter: Recipe = {
  id: 'add-parameter',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const pointer = data.text('pointer');
      const name = data.text('name');
      const location = data.text('in');
      const outline = outlineOf(file, read);
      const owner = nodeAt(outline.root, tokensOf(pointer));
      if (owner?.kind !== 'map') return { refused: `no operation is written at ${pointer}` };

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
