// Owns the handwriting of a contract: how its author indents, quotes and breaks lines, so that an addition looks like its neighbours.
// It must not change a text.

import type { Outline } from './outline.ts';

export type Quote = '' | "'" | '"';

/** What is written: some authors quote statuses but not names, or texts but not types. */
export type Written = 'status' | 'path' | 'media-type' | 'text' | 'word' | 'reference' | 'key';

export interface Style {
  readonly lineBreak: string;
  /** Columns that a nested map is indented by. */
  readonly indent: number;
  /** One level of indentation as text in JSON, which may be a tab. */
  readonly indentText: string;
  /** Columns that a list's dash stands to the right of its key: 0 or more. */
  readonly listIndent: number;
  /** JSON only: what stands between a key's colon and its value. */
  readonly afterColon: string;
  quote(written: Written): Quote;
}

/** How far around the place of an edit the neighbours' quoting counts first, in characters to either side. */
const NEIGHBOURHOOD = 3000;

const patterns: Readonly<Record<Written, RegExp>> = {
  status: /^[ \t]+(?:- )?(['"]?)[1-5](?:\d\d|XX)\1[ \t]*:/gim,
  path: /^[ \t]+(['"]?)\/[^\r\n]*\1[ \t]*:[ \t]*(?:#[^\r\n]*)?$/gm,
  'media-type': /^[ \t]+(['"]?)[a-z*]+\/[\w.+*-]+(?:;[^\r\n'"]*)?\1[ \t]*:/gim,
  text: /^[ \t]*(?:- )?(?:description|summary|title):[ \t]+(['"]?)(?![|>&*!])\S/gm,
  word: /^[ \t]*(?:- )?(?:type|in|name|format|operationId):[ \t]+(['"]?)[A-Za-z]/gm,
  reference: /^[ \t]*(?:- )?(?:\$ref|'\$ref'|"\$ref"):[ \t]+(['"])/gm,
  key: /^[ \t]+(?:- )?(['"]?)[A-Za-z][\w-]*\1[ \t]*:/gm,
};

const defaults: Readonly<Record<Written, Quote>> = {
  status: "'",
  path: '',
  'media-type': '',
  text: '',
  word: '',
  reference: "'",
  key: '',
};

/** Reads the handwriting around an offset; where the neighbourhood is silent the whole text speaks, then common usage. */
export function readStyle(outline: Outline, near: number): Style {
  const { text } = outline;
  const around = text.slice(lineStart(text, near - NEIGHBOURHOOD), near + NEIGHBOURHOOD);
  const known = new Map<Written, Quote>();
  const indentText = outline.format === 'json' ? (/^\{\s*?\r?\n([ \t]+)/.exec(text.trimStart())?.[1] ?? '  ') : '  ';
  return {
    lineBreak: text.includes('\r\n') ? '\r\n' : '\n',
    indent: indentOf(outline) ?? 2,
    indentText,
    listIndent: listIndentOf(around) ?? listIndentOf(text) ?? 2,
    afterColon: /"\s*:(\s?)/.exec(around)?.[1] ?? ' ',
    quote(written) {
      let quote = known.get(written);
      if (quote === undefined) {
        quote = majority(around, patterns[written]) ?? majority(text, patterns[written]) ?? defaults[written];
        known.set(written, quote);
      }
      return quote;
    },
  };
}

function majority(text: string, pattern: RegExp): Quote | undefined {
  const counts = new Map<Quote, number>();
  let seen = 0;
  for (const match of text.matchAll(pattern)) {
    const quote = match[1] as Quote;
    counts.set(quote, (counts.get(quote) ?? 0) + 1);
    if (++seen >= 200) break;
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** The columns by which the first block map below the root's keys is indented. */
function indentOf({ root, text }: Outline): number | undefined {
  if (root.kind !== 'map' || root.flow) return undefined;
  for (const { keySpan, value } of root.entries) {
    const nested = value.kind === 'map' && !value.flow ? value.entries[0] : undefined;
    if (nested) return Math.max(1, columnOf(text, nested.keySpan.start) - columnOf(text, keySpan.start));
  }
  return undefined;
}

function listIndentOf(text: string): number | undefined {
  const match = /^([ \t]*)(?:- )?[\w'"$-]+:[ \t]*(?:#[^\r\n]*)?\r?\n(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*([ \t]*)- /m.exec(
    text,
  );
  if (!match) return undefined;
  return Math.max(0, match[2]!.length - match[1]!.length);
}

/** The offset of the first character of the line that holds an offset. */
export function lineStart(text: string, offset: number): number {
  if (offset <= 0) return 0;
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

/** The offset of the line break (or of the end of the text) that ends the line of an offset. */
export function lineEnd(text: string, offset: number): number {
  const pattern = /[\r\n]/g;
  pattern.lastIndex = offset;
  return pattern.exec(text)?.index ?? text.length;
}

/** The column of an offset in its line. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}
