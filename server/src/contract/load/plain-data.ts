// Owns texts as plain data, without places: what a program has that loads such a text.
// It must not know what the data is for.

import { readText } from './block-text.ts';
import { isBroken, type Node } from './node.ts';

/** What a text says; undefined where it is empty or cannot be read whole. */
export function plainData(text: string, format: 'yaml' | 'json'): unknown {
  const reading = readText(text, format);
  // Aliases share nodes, so that a short text may say more than any program could hold.
  return reading.root === undefined || reading.aliased || isBroken(reading) ? undefined : plain(reading.root);
}

function plain(node: Node): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'seq':
      return node.items.map(plain);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
  }
}
