// Owns reading `x-…` entries as plain data. It must not know what an extension means.

import type { Extensions } from '../model.ts';
import type { ContractNode } from './contract-node.ts';

/** The extensions of the owners; those of a later owner win. */
export function readExtensions(...owners: readonly ContractNode[]): Extensions {
  const extensions = new Map<string, unknown>();
  for (const owner of owners) {
    for (const entry of owner.entries()) {
      if (entry.token.startsWith('x-')) extensions.set(entry.token, entry.data());
    }
  }
  return extensions;
}
