// Owns the classes that were created while their parent was still being made, as happens where modules import each other in a circle.
// It must not know what a class is used for.

import type ts from 'typescript';
import type { Machine } from './machine.ts';
import { type ClassValue, type Frame, isEmpty, type Value } from './value.ts';

interface Orphan {
  readonly cls: ClassValue;
  readonly heritage: ts.Expression;
  readonly frame: Frame;
}

/** Classes that wait for their parent. */
export class Orphans {
  private waiting: Orphan[] = [];

  /** Remembers a class whose heritage gave nothing: the variable was being computed when it was read. */
  add(cls: ClassValue, heritage: ts.Expression, frame: Frame): void {
    this.waiting.push({ cls, heritage, frame });
  }

  /**
   * Reads each heritage again, once nothing is being computed any more. A program that runs has loaded its modules in an order in
   * which every parent was there; the order in which values are asked for here is another one.
   */
  settle(m: Machine): void {
    if (this.waiting.length === 0) return;
    const { waiting } = this;
    this.waiting = [];
    for (const { cls, heritage, frame } of waiting) {
      const parent = m.apart(() => m.evaluate(heritage, frame));
      if (!isEmpty(parent) && !descends(parent, cls)) cls.parent = parent;
    }
  }
}

/** Whether a class is its own ancestor, as broken code may say. */
function descends(value: Value, from: ClassValue): boolean {
  for (let current: Value | undefined = value; current?.kind === 'class'; current = current.parent) {
    if (current === from) return true;
  }
  return false;
}
