// Owns what a route's schema says for readers: the statuses that it lists and whether it calls the route deprecated.
// It must not know what the route does.

import type { Place } from '../../../../base/place.ts';
import type { RouteDocumentation } from '../../../model.ts';
import type { Machine } from '../machine.ts';
import { isEmpty, truth, type Value } from '../value.ts';
import { fieldPlace } from './routes.ts';

/** The documentation in the options of a route; undefined when there is none that can be read. */
export function documentationOf(m: Machine, options: Value, place: Place): RouteDocumentation | undefined {
  if (options.kind !== 'object') return undefined;
  const schema = m.get(options, 'schema', place);
  if (schema.kind !== 'object') return undefined;
  const response = m.get(schema, 'response', place);
  const deprecated = m.get(schema, 'deprecated', place);
  const statuses =
    response.kind === 'object' && !response.open
      ? [...response.props.keys()].map((name) => ({
          status: /^[1-5]\d\d$/.test(name) ? Number(name) : undefined,
          place: response.places?.get(name) ?? response.place ?? place,
        }))
      : [];
  // A range or a default speaks of no status in particular, and then the list is not all there is.
  const named = statuses.flatMap(({ status, place: at }) => (status === undefined ? [] : [{ status, place: at }]));
  const listed = named.length === statuses.length ? named : [];
  const tag = !isEmpty(deprecated) && truth(deprecated) === true ? fieldPlace(schema, 'deprecated') : undefined;
  if (listed.length === 0 && !tag) return undefined;
  return { statuses: listed, ...(tag ? { deprecated: tag } : {}) };
}
