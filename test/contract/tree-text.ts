// Owns printing node trees, cut or whole, so that tests can compare them with every range.
// It must not know how they were read.

import type { ContractNode } from '../../server/src/contract/load/contract-node.ts';
import type { Entry, Node } from '../../server/src/contract/load/node.ts';

/** One line for each node of a raw tree: where its key and value stand, what it is. */
export function printNode(node: Node | undefined, depth = 0, key?: Entry): string[] {
  if (!node) return ['nothing'];
  const head = `${' '.repeat(depth)}${key ? `${key.key}[${key.keyStart},${key.keyEnd}] ` : ''}${node.kind}[${node.start},${node.end}]`;
  switch (node.kind) {
    case 'scalar':
      return [`${head} ${describe(node.value)}`];
    case 'seq':
      return [head, ...node.items.flatMap((item) => printNode(item, depth + 1))];
    case 'map':
      return [head, ...node.entries.flatMap((entry) => printNode(entry.value, depth + 1, entry))];
  }
}

/** The same lines for a document's node. */
export function printDocument(node: ContractNode, depth = 0, keyed = false): string[] {
  const key = node.keyPlace;
  const head = `${' '.repeat(depth)}${keyed ? `${node.token}[${key.start},${key.end}] ` : ''}${node.kind}[${node.start},${node.end}]`;
  switch (node.kind) {
    case 'scalar':
      return [`${head} ${describe(node.value)}`];
    case 'seq':
      return [head, ...node.items().flatMap((item) => printDocument(item, depth + 1))];
    case 'map':
      return [head, ...node.entries().flatMap((entry) => printDocument(entry, depth + 1, true))];
  }
}

const describe = (value: unknown): string =>
  typeof value === 'number' ? String(value) : JSON.stringify(value ?? null);
