// Owns `RegisterRoutes`, which tsoa generates: it registers the actions of all controllers with an Express app.
// It must not know how an app serves what is registered.

import type { Place } from '../../../../base/place.ts';
import { withType } from '../annotations.ts';
import { abstractInstance } from '../classes.ts';
import { type RequestData, requestModel } from '../express/request.ts';
import { routerOf } from '../express/routers.ts';
import type { Machine, Thrown } from '../machine.ts';
import { setMember } from '../members.ts';
import { placeOf } from '../module.ts';
import { ReturnWatch } from '../returns.ts';
import {
  type CallSite,
  type FunctionValue,
  literal,
  type Model,
  native,
  nativeFunction,
  numberOf,
  undefinedValue,
  type Value,
} from '../value.ts';
import { sendResult } from './answer.ts';
import { argumentsOf } from './arguments.ts';
import { authenticator, type Placed } from './authentication.ts';
import { type Action, actionsOf, isOwn } from './controllers.ts';
import { type Settings, settingsFor } from './settings.ts';

/** The generated function, for a file that imports it where it was not generated yet; undefined where nothing says that tsoa is used. */
export function registerRoutes(m: Machine, from: string): Value | undefined {
  const settings = settingsFor(m, from);
  return settings && nativeFunction('RegisterRoutes', (machine, site) => register(machine, settings, site));
}

function register(m: Machine, settings: Settings, site: CallSite): Value | undefined {
  const [app] = site.args;
  // Koa and hapi have generated functions of their own kind.
  if (!app || !routerOf(app)) return undefined;
  for (const action of actionsOf(m, settings)) {
    if (action.path === undefined) continue;
    // Controllers are made while modules are loaded, so that what they keep is known to outlive a request.
    instanceOf(m, action);
    // Who may pass is asked first, wherever the decorators stand.
    const before = [...authenticator(m, settings, action), ...middlewaresOf(action)];
    const args = [literal(action.path), ...before.map(({ value }) => value), handlerOf({ ...action, settings })];
    const argPlaces = [action.pathPlace, ...before.map(({ place }) => place), placeOf(action.method)];
    const inner: CallSite = { ...site, args, argPlaces, place: action.place, namePlace: action.place, node: undefined };
    m.call(m.get(app, action.verb, action.place), inner, app);
  }
  return undefinedValue;
}

/** `@Middlewares(a, b)` on the class and on the method. */
function middlewaresOf({ shared, notes }: Action): readonly Placed[] {
  return [...shared.list, ...notes.list]
    .filter((note) => isOwn(note) && note.name === 'Middlewares')
    .flatMap(({ args, argPlaces, place }) =>
      args.flatMap((value, index) => {
        const values = value.kind === 'array' ? value.items : [value];
        return values.map((one) => ({ value: one, place: argPlaces[index] ?? place }));
      }),
    );
}

/** An action with the settings that it was registered with. */
interface Registered extends Action {
  readonly settings: Settings;
}

const actionModel: Model = {
  name: 'tsoa action',
  call(m, self, site) {
    run(m, self.data as Registered, site);
    return undefinedValue;
  },
  wraps: (self) => methodOf(self.data as Action),
};

const handlerOf = (action: Registered): Value => native(actionModel, action, placeOf(action.method));

const methodOf = ({ cls, method, frame }: Action): FunctionValue => ({
  kind: 'function',
  node: method,
  frame,
  home: cls,
});

function run(m: Machine, action: Registered, site: CallSite): void {
  const [request, response] = site.args;
  if (request?.kind !== 'native' || request.model !== requestModel || response?.kind !== 'native') return;
  const { sink } = request.data as RequestData;
  const { thrown } = m.catching(() => {
    // Express hands the response over with the request.
    setMember(m, request, 'res', response, action.place);
    const { strict } = action.settings;
    const args = argumentsOf(m, action, { sink, request, response, site, strict });
    const controller = { ...instanceOf(m, action), props: new Map(instanceOf(m, action).props) };
    setMember(m, controller, '#response', response, action.place);
    const method = m.get(controller, action.name, action.place);
    const place = placeOf(action.method.name);
    const inner: CallSite = {
      ...site,
      args,
      argPlaces: args.map(() => place),
      place,
      namePlace: place,
      node: undefined,
    };
    // A status that is set on one path belongs to what is returned on that path.
    const tell = (value: Value, at: Place): void => {
      const set = controller.props.get('#status')?.value ?? undefinedValue;
      sendResult(m, response, declaredResult(m, action, value), set, successOf(action), { ...inner, place: at });
    };
    const watch = new ReturnWatch(
      () => false,
      (value, at) => tell(value, at ?? place),
    );
    const outer = m.watch;
    m.watch = watch;
    const result = m.call(method, inner, controller);
    m.watch = outer;
    if (!m.dead && !watch.entered) tell(result, place);
  });
  m.dead = false;
  // What the method throws is handed to the app's error middleware.
  m.thrown.push(...thrown.map((one): Thrown => ({ ...one, handed: true })));
}

function instanceOf(m: Machine, { cls }: Action): Value & { kind: 'object' } {
  const made = abstractInstance(m, cls);
  return made.kind === 'object' ? made : { kind: 'object', props: new Map(), places: new Map(), cls };
}

/** A result of which only the declared type is known; that may say that there is none. */
function declaredResult(m: Machine, { method, frame }: Action, result: Value): Value {
  if (result.kind !== 'unknown' || !method.type) return result;
  if (/^(Promise<\s*(void|undefined)\s*>|void|undefined)$/.test(method.type.getText())) return undefinedValue;
  return withType(m, result, method.type, frame);
}

/** `@SuccessResponse(201, 'Created')`: the status where the method sets none. */
function successOf({ notes }: Action): Value {
  const note = notes.list.findLast((one) => isOwn(one) && one.name === 'SuccessResponse');
  const status = note?.args[0] ? numberOf(note.args[0]) : undefined;
  return status === undefined ? undefinedValue : literal(status, note?.argPlaces[0]);
}
