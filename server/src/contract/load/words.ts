// Owns the one copy of each short word that trees are full of: keys, types, formats. It must not know what the words mean.

import { copied } from './copied.ts';

/** Longer texts are hardly ever the same. */
const longestWord = 24;
/** More words than this are no vocabulary but somebody's data. */
const mostWords = 20_000;

const words = new Map<string, string>();

/** The same text, and for short ones the same string each time, so that a thousand keys `description` are one in memory. */
export function word(text: string): string {
  if (text.length > longestWord) return text;
  const known = words.get(text);
  if (known !== undefined || words.size >= mostWords) return known ?? text;
  const own = copied(text);
  words.set(own, own);
  return own;
}
