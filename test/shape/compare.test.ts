// Holds the laws of the three-valued comparison. Shapes are written by hand, so that no loader can hide a fault.

import { describe, expect, it } from 'vitest';
import { compareShapes } from '../../server/src/shape/compare.ts';
import type { Direction } from '../../server/src/shape/difference.ts';
import {
  type AdditionalFields,
  arrayShape,
  booleanShape,
  type Field,
  nullShape,
  numberShape,
  objectShape,
  type ReferenceShape,
  type Shape,
  stringShape,
  union,
  unknownShape,
} from '../../server/src/shape/shape.ts';

const text = stringShape();
const integer = numberShape(undefined, { integer: true });
const number = numberShape();

function object(fields: Record<string, Shape>, additional: AdditionalFields = 'none'): Shape {
  const list: Field[] = Object.entries(fields).map(([name, shape]) => ({
    name: name.replace(/\?$/, ''),
    shape,
    required: !name.endsWith('?'),
  }));
  return objectShape(list, additional);
}

function found(code: Shape, contract: Shape, direction: Direction = 'response'): string[] {
  const { verdict, differences } = compareShapes(code, contract, direction);
  return [
    verdict,
    ...differences.map(({ kind, path, certain, open, lax }) =>
      [kind, path || '(root)', certain ? '' : 'likely', open ? 'open' : '', lax ? 'lax' : ''].filter(Boolean).join(' '),
    ),
  ];
}

describe('scalars in answers', () => {
  it('takes an integer for a number, and does not judge a number against an integer', () => {
    expect(found(integer, number)).toEqual(['holds']);
    expect(found(number, integer)).toEqual(['unknown']);
  });

  it('judges a literal fraction against an integer', () => {
    expect(found(numberShape(undefined, { values: [1.5] }), integer)).toEqual(['fails', 'constraint (root)']);
  });

  it('tells a text from a number', () => {
    expect(found(text, integer)).toEqual(['fails', 'type (root)']);
    expect(found(booleanShape(), text)).toEqual(['fails', 'type (root)']);
  });

  it('calls null by its own kind', () => {
    expect(found(nullShape(), text)).toEqual(['fails', 'null (root)']);
    expect(found(union([text, nullShape()]), text)).toEqual(['fails', 'null (root) likely']);
    expect(found(union([text, nullShape()]), union([text, nullShape()]))).toEqual(['holds']);
  });

  it('judges constants against an enumeration, and free text never', () => {
    const declared = stringShape(undefined, { values: ['open', 'paid'] });
    expect(found(stringShape(undefined, { values: ['lost'] }), declared)).toEqual(['fails', 'enum (root)']);
    expect(found(stringShape(undefined, { values: ['open', 'lost'] }), declared)).toEqual([
      'fails',
      'enum (root) likely',
    ]);
    expect(found(text, declared)).toEqual(['holds']);
    expect(
      found(
        union([stringShape(undefined, { values: ['open'] }), stringShape(undefined, { values: ['paid'] })]),
        declared,
      ),
    ).toEqual(['holds']);
  });

  it('tells formats apart only when they exclude each other', () => {
    expect(found(stringShape(undefined, { format: 'date-time' }), stringShape(undefined, { format: 'date' }))).toEqual([
      'fails',
      'constraint (root)',
    ]);
    expect(
      found(stringShape(undefined, { format: 'date-time' }), stringShape(undefined, { format: 'iso-8601' })),
    ).toEqual(['holds']);
    expect(found(text, stringShape(undefined, { format: 'uuid' }))).toEqual(['holds']);
  });
});

