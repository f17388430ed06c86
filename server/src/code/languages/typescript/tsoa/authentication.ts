// Owns `@Security` of tsoa: who is asked whether a caller may pass, and what becomes of a refusal.
// It must not know controllers beyond their notes.

import type { Place } from '../../../../base/place.ts';
import { type RequestData, requestModel } from '../express/request.ts';
import type { Machine, Thrown } from '../machine.ts';
import { setMember } from '../members.ts';
import type { Note } from '../nest/notes.ts';
import { type CallSite, isEmpty, literal, type Model, native, undefinedValue, type Value } from '../value.ts';
import { type Action, isOwn } from './controllers.ts';
import type { Settings } from './settings.ts';

interface Asked {
  readonly authenticate: Value;
  readonly notes: readonly Note[];
  readonly place: Place;
}

/** A middleware with the place where it is named. */
export interface Placed {
  readonly value: Value;
  readonly place: Place;
}

/** The middleware before an action; nothing where it asks for no security. The method's own word goes before the class's. */
export function authenticator(m: Machine, settings: Settings, { notes, shared }: Action): readonly Placed[] {
  const isSecurity = (note: Note): boolean => isOwn(note) && note.name === 'Security';
  if (notes.list.some((note) => isOwn(note) && note.name === 'NoSecurity')) return [];
  const own = notes.list.filter(isSecurity);
  const asked = own.length > 0 ? own : shared.list.filter(isSecurity);
  const [first] = asked;
  if (!first) return [];
  const authenticate = functionOf(m, settings);
  const { place } = first;
  return [{ value: native(model, { authenticate, notes: asked, place } satisfies Asked, place), place }];
}

function functionOf(m: Machine, { authentication, folder }: Settings): Value {
  if (authentication === undefined) return { kind: 'unknown', reason: 'unresolved-import' };
  return m.modules.importValue(authentication, 'expressAuthentication', `${folder}/tsoa.json`);
}

const model: Model = {
  name: 'tsoa authentication',
  call(m, self, site) {
    const asked = self.data as Asked;
    const [request, response, next] = site.args;
    if (request?.kind !== 'native' || request.model !== requestModel) return undefinedValue;
    const { target } = (request.data as RequestData).sink;
    if (asked.authenticate.kind !== 'function') {
      target.addGuard({
        kind: 'authentication',
        scopes: [],
        place: asked.place,
        level: 'route',
        confidence: 'proved',
      });
      target.openExits('unresolved-import', asked.place);
    }
    const users = asked.notes.map((note) => ask(m, asked, note, request, response ?? undefinedValue, site));
    const user = users.find((one) => one !== undefined);
    // Where every one of them refuses, the error of the last is handed on.
    if (!user) return undefinedValue;
    setMember(m, request, 'user', user, asked.place);
    return next ? m.call(next, { ...site, args: [], argPlaces: [] }) : undefinedValue;
  },
};

/** Asks for one kind of credential; gives the user, or nothing where nobody gets past it. */
function ask(
  m: Machine,
  { authenticate, notes }: Asked,
  note: Note,
  request: Value,
  response: Value,
  site: CallSite,
): Value | undefined {
  const [name, scopes] = note.args;
  const args = [request, name ?? undefinedValue, scopes ?? undefinedValue, response];
  const place = note.place;
  const inner: CallSite = { ...site, args, argPlaces: args.map(() => place), place, namePlace: place, node: undefined };
  const { result, thrown } = m.catching(() => m.call(authenticate, inner));
  const refused = m.dead;
  m.dead = false;
  if (note === notes.at(-1)) m.thrown.push(...thrown.map((one) => refusal(m, one)));
  return refused ? undefined : result;
}

/** A refusal without a status of its own is 401. */
function refusal(m: Machine, thrown: Thrown): Thrown {
  const { value, place } = thrown;
  if (value.kind !== 'object' || !isEmpty(m.get(value, 'status', place))) return { ...thrown, handed: true };
  const props = new Map([...value.props, ['status', { value: literal(401) }] as const]);
  return { ...thrown, value: { ...value, props }, handed: true };
}
