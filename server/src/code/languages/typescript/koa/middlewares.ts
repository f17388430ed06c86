// Owns the middlewares that packages bring to Koa: which only hand on, which guard, limit or parse.
// It must not know registrations.

import type { Place } from '../../../../base/place.ts';
import type { Guard } from '../../../model.ts';
import type { Machine } from '../machine.ts';
import { tellFrom } from '../onion/scene.ts';
import { isLeftOut } from '../packages/excepted-paths.ts';
import {
  type CallSite,
  type ExternalValue,
  literal,
  type Model,
  native,
  type PackageModel,
  resultOf,
  textOf,
  truth,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { passOn } from './compose.ts';
import { chainOf } from './context.ts';
import { noteUploads } from './request.ts';

/** A middleware that does something of its own and then hands on. */
function middleware(name: string, place: Place, work: (m: Machine, site: CallSite) => void): Value {
  return native(
    {
      name,
      call(m, _self, site) {
        work(m, site);
        return m.dead ? undefinedValue : passOn(m, site);
      },
    },
    undefined,
    place,
  );
}

/** Used as it is, or made by a call: with a context first it is the middleware itself. */
function passing(m: Machine, external: ExternalValue, site: CallSite): Value | undefined {
  if (chainOf(site.args[0])) return passOn(m, site);
  const made = middleware(external.package, site.place, () => {});
  if (made.kind !== 'native') return made;
  // `unless`, `single('file')`: what their calls give hands on as well.
  const model: Model = {
    ...made.model,
    method: (machine, _self, key, inner) => (key === '[escape]' ? undefinedValue : passing(machine, external, inner)),
  };
  return native(model, external.package, site.place);
}

/** Packages that neither answer for the routes of an API nor decide who may call. */
const passingPackage: PackageModel = {
  packages: [
    'koa-helmet',
    '@koa/cors',
    'koa-cors',
    'koa2-cors',
    'kcors',
    'koa-logger',
    'koa-pino-logger',
    'koa-morgan',
    'koa-bunyan-logger',
    'koa-compress',
    'koa-static',
    'koa-static-cache',
    'koa-serve',
    'koa-session',
    'koa-generic-session',
    'koa-session2',
    'koa-redis-session',
    'koa-etag',
    'koa-conditional-get',
    'koa-response-time',
    'koa-json',
    'koa-favicon',
    'koa-views',
    'koa-ejs',
    'koa-pug',
    'koa-useragent',
    'koa-userAgent',
    'koa-sslify',
    'koa-range',
    'koa-locale',
    'koa-i18n',
    'koa-i18next',
    'koa-x-request-id',
    'koa-requestid',
    'koa-request-id',
    'koa-correlation-id',
    'koa-device',
    'koa-user-agent',
    'koa-cache-control',
    'koa-qs',
    'koa-override',
    'koa-methodoverride',
    'koa-timeout',
    'koa-no-trailing-slash',
    'koa-pagination',
    'koa-webpack',
    'koa2-swagger-ui',
    'koa-swagger-decorator',
    'koa2-connect-history-api-fallback',
    'koa-connect-history-api-fallback',
    'koa-prometheus',
    '@echo-health/koa-prometheus-exporter',
    'koa-healthcheck',
    'koa-graceful-shutdown',
    'koa-router-logger',
    'koa-json-logger',
    'koa-winston',
    'koa-socket',
    'koa-websocket',
    'koa-easy-ws',
    'koa-csp',
    'koa-ip',
    'koa-geoip',
    'koa-i18n-2',
    'koa-cash',
    'koa-is-json',
    'koa-404-handler',
  ],
  call: passing,
};

/** What a parser of bodies takes by default, by its package. */
const parsers: Readonly<Record<string, readonly string[]>> = {
  'koa-bodyparser': ['application/json', 'application/x-www-form-urlencoded'],
  '@koa/bodyparser': ['application/json', 'application/x-www-form-urlencoded'],
  'koa-body': ['application/json', 'application/x-www-form-urlencoded', 'text/*'],
  'koa-body-parser': ['application/json', 'application/x-www-form-urlencoded'],
  'koa-better-body': ['application/json', 'application/x-www-form-urlencoded', 'text/*'],
  'koa-bodyparsers': ['application/json', 'application/x-www-form-urlencoded'],
};

const parsing: PackageModel = {
  packages: [...Object.keys(parsers), '@koa/multer', 'koa-multer', 'koa-busboy'],
  call: (m, external, site) => {
    if (external.path.includes(resultOf)) return undefined;
    if (chainOf(site.args[0])) return passOn(m, site);
    const usual = parsers[external.package];
    const options = site.args[0];
    const open = options !== undefined && options.kind === 'object' && options.props.size > 0;
    const made = middleware(external.package, site.place, (_machine, inner) => {
      const chain = chainOf(inner.args[0]);
      const asked = options?.kind === 'object' ? m.get(options, 'multipart', site.place) : options;
      const multipart = asked !== undefined && truth(asked) === true;
      // Its own default is not to take forms in parts; what is unknown may ask for it.
      const unasked = external.package !== 'koa-better-body' && (asked === undefined || truth(asked) === false);
      if (chain && !unasked) noteUploads(chain);
      if (chain && usual)
        chain.collector.addParser({
          mediaTypes: [...usual, ...(multipart || open ? ['multipart/form-data'] : [])],
          place: site.place,
        });
    });
    return usual ? made : uploading(made, site.place);
  },
};

/** `upload.single('file')`: the fields of a form, in part files. */
function uploading(made: Value, place: Place): Value {
  if (made.kind !== 'native') return made;
  return native(
    {
      ...made.model,
      method: (_m, _self, key) =>
        key === '[escape]'
          ? undefinedValue
          : middleware('upload', place, (_machine, inner) => {
              const chain = chainOf(inner.args[0]);
              if (chain) noteUploads(chain);
              const collector = chain?.collector;
              collector?.open('form', 'request-escapes', place);
              collector?.open('body', 'request-escapes', place);
            }),
    },
    undefined,
    place,
  );
}

/** Throws an HTTP error that some callers meet, while the others go on. */
export function mayRefuse(m: Machine, status: number, place: Place): void {
  const maker: ExternalValue = { kind: 'external', package: 'http-errors', path: ['createError'] };
  const site: CallSite = {
    args: [literal(status)],
    open: false,
    place,
    argPlaces: [place],
    namePlace: place,
    frame: m.globals,
  };
  const value = m.model('http-errors')?.call?.(m, maker, site) ?? unknown('unreadable-exit', place);
  m.thrown.push({ value, place, via: [...m.steps], absent: [], cause: m.chain?.handled });
}

/** A guard that throws 401; `key` is where it leaves the caller in `ctx.state`. */
function guard(scheme: Guard['scheme'], place: Place, optional: boolean, key = 'user'): Value {
  return middleware('guard', place, (m, site) => {
    const [context] = site.args;
    const chain = chainOf(context);
    if (!chain || !context) return;
    const { collector } = chain;
    if (optional) {
      const { level } = collector.stage;
      collector.addGuard({ kind: 'optional-authentication', scheme, scopes: [], place, level, confidence: 'proved' });
    } else {
      collector.tellCredentials(place, scheme ? { scheme } : {});
      mayRefuse(m, 401, place);
    }
    const state = m.get(context, 'state', place);
    if (state.kind === 'object')
      state.props.set(key, { value: { kind: 'unknown', reason: 'dependency-injection', truthy: !optional } });
  });
}

/** `guard.unless({ path: […] })`: open paths that can be told leave the guard out; others leave it undecided. */
function withUnless(made: Value, place: Place): Value {
  if (made.kind !== 'native') return made;
  return native(
    {
      ...made.model,
      method(_m, _self, key, site) {
        if (key !== 'unless') return key === '[escape]' ? undefinedValue : undefined;
        return native(
          {
            name: 'guard',
            call(machine, _own, inner) {
              const chain = chainOf(inner.args[0]);
              const open = isLeftOut(machine, site.args[0], { path: chain?.route.path }, place);
              if (open === false) return machine.call(made, inner);
              if (open === undefined) {
                chain?.collector.openGuards('conditional-registration', place);
                chain?.collector.openExits('conditional-registration', place);
              }
              return passOn(machine, inner);
            },
          },
          undefined,
          place,
        );
      },
    },
    undefined,
    place,
  );
}

const guarding: PackageModel = {
  packages: [
    'koa-jwt',
    'koa-passport',
    'koa-basic-auth',
    '@koa/basic-auth',
    'koa-csrf',
    'koa-ratelimit',
    'koa2-ratelimit',
  ],
  call(_m, external, site) {
    if (external.path.includes(resultOf)) return undefined;
    const last = external.path.at(-1);
    const options = site.args[0];
    const option = (key: string) => (options?.kind === 'object' ? options.props.get(key)?.value : undefined);
    switch (external.package) {
      case 'koa-jwt': {
        const passes = option('passthrough');
        const key = textOf(option('key'));
        return withUnless(guard('bearer', site.place, passes !== undefined && truth(passes) === true, key), site.place);
      }
      case 'koa-passport': {
        if (last === 'initialize' || last === 'session') return middleware('passport', site.place, () => {});
        // With a callback of its own the code decides what a failure means.
        if (last !== 'authenticate' || site.args.some((argument) => argument.kind === 'function')) return undefined;
        const strategy = textOf(options) ?? '';
        const scheme = /basic/i.test(strategy) ? 'basic' : /jwt|bearer/i.test(strategy) ? 'bearer' : 'session';
        return guard(scheme, site.place, /anonymous/.test(strategy));
      }
      case 'koa-csrf':
        return middleware('csrf', site.place, (m) => mayRefuse(m, 403, site.place));
      case 'koa-ratelimit':
      case 'koa2-ratelimit':
        return middleware('rate limiter', site.place, (m) => mayRefuse(m, 429, site.place));
      default:
        return guard('basic', site.place, false);
    }
  },
  construct: (_m, external, site) =>
    external.package === 'koa-csrf' ? middleware('csrf', site.place, (m) => mayRefuse(m, 403, site.place)) : undefined,
};

/** Wrappers: what they are given is what runs. */
const wrapping: PackageModel = {
  packages: ['koa-convert', 'koa-connect', 'koa-async-router', 'koa-unless', 'koa-if'],
  call(_m, external, site) {
    // A middleware of another framework behaves as its own framework says, which nobody follows here.
    if (external.package === 'koa-connect') return undefined;
    return site.args[0];
  },
};

/** A middleware that answers what those behind it throw, with the status of the error and a body of its own. */
const formatting: PackageModel = {
  packages: ['koa-json-error', 'koa-error', 'koa-better-error-handler'],
  call(_m, external, site) {
    if (external.path.includes(resultOf)) return undefined;
    return native(
      {
        name: 'error formatter',
        call(machine, _self, inner) {
          const { thrown } = machine.catching(() => passOn(machine, inner));
          const chain = chainOf(inner.args[0]);
          for (const one of thrown) {
            const own = machine.get(one.value, 'status', site.place);
            const status = truth(own) === false ? literal(500) : own;
            const tell = () =>
              chain?.collector.exit({
                status,
                place: one.place,
                body: unknown('custom-serializer', site.place),
                bodyPlace: site.place,
                mediaType: 'application/json',
                headers: [],
              });
            chain?.handling(one, () => tellFrom(machine, chain.collector, { ...chain.scene(), conditional: 0 }, tell));
          }
          return undefinedValue;
        },
      },
      undefined,
      site.place,
    );
  },
};

export const koaMiddlewares: readonly PackageModel[] = [passingPackage, parsing, guarding, wrapping, formatting];
