// Holds what can be repaired in the code of the checkout example: each drift that has such a repair is gone after it, alone.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { after, codeOffers, findingsIn, type Texts } from './offered.ts';

const folder = join(import.meta.dirname, '../../examples/checkout');
const texts: Texts = Object.fromEntries(
  readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
);

describe('the checkout example', () => {
  it('can be repaired in its code where the code is what has to change', async () => {
    const findings = await findingsIn(texts);
    const repaired: Record<string, string> = {};
    for (const finding of findings) {
      for (const offer of codeOffers(finding)) {
        const left = await findingsIn(after(texts, offer));
        const gone = findings.filter((one) => !left.some((other) => other.fingerprint === one.fingerprint));
        expect(gone.map(({ fingerprint }) => fingerprint)).toEqual([finding.fingerprint]);
        expect(left).toHaveLength(findings.length - 1);
        repaired[finding.subject] = offer.title;
      }
    }
    expect(repaired).toEqual({
      '200': 'Return 201 as declared',
      '200.body.asOf': 'Send asOf as a text',
      'body.amount': 'Do without amount as declared',
      'body.currency': 'Take EUR, GBP and USD as declared',
      'query:limit': 'Hold it to maximum 100 as declared',
      secretKey: 'Put authenticate before the route, as before others',
    });
  });
});
