// Owns the repair that gives a field of an object schema another name, with all that the schema says of it by name.
// It must not know the rule that offers it.

import { childPointer, tokensOf } from '../base/pointer.ts';
import { entryOf, nodeAt, type Outline, plainOf } from '../contract/edit/outline.ts';
import { renameKey, replaceItem, setScalar } from '../contract/edit/replace.ts';
import { inSteps, outlineOf, type Recipe, refusable } from './recipe.ts';

/** Data: `file`, `pointer` (the object schema), `from` and `to`. */
export const renameProperty: Recipe = {
  id: 'rename-property',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const pointer = data.text('pointer');
      const from = data.text('from');
      const to = data.text('to');
      const outline = outlineOf(file, read);
      const schema = nodeAt(outline.root, tokensOf(pointer));
      const required = plainOf(entryOf(schema, 'required')?.value);
      const discriminator = entryOf(schema, 'discriminator')?.value;
      const samples = ['example', 'default'].filter((keyword) => entryOf(entryOf(schema, keyword)?.value, from));
      return inSteps(file, read, [
        (now) => renameKey(now, childPointer(pointer, 'properties'), from, to),
        (now) =>
          Array.isArray(required) && required.includes(from)
            ? replaceItem(now, childPointer(pointer, 'required'), from, to)
            : undefined,
        (now) => (plainOf(discriminator) === from ? setScalar(now, pointer, 'discriminator', to) : undefined),
        (now) =>
          plainOf(entryOf(discriminator, 'propertyName')?.value) === from
            ? setScalar(now, childPointer(pointer, 'discriminator'), 'propertyName', to)
            : undefined,
        ...samples.map((keyword) => (now: Outline) => renameKey(now, childPointer(pointer, keyword), from, to)),
      ]);
    }),
};
