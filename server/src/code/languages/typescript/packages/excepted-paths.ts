// Owns the question whether a route is among the paths that a guard leaves out (`guard.unless({ path: [...] })`).
// It must not know which guard asks, nor what follows.

import type { Place } from '../../../../base/place.ts';
import type { Machine } from '../machine.ts';
import { isEmpty, textOf, type Value } from '../value.ts';

/** The request of which the question is asked; an undefined part is not known. */
interface Asked {
  readonly path: string | undefined;
  readonly method?: string | undefined;
}

/** Whether a request is left out by the options of `unless` (express-unless, koa-unless); undefined where that cannot be told. */
export function isLeftOut(m: Machine, options: Value | undefined, asked: Asked, place: Place): boolean | undefined {
  if (options?.kind !== 'object' || options.open) return undefined;
  if ([...options.props.keys()].some((name) => name !== 'path')) return undefined;
  const paths = m.get(options, 'path', place);
  if (isEmpty(paths)) return false;
  if (paths.kind === 'array' && paths.rest) return undefined;
  let decided: boolean | undefined = false;
  for (const item of paths.kind === 'array' ? paths.items : [paths]) {
    const answer = item.kind === 'object' ? isEntry(m, item, asked, place) : isPath(item, asked.path);
    if (answer) return true;
    if (answer === undefined) decided = undefined;
  }
  return decided;
}

/** One entry with methods of its own: `{ url: '/login', methods: ['POST'] }`. */
function isEntry(m: Machine, entry: Value, asked: Asked, place: Place): boolean | undefined {
  const path = isPath(m.get(entry, 'url', place), asked.path);
  const methods = m.get(entry, 'methods', place);
  if (path === false || isEmpty(methods)) return path;
  const names = methods.kind === 'array' && !methods.rest ? methods.items.map(textOf) : [textOf(methods)];
  if (asked.method === undefined || asked.method === 'all' || names.includes(undefined)) return undefined;
  return names.some((name) => name?.toLowerCase() === asked.method) ? path : false;
}

/** A text is the whole path; an expression is looked for in it, where it says no more than a text with anchors. */
function isPath(item: Value, path: string | undefined): boolean | undefined {
  const text = textOf(item);
  const expression = item.kind === 'external' && item.package === ':regexp' ? item.path[0] : undefined;
  const simple = expression === undefined ? undefined : /^\/(\^?)((?:\\\/|\\\.|[\w-])+)(\$?)\/[a-z]*$/.exec(expression);
  const wanted = text ?? simple?.[2]?.replaceAll('\\/', '/').replaceAll('\\.', '.');
  if (path === undefined || wanted === undefined || path.includes('{*}')) return undefined;
  if (text !== undefined || (simple?.[1] === '^' && simple[3] === '$')) return path === wanted;
  return simple?.[1] === '^' ? path.startsWith(wanted) : path.includes(wanted);
}