describe('objects in answers', () => {
  it('finds fields that a closed object does not name, and remarks on them in an open one', () => {
    expect(found(object({ id: text, secret: text }), object({ id: text }))).toEqual([
      'fails',
      'field-undeclared secret',
    ]);
    expect(found(object({ id: text, secret: text }), object({ id: text }, 'allowed'))).toEqual([
      'holds',
      'field-undeclared secret open',
    ]);
  });

  it('says nothing of fields in a free-form object or a map', () => {
    expect(found(object({ id: text }), object({}, 'allowed'))).toEqual(['holds']);
    expect(found(object({ id: text }), objectShape([], 'allowed', undefined, { values: text }))).toEqual(['holds']);
    expect(found(object({ id: integer }), objectShape([], 'allowed', undefined, { values: text }))).toEqual([
      'fails',
      'type id',
    ]);
  });

  it('finds a required field that is absent, surely from a literal and likely from a structural type', () => {
    const declared = object({ id: text, name: text }, 'allowed');
    expect(found(object({ id: text }), declared)).toEqual(['fails', 'field-missing name']);
    expect(found(object({ id: text }, 'allowed'), declared)).toEqual(['fails', 'field-missing name likely']);
    expect(found(object({ id: text, 'name?': text }), declared)).toEqual(['fails', 'field-missing name likely']);
  });

  it('does not call a field missing when it may be among the fields that cannot be enumerated', () => {
    expect(found(object({ id: text }, 'unknown'), object({ id: text, name: text }))).toEqual(['unknown']);
    expect(found(objectShape([], 'none', undefined, { values: text }), object({ name: text }, 'allowed'))).toEqual([
      'unknown',
    ]);
  });

  it('does not ask for a field that only requests carry', () => {
    const declared = objectShape([{ name: 'password', shape: text, required: true, writeOnly: true }], 'allowed');
    expect(found(object({}), declared)).toEqual(['holds']);
  });

  it('names nested places by a dotted path', () => {
    const code = object({ items: arrayShape(object({ id: integer })) });
    expect(found(code, object({ items: arrayShape(object({ id: text })) }))).toEqual(['fails', 'type items[].id']);
    expect(found(arrayShape(text), arrayShape(integer))).toEqual(['fails', 'type []']);
  });

  it('keeps an unknown part to itself', () => {
    const code = object({ a: unknownShape('spread-or-any'), b: integer });
    expect(found(code, object({ a: text, b: text }))).toEqual(['fails', 'type b']);
    expect(found(object({ a: unknownShape() }), object({ a: text }))).toEqual(['unknown']);
  });
});

