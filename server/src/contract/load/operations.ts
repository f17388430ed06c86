// Owns finding the operations of a contract: paths, path items behind references, methods of every version.
// It must not know what is inside of an operation.

import type { ContractProblem, Operation, SpecificationVersion } from '../model.ts';
import type { ContractNode } from './contract-node.ts';
import type { ModelContext } from './model-context.ts';
import { Trouble } from './model-context.ts';
import { readOperation } from './operation.ts';

export interface FoundOperations {
  readonly operations: readonly FoundOperation[];
  /** True when a path or a path item could not be read, so that more operations may exist. */
  readonly incomplete: boolean;
  readonly problems: readonly ContractProblem[];
}

/** An operation with the nodes that it is read from. */
export interface FoundOperation {
  readonly operation: Operation;
  readonly node: ContractNode;
  readonly pathItem: ContractNode;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

function methodsOf(specification: SpecificationVersion): ReadonlySet<string> {
  if (specification === '2.0') return new Set(methods);
  return new Set(specification === '3.2' ? [...methods, 'trace', 'query'] : [...methods, 'trace']);
}

/** Every operation in the order of the text. Of two with one method and path the last stands, as for any key that stands twice. */
export function findOperations(context: ModelContext): FoundOperations {
  const trouble = new Trouble();
  const found = new Map<string, FoundOperation>();
  const paths = context.root.get('paths');
  const reached = paths && trouble.reach(paths, context)?.node;
  // Without a map under `paths` somebody is still writing it.
  const unfinished = reached !== undefined && reached.kind !== 'map';
  if (unfinished || context.root.broken || context.root.strayLines || reached?.strayLines) trouble.noteBroken();
  for (const pathEntry of reached?.entries() ?? []) {
    if (!pathEntry.token.startsWith('/')) continue;
    for (const one of operationsOf(pathEntry, context, trouble)) {
      found.delete(one.operation.key);
      found.set(one.operation.key, one);
    }
  }
  return { operations: [...found.values()], incomplete: trouble.any, problems: trouble.problems };
}

/** The operations of one entry of `paths`, of `webhooks` or of a callback: a path item, or a reference to one. */
export function operationsOf(pathEntry: ContractNode, context: ModelContext, trouble: Trouble): FoundOperation[] {
  const known = methodsOf(context.specification);
  const found: FoundOperation[] = [];
  const target = trouble.reach(pathEntry, context)?.node;
  if (!target) return [];
  if (target.strayLines || (target.kind !== 'map' && target.value !== null)) trouble.noteBroken();
  const add = (method: string, node: ContractNode): void => {
    const operation = readOperation({ method, path: pathEntry.token, pathEntry, pathItem: target, node }, context);
    found.push({ operation, node, pathItem: target });
  };
  // What stands beside a path item's `$ref` is added to it, as all tools do.
  const direct = target.pointer === pathEntry.pointer && target.file === pathEntry.file;
  for (const pathItem of direct ? [target] : [target, pathEntry]) {
    for (const entry of pathItem.entries()) {
      if (known.has(entry.token)) add(entry.token, entry);
      if (entry.token === 'additionalOperations' && context.specification === '3.2') {
        for (const additional of entry.entries()) add(additional.token, additional);
      }
    }
  }
  return found;
}
