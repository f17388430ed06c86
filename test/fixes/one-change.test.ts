// Holds that one change of a contract changes the lines of that change and no other: on the handwritings of published contracts, and on every
// contract below the folder that FIDELITY_CONTRACTS names.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publishedHandwritings } from './handwritings.ts';
import { changesOf, faultOf } from './one-change.ts';
import { dataIn } from './plain-data.ts';

const folder = process.env.FIDELITY_CONTRACTS;
const given =
  folder === undefined
    ? []
    : readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(?:ya?ml|json)$/.test(name))
        .sort()
        .map((name) => ({ name, file: `/w/${name}`, text: readFileSync(join(folder, name), 'utf8') }));

describe('one change', () => {
  it.each([...publishedHandwritings(), ...given])('of $name', ({ file, text }) => {
    const before = dataIn(file, text);
    const changes = changesOf(before);
    const wrong = changes.flatMap((change) => {
      const fault = faultOf(file, text, before, change);
      return fault === undefined ? [] : [`${change.id} at ${String(change.data.pointer)}: ${fault}`];
    });
    expect(wrong).toEqual([]);
  });

  it('is tried with most recipes in every handwriting of a contract', () => {
    for (const { name, file, text } of publishedHandwritings()) {
      const ids = new Set(changesOf(dataIn(file, text)).map(({ id }) => id));
      expect([...ids].sort(), name).toEqual([
        'add-parameter',
        'add-property',
        'add-response',
        'deprecate',
        'remove-entry',
        'rename-key',
        'set-required',
        'set-version',
      ]);
    }
  });
});
