// Runs every example of every rule page over the whole engine: what is marked is found, and nothing else is.

import { describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules/catalogue.ts';
import { checkExample } from '../harness/check-example.ts';
import { readPages } from '../harness/pages.ts';

for (const { id, page } of readPages()) {
  const isOff = rules.some((rule) => rule.id === id && rule.off === true);
  describe(id, () => {
    for (const example of page.examples) {
      describe(example.title, () => {
        const verdict = checkExample(example, new Map(isOff ? [[id, 'warning']] : []));

        it('finds what is marked', async () => {
          const { unmet, unmarked, failures } = await verdict;
          const context = unmet.length > 0 ? unmarked.map((one) => one.text).join('\n') : '';
          expect({ unmet: unmet.map((one) => one.text), failures, context }).toEqual({
            unmet: [],
            failures: [],
            context: '',
          });
        });

        it('reports nothing else by this rule', async () => {
          const { unmarked } = await verdict;
          expect(unmarked.filter((one) => one.rule === id).map((one) => one.text)).toEqual([]);
        });

        it('reports nothing else by any other rule', async () => {
          const { unmarked } = await verdict;
          expect(unmarked.filter((one) => one.rule !== id).map((one) => one.text)).toEqual([]);
        });
      });
    }
  });
}
