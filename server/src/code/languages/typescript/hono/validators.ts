// Owns Hono's validators: `validator` of the framework itself, and those of packages that take a schema.
// It must not know how schemas are made, nor how routes are registered.

import type { Place } from '../../../../base/place.ts';
import type { FactCollector } from '../facts.ts';
import { Flow } from '../flow.ts';
import { wholeInput } from '../inputs.ts';
import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { check, errorObject, issueList } from '../packages/validators/check.ts';
import { schemaFor } from '../packages/validators/objects.ts';
import { resultOf } from '../packages/validators/results.ts';
import {
  type CallSite,
  isEmpty,
  literal,
  type NativeValue,
  native,
  objectOf,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { createResponse, responseOf } from '../web/response.ts';
import { answered, type HonoAnswer, type HonoChain } from './answer.ts';
import { contextOf } from './context.ts';
import { keepValid, targets } from './request.ts';

/** Hands on to what follows a middleware. */
export function passOn(m: Machine, site: CallSite): Value {
  const next = site.args[1];
  return next ? m.call(next, { ...site, args: [], argPlaces: [], node: undefined }) : undefinedValue;
}

/** Runs the rest for the requests that pass, and keeps the answers to those that do not. */
function passOnBeside(m: Machine, site: CallSite, chain: HonoChain, refusals: readonly HonoAnswer[]): Value {
  passOn(m, site);
  if (refusals.length === 0) return undefinedValue;
  chain.answers.write(m.dead ? refusals : [...refusals, ...chain.answers.list()]);
  m.dead = false;
  return undefinedValue;
}

/** How a schema is demanded. */
export interface SchemaDemand {
  readonly target: string;
  readonly schema: Value;
  readonly hook: Value | undefined;
  readonly place: Place;
  /** Whether a request without such a body passes. */
  readonly optional?: boolean;
}

/** `zValidator(target, schema, hook)` and its kin: what fails is answered with 400, unless the hook answers. */
export function schemaValidator({ target, schema, hook, place, optional }: SchemaDemand): Value {
  return native(
    {
      name: 'hono validator',
      call(m, _self, site) {
        const context = site.args[0];
        const data = contextOf(context);
        const location = targets[target];
        if (!data || !context || !location) return passOn(m, site);
        const { chain } = data;
        const read = schemaFor(schema, place);
        const input = { ...wholeInput(chain.sink, location, place), ...(optional ? { defaulted: true } : {}) };
        const met = check(m, read, input, place);
        parse(chain.collector, target, place);
        const before = chain.answers.list();
        const refusals = met === 'own' ? [] : refuse(m, { target, hook, place }, context, site);
        chain.answers.write(before);
        const result = resultOf(m, read);
        keepValid(m, data.request, target, result);
        return passOnBeside(m, site, chain, refusals);
      },
    },
    undefined,
    place,
  );
}

/** Bodies of other types reach a validator as nothing at all. */
function parse(collector: FactCollector, target: string, place: Place): void {
  if (target === 'json') collector.addParser({ mediaTypes: ['application/json', '*+json'], place });
  if (target === 'form')
    collector.addParser({ mediaTypes: ['application/x-www-form-urlencoded', 'multipart/form-data'], place });
}

/** What is answered where the check fails, with the hook's word first. */
function refuse(
  m: Machine,
  { target, hook, place }: Pick<SchemaDemand, 'target' | 'hook' | 'place'>,
  context: Value,
  site: CallSite,
): readonly HonoAnswer[] {
  const data = contextOf(context)!;
  const { chain } = data;
  const refusals: HonoAnswer[] = [];
  const refusal = (response: Value): void => {
    for (const answer of chain.answers.list())
      if (response.kind === 'native') refusals.push(answered(answer, response));
  };
  m.fork([
    () => {
      m.conditional--;
      const error = errorObject('zod', 'ZodError', { issues: issueList(), errors: issueList() }, place);
      const given = objectOf({
        success: literal(false),
        error,
        data: wholeInput(chain.sink, targets[target]!, place),
        target: literal(target),
      });
      const args = [given, context];
      const said =
        hook && !isEmpty(hook)
          ? m.call(hook, { ...site, args, argPlaces: [place, place], node: undefined })
          : undefinedValue;
      if (!m.dead)
        for (const part of members(said)) {
          const held = part.kind === 'object' ? m.get(part, 'response', place) : part;
          if (responseOf(held)) refusal(held);
          else if (isEmpty(part))
            refusal(
              createResponse(m, {
                status: literal(400),
                place,
                body: unknown('spread-or-any', place),
                mediaType: 'application/json',
              }),
            );
          else chain.collector.openExits('unreadable-exit', place);
        }
      m.conditional++;
      return Flow.Next;
    },
    () => Flow.Next,
  ]);
  m.dead = false;
  return refusals;
}

/** `validator(target, (value, c) => …)`: a response refuses, anything else is what passed. */
export function functionValidator(target: string, callback: Value, place: Place): Value {
  return native(
    {
      name: 'hono validator',
      call(m, _self, site) {
        const context = site.args[0];
        const data = contextOf(context);
        const location = targets[target];
        if (!data || !context || !location) return passOn(m, site);
        const { chain } = data;
        const before = chain.answers.list();
        const args = [wholeInput(chain.sink, location, place), context];
        const said = m.call(callback, { ...site, args, argPlaces: [place, place], node: undefined });
        if (m.dead) return undefinedValue;
        const responses = members(said).filter((part): part is NativeValue => responseOf(part) !== undefined);
        const passed = members(said).filter((part) => !responseOf(part));
        const refusals = responses.flatMap((response) => before.map((answer) => answered(answer, response)));
        if (passed.length === 0) {
          chain.answers.write(refusals);
          return undefinedValue;
        }
        chain.answers.write(before);
        keepValid(m, data.request, target, passed.length === 1 ? passed[0]! : { kind: 'union', members: passed });
        return passOnBeside(m, site, chain, refusals);
      },
    },
    undefined,
    place,
  );
}

/** A validator made by a package's call. */
export function validatorCall(site: CallSite, byFunction: boolean): Value | undefined {
  const [target, second, hook] = site.args;
  const name = textOf(target);
  if (name === undefined || !second) return undefined;
  return byFunction
    ? functionValidator(name, second, site.place)
    : schemaValidator({ target: name, schema: second, hook, place: site.place });
}
