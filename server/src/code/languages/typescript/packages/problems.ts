// Owns `api-problem`: errors that are problem details (RFC 9457) and know how to send themselves.
// It must not know a framework; whatever takes the answer is asked by the names of Node's own response.

import { jsonOf } from '../builtins/globals.ts';
import type { Machine } from '../machine.ts';
import {
  type CallSite,
  type ExternalValue,
  literal,
  nativeFunction,
  numberOf,
  type ObjectValue,
  objectOf,
  type PackageModel,
  someString,
  textOf,
  undefinedValue,
  type Value,
} from '../value.ts';

const mediaType = 'application/problem+json';

/** `new Problem(status[, title][, type][, members])`: the members become fields beside `type`, `title` and `status`. */
function makeProblem(m: Machine, cls: ExternalValue, site: CallSite): ObjectValue {
  const [status, ...rest] = site.args;
  const members = rest.find((argument) => textOf(argument) === undefined && argument.kind !== 'template');
  const problem: ObjectValue = {
    kind: 'object',
    cls,
    place: site.place,
    places: new Map(),
    props: new Map([
      ['type', { value: someString() }],
      ['title', { value: rest.find((argument) => argument !== members) ?? someString() }],
      ['status', { value: status ?? undefinedValue }],
    ]),
    born: m.arm,
  };
  if (members?.kind === 'object') {
    for (const [key, cell] of members.props) problem.props.set(key, { value: m.force(cell) });
    for (const [key, place] of members.places ?? []) problem.places?.set(key, place);
    problem.open = members.open;
  } else if (members) problem.open = { reason: 'spread-or-any', place: site.place };
  return problem;
}

/** Writes a problem to a response, as its `send` does. */
function sendProblem(m: Machine, problem: Value, site: CallSite): Value {
  const [response] = site.args;
  if (!response) return undefinedValue;
  const status = m.get(problem, 'status', site.place);
  const ask = (name: string, args: readonly Value[]): void => {
    const inner: CallSite = { ...site, args, argPlaces: args.map(() => site.place), open: false, node: undefined };
    m.call(m.get(response, name, site.place), inner, response);
  };
  ask('writeHead', [status, objectOf({ 'Content-Type': literal(mediaType) })]);
  ask('end', [jsonOf(problem, site.place)]);
  return undefinedValue;
}

/** `Problem.Middleware`: sends problems and hands on other errors. */
function middlewareOf(m: Machine, site: CallSite): Value {
  return nativeFunction('problems', (machine: Machine, inner) => {
    const [error, , response, next] = inner.args;
    const known = error?.kind === 'object' && numberOf(m.get(error, 'status', site.place)) !== undefined;
    if (known && error.cls?.kind === 'external' && response)
      return sendProblem(machine, error, { ...inner, args: [response] });
    return next
      ? machine.call(next, { ...inner, args: error ? [error] : [], argPlaces: [inner.place] })
      : undefinedValue;
  });
}

export const problemPackage: PackageModel = {
  packages: ['api-problem'],
  construct: (m, external, site) => makeProblem(m, external, site),
  call: (m, external, site) => (external.path.at(-1) === 'Middleware' ? middlewareOf(m, site) : undefined),
  instanceMember(_m, _cls, key, self) {
    if (key === 'send') return nativeFunction(key, (machine, site) => sendProblem(machine, self, site));
    if (key === 'message' || key === 'stack') return someString();
    if (key === 'toString') return nativeFunction(key, () => someString());
    if (key === 'toObject') return nativeFunction(key, () => self);
    return undefined;
  },
};
