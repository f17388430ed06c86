// Owns the application of an overlay (OpenAPI Overlay 1.0) to a document's tree: every part that the overlay brings keeps its own
// place, in the overlay's file. It must not know what the parts mean.

import type { ContractNode } from '../load/contract-node.ts';
import type { ContractProblem } from '../model.ts';
import { readJsonPath } from './json-path.ts';
import { select } from './select.ts';

export interface Applied {
  readonly root: ContractNode;
  readonly problems: readonly ContractProblem[];
}

/** Whether a root is an overlay's. */
export const isOverlay = (root: ContractNode): boolean => /^1\./.test(root.get('overlay')?.text ?? '');

/** The tree after every action of an overlay, one after the other. An action that cannot be followed is left out and said. */
export function applyOverlay(root: ContractNode, overlay: ContractNode): Applied {
  const problems: ContractProblem[] = [];
  let current = root;
  for (const action of overlay.get('actions')?.items() ?? []) {
    const outcome = act(current, action);
    if ('root' in outcome) current = outcome.root;
    else problems.push(outcome);
  }
  return { root: current, problems };
}

function act(root: ContractNode, action: ContractNode): { readonly root: ContractNode } | ContractProblem {
  const target = action.get('target');
  const wrong = (why: string): ContractProblem => ({
    kind: 'overlay',
    message: `This action of the overlay is not applied: ${why}`,
    place: (target ?? action).place,
  });
  if (typeof target?.value !== 'string') return wrong('it names no target');
  const path = readJsonPath(target.value);
  if ('wrong' in path) return wrong(`its target cannot be read, ${path.wrong}`);
  const found = select(root, path.segments);
  if (!found) return wrong('its target has more parts than are looked at');
  const update = action.get('update');
  const removes = action.get('remove')?.value === true;
  let current = root;
  // From the last to the first: what is taken out of a list moves only what stands behind it.
  for (const { tokens } of [...found].reverse()) {
    const changed = changedAt(current, tokens, 0, (node) =>
      removes ? undefined : update ? merged(node, update) : node,
    );
    if (!changed) return wrong('a document cannot be taken away as a whole');
    current = changed;
  }
  return { root: current };
}

/** A tree in which the node at some tokens is another one; undefined takes it out. */
function changedAt(
  node: ContractNode,
  tokens: readonly string[],
  depth: number,
  change: (node: ContractNode) => ContractNode | undefined,
): ContractNode | undefined {
  const token = tokens[depth];
  if (token === undefined) return change(node);
  const child = node.get(token);
  // A target of the same action that was inside of another one may be gone by now.
  if (!child) return node;
  return node.amended(new Map([[token, changedAt(child, tokens, depth + 1, change)]]), []);
}

/** Maps are merged key by key, lists are appended to, and everything else is replaced. */
function merged(node: ContractNode, update: ContractNode): ContractNode {
  if (node.kind === 'seq') return node.amended(new Map(), update.kind === 'seq' ? update.items() : [update]);
  if (node.kind !== 'map' || update.kind !== 'map') return update;
  const changes = new Map<string, ContractNode>();
  for (const entry of update.entries()) {
    const own = node.get(entry.token);
    changes.set(entry.token, own && own.kind === entry.kind ? merged(own, entry) : entry);
  }
  return node.amended(changes, []);
}
