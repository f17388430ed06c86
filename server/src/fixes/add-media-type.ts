// Owns the repair that declares another media type for the body of a request or an answer.
// It must not know the rule that offers it.

import { childPointer } from '../base/pointer.ts';
import { appendItem, insertEntry } from '../contract/edit/insert.ts';
import { bodyOrder, operationOrder } from '../contract/edit/order.ts';
import { entryOf, plainOf } from '../contract/edit/outline.ts';
import { inDialect } from './dialect.ts';
import { ownMapOf, type Recipe, refusable, repairOf, specificationOf } from './recipe.ts';
import { withComponents } from './reuse.ts';

/**
 * Data: `file`, `pointer` (the request body or the response), `mediaType`, and maybe `schema`. Swagger 2.0 has lists on the
 * operation: there `pointer` is the operation and `list` is `consumes` or `produces`.
 */
export const addMediaType: Recipe = {
  id: 'add-media-type',
  prepare: (data, read) =>
    refusable(() => {
      const mediaType = data.text('mediaType');
      const { file, pointer, outline, node: owner } = ownMapOf(data, read, 'response, body or parameter');

      const specification = specificationOf(outline, data);
      if (specification === '2.0') {
        const list = data.text('list');
        const listed = entryOf(owner, list)?.value;
        if (!listed) return repairOf(file, insertEntry(outline, pointer, list, [mediaType], operationOrder));
        const known = plainOf(listed);
        if (Array.isArray(known) && known.includes(mediaType)) return { refused: `${mediaType} is declared already` };
        return repairOf(file, appendItem(outline, childPointer(pointer, list), mediaType));
      }
      const schema = withComponents(inDialect(data.map('schema'), specification), { data, read, file });
      const media = schema === undefined ? {} : { schema };
      if (!entryOf(owner, 'content')) {
        return repairOf(file, insertEntry(outline, pointer, 'content', { [mediaType]: media }, bodyOrder));
      }
      return repairOf(file, insertEntry(outline, childPointer(pointer, 'content'), mediaType, media));
    }),
};
