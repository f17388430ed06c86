// Owns the outline of a large YAML text that is cut by indentation and parsed only where somebody looks: an edit of one operation
// must not wait for the parsing of all others. It must not know what OpenAPI means by the keys.

import { bodyStart, cutYaml, hasOddCharacters, type YamlCut } from '../load/cut-yaml.ts';
import type { OutlineEntry, OutlineMap, OutlineNode } from './outline.ts';

/** Levels that are cut: the root, its sections, and the operations of a path or the schemas of the components. */
const DEEPEST_CUT = 3;

/** Parses the lines of one entry; gives its value with offsets in the whole text. Throws when they are broken. */
export type ParseEntry = (start: number, end: number) => OutlineNode;

/** The outline of a text that can be cut; undefined for one that only a parser can judge. */
export function cutOutline(text: string, parseEntry: ParseEntry): OutlineNode | undefined {
  const start = hasOddCharacters(text) ? undefined : bodyStart(text);
  if (start === undefined) return undefined;
  return cutMap(text, start, text.length, -1, 1, parseEntry);
}

function cutMap(
  text: string,
  from: number,
  to: number,
  indent: number,
  depth: number,
  parseEntry: ParseEntry,
): OutlineMap | undefined {
  const cuts = cutYaml(text, from, to, indent);
  const first = cuts?.[0];
  if (!cuts || !first || cuts.some((cut) => cut.junk)) return undefined;
  let entries: readonly OutlineEntry[] | undefined;
  return {
    kind: 'map',
    flow: false,
    start: first.keyStart,
    end: to,
    get entries() {
      entries ??= cuts.map((cut) => entryOf(text, cut, depth, parseEntry));
      return entries;
    },
  };
}

function entryOf(text: string, cut: YamlCut, depth: number, parseEntry: ParseEntry): OutlineEntry {
  let value: OutlineNode | undefined;
  return {
    key: cut.key,
    keySpan: { start: cut.keyStart, end: cut.keyEnd },
    get value() {
      value ??= readValue(text, cut, depth, parseEntry);
      return value;
    },
  };
}

function readValue(text: string, cut: YamlCut, depth: number, parseEntry: ParseEntry): OutlineNode {
  const nested =
    depth < DEEPEST_CUT && cut.body >= 0
      ? cutMap(text, cut.body, cut.end, cut.indent, depth + 1, parseEntry)
      : undefined;
  return nested ?? parseEntry(cut.start, cut.end);
}
