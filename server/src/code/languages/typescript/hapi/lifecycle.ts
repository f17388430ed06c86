// Owns the life of a request in hapi: in which order extensions, authentication, validation, prerequisites and the handler run.
// It must not run them.

import type { Place } from '../../../../base/place.ts';
import type { Chain, Exchange, Link } from '../http-run.ts';
import { linkOf, stepOf } from '../links.ts';
import type { Machine } from '../machine.ts';
import { isEmpty, objectOf, textOf, truth, undefinedValue, unknown, type Value } from '../value.ts';
import type { ToolkitData } from './answers.ts';
import { authenticate } from './authentication.ts';
import { dataOf, leave, runThrough, seenBy } from './protocol.ts';
import type { HapiRoute } from './routes.ts';
import { at, type Extension, listed, placeIn } from './servers.ts';
import { validateRequest } from './validation.ts';

/** What one route's request runs through. */
export function chainOf(m: Machine, route: HapiRoute, method: string, path: string | undefined): Chain {
  const { core } = route.view;
  const own: Link[] = [];
  const point = (name: string) => own.push(...extensionsOf(m, route, name).map(extensionLink));
  for (const { package: name, place } of core.unread)
    own.push(
      stepOf(
        (_machine, { sink }) => {
          sink.target.openAll('framework-unmodelled', place, name, 'request');
          return true;
        },
        place,
        'app',
      ),
    );
  point('onRequest');
  point('onPreAuth');
  own.push(...authenticate(m, route));
  point('onCredentials');
  point('onPostAuth');
  own.push(validateRequest(m, route));
  point('onPreHandler');
  for (const link of prerequisites(m, route)) own.push(link);
  own.push(handlerLink(m, route));
  // A link of its own begins each run, so that no two routes share a request.
  return {
    shared: [stepOf((machine, exchange) => begin(machine, exchange, route, method, path), route.place)],
    own,
    mappers: [],
  };
}

function begin(m: Machine, exchange: Exchange, route: HapiRoute, method: string, path: string | undefined): boolean {
  const { view, options, place } = route;
  const data = dataOf(exchange);
  data.route = { view, method, path, settings: isEmpty(options) ? objectOf({}) : options };
  const multipart = at(m, options, ['payload', 'multipart'], place);
  const takesForms = truth(multipart) === true || multipart.kind === 'object';
  if (takesForms) data.payload = 'form';
  for (const mediaTypes of parsedBy(m, route, takesForms)) data.sink.target.addParser({ mediaTypes, place });
  const toolkit = exchange.response.data as ToolkitData;
  const bind = at(m, options, ['bind'], place);
  toolkit.view = view;
  toolkit.bind = isEmpty(bind) ? view.bind : bind;
  seenBy(exchange.request, [...extensionsOf(m, route, 'onPostHandler'), ...extensionsOf(m, route, 'onPreResponse')]);
  return true;
}

/** The bodies that hapi reads for a route unless it names others; multipart forms are for those who ask (since version 19). */
const parsed = [
  'application/json',
  '*+json',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  'text/*',
];

/** Which bodies a route takes: any other is refused with 415. A list that cannot be read gives none. */
function parsedBy(m: Machine, route: HapiRoute, takesForms: boolean): string[][] {
  const { options, place } = route;
  const parse = at(m, options, ['payload', 'parse'], place);
  if (!isEmpty(parse) && truth(parse) !== true) return [];
  const allow = at(m, options, ['payload', 'allow'], place);
  if (isEmpty(allow)) return [takesForms ? [...parsed, 'multipart/form-data'] : parsed];
  const named = listed(allow).map(textOf);
  return named.every((one) => one !== undefined) ? [named] : [];
}

/** What stands at a point: the server's extensions, then the route's own. */
function extensionsOf(m: Machine, route: HapiRoute, point: string): Extension[] {
  const shared = route.view.core.extensions.filter((one) => one.point === point);
  const own = at(m, route.options, ['ext', point], route.place);
  const values = isEmpty(own) || own.kind === 'unknown' ? [] : listed(own);
  return [
    ...shared,
    ...values.map((one) => {
      const value = one.kind === 'object' ? m.get(one, 'method', route.place) : one;
      return { point, value, place: placeIn(value) ?? placeIn(one) ?? route.place, own: true };
    }),
  ];
}

const extensionLink = (one: Extension): Link => linkOf(one.value, one.place, one.own ? 'route' : 'app');

/** `options.pre`: what each gives is kept under its name for the handler. */
function prerequisites(m: Machine, route: HapiRoute): Link[] {
  const { options, place } = route;
  const list = at(m, options, ['pre'], place);
  if (isEmpty(list)) return [];
  return listed(list).map((item): Link => {
    const isSpec = item.kind === 'object';
    const method = isSpec ? m.get(item, 'method', place) : item;
    const name = isSpec ? textOf(m.get(item, 'assign', place)) : undefined;
    const ignores = isSpec && /^(log|ignore)$/.test(textOf(m.get(item, 'failAction', place)) ?? '');
    const own = placeIn(method) ?? (isSpec ? item.place : undefined) ?? place;
    const link = linkOf(method, own, 'route');
    return stepOf((machine, exchange) => prepare(machine, exchange, link, name, ignores), own);
  });
}

function prepare(m: Machine, exchange: Exchange, link: Link, name: string | undefined, ignores: boolean): boolean {
  const results: Value[] = [];
  const run = () => runThrough(m, link, exchange, [], (value) => results.push(value));
  const passes = ignores ? m.catching(run).result : run();
  if (ignores) m.dead = false;
  const pre = m.get(exchange.request, 'pre', link.place);
  if (name !== undefined && pre.kind === 'native') {
    const value =
      results.length > 0
        ? results.length === 1
          ? results[0]!
          : unionOf(results)
        : unknown('dependency-injection', link.place);
    const cell = pre.props.get(name);
    if (cell) m.write(cell, value);
    else pre.props.set(name, { value });
  }
  return passes || ignores;
}

const unionOf = (values: readonly Value[]): Value => ({ kind: 'union', members: [...values] });

/** The handler; an object names one of the server's or a package's kinds of handler. */
function handlerLink(m: Machine, route: HapiRoute): Link {
  const { handler, handlerPlace, view } = route;
  if (handler.kind !== 'object') return linkOf(handler, handlerPlace, 'route');
  for (const key of handler.props.keys()) {
    const make = view.core.handlers.get(key);
    if (make) {
      const made = m.call(make, {
        args: [undefinedValue, m.get(handler, key, handlerPlace)],
        argPlaces: [handlerPlace, handlerPlace],
        open: false,
        place: handlerPlace,
        namePlace: handlerPlace,
        frame: m.globals,
      });
      return linkOf(made, handlerPlace, 'route');
    }
  }
  return stepOf((machine, exchange) => serveByPackage(machine, exchange, handler, handlerPlace), handlerPlace);
}

/** `{ file }`, `{ directory }` and `{ view }` answer themselves; whatever else there is answers out of sight. */
function serveByPackage(m: Machine, exchange: Exchange, handler: Value, place: Place): boolean {
  const toolkit = exchange.response;
  for (const key of ['file', 'view']) {
    const value = m.get(handler, key, place);
    if (isEmpty(value)) continue;
    const answer = m.call(m.get(toolkit, key, place), {
      args: [value],
      argPlaces: [place],
      open: false,
      place,
      namePlace: place,
      frame: m.globals,
    });
    leave(m, exchange, answer, place, undefined);
    return true;
  }
  exchange.sink.target.openAll('catch-all-or-proxy', place);
  return true;
}
