// Owns turning a schema, its references and its `allOf` into a flat list of the maps whose keywords all hold, each where it
// stands, and into the alternatives that remain. The three spellings of null become one.
// It must not know what the keywords mean, nor the other side of a comparison.

import type { ContractNode } from '../../contract/load/contract-node.ts';
import { idOf, referenceOf } from '../../contract/load/references.ts';
import type { ContractSource } from '../source.ts';

/** One schema of a conjunction. `orNull`: what it says holds for values that are not null; null is allowed beside them. */
export interface Part {
  readonly node: ContractNode;
  readonly orNull: boolean;
}

/** Alternatives that are left after null and single alternatives have been folded in. */
export interface Group {
  readonly kind: 'anyOf' | 'oneOf';
  readonly node: ContractNode;
  readonly branches: readonly Part[];
  readonly orNull: boolean;
}

export interface Flat {
  /** The maps whose keywords hold together, in the order in which they are met. */
  readonly owners: readonly Part[];
  readonly groups: readonly Group[];
  /** A `false` schema among them: nothing satisfies it. */
  readonly never: ContractNode | undefined;
  /** True when a part could not be read, so that nothing is said about the whole. */
  readonly unreadable: boolean;
}

const annotationsBesideReference: ReadonlySet<string> = new Set(['$ref', 'description', 'summary']);

class Flattening implements Flat {
  readonly owners: Part[] = [];
  readonly groups: Group[] = [];
  never: ContractNode | undefined;
  unreadable = false;
  private readonly seen = new Set<string>();

  constructor(private readonly source: ContractSource) {}

  add({ node, orNull }: Part): void {
    if (node.kind !== 'map') {
      if (node.value === false) this.never = node;
      if (node.broken) this.unreadable = true;
      return;
    }
    const id = `${idOf(node)}${orNull ? '?' : ''}`;
    if (this.seen.has(id)) return;
    this.seen.add(id);
    if (node.broken) this.unreadable = true;
    const nullable = orNull || isNullable(node);
    const reference = referenceOf(node);
    if (reference) {
      const target = this.source.references.target(reference);
      if ('problem' in target) this.unreadable = true;
      else this.add({ node: target.node, orNull: nullable });
      const modern = this.source.specification === '3.1' || this.source.specification === '3.2';
      if (!modern || node.entries().every((entry) => annotationsBesideReference.has(entry.token))) return;
    }
    this.owners.push({ node, orNull: nullable });
    for (const item of node.get('allOf')?.items() ?? []) this.add({ node: item, orNull: nullable });
    for (const kind of ['anyOf', 'oneOf'] as const) this.addGroup(kind, node, nullable);
  }

  private addGroup(kind: Group['kind'], owner: ContractNode, orNull: boolean): void {
    const node = owner.get(kind);
    if (node?.kind !== 'seq') return;
    const items = node.items();
    const others = items.filter((item) => !isNullOnly(item));
    const nullable = orNull || others.length < items.length;
    if (others.length === 0) return;
    if (others.length === 1) this.add({ node: others[0]!, orNull: nullable });
    else
      this.groups.push({
        kind,
        node,
        orNull: nullable,
        branches: others.map((item) => ({ node: item, orNull: false })),
      });
  }
}

/** Flattens schemas that all hold for one value. */
export function flatten(parts: readonly Part[], source: ContractSource): Flat {
  const flat = new Flattening(source);
  for (const part of parts) flat.add(part);
  return flat;
}

/** An identity for a conjunction within one state of a contract. */
export const partsKey = (parts: readonly Part[]): string =>
  parts.map(({ node, orNull }) => `${idOf(node)}${orNull ? '?' : ''}`).join(' & ');

const isNullable = (node: ContractNode): boolean =>
  node.get('nullable')?.value === true || node.get('x-nullable')?.value === true;

/** `{ type: 'null' }`, `{ enum: [null] }` and `{ const: null }`. */
function isNullOnly(node: ContractNode): boolean {
  if (node.kind !== 'map') return false;
  const type = node.get('type');
  if (type?.text === 'null') return true;
  if (type?.kind === 'seq' && type.items().length === 1 && (type.items()[0]?.text ?? 'null') === 'null') return true;
  const values = node.get('enum')?.items();
  if (values?.length === 1 && values[0]?.kind === 'scalar' && values[0].value === null) return true;
  const constant = node.get('const');
  return constant?.kind === 'scalar' && constant.value === null;
}
