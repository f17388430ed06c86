// Owns the reading of constants out of values: what a literal, list or object in code is as plain data.
// It must not know schemas.

import type { Machine } from '../../machine.ts';
import type { Value } from '../../value.ts';

/** The plain data that a value is, in a box so that `undefined` and "not constant" are told apart; functions give nothing. */
export function constantOf(m: Machine, value: Value, depth = 0): { readonly value: unknown } | undefined {
  if (depth > 6) return undefined;
  switch (value.kind) {
    case 'literal':
      return { value: typeof value.value === 'bigint' ? Number(value.value) : value.value };
    case 'array': {
      if (value.rest) return undefined;
      const items = value.items.map((item) => constantOf(m, item, depth + 1));
      return items.every((item) => item !== undefined) ? { value: items.map((item) => item.value) } : undefined;
    }
    case 'object': {
      if (value.open || value.base?.length || value.cls) return undefined;
      const entries: [string, unknown][] = [];
      for (const [key, cell] of value.props) {
        const held = constantOf(m, m.force(cell), depth + 1);
        if (!held) return undefined;
        entries.push([key, held.value]);
      }
      return { value: Object.fromEntries(entries) };
    }
    default:
      return undefined;
  }
}