describe('unions', () => {
  it('takes an alternative that a type merely lists for no witness beside one that fits', () => {
    const members = [text, arrayShape(text)];
    const listed: Shape = { kind: 'union', members, stated: 'type' };
    expect(found(union(members), arrayShape(text))).toEqual(['fails', 'type (root)']);
    expect(found(listed, arrayShape(text))).toEqual(['unknown']);
    // Where none fits, whatever is sent does not.
    expect(found(listed, integer)).toEqual(['fails', 'type (root)']);
    // A type that lists null is a hint that it occurs.
    expect(found({ ...listed, members: [text, nullShape()] }, text)).toEqual(['fails', 'null (root) likely']);
  });

  const card = object({ kind: stringShape(undefined, { values: ['card'] }), number: text });
  const iban = object({ kind: stringShape(undefined, { values: ['iban'] }), iban: text });

  it('holds when every alternative of the code fits some alternative of the contract', () => {
    expect(found(union([card, iban]), union([iban, card]))).toEqual(['holds']);
  });

  it('blames the alternative that a constant field names', () => {
    const wrong = object({ kind: stringShape(undefined, { values: ['card'] }), number: integer });
    expect(found(wrong, union([card, iban]))).toEqual(['fails', 'type number']);
  });

  it('blames the alternative with the most shared fields, as likely', () => {
    const a = object({ id: text, amount: integer, currency: text });
    const b = object({ code: text, message: text });
    expect(found(object({ id: text, amount: text, currency: text }), union([a, b]))).toEqual([
      'fails',
      'type amount likely',
    ]);
  });

  it('stays silent when several alternatives could be meant', () => {
    const a = object({ id: text, a: text });
    const b = object({ id: text, b: text });
    expect(found(object({ id: text }), union([a, b]))).toEqual(['unknown']);
  });

  it('stays silent when the values of one field belong to several alternatives', () => {
    const values = (...list: string[]) => stringShape(undefined, { values: list });
    const contract = union([
      object({ kind: values('card'), number: text }),
      object({ kind: values('bank'), iban: text }),
    ]);
    const both = object({ kind: values('card', 'bank'), number: text, 'iban?': text });
    expect(found(both, contract)).toEqual(['unknown']);
    const other = object({ kind: values('card', 'cash'), number: text });
    expect(found(other, contract)).toEqual(['fails', 'enum kind likely']);
  });

  it('reads constants that stand as alternatives of one text each like a list of them', () => {
    const values = (...list: string[]) => stringShape(undefined, { values: list });
    const kinds = union([values('card'), values('bank')]);
    const contract = union([
      object({ kind: values('card'), number: text }),
      object({ kind: values('bank'), iban: text }),
      object({ kind: values('cash') }),
    ]);
    expect(found(object({ kind: kinds, 'number?': text, 'iban?': text }), contract)).toEqual(['unknown']);
    expect(found(object({ kind: union([values('card')]), number: integer }), contract)).toEqual([
      'fails',
      'type number',
    ]);
  });

  it('says of a field that tells alternatives apart what all of them take', () => {
    const values = (...list: string[]) => stringShape(undefined, { values: list });
    const code = union([object({ kind: values('card'), number: text }), object({ kind: values('bank'), iban: text })]);
    const told = compareShapes(code, object({ kind: text, number: text }), 'request').differences;
    expect(told.map(({ path, detail }) => `${path}: ${detail?.code}`)).toEqual(['kind: `card`, `bank`']);
  });

  it('is unknown as soon as an alternative of the contract is', () => {
    expect(found(integer, union([text, unknownShape()]))).toEqual(['unknown']);
  });
});

describe('requests', () => {
  it('finds what the reader demands and the contract does not', () => {
    expect(found(object({ amount: integer }, 'allowed'), object({ 'amount?': integer }, 'allowed'), 'request')).toEqual(
      ['fails', 'required-undeclared amount'],
    );
  });

  it('finds what the contract demands and the reader does not, without calling it a failure', () => {
    expect(found(object({ 'amount?': integer }, 'allowed'), object({ amount: integer }, 'allowed'), 'request')).toEqual(
      ['holds', 'required-unenforced amount lax'],
    );
  });

  it('finds fields that only the reader knows', () => {
    expect(found(object({ note: text }, 'allowed'), object({ amount: integer }, 'allowed'), 'request')).toEqual([
      'fails',
      'field-undeclared note open',
    ]);
    expect(found(object({ 'note?': text }, 'allowed'), object({ amount: integer }, 'allowed'), 'request')).toEqual([
      'holds',
      'field-undeclared note open',
    ]);
  });

  it('turns containment round: the reader may accept more, not less', () => {
    expect(found(number, integer, 'request')).toEqual(['holds']);
    expect(found(integer, number, 'request')).toEqual(['fails', 'constraint (root)']);
    expect(found(text, union([text, nullShape()]), 'request')).toEqual(['fails', 'null (root)']);
    expect(found(union([text, nullShape()]), text, 'request')).toEqual(['holds']);
  });

  it('compares bounds in both directions', () => {
    const max = (maximum: number): Shape => numberShape(undefined, { integer: true, maximum });
    expect(found(max(50), max(100), 'request')).toEqual(['fails', 'constraint (root)']);
    expect(found(max(200), max(100), 'request')).toEqual(['holds', 'constraint (root) lax']);
    expect(found(max(50), integer, 'request')).toEqual(['fails', 'constraint (root)']);
    expect(found(integer, max(50), 'request')).toEqual(['holds']);
  });

  it('knows that above zero and from one are the same for whole numbers', () => {
    const above = numberShape(undefined, { integer: true, exclusiveMinimum: 0 });
    const from = numberShape(undefined, { integer: true, minimum: 1 });
    expect(found(above, from, 'request')).toEqual(['holds']);
    expect(
      found(numberShape(undefined, { exclusiveMinimum: 0 }), numberShape(undefined, { minimum: 1 }), 'request'),
    ).toEqual(['holds', 'constraint (root) lax']);
  });

  it('compares enumerations in both directions', () => {
    const values = (...list: string[]): Shape => stringShape(undefined, { values: list });
    expect(found(values('a'), values('a', 'b'), 'request')).toEqual(['fails', 'enum (root)']);
    expect(found(values('a', 'b'), values('a'), 'request')).toEqual(['holds', 'enum (root) lax']);
    expect(found(values('a'), text, 'request')).toEqual(['fails', 'enum (root)']);
    expect(found(values('1', '2'), stringShape(undefined, { pattern: '^[12]$' }), 'request')).toEqual(['holds']);
  });

  it('calls two patterns different only when more than spelling differs, and then only likely', () => {
    const pattern = (source: string): Shape => stringShape(undefined, { pattern: source });
    expect(found(pattern('^\\d+$'), pattern('^[0-9]+$'), 'request')).toEqual(['holds']);
    expect(found(pattern('^a+$'), pattern('^b+$'), 'request')).toEqual(['fails', 'constraint (root) likely']);
  });

  it('never runs a pattern', () => {
    const hostile = stringShape(undefined, { pattern: '^(a+)+$' });
    const declared = stringShape(undefined, { values: [`${'a'.repeat(50)}!`] });
    expect(found(hostile, declared, 'request')).toEqual(['holds']);
  });
});

