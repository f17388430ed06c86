// Owns the repairs of decorators that document: one too many, one too few. It must not know the rules that offer them.

import { decoratorBehind, decoratorRemoval } from '../../code/languages/typescript/edits/decorator.ts';
import type { Recipe } from '../recipe.ts';
import { changeOf } from './one-edit.ts';

const none = 'no decorator is written here';

/** Data: `file` and `offset` (in the decorator). */
export const removeDecorator: Recipe = {
  id: 'remove-decorator',
  prepare: (data, read) =>
    changeOf(data, read, none, (file, text) => decoratorRemoval(file, text, data.offset('offset'))),
};

/** Data: `file`, `offset` (in the decorator that it stands behind) and `written`. */
export const addDecorator: Recipe = {
  id: 'add-decorator',
  prepare: (data, read) =>
    changeOf(data, read, none, (file, text) =>
      decoratorBehind(file, text, data.offset('offset'), data.text('written')),
    ),
};
