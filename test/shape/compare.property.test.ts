// Holds the laws of comparison that must be true of every shape: nothing differs from itself, and what fails says where.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareShapes } from '../../server/src/shape/compare.ts';
import type { Direction } from '../../server/src/shape/difference.ts';
import {
  arrayShape,
  booleanShape,
  nullShape,
  numberShape,
  objectShape,
  type Shape,
  stringShape,
  union,
  unknownShape,
} from '../../server/src/shape/shape.ts';

const directions = fc.constantFrom<Direction>('response', 'request');

const { shape } = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 4 },
    fc.constant(nullShape()),
    fc.constant(booleanShape()),
    fc
      .record({ integer: fc.boolean(), minimum: fc.option(fc.integer({ min: -9, max: 9 }), { nil: undefined }) })
      .map((facts) => numberShape(undefined, facts)),
    fc
      .record({
        values: fc.option(fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }), { nil: undefined }),
      })
      .map((facts) => stringShape(undefined, facts)),
    fc.record({ format: fc.constantFrom('uuid', 'date', 'date-time') }).map((facts) => stringShape(undefined, facts)),
    tie('shape').map((items) => arrayShape(items)),
    fc.array(tie('shape'), { minLength: 1, maxLength: 3 }).map((members) => union(members)),
    fc
      .tuple(
        fc.dictionary(fc.constantFrom('id', 'name', 'lines', 'total'), fc.tuple(tie('shape'), fc.boolean()), {
          maxKeys: 4,
        }),
        fc.constantFrom('none' as const, 'allowed' as const),
      )
      .map(([fields, additional]) =>
        objectShape(
          Object.entries(fields).map(([name, [value, required]]) => ({ name, shape: value, required })),
          additional,
        ),
      ),
  ),
}));

describe('comparison', () => {
  it('finds no fault between a shape and itself', () => {
    fc.assert(
      fc.property(shape, directions, (one, direction) => {
        expect(compareShapes(one, one, direction).verdict).not.toBe('fails');
      }),
    );
  });

  it('finds no fault where either side is unknown', () => {
    fc.assert(
      fc.property(shape, directions, (one, direction) => {
        expect(compareShapes(unknownShape(), one, direction).differences).toEqual([]);
        expect(compareShapes(one, unknownShape(), direction).differences).toEqual([]);
      }),
    );
  });

  it('names a difference whenever it fails, and only then one that hurts', () => {
    fc.assert(
      fc.property(shape, shape, directions, (code, contract, direction) => {
        const { verdict, differences } = compareShapes(code, contract, direction);
        const hurts = differences.some(
          ({ kind, lax, open, demanded }) =>
            !lax && (kind !== 'field-undeclared' || (direction === 'response' ? !open : demanded === true)),
        );
        expect(hurts).toBe(verdict === 'fails');
      }),
      { numRuns: 500 },
    );
  });
});
