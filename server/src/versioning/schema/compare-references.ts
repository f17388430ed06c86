// Owns the short way through two schemas with one and the same text: nothing differs in them but what their references lead to.
// It must not know keywords beyond those on the way to a reference.

import { tokensOf } from '../../base/pointer.ts';
import type { ContractNode } from '../../contract/load/contract-node.ts';
import type { Polarity } from '../changes/row.ts';
import type { Pair } from '../diff/graph.ts';
import type { SchemaComparison } from './compare-schemas.ts';
import { readOnlyMark } from './marks.ts';

/** Keywords whose schemas are named or numbered, and what a step through them adds to a subject. */
const stepThrough: ReadonlyMap<string, (token: string) => string> = new Map([
  ['properties', (token: string) => `.${token}`],
  ['patternProperties', () => '.*'],
  ['dependentSchemas', () => ''],
  ['allOf', () => ''],
  ['anyOf', () => ''],
  ['oneOf', () => ''],
  ['prefixItems', (token: string) => `[${token}]`],
]);

/** Keywords that hold one schema. */
const stepInto: ReadonlyMap<string, string> = new Map([
  ['items', '[]'],
  ['contains', '[]'],
  ['unevaluatedItems', '[]'],
  ['additionalProperties', '.*'],
  ['unevaluatedProperties', '.*'],
  ['propertyNames', ''],
  ['then', ''],
  ['else', ''],
]);

/**
 * Hangs the targets of all references below two equal texts under their pair. False when there is a reference in a place
 * where a difference is not simply a difference of the whole (below `not` or `if`), so that the long way has to be gone.
 */
export function compareReferences(
  pair: Pair,
  base: ContractNode,
  revision: ContractNode,
  polarity: Polarity,
  room: SchemaComparison,
): boolean {
  const links: { suffix: string; base: ContractNode; revision: ContractNode }[] = [];
  for (const { text, steps } of room.sameness.referencesBelow(base)) {
    const suffix = subjectOf(base, steps, polarity);
    if (suffix === undefined) return false;
    if (suffix === null) continue;
    const before = room.base.source.references.find(base.file, text);
    const after = room.revision.source.references.find(revision.file, text);
    if ('node' in before && 'node' in after) links.push({ suffix, base: before.node, revision: after.node });
  }
  for (const { suffix, base: before, revision: after } of links) {
    pair.link(suffix, room.pair([{ node: before, orNull: false }], [{ node: after, orNull: false }], polarity));
  }
  return true;
}

/** What the steps from a schema to a reference add to its subject; null for a property that does not travel this way, undefined when it cannot be told. */
function subjectOf(schema: ContractNode, pointer: string, polarity: Polarity): string | null | undefined {
  const tokens = tokensOf(pointer);
  let subject = '';
  let node: ContractNode | undefined = schema;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    if (index === tokens.length - 1 && token === '$ref') return subject;
    const through = stepThrough.get(token);
    const next: string | undefined = tokens[index + 1];
    if (through && next !== undefined) {
      subject += through(next);
      node = node?.get(token)?.get(next);
      if (token === 'properties' && node?.get(readOnlyMark[polarity])?.value === true) return null;
      index++;
      continue;
    }
    const into = stepInto.get(token);
    if (into === undefined || next === undefined || /^\d+$/.test(next)) return undefined;
    subject += into;
    node = node?.get(token);
  }
  return undefined;
}
