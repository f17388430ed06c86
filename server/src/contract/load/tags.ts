// Owns reading the tags that a root declares, with what 3.2 added to them. It must not know operations.

import type { Tag } from '../model.ts';
import type { ContractNode } from './contract-node.ts';

/** The declared tags in the order of the text; an entry without a name is none. */
export function readTags(root: ContractNode): Tag[] {
  return (root.get('tags')?.items() ?? []).flatMap((item): Tag[] => {
    const name = item.get('name');
    if (name?.text === undefined) return [];
    return [
      {
        name: name.text,
        description: item.get('description')?.text ?? item.get('summary')?.text,
        parent: item.get('parent')?.text,
        kind: item.get('kind')?.text,
        place: name.place,
      },
    ];
  });
}
