// Owns the test that mutants of agreeing contracts are noticed: a sample of what `npm run mutants` runs in full.

import { describe, expect, it } from 'vitest';
import { mutantsOf, services } from './catalogue.ts';
import { read } from './document.ts';
import { Session } from './engine.ts';
import { type Judged, judge, tabulate } from './judge.ts';

const root = process.cwd();

describe('mutants', () => {
  it('number at least 200, and differ from the contract that they were made of', () => {
    const all = services.flatMap((service) => {
      const session = new Session(`${root}/${service.folder}`);
      const document = read(session.text(`${root}/${service.folder}/${service.contract}`));
      const before = JSON.stringify(document);
      const list = mutantsOf(document, service);
      // Making mutants never changes the document that they are made of.
      expect(JSON.stringify(document)).toBe(before);
      for (const mutant of list) expect(JSON.stringify(mutant.document), mutant.about).not.toBe(before);
      return list;
    });
    expect(all.length).toBeGreaterThanOrEqual(200);
  });

  it('are killed at the right place, with nothing else said, in at least 85 of 100 cases', async () => {
    const judged: Judged[] = [];
    for (const service of services) judged.push(...(await judge(root, service, 7)));
    const sum = tabulate(judged).at(-1)!;
    const rest = judged.filter(({ verdict }) => verdict !== 'killed');
    const told = rest.map(
      ({ mutant, verdict, said }) => `${verdict}: ${mutant.kind}, ${mutant.about} ${said.join('; ')}`,
    );
    expect(sum.mutants).toBeGreaterThan(100);
    expect(sum.killed / sum.mutants, told.join('\n')).toBeGreaterThanOrEqual(0.85);
  }, 120_000);
});
