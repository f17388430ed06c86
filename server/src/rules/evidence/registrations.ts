// Owns what the text of a registration says of its path, framework by framework, for handlers that are written after its manner.
// It must not know what is written there.

import type { Place } from '../../base/place.ts';
import type { Route } from '../../code/model.ts';

interface Written {
  readonly text: string;
  readonly before: string;
}

export type ReadText = (place: Place) => Written | undefined;

/** The path in a registration as it is written there, empty where none is; undefined where it is registered in another way. */
export function writtenPath(route: Route, read: ReadText): string | undefined {
  const there = read(route.framework === 'hapi' ? route.pathPlace : route.place);
  return there && manners[route.framework]?.(there);
}

/** `app.get('/orders/:id', …`: the call's text begins at the receiver for some frameworks, at the method's name for others. */
function inCall({ text, before }: Written): string | undefined {
  const [found, receiver, , written = ''] = /^([\w$.]+\.)?[a-z]+\(\s*(['"`])([^'"`$]*)\2\s*,/.exec(text) ?? [];
  return found === undefined || (receiver === undefined && !/[\w$]\.$/.test(before)) ? undefined : written;
}

const manners: Readonly<Record<string, (there: Written) => string | undefined>> = {
  express: inCall,
  fastify: inCall,
  koa: inCall,
  hono: inCall,
  restify: inCall,
  // `server.route({ path: '/orders/{id}', … })`, alone or in a list.
  hapi({ text, before }) {
    const isAlone = /(?:\.route\(\s*|\[\s*|\},\s*)\{[^{}]*\bpath:\s*$/.test(before);
    return isAlone ? /^(['"])([^'"`$]*)\1$/.exec(text)?.[2] : undefined;
  },
  // `@Get(':id')`
  nest({ text, before }) {
    const found = /^(?:Get|Post|Put|Patch|Delete)\(\s*(?:(['"`])([^'"`$]*)\1\s*)?\)$/.exec(text);
    return found && before.endsWith('@') ? (found[2] ?? '') : undefined;
  },
  // The path is where the file stands.
  next({ text, before }) {
    const isMethod = /^[A-Z]+$/.test(text) && /(?:^|[\s;])export\s+(?:(?:async\s+)?function|const)\s+$/.test(before);
    return isMethod || /(?:^|[\s;])export\s+default\s+(?:(?:async\s+)?function\s+)?$/.test(before) ? '' : undefined;
  },
};
