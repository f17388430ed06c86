// Owns the plain data of a contract that an expectation changes, and the lines in which two texts differ, without any of the code under test.

import { load } from 'js-yaml';
import { tokensOf } from '../../server/src/base/pointer.ts';

export class Plain {
  constructor(readonly data: unknown) {}

  at(pointer: string): unknown {
    let node = this.data;
    for (const token of tokensOf(pointer)) node = (node as Record<string, unknown>)[token];
    return node;
  }

  set(pointer: string, key: string, value: unknown): void {
    (this.at(pointer) as Record<string, unknown>)[key] = value;
  }

  push(pointer: string, value: unknown): void {
    (this.at(pointer) as unknown[]).push(value);
  }

  /** Gives a key another name; where it stands among the others is no part of the data. */
  rename(pointer: string, from: string, to: string): void {
    const map = this.at(pointer) as Record<string, unknown>;
    map[to] = map[from];
    delete map[from];
  }

  drop(pointer: string, key: string): void {
    delete (this.at(pointer) as Record<string, unknown>)[key];
  }
}

/** The data of a YAML or JSON text. @throws when it does not parse. */
export const dataIn = (file: string, text: string): unknown =>
  file.endsWith('.json') ? JSON.parse(text.replace(/^\uFEFF/, '')) : load(text);

/** The lines that one text has and the other has not, each as often as it is too many. */
export function lacking(from: readonly string[], than: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of than) counts.set(line, (counts.get(line) ?? 0) + 1);
  return from.filter((line) => {
    const left = counts.get(line) ?? 0;
    if (left > 0) counts.set(line, left - 1);
    return left === 0;
  });
}
