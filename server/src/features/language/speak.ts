// Owns in which language an editor's own texts are said: titles, labels and cards, but not the findings, which every door says alike.
// It must not know who says what: a text is found in a language's table by the English words that it is made of.

import { german } from './german.ts';

/** Gives a text as it is said to somebody; English where there is nothing else. */
export type Say = (english: string) => string;

/** Texts of one language by their English templates; `{0}` stands for what is filled in. */
export type Table = Readonly<Record<string, string>>;

const tables: ReadonlyMap<string, Table> = new Map([['de', german]]);

export const sayEnglish: Say = (english) => english;

/** How things are said to somebody with a locale such as `de-AT`. */
export function sayIn(locale: string | undefined): Say {
  const table = tables.get((locale ?? '').toLowerCase().split(/[-_]/)[0]!);
  return table ? sayWith(table) : sayEnglish;
}

interface Template {
  readonly form: RegExp;
  readonly said: string;
}

/** How things are said with a table; what it does not have stays as it is. */
export function sayWith(table: Table): Say {
  const templates = Object.entries(table)
    .filter(([english]) => hole.test(english))
    // What has more words of its own is more exact.
    .sort(([a], [b]) => wordsOf(b) - wordsOf(a))
    .map(([english, said]): Template => ({ form: formOf(english), said }));
  return (english) => {
    const plain = Object.hasOwn(table, english) ? table[english] : undefined;
    if (plain !== undefined) return plain;
    for (const { form, said } of templates) {
      const found = form.exec(english);
      if (found) return said.replace(holes, (_, index: string) => found[Number(index) + 1] ?? '');
    }
    return english;
  };
}

const hole = /\{\d\}/;
const holes = /\{(\d)\}/g;

const wordsOf = (template: string): number => template.replace(holes, '').length;

/** A pattern that takes what is filled in; holes are numbered in the order in which English has them. */
function formOf(english: string): RegExp {
  const parts = english.split(hole).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('([\\s\\S]*?)')}$`);
}
