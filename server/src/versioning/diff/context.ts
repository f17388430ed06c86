// Owns what every part of the comparison of two contracts works with: both states, the graph of pairs, and how facts are noted.
// It must not know any part.

import type { ContractNode } from '../../contract/load/contract-node.ts';
import { lazily } from '../../contract/load/lazily.ts';
import { idOf } from '../../contract/load/references.ts';
import type { Polarity } from '../changes/row.ts';
import { SchemaComparison } from '../schema/compare-schemas.ts';
import type { ContractSource } from '../source.ts';
import { type Fact, type Pair, type PairGraph, unchanged } from './graph.ts';
import { sameData } from './sameness.ts';
import { reach } from './sites.ts';

export class DiffContext {
  readonly schemas: SchemaComparison;

  constructor(
    readonly base: ContractSource,
    readonly revision: ContractSource,
  ) {
    this.schemas = new SchemaComparison(base, revision);
  }

  get graph(): PairGraph {
    return this.schemas.graph;
  }

  /** Whether any security scheme is defined otherwise than before. */
  readonly schemesDiffer = lazily(() => {
    const section = (source: ContractSource): ContractNode | undefined =>
      source.specification === '2.0'
        ? source.root.get('securityDefinitions')
        : source.root.get('components')?.get('securitySchemes');
    return !sameData(section(this.base), section(this.revision));
  });

  /** Whether all that operations inherit about who may call is as it was. */
  readonly sameCallers = lazily(
    () => !this.schemesDiffer() && sameData(this.base.root.get('security'), this.revision.root.get('security')),
  );

  /** The pair of two nodes of one kind, compared once per direction; {@link unchanged} when their texts are the same. */
  pair(
    kind: string,
    base: ContractNode,
    revision: ContractNode,
    polarity: Polarity,
    compare: (pair: Pair, base: ContractNode, revision: ContractNode) => void,
  ): Pair {
    const before = reach(base, this.base);
    const after = reach(revision, this.revision);
    if (!before || !after) return unchanged;
    if (this.schemas.sameness.same(before, after)) return unchanged;
    return this.graph.pair(`${polarity} ${kind} ${idOf(before)} : ${idOf(after)}`, (pair) =>
      compare(pair, before, after),
    );
  }

  /** The pair of two schemas, where both sides have one. */
  schemaPair(base: ContractNode, revision: ContractNode, polarity: Polarity): Pair {
    return this.schemas.pair([{ node: base, orNull: false }], [{ node: revision, orNull: false }], polarity);
  }
}

/** Notes facts of one pair that all travel one way. */
export const noting =
  (pair: Pair, polarity: Polarity) =>
  (id: string, what: Omit<Fact, 'id' | 'polarity'>): void => {
    pair.facts.push({ ...what, id, polarity });
  };

/** The keys among these under which two nodes hold different data. */
export const differing = (keys: readonly string[], base: ContractNode, revision: ContractNode): string[] =>
  keys.filter((key) => !sameData(base.get(key), revision.get(key)));

/** The extensions of two nodes that differ, but for those that have a meaning of their own; `compared` is one more of these. */
export function differingExtensions(base: ContractNode, revision: ContractNode, compared?: string): string[] {
  const keys = new Set([...base.entries(), ...revision.entries()].map((entry) => entry.token));
  return differing(
    [...keys].filter((key) => key.startsWith('x-') && key !== compared && !meant.has(key)),
    base,
    revision,
  );
}

const meant: ReadonlySet<string> = new Set(['x-sunset', 'x-stability-level', 'x-nullable', 'x-extensible-enum']);

export const swapped = (polarity: Polarity): Polarity => (polarity === 'request' ? 'response' : 'request');
