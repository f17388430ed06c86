// Owns the repair that says of a route in the project's configuration that no contract needs to describe it.
// It must not know how a configuration is read, nor which routes there are.

import { appendItem, type EditResult, insertEntry, type KeyOrder } from '../contract/edit/insert.ts';
import { BrokenOutline, entryOf, type Outline, plainOf, readOutline } from '../contract/edit/outline.ts';
import { setValue } from '../contract/edit/replace.ts';
import { type Recipe, RefusedRepair, refusable, repairOf } from './recipe.ts';

/** What a reader meets first in a configuration stays first. */
const order: KeyOrder = (key) => ['extends', 'contracts', 'code', 'internal'].indexOf(key) + 1 || 5;

/** Data: `file` (the configuration) and `route`, as `DELETE /orders/{id}`. */
export const markInternal: Recipe = {
  id: 'mark-internal',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const route = data.text('route');
      const text = read(file);
      if (text === undefined || text.trim() === '') {
        const fresh = `# Routes that no contract needs to describe.\ninternal:\n  - ${route}\n`;
        const edits = [{ start: 0, end: text?.length ?? 0, text: fresh }];
        return { files: [text === undefined ? { file, edits, create: true } : { file, edits }] };
      }
      return repairOf(file, withRoute(outlineOf(file, text), route));
    }),
};

function outlineOf(file: string, text: string): Outline {
  try {
    const outline = readOutline(file, text);
    if (outline) return outline;
  } catch (error) {
    if (!(error instanceof BrokenOutline)) throw error;
  }
  throw new RefusedRepair('the configuration has a syntax error; repair it first');
}

/** The route beside those that are named already: in a list, in the place of a single one, or as the first. */
function withRoute(outline: Outline, route: string): EditResult {
  const known = entryOf(outline.root, 'internal')?.value;
  if (!known) return insertEntry(outline, '', 'internal', [route], order);
  if (known.kind === 'list') {
    const routes = plainOf(known);
    if (Array.isArray(routes) && routes.includes(route)) return { refused: `${route} is internal already` };
    return appendItem(outline, '/internal', route);
  }
  const single = plainOf(known);
  return setValue(outline, '', 'internal', typeof single === 'string' ? [single, route] : [route]);
}
