// Holds the cutting of an edited text equal to the cutting of that text as a whole, whatever was edited where.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutYaml } from '../../server/src/contract/load/cut-yaml.ts';
import { recutYaml } from '../../server/src/contract/load/recut-yaml.ts';
import { propertyRuns } from '../harness/property-runs.ts';

const line = fc.constantFrom(
  'a:',
  'b: 1',
  '/p/{id}:',
  '"q": x',
  '  below: 1',
  '  - item',
  '- item',
  '    deep: 2',
  '',
  '# comment',
  '  # comment',
  'typing',
  '  typing',
  'c: |',
  ' odd: 1',
  '\tTab: 1',
  '<<: *a',
  '? x',
  '---',
  '{ flow: 1 }',
  'd: {}',
);

describe('a text that was cut before', () => {
  it('is cut after an edit as it is cut as a whole', () => {
    const taken = { times: 0 };
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 3, maxLength: 30 }),
        fc.constantFrom('', '\n', 'x', ':', ' ', '  ', '\n\n', 'e: 1\n', '\nf:\n  g: 1', '# c\n', '- i\n', '\ng: 1'),
        fc.nat(),
        fc.nat({ max: 12 }),
        fc.constantFrom(-1, 0),
        (lines, added, at, gone, indent) => {
          const column = indent < 0 ? '' : '  ';
          const before = lines.map((one) => (one === '' ? one : column + one)).join('\n');
          const from = at % (before.length + 1);
          const text = before.slice(0, from) + added + before.slice(from + gone);
          const cuts = cutYaml(before, 0, before.length, indent);
          if (!cuts) return;
          const again = recutYaml(text, 0, indent, { text: before, from: 0, cuts })?.cuts;
          if (!again) return;
          taken.times++;
          expect(again).toEqual(cutYaml(text, 0, text.length, indent));
        },
      ),
      { numRuns: propertyRuns(4000) },
    );
    // Else the property above would hold of nothing.
    expect(taken.times).toBeGreaterThan(100);
  });
});
