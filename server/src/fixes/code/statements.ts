// Owns the repairs that take a registration out of the code, or put it behind another. It must not know the rules that offer them.

import { statementMove, statementRemoval } from '../../code/languages/typescript/edits/statement.ts';
import type { Recipe } from '../recipe.ts';
import { changeOf } from './one-edit.ts';

/** Data: `file`, and where the call stands: `offset` and `end`. */
export const removeStatement: Recipe = {
  id: 'remove-statement',
  prepare: (data, read) =>
    changeOf(data, read, 'the call is not a statement of its own here', (file, text) =>
      statementRemoval(file, text, data.offset('offset'), data.offset('end')),
    ),
};

/** Data: `file`, where the call stands (`offset`, `end`), and where the one stands that it goes behind (`behind`, `behindEnd`). */
export const moveStatement: Recipe = {
  id: 'move-statement',
  prepare: (data, read) =>
    changeOf(data, read, 'the two calls are not statements of one block here', (file, text) =>
      statementMove(
        file,
        text,
        { start: data.offset('offset'), end: data.offset('end') },
        { start: data.offset('behind'), end: data.offset('behindEnd') },
      ),
    ),
};
