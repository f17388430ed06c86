// Owns the repair that gives a schema another bound, length, pattern or format, or takes one away.
// It must not know the rule that offers it.

import { schemaOrder } from '../contract/edit/order.ts';
import { removeKey, setValue } from '../contract/edit/replace.ts';
import { ownMapOf, type Recipe, refusable, repairOf } from './recipe.ts';

const constraints: ReadonlySet<string> = new Set([
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
  'pattern',
  'format',
  'enum',
]);

/** Data: `file`, `pointer` (the schema, in Swagger 2.0 also the parameter), `keyword`, and `value`; without one the keyword goes. */
export const setConstraint: Recipe = {
  id: 'set-constraint',
  prepare: (data, read) =>
    refusable(() => {
      const keyword = data.text('keyword');
      if (!constraints.has(keyword)) return { refused: `"${keyword}" is no constraint` };
      const { file, pointer, outline } = ownMapOf(data, read, 'schema');
      if (!data.has('value')) return repairOf(file, removeKey(outline, pointer, keyword));
      return repairOf(file, setValue(outline, pointer, keyword, data.plain('value'), schemaOrder));
    }),
};
