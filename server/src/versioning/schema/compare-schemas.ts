// Owns the comparison of two schemas in their normal form: each pair once per way in which values travel.
// It must not know operations, nor which level a difference has.

import type { ContractNode } from '../../contract/load/contract-node.ts';
import type { Polarity } from '../changes/row.ts';
import { type Fact, type Pair, PairGraph, unchanged } from '../diff/graph.ts';
import { Sameness } from '../diff/sameness.ts';
import type { ContractSource } from '../source.ts';
import { compareAlternatives, isSplit } from './compare-alternatives.ts';
import { compareAnnotations } from './compare-annotations.ts';
import { compareArrays } from './compare-arrays.ts';
import { compareConstraints } from './compare-constraints.ts';
import { compareObjects } from './compare-objects.ts';
import { compareReferences } from './compare-references.ts';
import { compareTypes } from './compare-types.ts';
import { type Part, partsKey } from './flatten.ts';
import { type NormalSchema, NormalSchemas } from './normal.ts';

/** Two schemas under comparison, and what may be said about them. */
export interface SchemaPair {
  readonly base: NormalSchema;
  readonly revision: NormalSchema;
  readonly polarity: Polarity;
  readonly room: SchemaComparison;
  /** Notes a difference; the id is that of the catalogue without its direction. */
  note(id: string, what?: Omit<Fact, 'id' | 'polarity'>): void;
  /** Compares what stands below, with what that adds to the subject. */
  below(suffix: string, base: readonly Part[], revision: readonly Part[]): void;
}

/** Compares the schemas of two states of a contract. */
export class SchemaComparison {
  readonly base: NormalSchemas;
  readonly revision: NormalSchemas;
  readonly sameness: Sameness;
  readonly graph = new PairGraph();

  constructor(base: ContractSource, revision: ContractSource) {
    this.base = new NormalSchemas(base);
    this.revision = new NormalSchemas(revision);
    this.sameness = new Sameness(base, revision);
  }

  /** The pair of two conjunctions of schemas; {@link unchanged} when their texts say that nothing differs. */
  pair(base: readonly Part[], revision: readonly Part[], polarity: Polarity): Pair {
    if (this.same(base, revision)) return unchanged;
    return this.graph.pair(`${polarity} ${partsKey(base)} : ${partsKey(revision)}`, (pair) =>
      this.compare(pair, base, revision, polarity),
    );
  }

  /** Whether two conjunctions are certainly the same. */
  same(base: readonly Part[], revision: readonly Part[]): boolean {
    if (base.length !== revision.length) return false;
    return base.every((part, index) => {
      const other = revision[index]!;
      return part.orNull === other.orNull && this.sameness.same(part.node, other.node);
    });
  }

  /** Whether two conjunctions accept the same values, as far as can be told. */
  equivalent(base: readonly Part[], revision: readonly Part[], polarity: Polarity): boolean {
    const pair = this.pair(base, revision, polarity);
    return pair === unchanged || this.graph.effects(pair).size === 0;
  }

  private compare(pair: Pair, base: readonly Part[], revision: readonly Part[], polarity: Polarity): void {
    const [one, other] = [base[0]!, revision[0]!];
    const single = base.length === 1 && revision.length === 1 && one.orNull === other.orNull;
    if (single && this.sameness.sameText(one.node, other.node)) {
      if (compareReferences(pair, one.node, other.node, polarity, this)) return;
    }
    const before = this.base.of(base);
    const after = this.revision.of(revision);
    // Of what cannot be read nothing is said; the contract's problems say why.
    if (before.unreadable || after.unreadable) return;
    const evidence = { base: before, revision: after, polarity, room: this };
    const schemas: SchemaPair = {
      base: before,
      revision: after,
      polarity,
      room: this,
      note: (id, what = {}) =>
        pair.facts.push({
          base: before.node,
          revision: after.node,
          ...what,
          id: `${polarity}-${id}`,
          polarity,
          schemas: what.suffix === `.${what.name}` ? { ...evidence, property: what.name } : evidence,
        }),
      below: (suffix, one, other) => pair.link(suffix, this.pair(one, other, polarity)),
    };
    if (before.never || after.never) {
      if (!before.never) schemas.note('schema-forbidden', { revision: after.never });
      if (!after.never) schemas.note('schema-allowed', { base: before.never });
      return;
    }
    if (!isSplit(schemas)) {
      const comparable = compareTypes(schemas);
      compareConstraints(schemas, comparable);
      if (comparable.has('object')) compareObjects(schemas);
      if (comparable.has('array')) compareArrays(schemas);
    }
    compareAnnotations(schemas);
    // Alternatives ask which of the other side is equivalent, so that all else has to be compared before.
    this.graph.defer(() => compareAlternatives(schemas));
  }
}

/** The text of a value in a sentence: short, and on one line. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}\u2026` : text;
}

/** A list of values in a sentence. */
export function shownList(values: readonly unknown[]): string {
  const first = values.slice(0, 6).map(shown).join(', ');
  return values.length > 6 ? `${first} and ${values.length - 6} more` : first;
}

/** A schema without a keyword that could refuse a value: nothing, words for people, or a conjunction of such schemas. */
export function isTrivial(node: ContractNode, depth = 8): boolean {
  if (node.kind !== 'map' || node.broken || depth === 0) return node.value === true;
  return node.entries().every((entry) => {
    if (entry.token === 'allOf') return entry.items().every((item) => isTrivial(item, depth - 1));
    return saysNothing.has(entry.token) || entry.token.startsWith('x-');
  });
}

const saysNothing: ReadonlySet<string> = new Set([
  'title',
  'description',
  'example',
  'examples',
  'nullable',
  '$comment',
]);
