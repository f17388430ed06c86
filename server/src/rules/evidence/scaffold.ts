// Owns the offer of a handler for an operation that nothing serves: after which neighbour, and where it stands.
// It must not know how code is written.

import type { Place } from '../../base/place.ts';
import type { Route } from '../../code/model.ts';
import type { Operation } from '../../contract/model.ts';
import type { FixOffer } from '../../findings/finding.ts';
import type { Governed } from '../../workspace/model.ts';
import type { Draft } from '../rule.ts';
import { type Neighbour, nearest, neighbourhoodOf } from './neighbours.ts';
import { partsOf, plain } from './path-parts.ts';
import { fileBeside } from './route-files.ts';
import { sampleOf } from './sample.ts';

/** The offer, when a neighbour registers its route by one call whose path is written out. */
export function scaffoldOffer(
  { operation }: Draft,
  governed: Governed,
  read: (place: Place) => unknown,
): readonly FixOffer[] {
  const success = operation?.responses.find(({ status }) => /^2\d\d$/.test(status));
  if (!operation || !success) return [];
  const shape = success.content[0]?.shape;
  const body = shape && sampleOf(shape);
  const list = Array.isArray(body);
  // A text or a number alone is sent in other ways than an object.
  if (body !== undefined && !list && (typeof body !== 'object' || body === null)) return [];
  // A router would take a hyphen in a parameter's name for the end of that.
  if (/\{[^}]*\W[^}]*\}/.test(operation.path)) return [];
  const neighbours = neighbourhoodOf(governed);
  const taking = takes(operation, governed);
  const found = nearest(neighbours, partsOf(operation.path), taking);
  if (!found) return [];
  const { neighbour, served } = found;
  const { route, mounted, written } = neighbour;
  const target = targetOf(neighbour, served, operation, read);
  if (!target) return [];
  return [
    {
      id: 'scaffold-handler',
      title: `Write a handler for ${operation.key} in ${target.title}`,
      side: 'code',
      safety: 'suggestion',
      data: {
        file: route.place.file,
        offset: (route.framework === 'hapi' ? route.pathPlace : route.place).start,
        written,
        path: `/${served.slice(mounted).join('/')}`,
        method: operation.method,
        name: target.name ?? nameOf(operation),
        framework: route.framework,
        status: success.status,
        empty: body === undefined,
        list,
        before: taking !== undefined,
        ...(target.file === undefined ? {} : { target: target.file, router: neighbour.routeFile?.router }),
        ...(route.handlerPlace
          ? { handlerFile: route.handlerPlace.file, handlerOffset: route.handlerPlace.start }
          : {}),
        ...(body === undefined || list ? {} : { body }),
      },
    },
  ];
}

/** What decorators and exports are called after. */
const named = new Set(['get', 'post', 'put', 'patch', 'delete']);

/** Where the handler goes: the neighbour's file, or another one where each path has a file of its own. */
function targetOf(
  { route, routeFile }: Neighbour,
  served: readonly string[],
  { method }: Operation,
  read: (place: Place) => unknown,
): { readonly title: string; readonly file?: string; readonly name?: string } | undefined {
  if ((route.framework === 'nest' || routeFile) && !named.has(method)) return undefined;
  const { file } = route.place;
  if (!routeFile) return { title: file.slice(file.lastIndexOf('/') + 1) };
  const target = fileBeside(routeFile, served);
  if (target === undefined) return undefined;
  const title = target.slice(routeFile.root.length + 1);
  if (routeFile.router === 'app') return { title, file: target, name: method.toUpperCase() };
  // One handler serves all methods of its path: where there is one, it has a way of its own to tell them apart.
  return read({ file: target, start: 0, end: 0 }) ? undefined : { title, file: target, name: 'handler' };
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

/** The operation's own name, else one of its method and path. */
function nameOf({ operationId, method, path }: Operation): string {
  if (operationId !== undefined && /^[A-Za-z_$][\w$]*$/.test(operationId)) return operationId;
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
