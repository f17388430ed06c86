// Holds cut JSON equal to JSON that is read whole, ranges included, for any document and after any edits.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ContractDocument } from '../../server/src/contract/load/document.ts';
import { readJson } from '../../server/src/contract/load/json.ts';
import { propertyRuns } from '../harness/property-runs.ts';
import { printDocument, printNode } from './tree-text.ts';
import { apply, edit } from './yaml-text.ts';

const key = fc.constantFrom(
  'paths',
  'components',
  'schemas',
  '/a',
  'get',
  'post',
  '200',
  'a"b',
  'ü',
  '__proto__',
  'x\\',
);
const value = fc.letrec<{ value: unknown; map: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('', 'text', '{[', '"', '\\', 1, -1.5, true, null),
    tie('map'),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
  map: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
}));
const text = fc
  .tuple(
    fc.dictionary(key, fc.dictionary(key, value.map, { noNullPrototype: true }), {
      minKeys: 1,
      maxKeys: 4,
      noNullPrototype: true,
    }),
    fc.constantFrom(0, 2, '\t'),
    fc.constantFrom('', '\n', '\r\n'),
  )
  .map(([data, indent, tail]) => JSON.stringify(data, null, indent) + tail);

it('cut JSON equals JSON that is read whole, after any edits', () => {
  fc.assert(
    fc.property(text, fc.array(edit, { maxLength: 5 }), (start, edits) => {
      let current = start;
      let document = new ContractDocument('/w/a.json', current);
      for (const change of [{ at: 0, remove: 0, insert: '' }, ...edits]) {
        current = apply(current, change);
        document = new ContractDocument('/w/a.json', current, document);
        const whole = readJson(current);
        const wrong = whole.faults.some((fault) => fault.kind !== 'invalid');
        if (wrong) {
          expect(document.faults().length).toBeGreaterThan(0);
          continue;
        }
        expect(printDocument(document.root)).toEqual(printNode(whole.root));
        expect(
          document
            .faults()
            .map((fault) => fault.start)
            .sort(),
        ).toEqual(whole.faults.map((fault) => fault.start).sort());
      }
    }),
    { numRuns: propertyRuns(300) },
  );
});