describe('values that travel as text', () => {
  const asText = (code: Shape, contract: Shape): string[] => {
    const { verdict, differences } = compareShapes(code, contract, 'request', { asText: true });
    return [verdict, ...differences.map((difference) => difference.kind)];
  };

  it('lets a reader of text read a number', () => {
    expect(asText(text, integer)).toEqual(['holds']);
    expect(asText(integer, text)).toEqual(['fails', 'type']);
    expect(asText(stringShape(undefined, { values: ['true', 'false'] }), booleanShape())).toEqual(['unknown']);
    expect(asText(stringShape(undefined, { values: ['1', '2'] }), integer)).toEqual(['unknown']);
    expect(asText(stringShape(undefined, { values: ['open', 'paid'] }), integer)).toEqual(['fails', 'type']);
  });

  it('does not judge lists, whose spelling neither side states', () => {
    expect(asText(arrayShape(text), text)).toEqual(['unknown']);
    expect(asText(text, arrayShape(text))).toEqual(['unknown']);
  });
});

describe('recursion and size', () => {
  function tree(leaf: Shape): Shape {
    const reference: ReferenceShape = { kind: 'reference', name: 'Tree', resolve: () => node };
    const node: Shape = object({ value: leaf, children: arrayShape(reference) });
    return reference;
  }

  it('ends on recursive shapes and still finds the fault', () => {
    expect(found(tree(text), tree(text))).toEqual(['holds']);
    expect(found(tree(integer), tree(text))).toEqual(['fails', 'type value']);
  });

  it('gives up on shapes that never end, as unknown', () => {
    const endless = (depth: number): ReferenceShape => ({
      kind: 'reference',
      name: `T${depth}`,
      resolve: () => object({ next: endless(depth + 1) }),
    });
    expect(found(endless(0), endless(0))).toEqual(['unknown']);
  });

  it('ends on unions of unions', () => {
    const wide = (depth: number): Shape =>
      depth === 0
        ? text
        : union(Array.from({ length: 6 }, (_, i) => object({ [`f${i}`]: wide(depth - 1), n: integer })));
    expect(compareShapes(wide(5), wide(5), 'response')).toBeDefined();
    // What matters is that it ends, which the limit of every test sees to.
  });
});
