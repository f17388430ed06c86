// Owns small Fastify services as text for tests: files in, routes and facts out in a form that reads well in an assertion.
// It must not know how the front-end works.

import { CodeRoom } from '../../../server/src/code/code.ts';
import type { App, HandlerFacts, Route } from '../../../server/src/code/model.ts';
import { plain } from '../../frameworks/shape-text.ts';
import { memoryFiles } from '../../harness/memory-files.ts';

/** The apps of a service; a lone text is its `app.ts`. */
export async function appsOf(files: string | Readonly<Record<string, string>>): Promise<readonly App[]> {
  const texts = typeof files === 'string' ? { 'app.ts': files } : files;
  const model = await new CodeRoom().model(memoryFiles({ 'package.json': '{"name":"service"}', ...texts }));
  return model.apps;
}

/** `get /path` for every route, in order; `?` marks a route whose prefix is not known. */
export async function routesOf(files: string | Readonly<Record<string, string>>): Promise<string[]> {
  const apps = await appsOf(files);
  return apps.flatMap((app) =>
    app.routes.map((route) => `${route.method} ${route.path}${route.unmounted ? ' ?' : ''}`),
  );
}

/** The route at a path, or the only one. */
export async function routeOf(files: string | Readonly<Record<string, string>>, path?: string): Promise<Route> {
  const routes = (await appsOf(files)).flatMap((app) => app.routes);
  const route = path === undefined ? routes[0] : routes.find((one) => one.path === path);
  if (!route) throw new Error(`no route ${path ?? ''} among ${routes.map((one) => one.path).join(', ')}`);
  return route;
}

/** The facts of one route. */
export async function factsOf(files: string | Readonly<Record<string, string>>, path?: string): Promise<HandlerFacts> {
  return (await routeOf(files, path)).facts();
}

/** Statuses with who answers, sorted: `200 handler`. */
export function exitsOf(facts: HandlerFacts): string[] {
  return facts.exits.map((exit) => `${exit.status} ${exit.origin}`).sort();
}

/** The statuses alone, sorted, and `open: reason` when there may be more. */
export function statusesOf(facts: HandlerFacts): (number | string)[] {
  const statuses: (number | string)[] = [...new Set(facts.exits.map((exit) => exit.status))].sort((a, b) => a - b);
  const { exitCompleteness } = facts;
  // Handlers of these tests may do nothing but fail, which the front-end takes for a loss of the rest.
  const open = !exitCompleteness.closed && exitCompleteness.detail !== 'no success was seen';
  return open ? [...statuses, `open: ${exitCompleteness.reason}`] : statuses;
}

/** The body of the exit with a status, as text. */
export function bodyOf(facts: HandlerFacts, status: number): string {
  const exit = facts.exits.find((one) => one.status === status);
  if (!exit) return 'no such exit';
  return exit.body ? plain(exit.body) : 'nothing';
}

/** `in name`, with `!` for what is required and `?` for what is proven optional. */
export function readsOf(facts: HandlerFacts): string[] {
  return facts.reads.parameters
    .map(
      (read) =>
        `${read.in} ${read.name}${read.required === true ? '!' : read.required === false ? '?' : ''}: ${plain(read.shape)} (${read.source})`,
    )
    .sort();
}
