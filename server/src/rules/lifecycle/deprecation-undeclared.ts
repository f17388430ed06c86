// Owns the rule deprecation-undeclared: the code calls a route deprecated and the contract does not.

import type { Place } from '../../base/place.ts';
import type { Route } from '../../code/model.ts';
import { isOwnExit } from '../evidence/statuses.ts';
import { code, codeLine, operationName } from '../evidence/wording.ts';
import type { BindingRule, Draft } from '../rule.ts';

export const deprecationUndeclared: BindingRule = {
  id: 'deprecation-undeclared',
  family: 'lifecycle',
  polarity: 'witness',
  summary: 'The code calls a route deprecated and the contract does not.',
  scope: 'binding',
  *check({ operation }, route) {
    if (operation.deprecated) return;
    const found = announced(route) ?? written(route);
    if (!found) return;
    yield {
      operation,
      subject: 'deprecated',
      message: `${found.what} here (${codeLine}), but ${operationName(operation)} is not declared as deprecated.`,
      contract: operation.place,
      code: found.place,
      related: [{ place: operation.place, message: 'Declared without `deprecated`' }],
      confidence: found.confidence,
      breaking: false,
    };
  },
};

interface Found {
  readonly place: Place;
  readonly what: string;
  readonly confidence: Draft['confidence'];
}

/** The headers that tell clients (RFC 9745, RFC 8594), where every success carries one. */
function announced(route: Route): Found | undefined {
  const successes = route.facts().exits.filter((exit) => exit.status < 400 && isOwnExit(exit));
  const headers = successes.map((exit) =>
    exit.headers.find(({ name, value }) => isAnnouncement(name) && value !== 'false'),
  );
  const [first] = headers;
  if (!first || headers.some((header) => header === undefined)) return undefined;
  return { place: first.place, what: `Answers with the header ${code(first.name)}`, confidence: 'proved' };
}

function isAnnouncement(name: string): boolean {
  return name === 'deprecation' || name === 'sunset';
}

/** Comments and schemas, which speak of a function or of a page of documentation more than of what clients see. */
function written({ deprecated, documentation }: Route): Found | undefined {
  const place = documentation?.deprecated ?? deprecated;
  return place && { place, what: 'The handler is marked as deprecated', confidence: 'likely' };
}
