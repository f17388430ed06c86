// Runs every case of every framework: small services as marked text, and the facts that are found in them.

import { describe, expect, it } from 'vitest';
import { compareCase } from './compare.ts';
import { aspectOf, factsOfService } from './fact-text.ts';
import { frameworks, readCasePages } from './frameworks.ts';

const pages = readCasePages();

for (const { folder } of frameworks) {
  const own = pages.filter((page) => page.folder === folder);
  if (own.length === 0) continue;
  describe(folder, () => {
    for (const { topic, cases } of own) {
      describe(topic, () => {
        for (const one of cases) {
          it(one.title, async () => {
            const verdict = compareCase(one, await factsOfService(one.files), aspectOf(topic));
            expect([...verdict.unmet, ...verdict.unsaid].join('\n\n')).toBe('');
          });
        }
      });
    }
  });
}
