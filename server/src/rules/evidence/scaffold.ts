// Owns the offer of a handler for an operation that nothing serves: which neighbour shows the manner, and what the answer looks like.
// It must not know how code is written.

import type { Place } from '../../base/place.ts';
import type { Route } from '../../code/model.ts';
import type { Operation } from '../../contract/model.ts';
import type { FixOffer } from '../../findings/finding.ts';
import { resolveShape, type Shape } from '../../shape/shape.ts';
import type { Binding, Governed } from '../../workspace/model.ts';
import type { Draft } from '../rule.ts';

const frameworks = new Set(['express', 'fastify', 'koa', 'hono']);
const deepest = 6;

/** The offer, when a neighbour registers its route by one call whose path is written out. */
export function scaffoldOffer(
  { operation }: Draft,
  governed: Governed,
  read: (place: Place) => { readonly text: string } | undefined,
): readonly FixOffer[] {
  if (!operation) return [];
  const shared = (path: string): number => {
    const wanted = operation.path.split('/');
    const parts = path.split('/');
    const differs = parts.findIndex((part, index) => part !== wanted[index]);
    return differs === -1 ? parts.length : differs;
  };
  const neighbours = governed.bindings
    .flatMap((binding) => binding.routes.map((route) => ({ binding, route })))
    .filter(({ route }) => isPlain(route, read(route.place)?.text ?? ''))
    .sort((a, b) => shared(b.binding.operation.path) - shared(a.binding.operation.path));
  const neighbour = neighbours.find(({ binding, route }) => reaches(binding, route, operation));
  const success = operation.responses.find(({ status }) => /^2\d\d$/.test(status));
  if (!neighbour || !success) return [];
  const { route, binding } = neighbour;
  const shape = success.content[0]?.shape;
  const body = shape && sampleOf(shape, 0);
  const list = Array.isArray(body);
  // A text or a number alone is sent in other ways than an object.
  if (body !== undefined && !list && (typeof body !== 'object' || body === null)) return [];
  const file = route.place.file.slice(route.place.file.lastIndexOf('/') + 1);
  return [
    {
      id: 'scaffold-handler',
      title: `Write a handler for ${operation.key} in ${file}`,
      side: 'code',
      safety: 'suggestion',
      data: {
        file: route.place.file,
        offset: route.place.start,
        neighbourPath: binding.operation.path,
        path: operation.path,
        method: operation.method,
        name: nameOf(operation),
        framework: route.framework,
        status: success.status,
        empty: body === undefined,
        list,
        ...(body === undefined || list ? {} : { body }),
      },
    },
  ];
}

function isPlain(route: Route, text: string): boolean {
  return frameworks.has(route.framework) && /^[\w$.]+\.[a-z]+\(\s*(['"`])[^'"`$]*\1\s*,/.test(text);
}

/** Whether the operation lies below what is mounted before the neighbour's own path. */
function reaches(binding: Binding, route: Route, operation: Operation): boolean {
  if (route.mounts.length === 0) return true;
  const first = (path: string): string | undefined => path.split('/')[1];
  return first(binding.operation.path) === first(operation.path);
}

/** The operation's own name, else one of its method and path. */
function nameOf({ operationId, method, path }: Operation): string {
  if (operationId !== undefined && /^[A-Za-z_$][\w$]*$/.test(operationId)) return operationId;
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** The least value that a schema takes: required fields, first values, nothing in lists. */
function sampleOf(shape: Shape, depth: number): unknown {
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
