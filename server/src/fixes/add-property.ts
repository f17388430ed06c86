// Owns the repair that declares a field which the code sends or reads and the schema lacks.
// It must not know the rule that offers it.

import { childPointer } from '../base/pointer.ts';
import { appendItem, insertEntry } from '../contract/edit/insert.ts';
import { asWritten, schemaOrder } from '../contract/edit/order.ts';
import { entryOf } from '../contract/edit/outline.ts';
import { inDialect } from './dialect.ts';
import { ownMapOf, type Recipe, type Repair, refusable, repairOf, specificationOf } from './recipe.ts';
import { withComponents } from './reuse.ts';

/** Data: `file`, `pointer` (the object schema), `name`, `schema`, and maybe `required: true`. */
export const addProperty: Recipe = {
  id: 'add-property',
  prepare: (data, read) =>
    refusable(() => {
      const name = data.text('name');
      const { file, pointer, outline, node: owner } = ownMapOf(data, read, 'schema');
      const plain = inDialect(data.map('schema') ?? {}, specificationOf(outline, data)) ?? {};
      const schema = withComponents(plain, { data, read, file }) ?? {};

      const properties = entryOf(owner, 'properties')
        ? insertEntry(outline, childPointer(pointer, 'properties'), name, schema, asWritten)
        : insertEntry(outline, pointer, 'properties', { [name]: schema }, schemaOrder);
      if ('refused' in properties || !data.flag('required')) return repairOf(file, properties);

      const required = entryOf(owner, 'required')
        ? appendItem(outline, childPointer(pointer, 'required'), name)
        : insertEntry(outline, pointer, 'required', [name], schemaOrder);
      if ('refused' in required) return required;
      const repair: Repair = { files: [{ file, edits: [...required.edits, ...properties.edits] }] };
      return repair;
    }),
};
