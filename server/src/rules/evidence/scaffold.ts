// Owns the offer of a handler for an operation that nothing serves: which neighbour shows the manner, and where it stands.
// It must not know how code is written.

import type { Place } from '../../base/place.ts';
import type { Route } from '../../code/model.ts';
import type { Operation } from '../../contract/model.ts';
import type { FixOffer } from '../../findings/finding.ts';
import type { Binding, Governed } from '../../workspace/model.ts';
import type { Draft } from '../rule.ts';
import { sampleOf } from './sample.ts';

const frameworks = new Set(['express', 'fastify', 'koa', 'hono']);

type ReadText = (place: Place) => { readonly text: string; readonly before: string } | undefined;

/** A route whose registration is one call with the path written out. */
interface Neighbour {
  readonly route: Route;
  /** The path in the call, without quotes. */
  readonly written: string;
  /** What is served of the path before the contract's own: the base path. */
  readonly base: readonly string[];
  /** How many parts of the served path routers above have added. */
  readonly mounted: number;
}

interface Neighbourhood {
  readonly all: readonly Neighbour[];
  /** By every beginning of their served path that is not shorter than their mounts: the first of each. */
  readonly byBeginning: ReadonlyMap<string, Neighbour>;
  readonly bases: readonly (readonly string[])[];
}

/** For one state of the texts, which a reader stands for. */
const known = new WeakMap<ReadText, WeakMap<Governed, Neighbourhood>>();

/** The offer, when a neighbour registers its route by one call whose path is written out. */
export function scaffoldOffer({ operation }: Draft, governed: Governed, read: ReadText): readonly FixOffer[] {
  const success = operation?.responses.find(({ status }) => /^2\d\d$/.test(status));
  if (!operation || !success) return [];
  const shape = success.content[0]?.shape;
  const body = shape && sampleOf(shape);
  const list = Array.isArray(body);
  // A text or a number alone is sent in other ways than an object.
  if (body !== undefined && !list && (typeof body !== 'object' || body === null)) return [];
  // A router would take a hyphen in a parameter's name for the end of that.
  if (/\{[^}]*\W[^}]*\}/.test(operation.path)) return [];
  const neighbours = neighbourhoodOf(governed, read);
  const taking = takes(operation, governed);
  const found = nearest(neighbours, partsOf(operation.path), taking);
  if (!found) return [];
  const { neighbour, served } = found;
  const { route, mounted, written } = neighbour;
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
        written,
        path: `/${served.slice(mounted).join('/')}`,
        method: operation.method,
        name: nameOf(operation),
        framework: route.framework,
        status: success.status,
        empty: body === undefined,
        list,
        before: taking !== undefined,
        ...(body === undefined || list ? {} : { body }),
      },
    },
  ];
}

function neighbourhoodOf(governed: Governed, read: ReadText): Neighbourhood {
  const byGoverned = known.get(read) ?? new WeakMap<Governed, Neighbourhood>();
  known.set(read, byGoverned);
  let found = byGoverned.get(governed);
  if (!found) {
    const all = governed.bindings.flatMap((binding) =>
      binding.routes.flatMap((route) => asNeighbour(binding, route, read)),
    );
    const first = new Map<string, Neighbour>();
    for (const neighbour of all) {
      const served = partsOf(neighbour.route.path);
      for (let depth = neighbour.mounted; depth <= served.length; depth++) {
        const key = keyOf(served.slice(0, depth));
        if (!first.has(key)) first.set(key, neighbour);
      }
    }
    const bases = [...new Map(all.map(({ base }) => [keyOf(base), base])).values()];
    found = { all, byBeginning: first, bases };
    byGoverned.set(governed, found);
  }
  return found;
}

function asNeighbour({ operation }: Binding, route: Route, read: ReadText): Neighbour[] {
  if (!frameworks.has(route.framework)) return [];
  const { text = '', before = '' } = read(route.place) ?? {};
  const [found, receiver, , written = ''] = /^([\w$.]+\.)?[a-z]+\(\s*(['"`])([^'"`$]*)\2\s*,/.exec(text) ?? [];
  if (found === undefined || (receiver === undefined && !/[\w$]\.$/.test(before))) return [];
  const served = partsOf(route.path);
  const own = partsOf(written);
  const base = served.length - partsOf(operation.path).length;
  const mounted = served.length - own.length;
  if (base < 0 || mounted < 0) return [];
  // What the call says has to be the end of what is served, else something stands between the two.
  const isEnd = own.every((part, index) => plain(part) === plain(served[mounted + index]!));
  return isEnd ? [{ route, written, base: served.slice(0, base), mounted }] : [];
}

/** The first route that would take the operation's requests if it stood before it: `/orders/:id` takes `/orders/recent`. */
function takes(operation: Operation, governed: Governed): Route | undefined {
  const wanted = partsOf(operation.path);
  const taking = governed.bindings.flatMap((binding) => {
    const parts = partsOf(binding.operation.path);
    if (binding.operation === operation || parts.length !== wanted.length) return [];
    const covers = parts.every((part, index) => plain(part) === '{}' || part === wanted[index]);
    return covers ? binding.routes.filter(({ method }) => method === operation.method || method === 'all') : [];
  });
  return taking.sort((a, b) => a.order - b.order)[0];
}

/** The neighbour with the longest beginning in common, or the one that `taking` names; and the path that is to be served beside it. */
function nearest(
  { all, byBeginning, bases }: Neighbourhood,
  wanted: readonly string[],
  taking: Route | undefined,
): { readonly neighbour: Neighbour; readonly served: readonly string[] } | undefined {
  if (taking) {
    const neighbour = all.find(({ route }) => route === taking);
    return neighbour && { neighbour, served: [...neighbour.base, ...wanted] };
  }
  let best: { readonly neighbour: Neighbour; readonly served: readonly string[]; readonly depth: number } | undefined;
  for (const base of bases) {
    const served = [...base, ...wanted];
    for (let depth = served.length; depth >= 0; depth--) {
      const neighbour = byBeginning.get(keyOf(served.slice(0, depth)));
      if (!neighbour || keyOf(neighbour.base) !== keyOf(base)) continue;
      if (!best || depth > best.depth) best = { neighbour, served, depth };
      break;
    }
  }
  return best;
}

const partsOf = (path: string): readonly string[] => path.split('/').filter((part) => part !== '');

/** Parameters are equal whatever they are called. */
const plain = (part: string): string => (/^[:{]/.test(part) ? '{}' : part);

const keyOf = (parts: readonly string[]): string => parts.map(plain).join('/');

/** The operation's own name, else one of its method and path. */
function nameOf({ operationId, method, path }: Operation): string {
  if (operationId !== undefined && /^[A-Za-z_$][\w$]*$/.test(operationId)) return operationId;
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
