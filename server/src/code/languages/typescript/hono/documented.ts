// Owns middlewares that only describe a route for readers (`describeRoute` of hono-openapi).
// It must not know routes.

import type { Place } from '../../../../base/place.ts';
import type { RouteDocumentation } from '../../../model.ts';
import type { Machine } from '../machine.ts';
import { native, type Value } from '../value.ts';
import { documentationOf } from './openapi.ts';
import { passOn } from './validators.ts';

/** What the `data` of a describing middleware holds. */
class Description {
  constructor(readonly documentation: RouteDocumentation | undefined) {}
}

/** `describeRoute({ responses, deprecated })`. */
export function describing(m: Machine, value: Value | undefined, place: Place): Value {
  const documentation = value?.kind === 'object' ? documentationOf(m, value, place) : undefined;
  return native(
    { name: 'hono description', call: (machine, _self, site) => passOn(machine, site) },
    new Description(documentation),
    place,
  );
}

/** What a route's middlewares say of it. */
export function describedBy(values: readonly Value[]): RouteDocumentation | undefined {
  for (const value of values)
    if (value.kind === 'native' && value.data instanceof Description && value.data.documentation)
      return value.data.documentation;
  return undefined;
}
