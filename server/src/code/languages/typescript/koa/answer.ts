// Owns what a Koa answer is made of along one path, and what leaves when the chain has run.
// It must not know how contexts are read or routes registered.

import type { Place } from '../../../../base/place.ts';
import { mediaTypeOf } from '../express/response.ts';
import { headerText, type SetHeader } from '../headers.ts';
import { join, members } from '../join.ts';
import type { Machine } from '../machine.ts';
import type { OnionChain } from '../onion/chain.ts';
import { type Scene, tellFrom } from '../onion/scene.ts';
import { type ImpliedTypes, impliedType, sentAs } from '../sent-body.ts';
import { isEmpty, literal, numberOf, someString, textOf, undefinedValue, unknown, type Value } from '../value.ts';

/** One alternative of an answer. It is never changed in place. */
export interface KoaAnswer {
  /** Set by `ctx.status = …`, or implied by a body. */
  readonly status?: Value;
  /** Whether the code itself set the status. */
  readonly explicit: boolean;
  readonly statusPlace?: Place;
  /** Where whoever answered said so, when nothing names the status. */
  readonly place?: Place;
  readonly body?: Value;
  readonly bodyPlace?: Place;
  /** Whether the code said that there is no body, so that Koa writes none of its own. */
  readonly bare?: boolean;
  /** A type that the code names. */
  readonly mediaType?: string;
  readonly headers: readonly SetHeader[];
  /** Where the path stood when the answer was made. */
  readonly scene?: Scene;
  /** Something took the context over, so that the answer may be another one. */
  readonly lost?: boolean;
}

export type KoaChain = OnionChain<KoaAnswer>;

/** A request that nobody has answered yet (Koa: 404 until a body or status is set). */
export const unanswered: KoaAnswer = { explicit: false, headers: [] };

/** `ctx.status`, as it reads. */
export function statusIn(answer: KoaAnswer): Value {
  return answer.status ?? literal(404);
}

/** Statuses that go without a body (Koa's `statuses.empty`). */
const emptyStatuses = new Set([204, 205, 304]);

/** `ctx.status = value`. */
export function setStatus(m: Machine, chain: KoaChain, value: Value, place: Place): void {
  const scene = chain.scene();
  const { answers } = chain;
  const own = answers.list().map((_, index) => answers.own(value, index));
  answers.update((answer, index) => {
    const status = own[index]!;
    // A layer that sets the status again as it is leaves the answer with whoever gave it.
    const same = answer.scene && numberOf(status) !== undefined && numberOf(status) === numberOf(answer.status);
    const emptied = emptyStatuses.has(numberOf(status) ?? 0);
    return {
      ...answer,
      status,
      explicit: true,
      statusPlace: same ? (answer.statusPlace ?? place) : place,
      ...(emptied ? { body: undefined, bodyPlace: undefined } : {}),
      scene: same ? answer.scene : scene,
    };
  });
  m.spend();
}

/** `ctx.body = value`. */
export function setBody(m: Machine, chain: KoaChain, value: Value, place: Place): void {
  const scene = chain.scene();
  const { answers } = chain;
  const own = answers.list().map((_, index) => answers.own(value, index));
  answers.write(
    answers.list().flatMap((answer, index) => {
      const parts = members(own[index]!);
      const none = parts.filter(isEmpty);
      const some = parts.filter((part) => !isEmpty(part));
      return [
        ...(some.length > 0 ? [withBody(answer, join(some), place, scene)] : []),
        ...(none.length > 0 ? [withoutBody(answer, place, scene)] : []),
      ];
    }),
  );
  m.spend();
}

function withBody(answer: KoaAnswer, body: Value, place: Place, scene: Scene): KoaAnswer {
  // A layer around the one that answered only gives the answer another form.
  const around = answer.scene && answer.scene.stage.kind === 'handler' && scene.stage.kind === 'middleware';
  return {
    ...answer,
    status: answer.explicit ? answer.status : literal(200),
    body,
    bodyPlace: place,
    bare: false,
    place: around ? (answer.place ?? place) : place,
    scene: around ? answer.scene : scene,
  };
}

