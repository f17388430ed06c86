// Owns the cutting of a text that differs from one that was cut before by one stretch: only the entries around it are cut again.
// It must not know contracts, nor judge lines itself.

import { commonEnd, commonStart } from '../../base/difference.ts';
import { cutYaml, hasOddCharacters, type YamlCut } from './cut-yaml.ts';

/** A mapping that was cut before: its text, where its lines began, and the cuts. */
export interface CutBefore {
  readonly text: string;
  readonly from: number;
  readonly cuts: readonly YamlCut[];
}

/** The cuts of a text, and which of them are those before: the first ones, and the last ones. */
export interface Recut {
  readonly cuts: YamlCut[];
  readonly kept: { readonly first: number; readonly last: number };
}

/**
 * The cuts of a text, taken over from those before where the text is the same. Undefined when that says nothing: the first
 * key is concerned, or the new lines need a parser. The caller cuts the whole text then.
 */
export function recutYaml(text: string, from: number, parentIndent: number, before: CutBefore): Recut | undefined {
  const { cuts } = before;
  const level = cuts[0]?.indent;
  if (level === undefined || from !== before.from || cuts[0]!.junk) return undefined;
  const same = commonStart(before.text, text);
  const rest = commonEnd(before.text, text, same);
  const touched = before.text.length - rest;
  const moved = text.length - before.text.length;
  const edited = cuts.findLastIndex((cut) => cut.start <= same);
  const keyLine = edited < 0 ? -1 : before.text.indexOf('\n', cuts[edited]!.keyEnd);
  // Where the line of the key itself is touched, its lines may come to belong to the entry before it.
  const first = keyLine >= 0 && keyLine < same && !cuts[edited]!.junk ? edited : edited - 1;
  if (first < 0 || cuts[first]!.junk) return undefined;
  // An entry is taken over with the line break before it, so that its first line is a line of its own.
  const found = cuts.findIndex((cut, index) => index > first && !cut.junk && cut.start - 1 >= touched);
  const next = found < 0 ? cuts.length : found;
  const start = cuts[first]!.start;
  const end = next < cuts.length ? cuts[next]!.start + moved : text.length;
  const between = cutYaml(text, start, end, parentIndent, level);
  if (!between) return undefined;
  const behind = cuts.slice(next).map(
    (cut): YamlCut => ({
      ...cut,
      keyStart: cut.keyStart + moved,
      keyEnd: cut.keyEnd + moved,
      start: cut.start + moved,
      end: cut.end + moved,
      body: cut.body < 0 ? -1 : cut.body + moved,
    }),
  );
  // A carriage return alone, or a zero, is for a parser: there was none before, so that only the new stretch may have one.
  if (hasOddCharacters(text.slice(Math.max(0, same - 1), text.length - rest + 1))) return undefined;
  return { cuts: [...cuts.slice(0, first), ...between, ...behind], kept: { first, last: behind.length } };
}
