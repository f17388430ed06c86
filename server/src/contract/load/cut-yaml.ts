// Owns the cutting of YAML text into the entries of one block mapping, by indentation alone, without parsing it.
// It must not know contracts. What it cannot be sure about it refuses, and the caller parses the text as a whole.

import { copied } from './copied.ts';

/** One entry of a mapping: the lines from its key to the next key, comments and blank lines included. */
export interface YamlCut {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly start: number;
  readonly end: number;
  readonly indent: number;
  /** Where the lines below the key begin, when nothing but a comment follows the key; -1 otherwise. */
  readonly body: number;
  /** True for lines that are no entry at all: a key without its colon, wrong indentation. */
  readonly junk: boolean;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Cuts the mapping whose keys stand deeper than `parentIndent` in `text` between `from` and `to`.
 * Gives undefined for text that only a parser can judge: flow style, explicit keys, tabs, tags, anchors or aliases as keys,
 * merge keys, document markers. Gives no cuts when there is no mapping. `knownLevel` is the indentation of the keys where a part of
 * a mapping is cut that begins with one.
 */
export function cutYaml(
  text: string,
  from: number,
  to: number,
  parentIndent: number,
  knownLevel = -1,
): YamlCut[] | undefined {
  const cuts: Mutable<YamlCut>[] = [];
  let level = knownLevel;
  let shallow = level < 0 ? undefined : atMost(level);
  let line = from;
  while (line < to) {
    // Lines deeper than the keys are most of a text: the regular expression leaps over them at the speed of the machine.
    if (shallow && deeper(text, line, level)) {
      shallow.lastIndex = line;
      const found = shallow.exec(text);
      line = found ? found.index + 1 : to;
      if (line >= to) break;
    }
    let next = text.indexOf('\n', line);
    next = next < 0 || next >= to ? to : next + 1;
    let at = line;
    while (at < next && text.charCodeAt(at) === 32) at++;
    const indent = at - line;
    const start = line;
    line = next;
    if (level >= 0 && indent > level) continue;
    const code = at < next ? text.charCodeAt(at) : 10;
    if (code === 10 || code === 13 || code === 35) continue;
    if (code === 9) {
      if (isBlank(text, at, next)) continue;
      return undefined;
    }
    const current = cuts.at(-1);
    if (code === 45 && endsToken(text, at + 1, next)) {
      // A sequence may stand at the indentation of the key that holds it.
      if (current && current.body >= 0 && indent === level) continue;
      return undefined;
    }
    if (level < 0) {
      if (indent <= parentIndent) return undefined;
      level = indent;
      shallow = atMost(level);
    }
    // At the root there is nothing around the mapping that a lesser indentation could belong to.
    if (indent < level && parentIndent < 0) return undefined;
    const key = indent === level ? readKey(text, at, next) : junk;
    if (key === undefined) return undefined;
    // A stray line in the first column would end the section around it and take the rest of it along: leave it inside.
    if (key === junk && parentIndent < 0 && current && current.body >= 0 && !isMarker(text, at)) continue;
    if (indent === 0 && isMarker(text, at)) return undefined;
    if (current) current.end = start;
    cuts.push({
      // A key outlives the text that it was cut from, which it must not hold on to.
      key: key === junk ? '' : copied(key.text),
      keyStart: at,
      keyEnd: key === junk ? lineEnd(text, at, next) : key.end,
      start,
      end: to,
      indent,
      body: key === junk || !key.bare ? -1 : next,
      junk: key === junk,
    });
  }
  return cuts;
}

/** Finds the next line that is indented by no more than `level`. */
const atMost = (level: number): RegExp => new RegExp(`\\n(?! {${level + 1}})`, 'g');

/** Whether the line that begins here is indented by more than `level`. */
function deeper(text: string, line: number, level: number): boolean {
  for (let at = line; at <= line + level; at++) if (text.charCodeAt(at) !== 32) return false;
  return true;
}

/** Where the first mapping of a YAML text begins, behind a byte order mark, comments and one `---`; undefined when a directive or content precedes it. */
export function bodyStart(text: string): number | undefined {
  let line = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (line < text.length) {
    const newline = text.indexOf('\n', line);
    const next = newline < 0 ? text.length : newline + 1;
    if (text.startsWith('---', line)) return isBlankOrComment(text, line + 3, next) ? next : undefined;
    if (text.charCodeAt(line) === 37) return undefined;
    if (!isBlankOrComment(text, line, next)) return line;
    line = next;
  }
  return line;
}

/** Whether a text has what forbids to cut it by lines: lone carriage returns, which are line breaks for YAML too, or zeros. */
export function hasOddCharacters(text: string): boolean {
  return (text.indexOf('\r') >= 0 && /\r(?!\n)/.test(text)) || text.includes('\0');
}

interface Key {
  readonly text: string;
  readonly end: number;
  readonly bare: boolean;
}

const junk: Key = { text: '', end: 0, bare: false };

/** The key of a line, `junk` for text that cannot be one, undefined when only a parser can tell. */
function readKey(text: string, at: number, next: number): Key | undefined {
  const code = text.charCodeAt(at);
  if (code === 34 || code === 39) return readQuotedKey(text, at, next);
  // { [ & * ! | > % @ ` , ] } and the explicit indicators `? ` and `: ` need a parser.
  if ('{[&*!|>%@`,]}\uFEFF'.includes(text.charAt(at))) return undefined;
  if ((code === 63 || code === 58) && endsToken(text, at + 1, next)) return undefined;
  for (let colon = at; colon < next; colon++) {
    if (text.charCodeAt(colon) !== 58 || !endsToken(text, colon + 1, next)) continue;
    let end = colon;
    while (end > at && isSpace(text.charCodeAt(end - 1))) end--;
    const key = text.slice(at, end);
    if (key === '<<') return undefined;
    if (/[ \t]#/.test(key)) return junk;
    return { text: key, end, bare: isBlankOrComment(text, colon + 1, next) };
  }
  return junk;
}

function readQuotedKey(text: string, at: number, next: number): Key | undefined {
  const quote = text.charCodeAt(at);
  let end = at + 1;
  for (; end < next; end++) {
    const code = text.charCodeAt(end);
    // Escapes are left to a parser; contracts hardly ever have them in keys.
    if (code === 92 && quote === 34) return undefined;
    if (code !== quote) continue;
    if (quote === 39 && text.charCodeAt(end + 1) === 39) return undefined;
    break;
  }
  if (end >= next) return undefined;
  let colon = end + 1;
  while (colon < next && isSpace(text.charCodeAt(colon))) colon++;
  if (text.charCodeAt(colon) !== 58) return undefined;
  if (!endsToken(text, colon + 1, next)) return undefined;
  return { text: text.slice(at + 1, end), end: end + 1, bare: isBlankOrComment(text, colon + 1, next) };
}

const isMarker = (text: string, at: number): boolean => text.startsWith('---', at) || text.startsWith('...', at);
const isSpace = (code: number): boolean => code === 32 || code === 9;

/** Whether an indicator that ends at `at` stands alone: white space, a line break or the end follows. */
function endsToken(text: string, at: number, next: number): boolean {
  if (at >= next) return true;
  const code = text.charCodeAt(at);
  return code === 32 || code === 9 || code === 10 || code === 13;
}

function isBlank(text: string, from: number, next: number): boolean {
  for (let at = from; at < next; at++) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 9 && code !== 10 && code !== 13) return false;
  }
  return true;
}

function isBlankOrComment(text: string, from: number, next: number): boolean {
  for (let at = from; at < next; at++) {
    const code = text.charCodeAt(at);
    if (code === 35) return at === from ? isSpaceBefore(text, at) : true;
    if (code !== 32 && code !== 9 && code !== 10 && code !== 13) return false;
  }
  return true;
}

const isSpaceBefore = (text: string, at: number): boolean => at === 0 || /[\s\uFEFF]/.test(text.charAt(at - 1));

function lineEnd(text: string, at: number, next: number): number {
  let end = next;
  while (end > at && /\s/.test(text.charAt(end - 1))) end--;
  return end;
}
