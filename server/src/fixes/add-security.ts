// Owns the repair that declares what a caller of an operation has to show. It must not know the rule that offers it.

import { childPointer } from '../base/pointer.ts';
import { appendItem, type EditResult, insertEntry } from '../contract/edit/insert.ts';
import { componentsOrder, operationOrder, rootOrder } from '../contract/edit/order.ts';
import { entryOf, nodeAt, type Outline, type OutlineNode } from '../contract/edit/outline.ts';
import { renameKey, replaceItem } from '../contract/edit/replace.ts';
import type { Plain } from '../contract/edit/write.ts';
import {
  type FileEdit,
  type FixData,
  isSwagger,
  mapOf,
  outlineOf,
  type ReadText,
  type Recipe,
  refusable,
} from './recipe.ts';

/**
 * Data: `file`, `pointer` (the operation), `scheme`, `scopes` as a map of names, and where the scheme is new its `definition` with
 * the contract's `root`. A requirement that names the scheme already gains the scope, in the place of `instead` where
 * that is given; there is no second way in beside it. With `insteadOf`, the name of the one scheme that is required, the scheme stands in its place.
 */
export const addSecurity: Recipe = {
  id: 'add-security',
  prepare: (data, read) =>
    refusable(() => {
      const scheme = data.text('scheme');
      const scopes = Object.keys(data.map('scopes') ?? {});
      const { file, pointer, outline, node: operation } = mapOf(data, read, 'operation');

      const list = entryOf(operation, 'security')?.value;
      const insteadOf = data.optionalText('insteadOf');
      const required = !list
        ? insertEntry(outline, pointer, 'security', [{ [scheme]: scopes }], operationOrder)
        : insteadOf !== undefined
          ? renameKey(outline, childPointer(childPointer(pointer, 'security'), 0), insteadOf, scheme)
          : widened(outline, pointer, list, scheme, scopes, data.optionalText('instead'));
      if ('refused' in required) return required;
      const added: FileEdit = { file, edits: required.edits };

      const definition = data.map('definition');
      if (!definition) return { files: [added] };
      const defined = definitionOf(scheme, definition, data, read);
      if (!defined || 'refused' in defined) return defined ?? { files: [added] };
      if (defined.file !== file) return { files: [added, defined] };
      return { files: [{ file, edits: [...added.edits, ...defined.edits] }] };
    }),
};

function widened(
  outline: Outline,
  pointer: string,
  list: OutlineNode,
  scheme: string,
  scopes: readonly string[],
  instead: string | undefined,
): EditResult {
  const security = childPointer(pointer, 'security');
  if (list.kind !== 'list') return { refused: `no list is written at ${security}` };
  if (list.items.length === 0) return appendItem(outline, security, { [scheme]: scopes });
  const at = list.items.findIndex((item) => entryOf(item, scheme) !== undefined);
  if (at < 0) return { refused: 'the operation has requirements already; another one would be another way in' };
  const names = childPointer(childPointer(security, at), scheme);
  const known = entryOf(list.items[at], scheme)?.value;
  const missing = scopes.filter(
    (scope) => !(known?.kind === 'list' && known.items.some((item) => item.kind === 'scalar' && item.value === scope)),
  );
  const [scope, ...others] = missing;
  if (scope === undefined) return { refused: `"${scheme}" is required with these scopes already` };
  if (others.length > 0) return { refused: 'several scopes are missing; each is added on its own' };
  return instead === undefined ? appendItem(outline, names, scope) : replaceItem(outline, names, instead, scope);
}

/** The scheme among the root's components; undefined when it stands there already. */
function definitionOf(
  scheme: string,
  definition: Plain,
  data: FixData,
  read: ReadText,
): FileEdit | { readonly refused: string } | undefined {
  const file = data.optionalText('root') ?? data.text('file');
  const outline = outlineOf(file, read);
  const swagger = isSwagger(outline, data);
  const holder = swagger ? ['securityDefinitions'] : ['components', 'securitySchemes'];
  const pointer = holder.map((token) => `/${token}`).join('');
  const schemes = nodeAt(outline.root, holder);
  if (entryOf(schemes, scheme)) return undefined;
  const result = schemes
    ? insertEntry(outline, pointer, scheme, definition)
    : swagger
      ? insertEntry(outline, '', 'securityDefinitions', { [scheme]: definition }, rootOrder)
      : nodeAt(outline.root, ['components'])
        ? insertEntry(outline, '/components', 'securitySchemes', { [scheme]: definition }, componentsOrder)
        : insertEntry(outline, '', 'components', { securitySchemes: { [scheme]: definition } }, rootOrder);
  return 'refused' in result ? result : { file, edits: result.edits };
}
