// Owns the repair that sends one field's value in the place of the object around it. It must not know the rule that offers it.

import { fieldAlone } from '../../code/languages/typescript/edits/unwrapping.ts';
import type { Recipe } from '../recipe.ts';
import { changeOf } from './one-edit.ts';

/** Data: `file`, `offset` (where the object begins), `name`. */
export const unwrapObject: Recipe = {
  id: 'unwrap-object',
  prepare: (data, read) =>
    changeOf(data, read, 'the field is not written as a property of an object here', (file, text) =>
      fieldAlone(file, text, data.offset('offset'), data.text('name')),
    ),
};
