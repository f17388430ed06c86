// A contract that is only written otherwise is not changed: rewrites in chains, over contracts of this project.

import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { compareContracts } from '../../server/src/versioning/compare.ts';
import { Choices, ownContracts, readContract } from './contract-data.ts';
import { contractOf, today } from './pairs.ts';
import { rewrites, rewritten } from './refactors.ts';

/** Rewrites of each contract: 24 times 10 is 240. */
const each = 24;
const done = new Map<string, number>();

describe('a rewrite changes nothing', () => {
  it.each(ownContracts)(
    'in %s',
    (path) => {
      const contract = readContract(path);
      const yaml = dump(contract, { noRefs: true });
      const loud: unknown[] = [];
      for (let seed = 1; seed <= each; seed++) {
        const choices = new Choices(seed);
        const { data, steps } = rewritten(contract, choices);
        for (const step of steps) done.set(step, (done.get(step) ?? 0) + 1);
        // Half of them leave YAML for JSON as well.
        const [file, text] =
          choices.below(2) === 0
            ? ['openapi.yaml', dump(data, { noRefs: true })]
            : ['openapi.json', JSON.stringify(data, null, 2)];
        const [base, revision] = [contractOf({ 'openapi.yaml': yaml }), contractOf({ [file]: text })];
        for (const [before, after] of [
          [base, revision],
          [revision, base],
        ] as const) {
          const { changes } = compareContracts(before, after, { today });
          const said = changes.filter((change) => change.level !== 'documentation');
          if (said.length > 0)
            loud.push({ seed, steps, said: said.map(({ id, subject, message }) => [id, subject, message]) });
        }
      }
      expect(loud).toEqual([]);
    },
    60_000,
  );

  it('of every kind', () => {
    expect([...rewrites.keys()].filter((name) => (done.get(name) ?? 0) < 3)).toEqual([]);
    expect([...done.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(400);
  });
});
