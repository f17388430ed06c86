// Every kind of change has a pair in which it is said, at its place and with its level; nothing else is said of that pair,
// nothing of equal sides, and never nothing of two sides that differ.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../server/src/base/place.ts';
import { rules } from '../../server/src/rules/catalogue.ts';
import type { Change } from '../../server/src/versioning/change.ts';
import { changeRows } from '../../server/src/versioning/changes/catalogue.ts';
import { changeDocuments, changePage } from '../../server/src/versioning/changes/page.ts';
import { type ContractPair, compared, type Mark, readPairs } from './pairs.ts';

const pairs = readPairs();
const nameOf = ({ family, title, direction }: ContractPair): string =>
  `${family}: ${title}${direction ? ` (${direction})` : ''}`;

/** What is said of a pair, written as its marks are: on the side where a mark stands, else on that of the revision. */
function said(pair: ContractPair): string[] {
  const indexes = { base: new LineIndex(pair.base), revision: new LineIndex(pair.revision) };
  const onBase = new Set(pair.marks.filter((mark) => mark.side === 'base').map((mark) => mark.id));
  const placeOf = (change: Change): Mark => {
    const side = onBase.has(change.id) || !change.revision ? 'base' : 'revision';
    const at = indexes[side].position(change[side]?.start ?? -1);
    const [line, column] = [at.line - pair.offset[0], at.column - pair.offset[1]];
    const inside = line >= 0 && column >= 0;
    return { side, line: inside ? line : -1, column: inside ? column : 0, id: change.id, level: change.level };
  };
  return compared(pair.base, pair.revision).changes.map(placeOf).map(written).sort();
}

const written = (mark: Mark): string => `${mark.side} ${mark.line}:${mark.column} ${mark.id} ${mark.level}`;

describe('the catalogue', () => {
  it('names each kind once', () => {
    const ids = changeRows.map((row) => row.id);
    expect(ids.length).toBeGreaterThan(300);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('shares no name with a rule, so that both can be explained', () => {
    const named = new Set(rules.map((rule) => rule.id));
    expect(changeRows.map((row) => row.id).filter((id) => named.has(id))).toEqual([]);
  });

  it('has a pair for each kind', () => {
    const marked = new Set(pairs.flatMap((pair) => pair.marks.map((mark) => mark.id)));
    expect(changeRows.map((row) => row.id).filter((id) => !marked.has(id))).toEqual([]);
  });

  it('has a page for each kind, with all that a page says', () => {
    for (const row of changeRows) {
      const page = changePage(row);
      for (const part of ['What it does', 'Why this level', 'Who breaks', 'The safe way', 'Reference'])
        expect(page, row.id).toContain(`**${part}**`);
      expect(page, row.id).not.toMatch(/[{}]|undefined/);
    }
  });

  // `npx vitest run test/versioning/pairs.test.ts -u` writes the documents anew.
  it.each([...changeDocuments()])('is printed by docs/%s', async (path, text) => {
    await expect(text).toMatchFileSnapshot(join(import.meta.dirname, '../../docs', path));
  });
});

describe('every pair', () => {
  it.each(pairs.map((pair) => [nameOf(pair), pair] as const))('%s', (_, pair) => {
    expect(said(pair)).toEqual(pair.marks.map(written).sort());
  });

  it('is silent about a side and itself', () => {
    const loud = pairs.flatMap((pair) =>
      [pair.base, pair.revision].filter((side) => compared(side, side).changes.length > 0).map(() => nameOf(pair)),
    );
    expect(loud).toEqual([]);
  });

  it('says something of its sides in either order', () => {
    const quiet = pairs.filter(
      (pair) => pair.marks.length > 0 && compared(pair.revision, pair.base).changes.length === 0,
    );
    expect(quiet.map(nameOf)).toEqual([]);
  });
});
