// Owns the validation of a request in hapi: which parts a route's schemas check, and what a failure answers.
// It must not know any one validator.

import type { Place } from '../../../../base/place.ts';
import type { Exchange, Link } from '../http-run.ts';
import { wholeInput } from '../inputs.ts';
import { linkOf, stepOf } from '../links.ts';
import type { Machine } from '../machine.ts';
import { check } from '../packages/validators/check.ts';
import { objectSchema, schemaFor } from '../packages/validators/objects.ts';
import { resultOf } from '../packages/validators/results.ts';
import { type Schema, schemaOf } from '../packages/validators/schema.ts';
import { isEmpty, literal, textOf, truth, type Value } from '../value.ts';
import { frameworkError, mayThrow } from './errors.ts';
import { dataOf, runThrough } from './protocol.ts';
import type { HapiRoute } from './routes.ts';
import { at, openObject, placeIn } from './servers.ts';

const parts = ['headers', 'params', 'query', 'payload', 'state'] as const;
const locations = { headers: 'header', params: 'path', query: 'query', state: 'cookie' } as const;

/** The check of a route's request as a part of its chain. */
export function validateRequest(m: Machine, route: HapiRoute): Link {
  const validate = at(m, route.options, ['validate'], route.place);
  const place = placeIn(validate) ?? route.place;
  return stepOf((machine, exchange) => run(machine, exchange, route, validate, place), place, 'route', true);
}

function run(m: Machine, exchange: Exchange, route: HapiRoute, validate: Value, place: Place): boolean {
  if (isEmpty(validate)) return true;
  if (validate.kind === 'unknown') {
    exchange.sink.target.openReads(validate.reason, place);
    exchange.sink.target.openExits(validate.reason, place);
    return true;
  }
  const own = m.get(validate, 'failAction', place);
  const shared = at(m, route.view.core.options, ['routes', 'validate', 'failAction'], place);
  const failAction = isEmpty(own) ? shared : own;
  const lenient = /^(ignore|log)$/.test(textOf(failAction) ?? '');
  let passes = true;
  for (const part of parts) {
    const rule = m.get(validate, part, place);
    if (isEmpty(rule) || (rule.kind === 'literal' && rule.value === true)) continue;
    const at = placeIn(rule) ?? (validate.kind === 'object' ? validate.places?.get(part) : undefined) ?? place;
    // A failure that is only logged demands nothing, and the handler has what came.
    if (lenient) continue;
    checkPart(m, exchange, part, rule, at);
    if (mayFail(rule)) passes = fail(m, exchange, failAction, part, at) && passes;
  }
  return passes;
}

/** Whether a rule can refuse anything at all. */
function mayFail(rule: Value): boolean {
  return rule.kind !== 'object' || schemaOf(rule) !== undefined || rule.props.size > 0;
}

function checkPart(m: Machine, exchange: Exchange, part: (typeof parts)[number], rule: Value, place: Place): void {
  const data = dataOf(exchange);
  const input = wholeInput(data.sink, part === 'payload' ? data.payload : locations[part], place);
  if (truth(rule) === false) return;
  if (rule.kind === 'function') {
    const args = [input];
    m.catching(() =>
      m.call(rule, { args, argPlaces: [place], open: false, place, namePlace: place, frame: m.globals }),
    );
    m.dead = false;
    return;
  }
  const schema = compiled(m, rule, place, part === 'headers');
  check(m, schema, input, place);
  const result = resultOf(m, schema);
  const cell = exchange.request.props.get(part);
  if (cell) m.write(cell, result);
  else exchange.request.props.set(part, { value: result });
}

/** A schema, or an object of schemas that hapi compiles: names that it lacks are refused, but for headers. */
function compiled(m: Machine, rule: Value, place: Place, open: boolean): Schema {
  return rule.kind === 'object' && !schemaOf(rule)
    ? objectSchema(m, rule, place, open ? 'allowed' : 'none', false)
    : schemaFor(rule, place);
}

/** A failure is a 400, which an action of the code's own may answer otherwise; `false` when no failure goes on. */
function fail(m: Machine, exchange: Exchange, action: Value, part: string, place: Place): boolean {
  const error = frameworkError(400, place, literal(`Invalid request ${part} input`));
  if (action.kind !== 'function' && action.kind !== 'native' && action.kind !== 'union') {
    mayThrow(m, error, place);
    return true;
  }
  if (error.kind === 'object') {
    const unnamed = openObject(place);
    error.props.set('data', { value: unnamed });
    error.props.set('details', { value: unnamed });
  }
  m.choose([
    () => {
      runThrough(m, linkOf(action, placeIn(action) ?? place, 'route'), exchange, [error]);
      return error;
    },
    () => error,
  ]);
  m.dead = false;
  return true;
}
