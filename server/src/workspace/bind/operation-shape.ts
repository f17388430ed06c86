// Owns the path shapes of a contract's operations and the base paths that its servers declare.
// It must not know routes or apps.

import type { Contract, Operation } from '../../contract/model.ts';
import { type PathShape, shapeOf } from './path-shape.ts';

/** An operation with the shape of its path as written under `paths`, without any server's base path. */
export interface OperationShape {
  readonly operation: Operation;
  readonly shape: PathShape;
}

const shapesByContract = new WeakMap<Contract, readonly OperationShape[]>();

/** The shapes of all operations, in the contract's order; kept for as long as the contract object lives. */
export function operationShapes(contract: Contract): readonly OperationShape[] {
  const known = shapesByContract.get(contract);
  if (known) return known;
  const shapes = contract.operations.map((operation) => ({ operation, shape: shapeOf(operation.path) }));
  shapesByContract.set(contract, shapes);
  return shapes;
}

const basesByContract = new WeakMap<Contract, readonly string[]>();

/** The distinct base paths of all servers, an operation's own included, in order; `''` stands for the root. */
export function declaredBases(contract: Contract): readonly string[] {
  const known = basesByContract.get(contract);
  if (known) return known;
  const bases = new Set<string>();
  for (const server of contract.servers) bases.add(normalBase(server.basePath));
  for (const operation of contract.operations) {
    for (const server of operation.servers) bases.add(normalBase(server.basePath));
  }
  const found = [...bases];
  basesByContract.set(contract, found);
  return found;
}

function normalBase(base: string): string {
  const trimmed = base.replace(/\/+$/, '');
  if (trimmed === '') return '';
  return trimmed.startsWith('/') ? trimmed : `/${trimmed}`;
}

/**
 * The operations with the first `count` segments taken off, for contracts that write under `paths` what a gateway
 * strips. Undefined when the operations do not all begin with the same plain segments.
 */
export function strippedShapes(contract: Contract, count: number): readonly OperationShape[] | undefined {
  const shapes = operationShapes(contract);
  const lead = shapes[0]?.shape.slice(0, count) ?? [];
  if (lead.length < count || lead.some((segment) => segment.kind !== 'literal')) return undefined;
  const same = shapes.every(({ shape }) => lead.every((segment, index) => shape[index]?.text === segment.text));
  return same ? shapes.map(({ operation, shape }) => ({ operation, shape: shape.slice(count) })) : undefined;
}
