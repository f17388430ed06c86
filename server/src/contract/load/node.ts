// Owns the positioned node tree that every reader gives, and how plain YAML scalars become values.
// It must not know which reader made it, nor what the nodes mean.

/** A scalar. `start` and `end` include quotes and the header of a block scalar. */
export interface ScalarNode {
  readonly kind: 'scalar';
  readonly start: number;
  readonly end: number;
  readonly value: string | number | boolean | null;
  /** The text as written, for plain scalars whose value is not that text (`1.10`, `0x1F`). */
  readonly source?: string;
}

export interface Entry {
  /** The key as text: an unquoted `200` and a quoted one are the same key. */
  readonly key: string;
  /** The key with its quotes. */
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: Node;
}

export interface MapNode {
  readonly kind: 'map';
  readonly start: number;
  readonly end: number;
  /** In the order of the text; a key that stands twice is here twice. */
  readonly entries: readonly Entry[];
}

export interface SeqNode {
  readonly kind: 'seq';
  readonly start: number;
  readonly end: number;
  readonly items: readonly Node[];
}

export type Node = ScalarNode | MapNode | SeqNode;

/** Something wrong with a text. Only `syntax` and `alias-limit` mean that the tree is not to be trusted. */
export interface Fault {
  readonly kind: 'syntax' | 'invalid' | 'alias-limit' | 'too-large';
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** What a reader gives for one text. */
export interface Reading {
  /** Undefined for an empty text, or when nothing could be read. */
  readonly root: Node | undefined;
  readonly faults: readonly Fault[];
  /** True when an alias has its anchor outside of this text, so that the text cannot be read on its own. */
  readonly foreignAlias: boolean;
  /** True when aliases share nodes: one node then stands below several pointers. */
  readonly aliased: boolean;
}

/** Collections deeper than this are refused: no contract needs it, and readers recurse. */
export const deepestNesting = 300;

/** Whether the tree of a reading differs from what its author meant. */
export const isBroken = (reading: Reading): boolean => reading.faults.some((fault) => fault.kind !== 'invalid');

const indexes = new WeakMap<MapNode, Map<string, Entry>>();

/** The entry of a key; the last one when the key stands twice, as in JSON. */
export function entryOf(map: MapNode, key: string): Entry | undefined {
  const { entries } = map;
  if (entries.length < 12) {
    for (let index = entries.length - 1; index >= 0; index--) {
      if (entries[index]!.key === key) return entries[index];
    }
    return undefined;
  }
  let index = indexes.get(map);
  if (!index) {
    index = new Map(entries.map((entry) => [entry.key, entry]));
    indexes.set(map, index);
  }
  return index.get(key);
}

const integer = /^[-+]?[0-9]+$/;
const octal = /^0o[0-7]+$/;
const hexadecimal = /^0x[0-9a-fA-F]+$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const infinity = /^[-+]?\.(?:inf|Inf|INF)$/;

/** The value of a plain scalar by YAML 1.2's core schema (section 10.3.2). */
export function plainValue(source: string): string | number | boolean | null {
  switch (source) {
    case '':
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
  }
  const first = source.charCodeAt(0);
  const numeric = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  if (!numeric) return source;
  if (integer.test(source) || float.test(source)) return Number(source);
  if (octal.test(source)) return Number.parseInt(source.slice(2), 8);
  if (hexadecimal.test(source)) return Number.parseInt(source.slice(2), 16);
  if (infinity.test(source)) return source.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (source === '.nan' || source === '.NaN' || source === '.NAN') return Number.NaN;
  return source;
}
