// Owns in which language the labels of the drift report's page are written. Sentences about findings are the findings' own and stay.
// It must not know where a label stands.

import { germanReasons } from '../reasons-german.ts';
import { germanLabels } from './words-german.ts';

/** Labels by their English words; `{0}` stands for what is filled in. */
export type Words = Readonly<Record<string, string>>;

export interface PageLanguage {
  /** As HTML's `lang` has it. */
  readonly code: string;
  /** Empty for English. */
  readonly words: Words;
}

export const inEnglish: PageLanguage = { code: 'en', words: {} };

const languages: readonly PageLanguage[] = [{ code: 'de', words: { ...germanReasons, ...germanLabels } }];

/** The language of a locale such as `de-AT`; English where there is no other. */
export function languageOf(locale: string | undefined): PageLanguage {
  const code = (locale ?? '').toLowerCase().split(/[-_]/)[0];
  return languages.find((language) => language.code === code) ?? inEnglish;
}

/** Gives a label as it is written. */
export type Label = (english: string, ...filled: readonly (string | number)[]) => string;

export const labelsIn =
  ({ words }: PageLanguage): Label =>
  (english, ...filled) =>
    (Object.hasOwn(words, english) ? words[english]! : english).replace(/\{(\d)\}/g, (_, at: string) =>
      String(filled[Number(at)] ?? ''),
    );
