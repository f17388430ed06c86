// Owns the comparison of one case with the facts that were found: what nobody expected, and what was not met.
// It must not read pages or files.

import { LineIndex } from '../../server/src/base/place.ts';
import type { FactText } from './fact-text.ts';
import type { Case, Mark } from './page.ts';

const root = '/workspace/';

/** How a case differs from the facts, each difference as a text for people; empty when they agree. */
export interface Verdict {
  /** Facts of the page's aspect that the case does not say, written as the marks that would. */
  readonly unsaid: readonly string[];
  /** Marks and stated facts that nothing was found for. */
  readonly unmet: readonly string[];
}

/** Compares a case with the facts of its service. Only facts about `aspect` have to be said completely. */
export function compareCase(one: Case, facts: readonly FactText[], aspect: FactText['about']): Verdict {
  const indexes = new Map(Object.entries(one.files).map(([name, text]) => [name, new LineIndex(text)]));
  const said = new Set<FactText>();
  const unmet: string[] = [];
  for (const mark of one.marks) {
    const found = facts.filter((fact) => begins(fact.text, mark.text) && standsAt(fact, mark, indexes));
    for (const fact of found) said.add(fact);
    if (found.length === 0) unmet.push(`${mark.file}:${mark.line + 1}:${mark.column + 1} expects ${mark.text}`);
  }
  for (const text of one.stated) {
    const found = facts.filter((fact) => begins(fact.text, text));
    for (const fact of found) said.add(fact);
    if (found.length === 0) unmet.push(`nothing says ${text}`);
  }
  return {
    unsaid: facts.filter((fact) => fact.about === aspect && !said.has(fact)).map((fact) => describe(fact, indexes)),
    unmet,
  };
}

/** Whether a fact's text is the expected one or begins with it, up to the end of a word. */
function begins(fact: string, expected: string): boolean {
  return fact.startsWith(expected) && !/^[\w{/.-]/.test(fact.slice(expected.length));
}

function standsAt(fact: FactText, mark: Mark, indexes: ReadonlyMap<string, LineIndex>): boolean {
  if (!fact.place || fact.place.file !== root + mark.file) return false;
  const position = indexes.get(mark.file)?.position(fact.place.start);
  return position?.line === mark.line && position.column === mark.column;
}

function describe(fact: FactText, indexes: ReadonlyMap<string, LineIndex>): string {
  const name = fact.place?.file.slice(root.length) ?? '';
  const index = indexes.get(name);
  if (!fact.place || !index) return `in a block of facts: ${fact.text}`;
  const { line, column } = index.position(fact.place.start);
  const comment = column >= 2 ? `//${' '.repeat(column - 2)}` : ' '.repeat(column);
  return `${name}:${line + 1}\n${index.line(line)}\n${comment}^^^ ${fact.text}`;
}
