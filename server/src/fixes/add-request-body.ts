// Owns the repair that declares the body of a request. It must not know the rule that offers it.

import { childPointer } from '../base/pointer.ts';
import { appendItem, insertEntry } from '../contract/edit/insert.ts';
import { operationOrder } from '../contract/edit/order.ts';
import { entryOf } from '../contract/edit/outline.ts';
import { inDialect } from './dialect.ts';
import { isSwagger, mapOf, type Recipe, refusable, repairOf, specificationOf } from './recipe.ts';
import { withComponents } from './reuse.ts';

/** Data: `file`, `pointer` (the operation), `mediaType`, `schema`, and maybe `required: true`. */
export const addRequestBody: Recipe = {
  id: 'add-request-body',
  prepare: (data, read) =>
    refusable(() => {
      const { file, pointer, outline, node: operation } = mapOf(data, read, 'operation');
      const schema = withComponents(
        inDialect(data.map('schema') ?? { type: 'object' }, specificationOf(outline, data)),
        {
          data,
          read,
          file,
        },
      );
      const required = data.flag('required') ? true : undefined;

      if (isSwagger(outline, data)) {
        const parameter = { name: 'body', in: 'body', required, schema };
        if (!entryOf(operation, 'parameters')) {
          return repairOf(file, insertEntry(outline, pointer, 'parameters', [parameter], operationOrder));
        }
        return repairOf(file, appendItem(outline, childPointer(pointer, 'parameters'), parameter));
      }
      const body = { required, content: { [data.optionalText('mediaType') ?? 'application/json']: { schema } } };
      return repairOf(file, insertEntry(outline, pointer, 'requestBody', body, operationOrder));
    }),
};
