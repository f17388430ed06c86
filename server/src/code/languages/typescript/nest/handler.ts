// Owns the run of a handler: what it returns goes through the interceptors around it and leaves as the answer.
// It must not know routes or how parameters come to be.

import type ts from 'typescript';
import type { Place } from '../../../../base/place.ts';
import { classMember } from '../classes.ts';
import type { Machine } from '../machine.ts';
import { placeOf } from '../module.ts';
import { ReturnWatch } from '../returns.ts';
import { siteAt } from '../sites.ts';
import { isEmpty, literal, numberOf, shaped, undefinedValue, unknown, type Value } from '../value.ts';
import { sendBody, sendOpaque, sendRedirect, tellResponse } from './answers.ts';
import { filesOf, intercept, isSerializer } from './interceptors.ts';
import { allNotes, lastNote } from './notes.ts';
import { lastOf } from './observables.ts';
import { collectorOf, type Scene } from './scene.ts';
import type { Use } from './uses.ts';

/** How an endpoint answers, by its decorators. */
export interface AnswerPlan {
  /** The status that is set before the handler runs. */
  readonly status: number | undefined;
  readonly statusPlace: Place | undefined;
  /** The handler sends by itself. */
  readonly handled: boolean;
  readonly redirect?: { readonly status: Value; readonly place: Place };
  readonly render?: Place;
  readonly stream?: Place;
}

/** Reads the plan of an endpoint; POST is answered with 201 unless something says otherwise. */
export function planOf(scene: Pick<Scene, 'endpoint'>, method: string, handled: boolean): AnswerPlan {
  const { notes } = scene.endpoint;
  const code = lastNote(notes, 'HttpCode');
  const redirect = lastNote(notes, 'Redirect');
  const render = lastNote(notes, 'Render');
  const stream = lastNote(notes, 'Sse');
  return {
    status: code ? numberOf(code.args[0]) : method === 'post' && !stream ? 201 : 200,
    statusPlace: code?.argPlaces[0],
    handled,
    ...(redirect
      ? { redirect: { status: redirect.args[1] ?? literal(302), place: redirect.argPlaces[1] ?? redirect.place } }
      : {}),
    ...(render ? { render: render.place } : {}),
    ...(stream ? { stream: stream.place } : {}),
  };
}

/** Sets what is known before the handler runs: the status, the headers of `@Header`. */
export function prepareAnswer(scene: Scene, plan: AnswerPlan): void {
  const { m, endpoint, platform } = scene;
  const place = plan.statusPlace ?? endpoint.place;
  const fastify = platform === 'fastify';
  if (plan.status === undefined) {
    tellResponse(
      scene,
      fastify ? 'code' : 'status',
      [unknown('unreadable-exit', place)],
      siteAt(m, place, [literal(0)]),
    );
  } else if (plan.statusPlace || plan.status !== 200 || fastify) {
    const value = literal(plan.status, plan.statusPlace);
    tellResponse(scene, fastify ? 'code' : 'status', [value], siteAt(m, place, [value]));
    forgetPlace(scene, plan);
  }
  for (const note of allNotes(endpoint.notes, 'Header')) {
    const [name, value] = note.args;
    if (!name) continue;
    const given = value?.kind === 'function' ? m.call(value, siteAt(m, note.place, [])) : (value ?? undefinedValue);
    tellResponse(scene, fastify ? 'header' : 'setHeader', [name, given], {
      ...siteAt(m, note.place, [name, given]),
      argPlaces: note.argPlaces,
    });
  }
}

/** A status that no decorator states is told where the answer leaves. */
function forgetPlace(scene: Scene, plan: AnswerPlan): void {
  if (plan.statusPlace) return;
  const data = scene.exchange.response.data as {
    statusPlace?: { place?: Place };
    places?: WeakMap<Value, Place>;
    status?: { value?: Value };
  };
  if (data.statusPlace) data.statusPlace.place = undefined;
  if (data.places && data.status?.value) data.places.delete(data.status.value);
}

/** Runs the handler and answers with what comes out. */
export function runHandler(scene: Scene, plan: AnswerPlan, args: readonly Value[], interceptors: readonly Use[]): void {
  const { m, endpoint } = scene;
  const instance = scene.injector.instantiate(endpoint.cls, endpoint.module);
  const method =
    classMember(m, endpoint.cls, endpoint.name, instance) ?? m.get(instance, endpoint.name, endpoint.place);
  const call = (): Value => m.call(method, siteAt(m, endpoint.place, args), instance);
  const around = interceptors.filter((use) => !filesOf(use.value));
  const rest = around.filter((use) => !isSerializer(use.value));
  // What an interceptor makes of a value needs the handler's run inside of it.
  if (plan.handled && rest.length === 0) {
    call();
    return;
  }
  const told: { value: Value; place: Place | undefined }[] = [];
  const finish = (value: Value, place: Place | undefined): void => answerWith(scene, plan, value, place);
  const wrap = (list: readonly Use[], inner: (machine: Machine) => Value): Value => {
    const [first, ...others] = list;
    return first ? intercept(scene, first, () => wrap(others, inner)) : lastOf(m, inner(m));
  };
  if (rest.length === 0) {
    watching(scene, call, (value, place) =>
      finish(
        wrap(around, () => value),
        place,
      ),
    );
    return;
  }
  const whole = wrap(around, () =>
    watching(scene, call, (value, place) => void told.push({ value: snapshot(m, value), place })),
  );
  if (m.dead || plan.handled) return;
  if (told.length < 2 || told.length > 6) {
    finish(whole, told.length === 1 ? told[0]!.place : undefined);
    return;
  }
  // Each value that is returned goes through on its own, so that it is told where it is returned.
  for (const { value, place } of told) {
    m.isolated(() => {
      const { result } = m.catching(() => wrap(around, () => value));
      if (!m.dead) finish(result, place);
    });
  }
}

/** A value as it is now: what later branches do to it is not its business. */
function snapshot(m: Machine, value: Value): Value {
  return value.kind === 'object' && m.tentative && !value.cls
    ? { ...shaped(m.types.shapeOfValue(value), true) }
    : value;
}

/** Runs the handler and tells each value that it returns while the state of its path holds; gives all of them together. */
function watching(scene: Scene, call: () => Value, tell: (value: Value, place: Place | undefined) => void): Value {
  const { m } = scene;
  const outer = m.watch;
  const watch: ReturnWatch = new ReturnWatch(
    () => false,
    (value, place) => {
      const { watch: held, dead } = m;
      m.watch = undefined;
      tell(value, place);
      m.watch = held;
      m.dead = dead;
    },
  );
  m.watch = watch;
  try {
    const value = call();
    m.watch = undefined;
    if (!watch.entered && !m.dead) tell(value, undefined);
    return value;
  } finally {
    m.watch = outer;
  }
}

function answerWith(scene: Scene, plan: AnswerPlan, value: Value, place: Place | undefined): void {
  const { endpoint } = scene;
  const at = place ?? nameOf(endpoint.method);
  if (plan.redirect) {
    sendRedirect(scene, value, plan.redirect.status, plan.redirect.place);
    return;
  }
  if (plan.render || plan.stream) {
    sendOpaque(scene, plan.render ? 'text/html' : 'text/event-stream', at);
    return;
  }
  const body = lastOf(scene.m, value);
  if (body.kind === 'unknown' && body.caught) {
    collectorOf(scene).openExits('unreadable-exit', at);
    return;
  }
  sendBody(scene, body, at, isEmpty(body) ? undefined : at);
}

function nameOf(method: ts.Node): Place {
  const name = (method as { name?: ts.Node }).name;
  return placeOf(name ?? method);
}
