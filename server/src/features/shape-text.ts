// Owns the short text of a shape, as a reader would say it in a hover. It must not know contracts or code.

import { resolveShape, type Shape } from '../shape/shape.ts';

const MOST_FIELDS = 8;
const DEEPEST = 2;

/** A shape in one line: `{ id: string, total?: integer }`. Deep and wide shapes are cut. */
export function shapeText(shape: Shape, depth = 0): string {
  const known = resolveShape(shape);
  switch (known.kind) {
    case 'unknown':
      return 'any';
    case 'never':
    case 'null':
      return known.kind;
    case 'boolean':
      return known.value === undefined ? 'boolean' : String(known.value);
    case 'number':
      return known.values ? known.values.slice(0, MOST_FIELDS).join(' | ') : known.integer ? 'integer' : 'number';
    case 'string':
      if (known.values)
        return listed(
          known.values.map((value) => JSON.stringify(value)),
          ' | ',
        );
      return known.format ? `string (${known.format})` : 'string';
    case 'array':
      return depth >= DEEPEST ? 'array' : `${shapeText(known.items, depth + 1)}[]`;
    case 'union':
      return listed(
        known.members.map((member) => shapeText(member, depth + 1)),
        ' | ',
      );
    case 'object': {
      if (depth >= DEEPEST || known.fields.size === 0) return 'object';
      const fields = [...known.fields.values()].map(
        (field) => `${field.name}${field.required === false ? '?' : ''}: ${shapeText(field.shape, depth + 1)}`,
      );
      return `{ ${listed(fields, ', ')} }`;
    }
  }
}

function listed(texts: readonly string[], separator: string): string {
  const shown = texts.slice(0, MOST_FIELDS).join(separator);
  return texts.length > MOST_FIELDS ? `${shown}${separator}…` : shown;
}
