// Owns the repair that gives a contract another base path: in the URL of a server, or in `basePath` of Swagger 2.0.
// It must not know the rule that offers it.

import { parentPointer } from '../base/pointer.ts';
import { rootOrder } from '../contract/edit/order.ts';
import { setScalar } from '../contract/edit/replace.ts';
import { isSwagger, outlineOf, type Recipe, refusable, repairOf } from './recipe.ts';

/** Data: `file`, `pointer` (the URL of a server; in Swagger 2.0 it is not asked), `url` as it shall be, and its path `basePath`. */
export const setBasePath: Recipe = {
  id: 'set-base-path',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const outline = outlineOf(file, read);
      if (isSwagger(outline, data))
        return repairOf(file, setScalar(outline, '', 'basePath', data.text('basePath'), rootOrder));
      return repairOf(file, setScalar(outline, parentPointer(data.text('pointer')), 'url', data.text('url')));
    }),
};
