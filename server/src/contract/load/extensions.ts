// Owns reading `x-…` entries as plain data. It must not know what an extension means.

import type { Extensions } from '../model.ts';
import type { ContractNode } from './contract-node.ts';

/** What is known of texts: every operation is asked for its extensions, and an edit changes those of one. */
const known = new WeakMap<object, Extensions>();

/** The extensions of the owners; those of a later owner win. */
export function readExtensions(...owners: readonly ContractNode[]): Extensions {
  return new Map(owners.flatMap((owner) => [...extensionsOf(owner)]));
}

function extensionsOf(owner: ContractNode): Extensions {
  const { identity } = owner;
  const before = identity && known.get(identity);
  if (before) return before;
  const written = owner.entries().filter(({ token }) => token.startsWith('x-'));
  const extensions = new Map(written.map((entry) => [entry.token, entry.data()]));
  // What stands in further blocks is not known by the text of this one alone when one of them cannot be read.
  if (identity && owner.sound) known.set(identity, extensions);
  return extensions;
}
