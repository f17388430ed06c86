// Owns packages that check what they are given and throw: Node's own `assert` and its relatives.
// It must not know frameworks, nor what becomes of an error.

import { assertArgument, isError } from '../assertions.ts';
import { constructValue } from '../calls.ts';
import { errorClass } from '../error-class.ts';
import type { Machine } from '../machine.ts';
import {
  type CallSite,
  type ExternalValue,
  type PackageModel,
  someBoolean,
  undefinedValue,
  type Value,
} from '../value.ts';

/** The error that an assertion throws: its own argument where that is one, otherwise a plain error with the text. */
function errorAt(m: Machine, site: CallSite, index: number): () => Value {
  const given = site.args[index];
  if (given && isError(m, given)) return () => given;
  const args = given ? [given] : [];
  return () => constructValue(m, errorClass('Error'), { ...site, args, argPlaces: args.map(() => site.place) });
}

/** Comparisons of Node's `assert` that take two values before the message; whether they hold is nobody's to know. */
const comparisons =
  /^(not)?(deep)?(strict)?equal$|^(not)?deepstrictequal$|^notstrictequal$|^(doesNot)?match$|^partialDeepStrictEqual$/i;

const nodeAssert: PackageModel = {
  packages: ['assert', 'assert/strict', 'power-assert'],
  call(m, external, site) {
    const name = external.path.at(-1) ?? 'default';
    if (comparisons.test(name)) {
      const message = site.args[2];
      const place = site.argPlaces[2] ?? site.place;
      const args = message ? [someBoolean(), message] : [someBoolean()];
      // What is compared stands in two arguments, so that neither says anything alone.
      const held: CallSite = { ...site, args, argPlaces: args.map(() => place), node: undefined };
      assertArgument(m, held, 0, errorAt(m, held, 1), place);
      return undefinedValue;
    }
    if (name === 'fail') {
      m.throwValue(errorAt(m, site, 0)(), site.argPlaces[0] ?? site.place);
      return undefinedValue;
    }
    if (!plain.has(name)) return undefined;
    assertArgument(m, site, 0, errorAt(m, site, 1), site.argPlaces[1] ?? site.place);
    return undefinedValue;
  },
};

/** The names under which the assertion itself is imported, beside `ok`, which is the same. */
const plain = new Set(['default', '=', 'assert', 'ok', 'strict', 'invariant']);

const invariants: PackageModel = {
  packages: ['tiny-invariant', 'invariant', 'ts-invariant', '@hapi/hoek', 'hoek'],
  call(m, external, site) {
    const name = external.path.at(-1) ?? 'default';
    if (!plain.has(name)) return undefined;
    assertArgument(m, site, 0, errorAt(m, site, 1), site.argPlaces[1] ?? site.place);
    return undefinedValue;
  },
};

const httpErrors: ExternalValue = { kind: 'external', package: 'http-errors', path: ['createError'] };

/** `http-assert`: `assert(value, status[, message][, properties])`, with comparisons that take one value more. */
const httpAssert: PackageModel = {
  packages: ['http-assert'],
  call(m, external, site) {
    const name = external.path.at(-1) ?? 'default';
    const compares = comparisons.test(name);
    if (!compares && !plain.has(name)) return undefined;
    const skipped = compares ? 2 : 1;
    const rest = { ...site, args: site.args.slice(skipped), argPlaces: site.argPlaces.slice(skipped) };
    const error = () => m.model(httpErrors.package)?.call?.(m, httpErrors, rest);
    const held = compares ? { ...site, args: [someBoolean()], node: undefined } : site;
    assertArgument(m, held, 0, () => error() ?? errorAt(m, rest, 0)(), rest.argPlaces[0] ?? site.place);
    return undefinedValue;
  },
};

export const assertionPackages: readonly PackageModel[] = [nodeAssert, invariants, httpAssert];
