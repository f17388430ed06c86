// Owns what every part of a model needs while it is read: the references, the shapes, and a place to note trouble.
// It must not know which part is being read.

import type { ContractProblem, SpecificationVersion } from '../model.ts';
import type { Shapes } from '../schema/shapes.ts';
import type { ContractNode } from './contract-node.ts';
import type { References } from './references.ts';

export interface ModelContext {
  readonly specification: SpecificationVersion;
  readonly root: ContractNode;
  readonly references: References;
  readonly shapes: Shapes;
  /** Whether nothing in any file of the contract is broken or leads nowhere, so that no part of it can be. */
  readonly sound?: () => boolean;
}

/** A node behind its references, with the reference that was followed. */
export interface Reached {
  readonly node: ContractNode;
  readonly via?: ContractNode;
}

/** Collects why a part of the contract could not be read, so that its owner can say that it is incomplete. */
export class Trouble {
  readonly problems: ContractProblem[] = [];
  /** The texts of the references that were followed. */
  readonly followed = new Set<string>();
  private broken = false;

  get any(): boolean {
    return this.broken || this.problems.length > 0;
  }

  /** Notes that something was read from text that is not to be trusted. */
  noteBroken(): void {
    this.broken = true;
  }

  /** Follows a node's reference; undefined, and noted, when it leads nowhere. */
  reach(node: ContractNode, context: ModelContext): Reached | undefined {
    const followed = context.references.follow(node);
    if ('via' in followed && followed.via) this.followed.add(followed.via.text ?? '');
    if ('problem' in followed) {
      this.problems.push(followed.problem);
      return undefined;
    }
    if (followed.node.broken || node.broken) this.noteBroken();
    return followed;
  }
}
