// Owns `@hono/zod-openapi`: routes that are described before they are handled. What a description demands of the request is checked;
// what it says of answers, security and deprecation is for readers.
// It must not know how routes are run.

import type { Place } from '../../../../base/place.ts';
import type { RouteDocumentation } from '../../../model.ts';
import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { schemaOf } from '../packages/validators/schema.ts';
import { type CallSite, isEmpty, literal, native, textOf, truth, undefinedValue, type Value } from '../value.ts';
import { type AppState, add, type Handler, handlersOf, readHonoPaths } from './apps.ts';
import { schemaValidator } from './validators.ts';

/** `app.openapi(route, handler, hook)`. */
export function openapi(m: Machine, state: AppState, site: CallSite): void {
  const [route, handler, hook] = site.args;
  for (const one of route ? members(route) : []) {
    if (one.kind !== 'object') {
      state.escaped ??= site.place;
      continue;
    }
    registerRoute(m, state, one, handler, hook, site);
  }
}

function registerRoute(
  m: Machine,
  state: AppState,
  route: Value & { kind: 'object' },
  handler: Value | undefined,
  hook: Value | undefined,
  site: CallSite,
): void {
  const field = (key: string) => m.get(route, key, site.place);
  const placeOf = (key: string): Place => {
    const value = field(key);
    return ('place' in value ? value.place : undefined) ?? route.places?.get(key) ?? site.place;
  };
  const methods = members(field('method')).map((one) => textOf(one)?.toLowerCase());
  const known = methods.filter((method) => method !== undefined);
  if (known.length < methods.length) state.escaped ??= site.place;
  const middlewares = field('middleware');
  const own: Handler[] =
    isEmpty(middlewares) || (middlewares.kind === 'unknown' && !route.props.has('middleware'))
      ? []
      : handlersOf({ ...site, args: [middlewares], argPlaces: [placeOf('middleware')], open: false }, 0);
  const effective = hook && !isEmpty(hook) ? hook : inheritedHook(state);
  const documentation = documentationOf(m, route, site.place);
  add(m, state, site, {
    kind: 'route',
    methods: known,
    reading: readHonoPaths(field('path'), placeOf('path')),
    handlers: [
      ...own,
      ...validators(m, field('request'), effective, site.place),
      { value: handler ?? undefinedValue, place: site.argPlaces[1] ?? site.place },
    ],
    pathPlace: placeOf('path'),
    ...(documentation ? { documentation } : {}),
  });
}

/** The hook of the app, or of the nearest one around it that has one: known only when a request comes. */
function inheritedHook(state: AppState): Value {
  return native(
    {
      name: 'default hook',
      call(m, _self, site) {
        for (let app: AppState | undefined = state, hops = 0; app && hops < 16; app = app.parent, hops++)
          if (app.defaultHook) return m.call(app.defaultHook, site);
        return undefinedValue;
      },
    },
    undefined,
  );
}

const parts: readonly (readonly [string, string])[] = [
  ['query', 'query'],
  ['params', 'param'],
  ['headers', 'header'],
  ['cookies', 'cookie'],
];

/** The validators that a description of the request stands for. */
function validators(m: Machine, request: Value, hook: Value, place: Place): Handler[] {
  if (request.kind !== 'object') return [];
  const found: Handler[] = [];
  for (const [key, target] of parts) {
    const schema = m.get(request, key, place);
    if (!schemaOf(schema)) continue;
    const at = request.places?.get(key) ?? place;
    found.push({ value: schemaValidator({ target, schema, hook, place: at }), place: at });
  }
  const body = m.get(request, 'body', place);
  const content = body.kind === 'object' ? m.get(body, 'content', place) : undefinedValue;
  if (body.kind !== 'object' || content.kind !== 'object') return found;
  const required = truth(m.get(body, 'required', place)) === true;
  for (const [mediaType, cell] of content.props) {
    const media = m.force(cell);
    const schema = media.kind === 'object' ? m.get(media, 'schema', place) : undefinedValue;
    const target = targetOf(mediaType);
    if (!target || !schemaOf(schema)) continue;
    const at = content.places?.get(mediaType) ?? place;
    found.push({ value: schemaValidator({ target, schema, hook, place: at, optional: !required }), place: at });
  }
  return found;
}

function targetOf(mediaType: string): string | undefined {
  if (/^application\/([a-z-.]+\+)?json/i.test(mediaType)) return 'json';
  return /^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(mediaType) ? 'form' : undefined;
}

/** What a description says for readers. */
export function documentationOf(
  m: Machine,
  route: Value & { kind: 'object' },
  place: Place,
): RouteDocumentation | undefined {
  const responses = m.get(route, 'responses', place);
  const statuses =
    responses.kind === 'object'
      ? [...responses.props.keys()]
          .filter((key) => /^[1-5]\d\d$/.test(key))
          .map((key) => ({ status: Number(key), place: responses.places?.get(key) ?? place }))
      : [];
  const flagged = truth(m.get(route, 'deprecated', place)) === true;
  const deprecated = flagged ? (route.places?.get('deprecated') ?? place) : undefined;
  if (statuses.length === 0 && !deprecated) return undefined;
  return { statuses, ...(deprecated ? { deprecated } : {}) };
}

/** What `createRoute(…)` gives: the description itself, which also knows its path in the framework's own syntax. */
export function describedRoute(m: Machine, value: Value, place: Place): Value {
  if (value.kind !== 'object') return value;
  const path = textOf(m.get(value, 'path', place));
  if (path === undefined) return value;
  const routing = native(
    { name: 'getRoutingPath', call: () => literal(path.replaceAll(/\/{(.+?)}/g, '/:$1')) },
    undefined,
  );
  const props = new Map(value.props);
  props.set('getRoutingPath', { value: routing });
  return { ...value, props };
}
