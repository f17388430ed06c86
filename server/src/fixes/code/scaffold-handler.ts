// Owns the repair that writes a handler for an operation that nothing serves, in the manner of a neighbour.
// It must not know the rule that offers it, nor how code is parsed.

import { scaffoldRoute } from '../../code/languages/typescript/edits/hapi-route.ts';
import { scaffoldMethod } from '../../code/languages/typescript/edits/nest-method.ts';
import { scaffoldApiRoute } from '../../code/languages/typescript/edits/next-api-route.ts';
import { scaffoldExport } from '../../code/languages/typescript/edits/next-handler.ts';
import { type ScaffoldWish, scaffold } from '../../code/languages/typescript/edits/scaffold.ts';
import { type FileEdit, type ReadText, type Recipe, RefusedRepair, refusable } from '../recipe.ts';

/**
 * Data: `file` and `offset` of the neighbour's registration (for hapi of its path), `written` (the path in its call), `path` (for the new call), `method`, `name`
 * (for a handler that has one), `framework`, `status`, `body` (a map, when an object is sent), `list` (when a list is), `empty` (when nothing is),
 * `before` (when the route has to stand before its neighbour), `handlerFile` and `handlerOffset` of the neighbour's handler, and `target`
 * (the file to write in, for frameworks whose files are routes) with its `router`, `app` or `pages`.
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
      const wish: ScaffoldWish = {
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
      };
      const target = data.optionalText('target');
      if (target !== undefined && data.optionalText('router') === 'pages') {
        if (read(target) !== undefined) throw new RefusedRepair('the file is there already');
        const edits = [{ start: 0, end: 0, text: scaffoldApiRoute({ file, text }, wish) }];
        return { files: [{ file: target, edits, create: true }] };
      }
      const files =
        target === undefined ? besideNeighbour(file, text, wish) : inFile(target, { file, text }, wish, read);
      if (!files) throw new RefusedRepair('the neighbour is not written in a way that could be followed');
      return { files };
    }),
};

function besideNeighbour(file: string, text: string, wish: ScaffoldWish): readonly FileEdit[] | undefined {
  if (wish.framework === 'nest') {
    const edits = scaffoldMethod(file, text, wish);
    return edits && [{ file, edits }];
  }
  if (wish.framework === 'hapi') {
    const edits = scaffoldRoute(file, text, wish);
    return edits && [{ file, edits }];
  }
  const edits = scaffold(file, text, wish);
  return edits && [...edits].map(([name, made]) => ({ file: name, edits: made }));
}

/** In a file of the path's own, which may not be there yet. */
function inFile(
  target: string,
  neighbour: { readonly file: string; readonly text: string },
  wish: ScaffoldWish,
  read: ReadText,
): readonly FileEdit[] | undefined {
  const known = read(target);
  const written = scaffoldExport({ ...neighbour, offset: wish.offset }, { file: target, text: known }, wish);
  if (written === undefined) return undefined;
  const at = known?.length ?? 0;
  const edits = [{ start: at, end: at, text: written }];
  return [known === undefined ? { file: target, edits, create: true } : { file: target, edits }];
}
