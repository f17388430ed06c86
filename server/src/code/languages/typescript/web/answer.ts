// Owns answering with a web response: the exit that it becomes in a route's facts.
// It must not know how a response is made, nor which framework was handed it.

import type { Place } from '../../../../base/place.ts';
import type { FactCollector } from '../facts.ts';
import { headersIn } from '../headers.ts';
import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { sentAs } from '../sent-body.ts';
import { isEmpty, literal, numberOf, textOf, undefinedValue, type Value } from '../value.ts';
import { responseOf, type WebResponse } from './response.ts';

/** What came of a returned value. */
export interface Answered {
  /** Whether something let the request go on: nothing was returned, or a response that answers nothing. */
  readonly passed: boolean;
}

/** Reports every response among a value's alternatives; `place` stands for what is not a response. */
export function answerWith(m: Machine, collector: FactCollector, value: Value, place: Place): Answered {
  let passed = false;
  for (const one of members(value)) {
    const response = responseOf(one);
    if (response?.kind === 'answer') leave(m, collector, response);
    else if (response || isEmpty(one)) passed = true;
    else collector.openExits('unreadable-exit', place);
  }
  return { passed };
}

function leave(m: Machine, collector: FactCollector, response: WebResponse): void {
  const status = numberOf(response.status);
  const empty = response.body === undefined || (status !== undefined && bodiless(status));
  const type = response.mediaType.value ?? undefinedValue;
  const mediaType = textOf(type);
  const { steps } = m;
  m.steps = stepsTo(m, response);
  collector.headersModelled = true;
  try {
    collector.exit({
      // Options that may lack a status leave the web's default.
      status: isEmpty(response.status) ? literal(200) : response.status,
      statusPlace: response.statusPlace,
      place: response.place,
      mediaType: empty ? undefined : mediaType,
      body: empty || !response.body ? undefined : sentAs(response.body, mediaType),
      bodyPlace: empty ? undefined : response.bodyPlace,
      headers: headersIn(response.headers),
      empty: response.body === undefined || undefined,
    });
  } finally {
    m.steps = steps;
  }
}

/** The calls that led to the making of a response, where it was made below the present one. */
function stepsTo(m: Machine, { steps }: WebResponse): Machine['steps'] {
  const below = m.steps.every((step, index) => steps[index]?.place.start === step.place.start);
  return below ? [...steps] : m.steps;
}

/** The web refuses a body with these statuses. */
function bodiless(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}
