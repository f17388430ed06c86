// The short ways of a comparison change no answer: what is known by the text of blocks and their references is held against a comparison
// that looks at each pair, for edits of one and of several lines, one after the other as somebody types them.

import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { compareContracts } from '../../server/src/versioning/compare.ts';
import { ContractSources } from '../../server/src/versioning/source.ts';
import { Choices, ownContracts, readContract } from './contract-data.ts';
import { contractOf, today } from './pairs.ts';

/** What somebody does to a line: another type, a bound, other words, a comment, a reference to something else, nothing at all. */
const edits: readonly ((line: string) => string)[] = [
  (line) => line.replace(/type: (?:string|integer|object|number)$/, 'type: boolean'),
  (line) => line.replace(/(maxLength|maximum|minimum): \d+$/, '$1: 3'),
  (line) => line.replace(/(description|summary): (\w)/, '$1: Now $2'),
  (line) => (/: [a-z]+$/.test(line) ? `${line} # seen` : line),
  (line) => line.replace(/(\$ref: .*\/)(\w+)/, '$1Nowhere$2'),
  (line) => line.replace(/required: true$/, 'required: false'),
  (line) => line.replace(/^( +)(\w+):$/, '$1$2Renamed:'),
];

/** Said somewhere, this makes a part of a contract one that may be named from afar, so that no short way is taken. */
const named = (text: string): string => text.replace('x-notes: { _anchor', 'x-notes: { $anchor');

function edited(text: string, choices: Choices): string {
  const lines = text.split('\n');
  for (let count = 1 + choices.below(3); count > 0; count--) {
    const edit = edits[choices.below(edits.length)]!;
    const from = choices.below(lines.length);
    const at = lines.findIndex((line, index) => index >= from && edit(line) !== line);
    if (at >= 0) lines[at] = edit(lines[at]!);
  }
  return lines.join('\n');
}

describe('a comparison that knows what an edit left alone', () => {
  it.each(ownContracts)(
    'says of %s what one says that looks at everything',
    (path) => {
      const text = `${dump(readContract(path), { noRefs: true })}x-notes: { _anchor: none }\n`;
      const base = contractOf({ 'openapi.yaml': text });
      const long = contractOf({ 'openapi.yaml': named(text) });
      const sources = new ContractSources();
      let level = 0;
      for (let seed = 1; seed <= 30; seed++) {
        const revision = edited(text, new Choices(seed));
        const version = String(seed);
        const file = base.file;
        const files = {
          roots: ['/workspace'],
          list: () => [file],
          exists: (one: string) => one === file,
          version: () => version,
          read: (one: string) => (one === file ? { text: revision } : ({ failure: 'missing' } as const)),
        };
        const opened = sources.open(files, file, base);
        if ('failure' in opened) throw new Error(opened.failure);
        const short = compareContracts(base, opened, { today });
        const whole = compareContracts(long, contractOf({ 'openapi.yaml': named(revision) }), { today });
        expect(short.changes, `seed ${seed}`).toEqual(whole.changes);
        expect(short.unread, `seed ${seed}`).toEqual(whole.unread);
        if (short.changes.length > 0) level++;
      }
      expect(level).toBeGreaterThan(5);
    },
    60_000,
  );
});
