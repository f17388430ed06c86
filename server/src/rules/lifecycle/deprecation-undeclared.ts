// Owns the rule deprecation-undeclared: the code calls a route deprecated and the contract does not.

import type { Place } from '../../base/place.ts';
import type { Exit, Route } from '../../code/model.ts';
import { contractOffer } from '../evidence/offers.ts';
import { isOwnExit } from '../evidence/statuses.ts';
import { code, codeLine, operationName } from '../evidence/wording.ts';
import type { BindingRule, Draft } from '../rule.ts';

export const deprecationUndeclared: BindingRule = {
  id: 'deprecation-undeclared',
  family: 'lifecycle',
  polarity: 'witness',
  summary: 'The code calls a route deprecated and the contract does not.',
  scope: 'binding',
  *check({ operation, contract }, route) {
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
      fixes: [
        contractOffer('deprecate', `Mark ${operation.key} as deprecated`, contract, operation.place, {
          ...(found.sunset === undefined ? {} : { sunset: found.sunset }),
        }),
      ],
    };
  },
};

interface Found {
  readonly place: Place;
  readonly what: string;
  /** The last day, as `2026-12-31`, where a header has it as a constant. */
  readonly sunset?: string;
  readonly confidence: Draft['confidence'];
}

/** The headers that tell clients (RFC 9745, RFC 8594), where every success carries one. */
function announced(route: Route): Found | undefined {
  const successes = route.facts().exits.filter((exit) => exit.status < 400 && isOwnExit(exit));
  const headers = successes.map((exit) =>
    exit.headers.find(({ name, value, perhaps }) => isAnnouncement(name) && value !== 'false' && !perhaps),
  );
  const [first] = headers;
  if (!first || headers.some((header) => header === undefined)) return undefined;
  const what = `Answers with the header ${code(first.name)}`;
  return { place: first.place, what, sunset: sunsetOf(successes), confidence: 'proved' };
}

/** The date of a constant `Sunset` header (RFC 8594), when all successes have one and the same. */
function sunsetOf(successes: readonly Exit[]): string | undefined {
  const dates = successes.map((exit) => exit.headers.find(({ name }) => name === 'sunset')?.value);
  const [date] = dates;
  const time = date === undefined || dates.some((other) => other !== date) ? Number.NaN : Date.parse(date);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().slice(0, 10);
}

function isAnnouncement(name: string): boolean {
  return name === 'deprecation' || name === 'sunset';
}

/** Comments and schemas, which speak of a function or of a page of documentation more than of what clients see. */
function written({ deprecated, documentation }: Route): Found | undefined {
  const place = documentation?.deprecated ?? deprecated;
  return place && { place, what: 'The handler is marked as deprecated', confidence: 'likely' };
}
