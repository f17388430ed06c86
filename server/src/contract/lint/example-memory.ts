// Owns what is remembered of the examples of a part of a contract from one state of its text to the next: what was refused, for as long as the
// part and everything that it refers to stand as they did. It must not know how examples are found.

import type { Block } from '../load/block.ts';
import type { ContractNode } from '../load/contract-node.ts';
import type { ContractDocument } from '../load/document.ts';
import type { InvalidExample, Operation } from '../model.ts';

/** A refusal without its places, which move with the text. */
interface Kept {
  readonly subject: string;
  readonly message: string;
  readonly ofOperation: boolean;
  readonly value: string;
  readonly schema: string;
}

interface Remembered {
  readonly pointer: string;
  /** The blocks that the outcome was read from, beside the part's own. */
  readonly others: readonly Block[];
  readonly kept: readonly Kept[];
}

const remembered = new WeakMap<Block, Remembered>();

/** The memory of a contract of one file; none where references may lead out of it or mean something by names. */
export class ExampleMemory {
  private readonly present: ReadonlySet<Block>;

  private constructor(private readonly document: ContractDocument) {
    this.present = document.leaves();
  }

  static of(document: ContractDocument): ExampleMemory | undefined {
    const alone = !document.mayReachOthers && !document.mayName && !document.isAmended;
    return alone && document.home === document.file ? new ExampleMemory(document) : undefined;
  }

  /** What was refused in a part, when nothing that it was read from has changed. `operation` is the part's own now. */
  recall(part: ContractNode, operation: Operation | undefined): readonly InvalidExample[] | undefined {
    const block = this.document.blockAt(part.pointer);
    const before = remembered.get(block);
    if (before?.pointer !== part.pointer || !before.others.every((other) => this.present.has(other))) return undefined;
    const found: InvalidExample[] = [];
    for (const { subject, message, ofOperation, value, schema } of before.kept) {
      const place = this.document.at(value)?.place;
      const schemaPlace = this.document.at(schema)?.keyPlace;
      if (!place || !schemaPlace) return undefined;
      found.push({ operation: ofOperation ? operation : undefined, subject, message, place, schemaPlace });
    }
    return found;
  }

  /** Remembers what was refused in a part, when it is a block of its own. */
  keep(part: ContractNode, found: readonly InvalidExample[]): void {
    const block = this.document.blockAt(part.pointer);
    const others = part.identity === block ? this.closure(part) : undefined;
    if (!others) return;
    const kept = found.map(({ operation, subject, message, place, schemaPlace }): Kept => {
      const ofOperation = operation !== undefined;
      return { subject, message, ofOperation, value: place.pointer, schema: schemaPlace.pointer };
    });
    remembered.set(block, { pointer: part.pointer, others, kept });
  }

  /** Every block that a part refers to, however indirectly; undefined where a reference leads nowhere, or to more than one block. */
  private closure(part: ContractNode): Block[] | undefined {
    const own = this.document.blockAt(part.pointer);
    const waiting: [Block, string][] = [[own, part.token]];
    const seen = new Set(waiting.map(([block]) => block));
    for (const [block, key] of waiting) {
      if (block.cut() || block.leafBroken) return undefined;
      for (const text of block.referenceTexts(key)) {
        const target = text.startsWith('#/') ? this.document.blockAt(text) : undefined;
        if (!target) return undefined;
        if (seen.has(target)) continue;
        seen.add(target);
        waiting.push([target, text.slice(text.lastIndexOf('/') + 1)]);
      }
    }
    seen.delete(own);
    return [...seen];
  }
}
