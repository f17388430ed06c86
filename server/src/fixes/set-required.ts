// Owns the repair that makes a parameter, a body or a field required or optional in the contract.
// It must not know the rule that offers it.

import { childPointer } from '../base/pointer.ts';
import { appendItem, insertEntry } from '../contract/edit/insert.ts';
import { bodyOrder, parameterOrder, schemaOrder } from '../contract/edit/order.ts';
import { entryOf, plainOf } from '../contract/edit/outline.ts';
import { removeItem, setScalar } from '../contract/edit/replace.ts';
import { ownMapOf, type Recipe, refusable, repairOf } from './recipe.ts';

/**
 * Data: `file`, `pointer` and `value`. The pointer names a parameter or a request body; with `name` it names an object
 * schema, whose list of required fields gains or loses that name.
 */
export const setRequired: Recipe = {
  id: 'set-required',
  prepare: (data, read) =>
    refusable(() => {
      const value = data.flag('value');
      const field = data.optionalText('name');
      const { file, pointer, outline, node: owner } = ownMapOf(data, read, 'schema, body or parameter');

      if (field === undefined) {
        if (!value && plainOf(entryOf(owner, 'in')?.value) === 'path') {
          return { refused: 'a path parameter is always required' };
        }
        const order = entryOf(owner, 'in') ? parameterOrder : bodyOrder;
        return repairOf(file, setScalar(outline, pointer, 'required', value, order));
      }
      const list = childPointer(pointer, 'required');
      if (!value) return repairOf(file, removeItem(outline, list, field));
      const declared = entryOf(owner, 'required')?.value;
      if (!declared) return repairOf(file, insertEntry(outline, pointer, 'required', [field], schemaOrder));
      const names = plainOf(declared);
      if (Array.isArray(names) && names.includes(field)) return { refused: `"${field}" is required already` };
      return repairOf(file, appendItem(outline, list, field));
    }),
};
