// Owns what a Hono answer is along one path, and what leaves when the chain has run.
// It must not know how contexts are read or routes registered.

import type { Place } from '../../../../base/place.ts';
import { headersIn, type SetHeader } from '../headers.ts';
import { members } from '../join.ts';
import type { Machine, Thrown } from '../machine.ts';
import type { OnionChain } from '../onion/chain.ts';
import { type Scene, tellFrom } from '../onion/scene.ts';
import { sentAs } from '../sent-body.ts';
import { isEmpty, literal, type NativeValue, numberOf, textOf, undefinedValue, type Value } from '../value.ts';
import { createResponse, responseOf, type WebResponse } from '../web/response.ts';

/** One alternative of an answer. It is never changed in place. */
export interface HonoAnswer {
  /** `c.res`, once there is one. */
  readonly response?: NativeValue;
  /** What was thrown, where `onError` made the answer (`c.error`). */
  readonly error?: Value;
  /** Headers that are set before or after the response is made. */
  readonly headers: readonly SetHeader[];
  /** The status of the first response, when another one has been put in its place by a layer around. */
  readonly scene?: Scene;
  /** Something answered that cannot be read. */
  readonly lost?: boolean;
}

export type HonoChain = OnionChain<HonoAnswer>;

/** A request that nobody has answered yet. */
export const unanswered: HonoAnswer = { headers: [] };

/** A response in the place of what there was. A layer around the handler that answers anew only gives the answer another form. */
export function answered(answer: HonoAnswer, response: NativeValue): HonoAnswer {
  const made = responseOf(response);
  const before = answer.response && responseOf(answer.response);
  const same = before && made && numberOf(before.status) === numberOf(made.status);
  const around = before?.scene.stage.kind === 'handler' && made?.scene.stage.kind === 'middleware';
  return { ...answer, response, lost: false, scene: same && around ? (answer.scene ?? before.scene) : undefined };
}

/** Takes what a middleware or handler gave: a response answers where there was none, nothing leaves things as they are. */
export function takeReturned(chain: HonoChain, value: Value, place: Place, replaces = false): void {
  const { answers, collector } = chain;
  const list = answers.list();
  const own = list.map((_, index) => answers.own(value, index));
  answers.write(
    list.flatMap((answer, index) =>
      members(own[index]!).flatMap((part): HonoAnswer[] => {
        if (responseOf(part)?.kind === 'answer' && part.kind === 'native')
          return answer.response && !replaces ? [answer] : [answered(answer, part)];
        // A context is what `next()` gives in the end; nothing is what most middlewares give.
        if (isEmpty(part) || (part.kind === 'native' && part.model.name === 'hono context')) return [answer];
        if (answer.response && !replaces) return [answer];
        collector.openExits('unreadable-exit', place);
        return [{ ...answer, lost: true }];
      }),
    ),
  );
}

/** Tells what leaves when the chain has run. */
export function tellAnswers(m: Machine, chain: HonoChain): void {
  const told = new Set<NativeValue>();
  for (const answer of chain.answers.list()) {
    const response = answer.response && responseOf(answer.response);
    if (!response || !answer.response) continue;
    if (told.has(answer.response) && answer.headers.length === 0) continue;
    told.add(answer.response);
    tellResponse(m, chain, response, answer.scene ?? response.scene, answer.headers);
  }
}

/** Statuses that go without a body (fetch standard, "null body status"). */
const bodiless = new Set([101, 103, 204, 205, 304]);

function tellResponse(
  m: Machine,
  chain: HonoChain,
  response: WebResponse,
  scene: Scene,
  extra: readonly SetHeader[],
): void {
  const { collector } = chain;
  const own = headersIn(response.headers);
  const headers = [...own, ...extra.filter((header) => !own.some((other) => other.name === header.name))];
  const mediaType = textOf(response.mediaType.value);
  const none = !response.body || isEmpty(response.body) || bodiless.has(numberOf(response.status) ?? 0);
  tellFrom(m, collector, scene, () =>
    collector.exit({
      status: response.status,
      statusPlace: response.statusPlace,
      place: response.place,
      mediaType: none ? undefined : mediaType,
      ...(none ? { empty: true } : { body: sentAs(response.body!, mediaType), bodyPlace: response.bodyPlace }),
      headers,
    }),
  );
}

/** Hono's own answer to an error: the response that an HTTP exception carries; anything else is a 500. */
export function defaultErrorAnswer(m: Machine, thrown: Thrown): NativeValue | undefined {
  const { value, place } = thrown;
  if (value.kind !== 'object') return undefined;
  const made = value.props.has('getResponse') ? m.get(value, '[[response]]', place) : undefinedValue;
  if (responseOf(made) && made.kind === 'native') return made;
  const status = value.props.has('getResponse') ? m.get(value, 'status', place) : literal(500);
  const text = value.props.has('getResponse') ? m.get(value, 'message', place) : literal('Internal Server Error');
  return createResponse(m, { status, place, body: text, mediaType: 'text/plain' });
}
