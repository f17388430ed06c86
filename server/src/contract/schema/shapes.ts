// Owns turning schemas into shapes: one shape for each schema node, references kept as references so that recursion stays finite.
// It must not know operations, nor which side of a comparison a shape will be on.

import type { Place } from '../../base/place.ts';
import type { Shape } from '../../shape/shape.ts';
import { neverShape, nullShape, union, unknownShape } from '../../shape/shape.ts';
import type { ContractNode } from '../load/contract-node.ts';
import { lazily } from '../load/lazily.ts';
import type { References } from '../load/references.ts';
import { idOf, referenceOf } from '../load/references.ts';
import type { SpecificationVersion } from '../model.ts';
import { intersect } from './intersect.ts';
import { ownShape } from './own-shape.ts';

/** Reasons from the closed list of reasons to abstain. */
const unreadableReference = 'external-ref-unavailable';
const unreadableText = 'parse-error';

/** How a schema is read in its surroundings. */
export interface SchemaUse {
  /** True for a branch of `allOf`: a discriminator there has been decided by the schema around it. */
  readonly branch: boolean;
}

export class Shapes {
  private readonly references = new Map<string, Shape>();
  private readonly active = new Set<string>();

  constructor(
    private readonly specification: SpecificationVersion,
    private readonly graph: References,
  ) {}

  /** The shape of a schema; unknown without a reason when there is no schema. */
  of(schema: ContractNode | undefined, use: SchemaUse = { branch: false }): Shape {
    if (!schema) return unknownShape();
    if (schema.value === true) return unknownShape(undefined, schema.keyPlace);
    if (schema.value === false) return neverShape;
    if (schema.broken) return unknownShape(unreadableText, schema.keyPlace);
    if (schema.kind !== 'map') return unknownShape('not a schema', schema.keyPlace);
    const reference = referenceOf(schema) ?? schema.get('$dynamicRef');
    return reference ? this.ofReference(schema, reference) : this.compose(schema, use, []);
  }

  /** The schema's constant `default`, through one reference; undefined when there is none. */
  defaultOf(schema: ContractNode): unknown {
    const own = schema.get('default');
    if (own) return own.data();
    return this.behind(schema)?.get('default')?.data();
  }

  /** A schema's own flag, or that of the schema that it refers to. */
  flag(schema: ContractNode, name: 'readOnly' | 'writeOnly' | 'deprecated'): boolean | undefined {
    const own = schema.get(name) ?? this.behind(schema)?.get(name);
    return own?.value === true ? true : undefined;
  }

  /** The schema behind a reference; undefined when it leads nowhere. */
  behind(schema: ContractNode): ContractNode | undefined {
    const followed = this.graph.follow(schema);
    return 'problem' in followed ? undefined : followed.node;
  }

  private ofReference(schema: ContractNode, reference: ContractNode): Shape {
    const shape = this.reference(reference);
    const modern = this.specification === '3.1' || this.specification === '3.2';
    // Up to 3.0 a reference's siblings are ignored; `nullable` beside one is so common that it is taken at its word.
    const nullable = this.isNullable(schema);
    const composed = modern && hasConstraints(schema) ? this.compose(schema, { branch: false }, [shape]) : shape;
    return nullable ? union([composed, nullShape(reference.place)], reference.place) : composed;
  }

  private reference(reference: ContractNode): Shape {
    const node = this.targetOf(reference);
    if (!node) {
      const dynamic = reference.token === '$dynamicRef';
      return unknownShape(dynamic ? 'dynamic reference' : unreadableReference, reference.place);
    }
    const id = idOf(node);
    const known = this.references.get(id);
    if (known) return known;
    const followed = this.graph.follow(node);
    if ('problem' in followed) return unknownShape(unreadableReference, reference.place);
    const shape: Shape = {
      kind: 'reference',
      name: node.token === '' ? node.file.slice(node.file.lastIndexOf('/') + 1) : node.token,
      origin: reference.place,
      resolve: lazily(() => this.ofTarget(node, { branch: false })),
    };
    this.references.set(id, shape);
    return shape;
  }

  private targetOf(reference: ContractNode): ContractNode | undefined {
    if (reference.token === '$dynamicRef') return this.graph.dynamicTarget(reference);
    const target = this.graph.target(reference);
    return 'problem' in target ? undefined : target.node;
  }

  /** The shape of a schema that references lead to. Only `allOf` and its like come back to one that is still being read: properties stop at references. */
  private ofTarget(schema: ContractNode, use: SchemaUse): Shape {
    const id = idOf(schema);
    if (this.active.has(id)) return unknownShape('circular schema', schema.keyPlace);
    this.active.add(id);
    try {
      return this.of(schema, use);
    } finally {
      this.active.delete(id);
    }
  }

  /** The schema's own keywords and every schema that it composes, intersected. */
  private compose(schema: ContractNode, use: SchemaUse, others: readonly Shape[]): Shape {
    const origin: Place = (schema.get('type') ?? schema.get('enum') ?? schema).keyPlace;
    const parts: Shape[] = [...others];
    const own = ownShape(schema, this, use);
    if (own) parts.push(own);
    for (const branch of schema.get('allOf')?.items() ?? []) parts.push(this.branch(branch));
    for (const keyword of ['oneOf', 'anyOf']) {
      const alternatives = schema.get(keyword);
      if (alternatives?.kind !== 'seq') continue;
      const members = alternatives.items().map((alternative) => this.of(alternative));
      if (members.length > 0) parts.push(union(members, alternatives.keyPlace));
    }
    let shape: Shape =
      parts.length === 0 ? unknownShape(undefined, origin) : parts.reduce((all, part) => intersect(all, part));
    if (
      schema.get('unevaluatedProperties')?.value === false &&
      shape.kind === 'object' &&
      shape.additional === 'allowed'
    ) {
      shape = { ...shape, additional: 'none' };
    }
    if (this.isNullable(schema) && shape.kind !== 'unknown') shape = union([shape, nullShape(origin)], origin);
    return shape;
  }

  private branch(branch: ContractNode): Shape {
    const target = this.behind(branch);
    if (!target) return unknownShape(unreadableReference, branch.place);
    if (target.broken) return unknownShape(unreadableText, branch.place);
    // A branch is merged into what it stands in, so its reference is followed at once; a lone one keeps its name below.
    if (!referenceOf(branch)) return this.of(branch, { branch: true });
    return hasDiscriminator(target) ? this.ofTarget(target, { branch: true }) : this.of(branch);
  }

  /** `nullable` (3.0) or `x-nullable` (2.0 and converters). In 3.1 `nullable` has no meaning, but authors who write it mean it. */
  private isNullable(schema: ContractNode): boolean {
    return schema.get('nullable')?.value === true || schema.get('x-nullable')?.value === true;
  }
}

const annotations: ReadonlySet<string> = new Set([
  '$anchor',
  '$comment',
  '$dynamicAnchor',
  '$dynamicRef',
  '$id',
  '$ref',
  'default',
  'deprecated',
  'description',
  'example',
  'examples',
  'externalDocs',
  'nullable',
  'readOnly',
  'summary',
  'title',
  'writeOnly',
  'xml',
]);

const hasConstraints = (schema: ContractNode): boolean =>
  schema.entries().some((entry) => !annotations.has(entry.token) && !entry.token.startsWith('x-'));

const hasDiscriminator = (schema: ContractNode): boolean => schema.get('discriminator') !== undefined;
