// What a repair writes of a shape into a contract.

import { describe, expect, it } from 'vitest';
import { schemaOf } from '../../server/src/rules/evidence/schema.ts';
import { nullShape, numberShape, type Shape, stringShape } from '../../server/src/shape/shape.ts';

const word = (...values: string[]): Shape => stringShape(undefined, { values });
const either = (...members: Shape[]): Shape => ({ kind: 'union', members, origin: undefined });

describe('a written schema', () => {
  it('lists the values of alternatives once, and in one list', () => {
    expect(schemaOf(either(word('declined'), word('expired'), word('declined')))).toEqual({
      type: 'string',
      enum: ['declined', 'expired'],
    });
    expect(schemaOf(either(word('declined'), nullShape(), word('expired')))).toEqual({
      type: 'string',
      enum: ['declined', 'expired'],
      nullable: true,
    });
    expect(schemaOf(either(word('all'), numberShape(undefined, { values: [10] })))).toEqual({
      oneOf: [
        { type: 'string', enum: ['all'] },
        { type: 'number', enum: [10] },
      ],
    });
  });

  it('lists no values where one of the alternatives takes every one', () => {
    expect(schemaOf(either(word('declined'), stringShape()))).toEqual({ type: 'string' });
  });

  it('lists no sentences', () => {
    expect(schemaOf(either(word('The card was declined.'), word('No such card.')))).toEqual({ type: 'string' });
  });
});
