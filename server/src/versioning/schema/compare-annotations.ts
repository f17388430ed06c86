// Owns the comparison of what schemas say without refusing a value. It must not know which level that has.

import type { ContractNode } from '../../contract/load/contract-node.ts';
import { sameData } from '../diff/sameness.ts';
import type { SchemaPair } from './compare-schemas.ts';
import { shown, shownList } from './compare-schemas.ts';
import type { Annotation } from './normal.ts';

const documentation: readonly Annotation[] = [
  'title',
  'description',
  'example',
  'examples',
  'externalDocs',
  'xml',
  '$comment',
  'contentMediaType',
];

/** Notes what differs in defaults, marks, documentation and extensions. */
export function compareAnnotations(pair: SchemaPair): void {
  const { base, revision } = pair;
  const before = base.annotations.get('default');
  const after = revision.annotations.get('default');
  if (!sameData(before, after)) {
    const what = {
      base: before ?? base.node,
      revision: after ?? revision.node,
      before: before && shown(before.data()),
      after: after && shown(after.data()),
    };
    pair.note(!before ? 'default-added' : !after ? 'default-removed' : 'default-changed', what);
  }
  const deprecated = revision.annotations.get('deprecated');
  const wasDeprecated = base.annotations.get('deprecated');
  if (deprecated && !wasDeprecated) pair.note('deprecated', { revision: deprecated });
  if (wasDeprecated && !deprecated) pair.note('undeprecated', { base: wasDeprecated });
  compareText(pair, 'x-sunset', 'schema-sunset-changed');
  compareText(pair, 'x-stability-level', 'schema-stability-changed');
  compareExtensible(pair);
  compareDocumentation(pair);
}

function compareText(pair: SchemaPair, annotation: Annotation, id: string): void {
  const before = pair.base.annotations.get(annotation);
  const after = pair.revision.annotations.get(annotation);
  if (before?.text === after?.text) return;
  pair.note(id, {
    base: before ?? pair.base.node,
    revision: after ?? pair.revision.node,
    before: before?.text ?? 'none',
    after: after?.text ?? 'none',
  });
}

function compareExtensible(pair: SchemaPair): void {
  const before = pair.base.annotations.get('x-extensible-enum');
  const after = pair.revision.annotations.get('x-extensible-enum');
  const had = valuesOf(before);
  const has = valuesOf(after);
  const added = has.filter((value) => !had.includes(value));
  const removed = had.filter((value) => !has.includes(value));
  const where = { base: before ?? pair.base.node, revision: after ?? pair.revision.node };
  if (added.length > 0) pair.note('extensible-enum-value-added', { ...where, after: shownList(added) });
  if (removed.length > 0) pair.note('extensible-enum-value-removed', { ...where, before: shownList(removed) });
}

function compareDocumentation(pair: SchemaPair): void {
  const { base, revision } = pair;
  const changed = documentation.filter((name) => !sameData(base.annotations.get(name), revision.annotations.get(name)));
  if (changed.length > 0) {
    const first = changed[0]!;
    pair.note('schema-documentation-changed', {
      base: base.annotations.get(first) ?? base.node,
      revision: revision.annotations.get(first) ?? revision.node,
      name: changed.join(', '),
    });
  }
  for (const name of new Set([...base.extensions.keys(), ...revision.extensions.keys()])) {
    const before = base.extensions.get(name);
    const after = revision.extensions.get(name);
    if (sameData(before, after)) continue;
    pair.note('schema-extension-changed', { base: before ?? base.node, revision: after ?? revision.node, name });
  }
}

const valuesOf = (node: ContractNode | undefined): readonly unknown[] => node?.items().map((item) => item.data()) ?? [];
