// Owns the repair that declares a response: a status that the code returns and the operation lacks.
// It must not know the rule that offers it.

import { childPointer } from '../base/pointer.ts';
import { insertEntry } from '../contract/edit/insert.ts';
import { operationOrder, statusOrder } from '../contract/edit/order.ts';
import { entryOf } from '../contract/edit/outline.ts';
import type { Plain } from '../contract/edit/write.ts';
import { inDialect } from './dialect.ts';
import { isSwagger, mapOf, type Recipe, refusable, repairOf, specificationOf } from './recipe.ts';
import { responseComponent, withComponents } from './reuse.ts';

/** Data: `file`, `pointer` (the operation), `status`, `description`, and for a body `mediaType` and `schema`. */
export const addResponse: Recipe = {
  id: 'add-response',
  prepare: (data, read) =>
    refusable(() => {
      const status = data.status('status');
      const { file, pointer, outline, node: operation } = mapOf(data, read, 'operation');

      const own: Record<string, Plain | undefined> = { description: data.text('description') };
      const plain = inDialect(data.map('schema'), specificationOf(outline, data));
      const writing = { data, read, file };
      const mediaType = data.optionalText('mediaType');
      const swagger = isSwagger(outline, data);
      const put = (schema: Plain | undefined): void => {
        if (swagger) own.schema = schema;
        else if (mediaType !== undefined) own.content = { [mediaType]: schema === undefined ? {} : { schema } };
      };
      put(plain);
      const shared = responseComponent(status, own, writing);
      if (!shared) put(withComponents(plain, writing));
      const response = shared ?? own;

      if (!entryOf(operation, 'responses')) {
        return repairOf(file, insertEntry(outline, pointer, 'responses', { [status]: response }, operationOrder));
      }
      return repairOf(file, insertEntry(outline, childPointer(pointer, 'responses'), status, response, statusOrder));
    }),
};
