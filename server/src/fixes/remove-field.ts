// Owns the repair that takes a field out of an object schema, and out of its list of required fields.
// It must not know the rule that offers it.

import { childPointer } from '../base/pointer.ts';
import { entryOf, plainOf } from '../contract/edit/outline.ts';
import { removeItem, removeKey } from '../contract/edit/replace.ts';
import { inSteps, ownMapOf, type Recipe, refusable } from './recipe.ts';

/** Data: `file`, `pointer` (the object schema) and `name`. */
export const removeField: Recipe = {
  id: 'remove-field',
  prepare: (data, read) =>
    refusable(() => {
      const { file, pointer, node } = ownMapOf(data, read, 'schema');
      const name = data.text('name');
      const required = plainOf(entryOf(node, 'required')?.value);
      const demanded = Array.isArray(required) && required.includes(name);
      return inSteps(file, read, [
        (outline) => (demanded ? removeItem(outline, childPointer(pointer, 'required'), name) : undefined),
        (outline) => removeKey(outline, childPointer(pointer, 'properties'), name),
      ]);
    }),
};
