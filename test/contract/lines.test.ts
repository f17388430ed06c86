// The lines of a text after an edit are those of the text alone, whatever the edit does to line breaks of two characters.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../server/src/base/place.ts';
import { propertyRuns } from '../harness/property-runs.ts';

const breaks = ['\n', '\r\n', '\r', 'a', '\u2603', '\n\n', '\r\r\n', ''];
const long = Array.from({ length: 1_500 }, (_, line) => `line ${line}${['\n', '\r\n', '\r'][line % 3]}`).join('');

describe('lines after an edit', () => {
  it('are the lines of the new text', () => {
    const edit = fc.record({
      at: fc.nat(long.length),
      length: fc.nat(40),
      text: fc.array(fc.constantFrom(...breaks), { maxLength: 6 }).map((parts) => parts.join('')),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        let text = long;
        let index = new LineIndex(text);
        for (const { at, length, text: put } of edits) {
          text = text.slice(0, at) + put + text.slice(at + length);
          index = new LineIndex(text, index);
          const whole = new LineIndex(text);
          expect(index.lineCount).toBe(whole.lineCount);
          for (let offset = Math.max(0, at - 60); offset < at + 60; offset++)
            expect(index.position(offset)).toEqual(whole.position(offset));
          expect(index.position(text.length)).toEqual(whole.position(text.length));
          expect(index.line(whole.lineCount - 2)).toBe(whole.line(whole.lineCount - 2));
        }
      }),
      { numRuns: propertyRuns(150) },
    );
  });
});
