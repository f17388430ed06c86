// Owns the source text around places, for showing both sides of a finding beside each other. It must not know files: texts are given.

import type { DriftFinding, DriftPlace, Excerpt } from './model.ts';

/** Lines before and behind the place. */
const AROUND = 3;
/** A place that is longer shows its beginning. */
const MOST_LINES = 12;
/** A line that is longer is cut: minified text would be most of the report. */
const MOST_COLUMNS = 220;

/** The key of a place's excerpt. */
export function excerptKey(place: Pick<DriftPlace, 'file' | 'line'>): string {
  return `${place.file}:${place.line}`;
}

/** Excerpts of all places of the findings, each once. `textOf` takes a path as the report names it. */
export function excerptsOf(
  findings: readonly DriftFinding[],
  textOf: (file: string) => string | undefined,
): Record<string, Excerpt> {
  const lines = new Map<string, readonly string[] | undefined>();
  const linesOf = (file: string): readonly string[] | undefined => {
    if (!lines.has(file)) lines.set(file, textOf(file)?.split(/\r\n|\r|\n/));
    return lines.get(file);
  };
  const excerpts = new Map<string, Excerpt>();
  for (const finding of findings) {
    for (const place of [finding.contract, finding.code]) {
      if (!place || excerpts.has(excerptKey(place))) continue;
      const all = linesOf(place.file);
      if (all) excerpts.set(excerptKey(place), excerptAt(all, place));
    }
  }
  return Object.fromEntries(excerpts);
}

function excerptAt(all: readonly string[], place: DriftPlace): Excerpt {
  const first = Math.max(1, place.line - AROUND);
  const last = Math.min(all.length, Math.min(place.endLine + AROUND, first + MOST_LINES - 1));
  const lines = all
    .slice(first - 1, last)
    .map((line) => (line.length > MOST_COLUMNS ? `${line.slice(0, MOST_COLUMNS)} …` : line));
  return { first, lines };
}
