// Owns the repair that writes a handler for an operation that nothing serves, in the manner of a neighbour.
// It must not know the rule that offers it, nor how code is parsed.

import { scaffold } from '../../code/languages/typescript/edits/scaffold.ts';
import { type Recipe, RefusedRepair, refusable } from '../recipe.ts';

/**
 * Data: `file` and `offset` of the neighbour's registration, `written` (the path in its call), `path` (for the new call), `method`, `name`
 * (for a handler that has one), `framework`, `status`, `body` (a map, when an object is sent), `list` (when a list is), `empty` (when nothing is),
 * `before` (when the route has to stand before its neighbour), `handlerFile` and `handlerOffset` of the neighbour's handler.
 */
export const scaffoldHandler: Recipe = {
  id: 'scaffold-handler',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const text = read(file);
      if (text === undefined) throw new RefusedRepair('the file cannot be read');
      const handlerFile = data.optionalText('handlerFile');
      const handlerText = handlerFile === undefined ? undefined : read(handlerFile);
      const edits = scaffold(file, text, {
        offset: data.offset('offset'),
        written: data.text('written'),
        path: data.text('path'),
        method: data.text('method'),
        name: data.text('name'),
        framework: data.text('framework'),
        status: Number(data.status('status')),
        body: data.flag('empty') ? undefined : (data.map('body') ?? {}),
        list: data.flag('list'),
        before: data.flag('before'),
        ...(handlerFile !== undefined && handlerText !== undefined
          ? { handler: { file: handlerFile, text: handlerText, offset: data.offset('handlerOffset') } }
          : {}),
      });
      if (!edits) throw new RefusedRepair('the neighbour is not written in a way that could be followed');
      return { files: [...edits].map(([name, made]) => ({ file: name, edits: made })) };
    }),
};