/** No body is 204, but for a status that goes without one anyway. */
function withoutBody(answer: KoaAnswer, place: Place, scene: Scene): KoaAnswer {
  const keeps = emptyStatuses.has(numberOf(answer.status) ?? 0);
  return {
    ...answer,
    body: undefined,
    bodyPlace: undefined,
    bare: true,
    ...(keeps ? {} : { status: literal(204), statusPlace: place, explicit: true }),
    scene,
  };
}

/** Sets a header, of which `Content-Type` names the type. */
export function setHeader(chain: KoaChain, name: Value | undefined, value: Value | undefined, place: Place): void {
  const text = textOf(name)?.toLowerCase();
  if (text === undefined) {
    chain.collector.openHeaders('spread-or-any', place);
    return;
  }
  if (text === 'content-type') {
    setType(chain, value ?? undefinedValue);
    return;
  }
  const header: SetHeader = { name: text, place, value: headerText(value) };
  chain.answers.update((answer) => ({
    ...answer,
    headers: [...answer.headers.filter((other) => other.name !== text), header],
  }));
}

/** `ctx.type = value`. */
export function setType(chain: KoaChain, value: Value): void {
  const text = textOf(value);
  chain.answers.update((answer) => ({ ...answer, mediaType: text === undefined ? undefined : mediaTypeOf(text) }));
}

/** The context went where nobody can follow: whatever answers there is not seen. */
export function lose(chain: KoaChain, place: Place): void {
  chain.collector.openExits('unreadable-exit', place);
  chain.answers.update((answer) => (answer.lost ? answer : { ...answer, lost: true }));
}

/** Tells what leaves when the chain has run. */
export function tellAnswers(m: Machine, chain: KoaChain, place: Place): void {
  const { collector } = chain;
  for (const answer of chain.answers.list()) {
    const scene = answer.scene ?? chain.scene();
    if (answer.status === undefined) {
      if (answer.lost) continue;
      // Nobody answered: the framework says that it found nothing.
      const stage = { kind: 'handler', level: 'route', origin: 'framework' } as const;
      tellFrom(m, collector, { ...scene, stage }, () =>
        collector.exit({ status: literal(404), place, headers: [], empty: true }),
      );
      continue;
    }
    const { bodyPlace } = answer;
    const body = answer.body ?? bodyOfStatus(answer);
    const type = answer.body ? (answer.mediaType ?? impliedType(members(answer.body), implied)) : body && 'text/plain';
    tellFrom(m, collector, scene, () =>
      collector.exit({
        status: answer.status!,
        statusPlace: answer.statusPlace,
        place: answer.statusPlace ?? answer.place ?? bodyPlace ?? place,
        mediaType: type,
        ...(body ? { body: sentAs(body, type), bodyPlace } : { empty: true }),
        headers: answer.headers,
      }),
    );
  }
}

/** A status alone is sent with its message as text (Koa's `respond`), but where it goes without a body or the code set none. */
function bodyOfStatus(answer: KoaAnswer): Value | undefined {
  const status = numberOf(answer.status);
  if (answer.bare || answer.lost || status === undefined || emptyStatuses.has(status)) return undefined;
  // What a redirect says depends on what the caller accepts.
  return status < 200 || (status >= 300 && status < 400) ? undefined : someString();
}

/** What Koa takes a body for when nothing names its type: texts by their first character, streams and buffers as bytes. */
const implied: ImpliedTypes = {
  text: (start) => (/^\s*</.test(start) ? 'text/html' : 'text/plain'),
  data: 'application/json',
};

/** What is known of a value that a middleware sets and nobody can see. */
export const injected = (place: Place): Value => unknown('dependency-injection', place);
