// Owns an example of a shape, for code that answers with something that holds. It must not know who sends it.

import { resolveShape, type Shape } from '../../shape/shape.ts';

const deepest = 6;

/** The least value that a schema takes: required fields, first values, nothing in lists. */
export function sampleOf(shape: Shape, depth = 0): unknown {
  const known = resolveShape(shape);
  if (depth > deepest) return null;
  switch (known.kind) {
    case 'boolean':
      return known.value ?? false;
    case 'number':
      return known.values?.[0] ?? 0;
    case 'string':
      return known.values?.[0] ?? samples.get(known.format ?? '') ?? '';
    case 'array':
      return [];
    case 'object': {
      const fields = [...known.fields.values()].filter((field) => field.required === true);
      return Object.fromEntries(fields.map((field) => [field.name, sampleOf(field.shape, depth + 1)]));
    }
    case 'union':
      return known.members[0] ? sampleOf(known.members[0], depth + 1) : null;
    case 'unknown':
      return {};
    default:
      return null;
  }
}

const samples: ReadonlyMap<string, string> = new Map([
  ['date-time', '2000-01-01T00:00:00Z'],
  ['date', '2000-01-01'],
  ['uuid', '00000000-0000-4000-8000-000000000000'],
  ['email', 'name@example.com'],
  ['uri', 'https://example.com/'],
]);
