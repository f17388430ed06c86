// Owns the repair that declares a parameter in another place of the request. It must not know the rule that offers it.

import { tokensOf } from '../base/pointer.ts';
import { parameterOrder } from '../contract/edit/order.ts';
import { entryOf, nodeAt, plainOf } from '../contract/edit/outline.ts';
import { setScalar } from '../contract/edit/replace.ts';
import { isSwagger, outlineOf, type Recipe, refusable, repairOf } from './recipe.ts';

/** Data: `file`, `pointer` (the parameter) and `in`: `query`, `header` or `cookie`. */
export const moveParameter: Recipe = {
  id: 'move-parameter',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const pointer = data.text('pointer');
      const location = data.text('in');
      if (!['query', 'header', 'cookie'].includes(location)) return { refused: `nothing is moved to "${location}"` };
      const outline = outlineOf(file, read);
      const parameter = nodeAt(outline.root, tokensOf(pointer));
      const from = plainOf(entryOf(parameter, 'in')?.value);
      if (typeof from !== 'string') return { refused: `no parameter is written at ${pointer}` };
      // A path parameter is a part of the path, which would have to change with it.
      if (from === 'path' || from === 'body')
        return { refused: `what stands in the ${from} cannot be moved out of it` };
      if (location === 'cookie' && isSwagger(outline, data)) return { refused: 'Swagger 2.0 cannot declare cookies' };
      return repairOf(file, setScalar(outline, pointer, 'in', location, parameterOrder));
    }),
};
