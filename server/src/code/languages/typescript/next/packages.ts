// Owns the models of Next.js's own modules, and of packages that wrap its handlers: what their functions make, read or give back.
// It must not know routes.

import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import {
  type CallSite,
  type ExternalValue,
  literal,
  objectOf,
  type PackageModel,
  resultOf,
  someBoolean,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { createCookies, createHeaders } from '../web/request.ts';
import { constructResponse, createResponse, jsonResponse, redirectResponse } from '../web/response.ts';
import { nextConnectPackage } from './connect.ts';
import { currentSink } from './exchange.ts';
import { leaveBy } from './navigation.ts';

const nextPackage: PackageModel = {
  packages: ['next'],
  call(m, external, site) {
    const [module = ''] = external.path;
    const name = external.path.at(-1) ?? '';
    switch (module) {
      case '/server':
        return callServer(m, external.path.slice(1), site);
      case '/headers':
        return callHeaders(m, name, site);
      case '/navigation':
        return leaveBy(m, name, site);
      case '/cache':
        return name === 'unstable_cache' ? (site.args[0] ?? undefinedValue) : undefinedValue;
      default:
        return undefined;
    }
  },
  construct(m, external, site) {
    return external.path.at(-1) === 'NextResponse' ? constructResponse(m, site) : undefined;
  },
};

function callServer(m: Machine, path: readonly string[], site: CallSite): Value | undefined {
  if (path[0] === 'after' || path[0] === 'connection') return undefinedValue;
  if (path[0] !== 'NextResponse') return undefined;
  switch (path[1]) {
    case 'json':
      return jsonResponse(m, site);
    case 'redirect':
      return redirectResponse(m, site, 307);
    case 'next':
    case 'rewrite':
      return createResponse(m, { kind: 'pass', status: literal(200), place: site.namePlace });
    default:
      return undefined;
  }
}

function callHeaders(m: Machine, name: string, site: CallSite): Value | undefined {
  const sink = currentSink(m);
  // What is asked of the request that runs belongs to that request alone.
  m.particular++;
  if (name === 'draftMode')
    return objectOf({ isEnabled: someBoolean(), enable: unknown('spread-or-any'), disable: unknown('spread-or-any') });
  if (!sink) return unknown('dependency-injection', site.place);
  if (name === 'headers') return createHeaders(sink, site.place);
  return name === 'cookies' ? createCookies(sink, site.place) : undefined;
}

/** `cache(fn)` remembers what a function gives during one request. */
const reactPackage: PackageModel = {
  packages: ['react'],
  call: (_m, external, site) => (external.path.at(-1) === 'cache' ? (site.args[0] ?? undefinedValue) : undefined),
};

/** Packages whose functions take a handler, or a configuration, and give back one that does the same. */
const wrapping: PackageModel = {
  packages: [
    '@sentry/nextjs',
    'next-axiom',
    'next-intl',
    '@next/mdx',
    '@serwist/next',
    '@ducanh2912/next-pwa',
    'next-transpile-modules',
    '@axiomhq/nextjs',
    '@logtail/next',
    'next-logger',
    '@baselime/node-opentelemetry',
    'next-superjson',
    'next-pwa',
    '@next/bundle-analyzer',
    'nextra',
    '@vercel/otel',
  ],
  call(_m, external, site) {
    const name = external.path.at(-1) ?? '';
    const given = site.args.find(isHandler) ?? site.args.find((one) => one.kind === 'object');
    if (name === resultOf) return given;
    // Options alone make a function that takes the handler or the configuration.
    if (makers.has(external.package) || !given) return madeBy(external, site);
    return /^(with|wrap)|^default$|Handler$/.test(name) ? given : undefined;
  },
};

/** Auth.js: `NextAuth(config)` gives handlers of its own, and an `auth` that wraps handlers or asks for the session. */
const authPackage: PackageModel = {
  packages: ['next-auth'],
  call(_m, external, site) {
    if (external.path.at(-1) !== 'auth' || !external.path.includes(resultOf)) return undefined;
    return site.args.find(isHandler);
  },
};

const makers = new Set([
  '@next/bundle-analyzer',
  'next-pwa',
  '@ducanh2912/next-pwa',
  '@next/mdx',
  'nextra',
  'next-intl',
  '@serwist/next',
  'next-transpile-modules',
  '@axiomhq/nextjs',
]);

function madeBy({ package: name, path }: ExternalValue, site: CallSite): Value {
  return { kind: 'external', package: name, path: [...path, resultOf], place: site.place };
}

function isHandler(value: Value): boolean {
  return members(value).every((one) => one.kind === 'function');
}

/** The packages of Next.js services. */
export const nextPackages: readonly PackageModel[] = [
  nextPackage,
  reactPackage,
  wrapping,
  authPackage,
  nextConnectPackage,
];
