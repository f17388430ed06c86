// Owns small edits of a contract in a row, each told by a pointer: a value is put there, or what stands there is taken out.
// It must not know why, nor what OpenAPI means by the keys.

import { childPointer, pointerOf, tokensOf } from '../../base/pointer.ts';
import { appendItem, type EditResult, insertEntry, insertItem, type KeyOrder, type Restored } from './insert.ts';
import { BrokenOutline, entryOf, nodeAt, type Outline, readOutline } from './outline.ts';
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
  try {
    for (const step of steps) {
      const outline = readOutline(file, now);
      if (!outline) return broken;
      const result = takeStep(outline, step);
      if ('refused' in result) return result;
      now = applyTextEdits(now, result.edits);
    }
  } catch (error) {
    // A large text is read where it is looked at, which may be broken.
    if (error instanceof BrokenOutline) return broken;
    throw error;
  }
  return { text: now };
}

const broken = { refused: 'the contract has a syntax error; repair it first' } as const;

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
  const restored = ranks && { ...(written && { written }) };
  const entry = entryOf(holder, key);
  if (!entry) return insertEntry(outline, above, key, value, ranks, restored);
  const composite = value !== null && typeof value === 'object';
  if (!composite || outline.format === 'json' || (holder?.kind === 'map' && holder.flow))
    return setValue(outline, above, key, value, ranks);
  if (entry.value.kind === 'scalar' && entry.value.value === null && !Array.isArray(value))
    return filled(outline, pointer, value as Readonly<Record<string, Plain>>);
  return replaced(outline, above, key, value, restored);
}

/** Writes the entries of a map below a key that has nothing. */
function filled(outline: Outline, pointer: string, value: Readonly<Record<string, Plain | undefined>>): EditResult {
  const keys = Object.keys(value);
  const steps = keys.flatMap((key): EditStep[] => {
    const item = value[key];
    return item === undefined ? [] : [{ pointer: childPointer(pointer, key), value: item, order: keys }];
  });
  const taken = takeSteps('x.yaml', outline.text, steps);
  return 'refused' in taken ? taken : { edits: [{ start: 0, end: outline.text.length, text: taken.text }] };
}

/** Writes a map or list anew where another value stood, on lines of its own as its neighbours have them. */
function replaced(
  outline: Outline,
  above: string,
  key: string,
  value: Plain,
  restored: Restored | undefined,
): EditResult {
  const order = rankedBy(entriesAt(outline, above));
  const removed = removeKey(outline, above, key);
  if ('refused' in removed) return setValue(outline, above, key, value, order);
  const without = applyTextEdits(outline.text, removed.edits);
  const rest = readOutline('x.yaml', without);
  if (!rest) return setValue(outline, above, key, value, order);
  const added = insertEntry(rest, above, key, value, order, restored);
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
