// Owns the JSON reader: `jsonc-parser`'s visitor turned into a node tree. It recovers from broken text on its own.
// It must not know contracts.

import type { ParseErrorCode } from 'jsonc-parser';
import { printParseErrorCode, visit } from 'jsonc-parser';
import type { Entry, Fault, Node, Reading } from './node.ts';
import { deepestNesting } from './node.ts';
import { word } from './words.ts';

type Frame =
  | {
      kind: 'map';
      start: number;
      entries: Entry[];
      keys: Set<string>;
      key: { text: string; start: number; end: number } | undefined;
    }
  | { kind: 'seq'; start: number; items: Node[] };

class TooDeep extends Error {}

/** Reads a JSON text. Comments and trailing commas are `syntax` faults, and are read past. Never throws. */
export function readJson(text: string): Reading {
  const frames: Frame[] = [];
  const faults: Fault[] = [];
  let root: Node | undefined;
  const add = (node: Node): void => {
    const frame = frames.at(-1);
    if (!frame) {
      root ??= node;
    } else if (frame.kind === 'seq') {
      frame.items.push(node);
    } else if (frame.key) {
      frame.entries.push({ key: frame.key.text, keyStart: frame.key.start, keyEnd: frame.key.end, value: node });
      frame.key = undefined;
    }
  };
  const close = (end: number): void => {
    const frame = frames.pop();
    if (!frame) return;
    if (frame.kind === 'seq') {
      add({ kind: 'seq', start: frame.start, end, items: frame.items.slice() });
      return;
    }
    if (frame.key)
      frame.entries.push({
        key: frame.key.text,
        keyStart: frame.key.start,
        keyEnd: frame.key.end,
        value: nullAt(frame.key.end),
      });
    // A list that has grown keeps room for what never comes; a copy has the size of what is in it.
    add({ kind: 'map', start: frame.start, end, entries: frame.entries.slice() });
  };
  const open = (frame: Frame): void => {
    if (frames.length >= deepestNesting) throw new TooDeep();
    frames.push(frame);
  };
  try {
    visit(
      text,
      {
        onObjectBegin: (start) => open({ kind: 'map', start, entries: [], keys: new Set(), key: undefined }),
        onArrayBegin: (start) => open({ kind: 'seq', start, items: [] }),
        onObjectProperty: (name, start, length) => {
          const frame = frames.at(-1);
          if (frame?.kind !== 'map') return;
          if (frame.key)
            frame.entries.push({
              key: frame.key.text,
              keyStart: frame.key.start,
              keyEnd: frame.key.end,
              value: nullAt(frame.key.end),
            });
          if (frame.keys.has(name)) {
            faults.push({
              kind: 'invalid',
              message: `The key "${name.slice(0, 60)}" stands here for the second time`,
              start,
              end: start + length,
            });
          }
          frame.keys.add(name);
          frame.key = { text: word(name), start, end: start + length };
        },
        onLiteralValue: (value: unknown, start, length) => add(literal(text, value, start, start + length)),
        onObjectEnd: (offset, length) => close(offset + length),
        onArrayEnd: (offset, length) => close(offset + length),
        onError: (code, offset, length) => {
          const found = fault(text, code, offset, length);
          const before = faults.at(-1);
          // The reader misses a name and a value behind the same comma.
          if (before?.start !== found.start || before.message !== found.message) faults.push(found);
        },
      },
      { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false },
    );
  } catch (error) {
    const deep = error instanceof TooDeep || error instanceof RangeError;
    if (!deep) throw error;
    return {
      root: undefined,
      faults: [{ kind: 'too-large', message: 'The text is nested too deeply', start: 0, end: 1 }],
      foreignAlias: false,
      aliased: false,
    };
  }
  while (frames.length > 0) close(text.length);
  return { root, faults, foreignAlias: false, aliased: false };
}

const nullAt = (at: number): Node => ({ kind: 'scalar', start: at, end: at, value: null });

function literal(text: string, value: unknown, start: number, end: number): Node {
  if (typeof value === 'number') return { kind: 'scalar', start, end, value, source: text.slice(start, end) };
  if (typeof value === 'string') return { kind: 'scalar', start, end, value: word(value) };
  if (typeof value === 'boolean') return { kind: 'scalar', start, end, value };
  return { kind: 'scalar', start, end, value: null };
}

/** What is wrong at an offset. Comments and commas before a closing bracket have names of their own: many tools take them, JSON has none. */
function fault(text: string, code: ParseErrorCode, offset: number, length: number): Fault {
  const name = printParseErrorCode(code);
  const start = Math.min(offset, text.length);
  const end = Math.min(start + length, text.length);
  if (name === 'InvalidCommentToken')
    return { kind: 'syntax', message: 'Broken JSON: JSON has no comments', start, end };
  const closing = text[start] === '}' || text[start] === ']';
  const comma = closing && name.endsWith('Expected') ? lastCharacter(text, start) : -1;
  if (text[comma] === ',')
    return { kind: 'syntax', message: 'Broken JSON: a comma after the last entry', start: comma, end: comma + 1 };
  const words = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return { kind: 'syntax', message: `Broken JSON: ${words}`, start, end };
}

/** Where the last character before an offset stands that is no white space; -1 when there is none. */
function lastCharacter(text: string, before: number): number {
  let at = before - 1;
  while (at >= 0 && /\s/.test(text[at]!)) at--;
  return at;
}
