// Owns finding the `$ref`s of a node tree, apart from those in examples, defaults and extensions, which are data.
// It must not resolve them.

import { escapeToken } from '../../base/pointer.ts';
import type { MapNode, Node } from './node.ts';

/** A `$ref` value: where it stands, and the pointer to it from the scanned root. */
export interface WrittenReference {
  readonly text: string;
  readonly pointer: string;
  readonly start: number;
  readonly end: number;
}

/** Keys below which everything is data, unless they are names that an author chose. */
const dataKeys: ReadonlySet<string> = new Set([
  'example',
  'examples',
  'default',
  'enum',
  'const',
  'value',
  'mapping',
  'scopes',
]);

/** Keys whose maps have names of the author's choice as keys. */
const nameMaps: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  'dependentSchemas',
  '$defs',
  'definitions',
  'schemas',
  'responses',
  'parameters',
  'requestBodies',
  'headers',
  'securitySchemes',
  'links',
  'callbacks',
  'pathItems',
  'paths',
  'webhooks',
  'content',
  'encoding',
  'variables',
]);

/** Collects the references of a tree whose root stands below `key`. */
export function scanReferences(root: Node, key: string): WrittenReference[] {
  const found: WrittenReference[] = [];
  scan(root, key, true, (text, { start, end }, pointer) => found.push({ text, pointer, start, end }));
  return found;
}

/** The distinct texts of those references; cheaper, because nobody asks where they stand. */
export function scanReferenceTexts(root: Node, key: string): Set<string> {
  const found = new Set<string>();
  scan(root, key, false, (text) => found.add(text));
  return found;
}

/** Tells of every reference below a root that stands below `key`; `pointers` says whether the way to each is wanted. */
function scan(
  root: Node,
  key: string,
  pointers: boolean,
  tell: (text: string, node: Node, pointer: string) => void,
): void {
  // Nodes are shared by aliases; one visit is enough, and bounds the work on hostile text.
  const seen = new Set<Node>();
  const visit = (node: Node, pointer: string, names: boolean): void => {
    if (node.kind === 'scalar' || seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'seq') {
      for (const [index, item] of node.items.entries()) visit(item, pointers ? `${pointer}/${index}` : '', false);
      return;
    }
    visitMap(node, pointer, names);
  };
  const visitMap = (node: MapNode, pointer: string, names: boolean): void => {
    for (const entry of node.entries) {
      const { value } = entry;
      const below = pointers ? `${pointer}/${escapeToken(entry.key)}` : '';
      if (entry.key === '$ref' && value.kind === 'scalar' && typeof value.value === 'string') {
        tell(value.value, value, below);
        continue;
      }
      if (value.kind === 'scalar') continue;
      if (!names && (dataKeys.has(entry.key) || entry.key.startsWith('x-'))) continue;
      visit(value, below, !names && nameMaps.has(entry.key));
    }
  };
  if (key === '$ref' && root.kind === 'scalar' && typeof root.value === 'string') {
    tell(root.value, root, '');
    return;
  }
  if (!dataKeys.has(key) && !key.startsWith('x-')) visit(root, '', nameMaps.has(key));
}

/**
 * Whether a tree below `key` may hold examples or defaults, or refers to other files, where there may be some. False is
 * certain; a `default` right below `responses` is a status.
 */
export function mayIllustrate(root: Node, key: string): boolean {
  const seen = new Set<Node>();
  const visitEntry = (name: string, value: Node, below: string): boolean => {
    if (name === 'example' || name === 'examples' || (name === 'default' && below !== 'responses')) return true;
    if (name === '$ref' && value.kind === 'scalar') {
      return typeof value.value === 'string' && !value.value.startsWith('#');
    }
    return visit(value, name);
  };
  const visit = (node: Node, name: string): boolean => {
    if (node.kind === 'scalar' || seen.has(node)) return false;
    seen.add(node);
    if (node.kind === 'seq') return node.items.some((item) => visit(item, ''));
    return node.entries.some((entry) => visitEntry(entry.key, entry.value, name));
  };
  return visitEntry(key, root, '');
}
