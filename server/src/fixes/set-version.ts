// Owns the repair that gives a contract another version.
// It must not know which version is due, nor why.

import { infoOrder } from '../contract/edit/order.ts';
import { setScalar } from '../contract/edit/replace.ts';
import { outlineOf, type Recipe, refusable, repairOf } from './recipe.ts';

/** Data: `file` (the contract's root) and `version`, written as `info.version` in the quotes of the one before. */
export const setVersion: Recipe = {
  id: 'set-version',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      return repairOf(file, setScalar(outlineOf(file, read), '/info', 'version', data.text('version'), infoOrder));
    }),
};
