import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { pointerOf } from '../../server/src/base/pointer.ts';
import { insertEntry } from '../../server/src/contract/edit/insert.ts';
import { BrokenOutline, readOutline } from '../../server/src/contract/edit/outline.ts';
import { applyTextEdits, differenceOf } from '../../server/src/contract/edit/text-edit.ts';
import type { Plain } from '../../server/src/contract/edit/write.ts';
import { propertyRuns } from '../harness/property-runs.ts';
import { addedLines, dataOf } from './repaired.ts';

const key = fc.oneof(
  fc.constantFrom('200', '404', 'default', '/a/{id}', 'a b', 'yes', '#x', 'x: y', "it's"),
  fc.string({ minLength: 1 }),
);
const scalar = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom('null', '1e3', '0x1f', 'a\nb\n', '|', '- a', 'key: '),
);
const tree = fc.letrec<{ value: Plain; map: Plain }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, scalar, fc.array(tie('value'), { maxLength: 3 }), tie('map')),
  map: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
}));

/** Every path to a map in the data. */
function mapsOf(value: unknown, at: string[] = []): string[][] {
  if (value === null || typeof value !== 'object') return [];
  const below = Object.entries(value).flatMap(([name, item]) => mapsOf(item, [...at, name]));
  return Array.isArray(value) ? below : [at, ...below];
}

const cases = fc.record({
  data: tree.map,
  added: tree.value,
  pick: fc.nat(),
  indent: fc.constantFrom(2, 3, 4),
  indentSeq: fc.boolean(),
});

describe('inserting into any document', () => {
  it.each(['yaml', 'json'])('adds the entry and nothing else (%s)', (format) => {
    fc.assert(
      fc.property(cases, ({ data, added, pick, indent, indentSeq }) => {
        const before =
          format === 'json' ? JSON.stringify(data, null, indent) : stringify(data, { indent, indentSeq, lineWidth: 0 });
        const outline = readOutline(`/w/a.${format}`, before);
        if (!outline) throw new Error('no outline');
        const maps = mapsOf(data);
        const path = maps[pick % maps.length]!;
        const result = insertEntry(outline, pointerOf(path), 'the new key', added);
        if ('refused' in result) throw new Error(result.refused);
        const after = applyTextEdits(before, result.edits);
        const expected = structuredClone(data);
        let holder = expected as Record<string, unknown>;
        for (const token of path) holder = holder[token] as Record<string, unknown>;
        const wasEmpty = Object.keys(holder).length === 0;
        holder['the new key'] = added;
        expect(format === 'json' ? JSON.parse(after) : dataOf(after)).toEqual(expected);
        if (format === 'yaml' && !wasEmpty) addedLines(before, after);
      }),
      { numRuns: propertyRuns(400) },
    );
  });
});

describe('a text that is cut', () => {
  it('is edited in the same way as one that is parsed as a whole', () => {
    fc.assert(
      fc.property(cases, ({ data, added, pick, indent, indentSeq }) => {
        const before = stringify(data, { indent, indentSeq, lineWidth: 0 });
        const maps = mapsOf(data);
        const pointer = pointerOf(maps[pick % maps.length]!);
        const edits = [0, Number.POSITIVE_INFINITY].map((large) => {
          const outline = readOutline('/w/a.yaml', before, large);
          return outline && insertEntry(outline, pointer, 'the new key', added);
        });
        expect(edits[0]).toEqual(edits[1]);
      }),
      { numRuns: propertyRuns(400) },
    );
  });

  it('is edited although another part of it is broken, and not where it is broken', () => {
    const text =
      'paths:\n  /a:\n    get:\n      tags: []\n  /b:\n    get:\n      tags: [\n  /c:\n    get:\n      tags: []\n';
    const outline = readOutline('/w/a.yaml', text, 0)!;
    expect(insertEntry(outline, '/paths/~1a/get', 'summary', 'A')).toHaveProperty('edits');
    expect(() => insertEntry(outline, '/paths/~1b/get', 'summary', 'B')).toThrow(BrokenOutline);
  });
});

describe('differenceOf', () => {
  it('gives an edit that turns one text into the other', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const edit = differenceOf(before, after);
        expect(applyTextEdits(before, edit ? [edit] : [])).toBe(after);
      }),
    );
  });
});
