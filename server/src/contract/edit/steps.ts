// Owns small edits of a contract in a row, each told by a pointer: a value is put there, or what stands there is taken out.
// It must not know why, nor what OpenAPI means by the keys.

import { pointerOf, tokensOf } from '../../base/pointer.ts';
import { appendItem, type EditResult, insertEntry, insertItem, type KeyOrder } from './insert.ts';
import { entryOf, nodeAt, type Outline, readOutline } from './outline.ts';
import { removeAt, removeKey, setValue } from './replace.ts';
import { applyTextEdits } from './text-edit.ts';
import type { Plain } from './write.ts';

export interface EditStep {
  /**
   * Where the value is put, or what is taken out. An item is put into a list ahead of the one that has its number; `-` is the place behind
   * the last one.
   */
  readonly pointer: string;
  /** Absent: what stands there is taken out. */
  readonly value?: Plain;
  /** The keys of the map in the order that somebody once gave them, the new one among them. */
  readonly order?: readonly string[];
  /** The entry as somebody once wrote it in a block of YAML: its lines from the key on, less their common column. */
  readonly written?: readonly string[];
}

/** The text after all steps, or why one of them cannot be taken. */
export function takeSteps(
  file: string,
  text: string,
  steps: readonly EditStep[],
): { readonly text: string } | { readonly refused: string } {
  let now = text;
  for (const step of steps) {
    const outline = readOutline(file, now);
    if (!outline) return { refused: 'the contract has a syntax error; repair it first' };
    const result = takeStep(outline, step);
    if ('refused' in result) return result;
    now = applyTextEdits(now, result.edits);
  }
  return { text: now };
}

/** The edits of one step. */
export function takeStep(outline: Outline, { pointer, value, order, written }: EditStep): EditResult {
  if (value === undefined) return removeAt(outline, pointer);
  const tokens = tokensOf(pointer);
  const key = tokens.at(-1) ?? '';
  const above = pointerOf(tokens.slice(0, -1));
  const holder = nodeAt(outline.root, tokens.slice(0, -1));
  if (key === '-') return appendItem(outline, above, value);
  if (holder?.kind === 'list') return insertItem(outline, above, value, Number(key));
  const ranks = order && rankedBy(order);
  const entry = entryOf(holder, key);
  if (!entry && outline.format === 'yaml' && holder?.kind === 'map')
    return insertEntry(outline, above, key, value, ranks, written);
  const composite = value !== null && typeof value === 'object';
  if (!entry || !composite || outline.format === 'json' || (holder?.kind === 'map' && holder.flow)) {
    return setValue(outline, above, key, value, ranks);
  }
  return replaced(outline, above, key, value, ranks);
}

/** Writes a map or list anew where another value stood, on lines of its own as its neighbours have them. */
function replaced(outline: Outline, above: string, key: string, value: Plain, ranks: KeyOrder | undefined): EditResult {
  const keys = entriesAt(outline, above);
  const removed = removeKey(outline, above, key);
  if ('refused' in removed) return setValue(outline, above, key, value, ranks);
  const without = applyTextEdits(outline.text, removed.edits);
  const rest = readOutline(outline.format === 'json' ? 'x.json' : 'x.yaml', without);
  if (!rest) return setValue(outline, above, key, value, ranks);
  const added = insertEntry(rest, above, key, value, rankedBy(keys));
  if ('refused' in added) return added;
  return { edits: [{ start: 0, end: outline.text.length, text: applyTextEdits(without, added.edits) }] };
}

function entriesAt(outline: Outline, pointer: string): readonly string[] {
  const node = nodeAt(outline.root, tokensOf(pointer));
  return node?.kind === 'map' ? node.entries.map((entry) => entry.key) : [];
}

/** Keys that the order does not name stand where they are: they count as the nearest one before. */
function rankedBy(order: readonly string[]): KeyOrder {
  const ranks = new Map(order.map((key, index) => [key, index + 1]));
  return (key) => ranks.get(key) ?? 0;
}
