import { describe, expect, it } from 'vitest';
import { addedLines, dataOf, refusal, repaired } from './repaired.ts';

const yaml = `components:
  schemas:
    Order:
      type: object
      required: [id]
      properties:
        id: { type: string } # ours
    Line:
      type: object
      required:
        - sku
        - count
      properties:
        sku:
          type: string
  parameters:
    Limit:
      name: limit
      in: query
      required: false # for now
      schema: { type: integer }
`;
const order = '/components/schemas/Order';
const line = '/components/schemas/Line';

describe('add-property', () => {
  it('adds the field behind the others', () => {
    const after = repaired('/w/a.yaml', yaml, 'add-property', {
      pointer: order,
      name: 'total',
      schema: { type: 'number' },
    });
    expect(addedLines(yaml, after)).toEqual(['        total:', '          type: number']);
  });

  it('adds it to the required ones when asked', () => {
    const after = repaired('/w/a.yaml', yaml, 'add-property', {
      pointer: line,
      name: 'total',
      schema: {},
      required: true,
    });
    expect(addedLines(yaml, after)).toEqual(['        - total', '        total: {}']);
    const flow = repaired('/w/a.yaml', yaml, 'add-property', {
      pointer: order,
      name: 'total',
      schema: {},
      required: true,
    });
    expect(flow).toContain('      required: [id, total]\n');
  });

  it('writes the properties that a schema lacks', () => {
    const text = 'a:\n  type: object\n  x-note: kept\n';
    const after = repaired('/w/a.yaml', text, 'add-property', {
      pointer: '/a',
      name: 'b',
      schema: { type: 'string' },
      required: true,
    });
    expect(dataOf(after)).toEqual({
      a: { type: 'object', required: ['b'], properties: { b: { type: 'string' } }, 'x-note': 'kept' },
    });
    expect(addedLines(text, after)).toHaveLength(5);
  });

  it('refuses a field that is there and a schema that is shared', () => {
    expect(refusal('/w/a.yaml', yaml, 'add-property', { pointer: order, name: 'id', schema: {} })).toMatch(/already/);
    const text = "a: { $ref: '#/b' }\nb: {}\n";
    expect(refusal('/w/a.yaml', text, 'add-property', { pointer: '/a', name: 'x', schema: {} })).toMatch(/reference/);
  });
});

describe('set-required', () => {
  const limit = '/components/parameters/Limit';

  it('changes the word in place and keeps the comment', () => {
    const after = repaired('/w/a.yaml', yaml, 'set-required', { pointer: limit, value: true });
    expect(after).toBe(yaml.replace('required: false # for now', 'required: true # for now'));
  });

  it('adds the word where it is missing', () => {
    const text = 'a:\n  name: limit\n  in: query\n  schema: {}\n';
    const after = repaired('/w/a.yaml', text, 'set-required', { pointer: '/a', value: true });
    expect(after).toBe('a:\n  name: limit\n  in: query\n  required: true\n  schema: {}\n');
  });

  it('adds a field to the list and takes it out again', () => {
    const added = repaired('/w/a.yaml', yaml, 'set-required', { pointer: line, value: true, name: 'price' });
    expect(addedLines(yaml, added)).toEqual(['        - price']);
    expect(repaired('/w/a.yaml', added, 'set-required', { pointer: line, value: false, name: 'price' })).toBe(yaml);
    const flow = repaired('/w/a.yaml', yaml, 'set-required', { pointer: order, value: true, name: 'total' });
    expect(repaired('/w/a.yaml', flow, 'set-required', { pointer: order, value: false, name: 'total' })).toBe(yaml);
  });

  it('takes the list away with its last field', () => {
    const after = repaired('/w/a.yaml', yaml, 'set-required', { pointer: order, value: false, name: 'id' });
    expect(after).toBe(yaml.replace('      required: [id]\n', ''));
  });

  it('never makes a path parameter optional', () => {
    const text = 'a: { name: id, in: path, required: true }\n';
    expect(refusal('/w/a.yaml', text, 'set-required', { pointer: '/a', value: false })).toMatch(/always required/);
  });
});
