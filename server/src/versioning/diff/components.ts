// Owns the differences of components that no operation reaches: they change nothing for a client, and are said all the same.
// It must not know what components contain.

import type { ContractNode } from '../../contract/load/contract-node.ts';
import type { ContractSource } from '../source.ts';
import { type DiffContext, noting } from './context.ts';
import { Pair } from './graph.ts';
import type { Root } from './operations.ts';
import { sameData, unitOf } from './sameness.ts';

const sections = ['schemas', 'parameters', 'responses', 'requestBodies', 'headers', 'callbacks', 'pathItems'];

/** A root for the components that differ and that no operation reaches. */
export function compareComponents(context: DiffContext): Root {
  const pair = new Pair('components');
  const note = noting(pair, 'request');
  const { base, revision } = context;
  const lone = loneIn(context);
  for (const section of sections) {
    const before = sectionOf(base, section);
    const after = sectionOf(revision, section);
    for (const node of before?.entries() ?? []) {
      const now = after?.get(node.token);
      if (now && context.schemas.sameness.ownChanges?.has(node.pointer) === false) continue;
      const what = { base: node, suffix: `${section}.${node.token}`, name: node.token };
      if (now && (context.schemas.sameness.same(node, now) || sameData(node, now))) continue;
      if (!lone('base', node) || (now && !lone('revision', now))) continue;
      note(now ? 'component-changed' : 'component-removed', { ...what, revision: now ?? after ?? revision.root });
    }
    for (const node of after?.entries() ?? []) {
      if (before?.get(node.token) || !lone('revision', node)) continue;
      const what = { base: before ?? base.root, revision: node };
      note('component-added', { ...what, suffix: `${section}.${node.token}`, name: node.token });
    }
  }
  return { operation: null, sites: {}, pair };
}

function sectionOf(source: ContractSource, section: string): ContractNode | undefined {
  if (source.specification !== '2.0') return source.root.get('components')?.get(section);
  return source.root.get(section === 'schemas' ? 'definitions' : section);
}

/** Whether no operation reaches a component. What is reached is only found out when the first component differs. */
function loneIn(context: DiffContext): (side: 'base' | 'revision', node: ContractNode) => boolean {
  const known: Partial<Record<'base' | 'revision', ReadonlySet<string>>> = {};
  return (side, node) => {
    const reached = known[side] ?? reachedUnits(context[side], side === 'base');
    known[side] = reached;
    return !reached.has(`${node.file}#${node.pointer}`);
  };
}

/** What a base reaches, which stays the same while its revision is edited. */
const reachedFrom = new WeakMap<ContractSource, ReadonlySet<string>>();

/** The components, and the files, that references lead to from the paths. */
function reachedUnits(source: ContractSource, kept: boolean): ReadonlySet<string> {
  const before = kept ? reachedFrom.get(source) : undefined;
  if (before) return before;
  const seen = new Set<string>();
  const open: { readonly file: string; readonly texts: Iterable<string> }[] = [];
  for (const section of ['paths', 'webhooks', 'x-webhooks']) {
    for (const text of source.document.blockAt(`/${section}`).referenceTexts(section)) {
      open.push({ file: source.file, texts: [text] });
    }
  }
  for (let next = open.pop(); next; next = open.pop()) {
    for (const text of next.texts) {
      const found = source.references.find(next.file, text);
      if (!('node' in found)) continue;
      const { file, pointer } = unitOf(found.node, source);
      const id = `${file}#${pointer}`;
      const document = source.documents.get(file);
      if (seen.has(id) || !document) continue;
      seen.add(id);
      const texts = pointer === '' ? document.referenceTexts() : document.blockAt(pointer).referenceTexts('');
      open.push({ file, texts });
    }
  }
  if (kept) reachedFrom.set(source, seen);
  return seen;
}
