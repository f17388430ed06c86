// Owns the repair that declares a header of an answer. It must not know the rule that offers it.

import { childPointer } from '../base/pointer.ts';
import { insertEntry } from '../contract/edit/insert.ts';
import { responseOrder } from '../contract/edit/order.ts';
import { entryOf, type OutlineNode } from '../contract/edit/outline.ts';
import type { Plain } from '../contract/edit/write.ts';
import { inDialect } from './dialect.ts';
import { isSwagger, ownMapOf, type Recipe, refusable, repairOf, specificationOf } from './recipe.ts';
import { headerComponent } from './reuse.ts';

/** Data: `file`, `pointer` (the response), `name`, `schema`, and maybe `description`. */
export const addHeader: Recipe = {
  id: 'add-header',
  prepare: (data, read) =>
    refusable(() => {
      const name = data.text('name');
      const { file, pointer, outline, node: response } = ownMapOf(data, read, 'response');

      const schema = inDialect(data.map('schema') ?? { type: 'string' }, specificationOf(outline, data));
      const description = data.optionalText('description');
      const written: Plain = isSwagger(outline, data)
        ? { description, ...(schema as { readonly [key: string]: Plain }) }
        : (headerComponent(name, schema, { data, read, file }) ?? { description, schema });

      const headers = entryOf(response, 'headers')?.value;
      if (!headers) return repairOf(file, insertEntry(outline, pointer, 'headers', { [name]: written }, responseOrder));
      if (declares(headers, name)) return { refused: `the header "${name}" is declared already` };
      return repairOf(file, insertEntry(outline, childPointer(pointer, 'headers'), name, written));
    }),
};

/** Headers are the same whatever their case. */
function declares(headers: OutlineNode, name: string): boolean {
  return headers.kind === 'map' && headers.entries.some((entry) => entry.key.toLowerCase() === name.toLowerCase());
}
