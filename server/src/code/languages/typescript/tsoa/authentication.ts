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
  // Notes stand in the order in which decorators are applied, and tsoa asks in the order of the text.
  const asked = (own.length > 0 ? own : shared.list.filter(isSecurity)).reverse();
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
    const attempts = asked.notes.map((note) => askFor(m, asked, note, request, response ?? undefinedValue, site));
    // One that lets the caller pass is enough; where every one of them refuses, the error of the last is handed on.
    if (attempts.every(({ thrown }) => thrown.length > 0))
      m.thrown.push(...(attempts.at(-1)?.thrown ?? []).map((one) => refusal(m, one)));
    const user = attempts.find((one) => one.user !== undefined)?.user;
    if (!user) return undefinedValue;
    setMember(m, request, 'user', user, asked.place);
    return next ? m.call(next, { ...site, args: [], argPlaces: [] }) : undefinedValue;
  },
};

/** What came of asking: the user, or nothing where nobody gets past, and the errors of those who do not. */
interface Attempt {
  readonly user?: Value;
  readonly thrown: readonly Thrown[];
}

/** Asks for one kind of credential, or for all kinds that one decorator names in an object, of which the first gives the user. */
function askFor(
  m: Machine,
  { authenticate }: Asked,
  { args: [name = undefinedValue, scopes = undefinedValue], place }: Note,
  request: Value,
  response: Value,
  site: CallSite,
): Attempt {
  const kinds: readonly (readonly [Value, Value])[] =
    name.kind === 'object'
      ? [...name.props].map(([key, cell]) => [literal(key), m.force(cell)] as const)
      : [[name, scopes]];
  const attempts = kinds.map(([kind, wanted]): Attempt => {
    const args = [request, kind, wanted, response];
    const argPlaces = args.map(() => place);
    const { result, thrown } = m.catching(() =>
      m.call(authenticate, { ...site, args, argPlaces, place, namePlace: place, node: undefined }),
    );
    const refused = m.dead;
    m.dead = false;
    return refused ? { thrown } : { user: result, thrown };
  });
  const thrown = attempts.flatMap((one) => one.thrown);
  return attempts.every(({ user }) => user !== undefined) ? { user: attempts[0]?.user, thrown } : { thrown };
}

/** A refusal without a status of its own is 401. */
function refusal(m: Machine, thrown: Thrown): Thrown {
  const { value, place } = thrown;
  if (value.kind !== 'object' || !isEmpty(m.get(value, 'status', place))) return { ...thrown, handed: true };
  const props = new Map([...value.props, ['status', { value: literal(401) }] as const]);
  return { ...thrown, value: { ...value, props }, handed: true };
}
