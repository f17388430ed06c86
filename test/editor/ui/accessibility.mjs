// Owns the judgement of a page for people who do not see or point: axe-core, over everything that a frame shows.
// It must not know what the page is.

import * as fs from 'node:fs';
import { createRequire } from 'node:module';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Throws with every violation of a frame (or page). What axe cannot decide is no violation. */
export async function expectAccessible(frame, name) {
  await frame.evaluate(axe);
  const { violations } = await frame.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  );
  if (violations.length === 0) return;
  const told = violations.map(({ id, nodes }) => {
    const where = nodes
      .slice(0, 5)
      .map((node) => `    ${node.target.join(' ')}: ${node.failureSummary?.replace(/\s+/g, ' ')}`);
    return `  ${id} (${nodes.length})\n${where.join('\n')}`;
  });
  throw new Error(`${name} has ${violations.length} violations:\n${told.join('\n')}`);
}
