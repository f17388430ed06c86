// Owns shapes as text for expectations. It must not know where a shape comes from.

import { resolveShape, type Shape } from '../../server/src/shape/shape.ts';

/** A shape as text: `~` marks fields of which the presence cannot be told, `+` that others are allowed, `…` that others may be there. */
export function plain(shape: Shape, depth = 0): string {
  const held = resolveShape(shape);
  if (depth > 6) return '...';
  switch (held.kind) {
    case 'object': {
      const fields = [...held.fields.values()].map(
        (field) =>
          `${field.name}${field.required === true ? '' : field.required === false ? '?' : '~'}: ${plain(field.shape, depth + 1)}`,
      );
      return `{ ${[...fields, ...(held.additional === 'none' ? [] : [held.additional === 'allowed' ? '+' : '…'])].join(', ')} }`;
    }
    case 'array':
      return `[${plain(held.items, depth + 1)}]`;
    case 'union':
      return held.members.map((member) => plain(member, depth + 1)).join(' | ');
    case 'string':
      return held.values
        ? held.values.map((value) => `'${value}'`).join(' | ')
        : held.format
          ? `string ${held.format}`
          : 'string';
    case 'number':
      return held.values ? held.values.join(' | ') : held.integer ? 'integer' : 'number';
    case 'boolean':
      return held.value === undefined ? 'boolean' : String(held.value);
    default:
      return held.kind;
  }
}
