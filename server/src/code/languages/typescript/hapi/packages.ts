// Owns the package models of hapi itself: what makes a server, and the types that functions are declared to take.
// It must not hold the behaviour of servers, requests or answers.

import type { Machine } from '../machine.ts';
import type { CallSite, PackageModel, Value } from '../value.ts';
import { at, createServer, serverOf } from './servers.ts';

const makers = new Set(['server', 'Server', 'default']);

const hapi: PackageModel = {
  packages: ['@hapi/hapi', 'hapi'],
  call: (m, external, site) =>
    makers.has(external.path.at(-1) ?? '') ? createServer(m, site.args[0], site.place) : undefined,
  construct: (m, external, site) =>
    makers.has(external.path.at(-1) ?? '') ? createServer(m, site.args[0], site.place) : undefined,
  instance: (m, path, _args, place) => (path.at(-1) === 'Server' ? createServer(m, undefined, place, true) : undefined),
};

/** `Glue.compose(manifest)`: a server with the plugins of a list. */
const glue: PackageModel = {
  packages: ['@hapi/glue', 'glue'],
  call(m, external, site) {
    return external.path.at(-1) === 'compose' ? compose(m, site) : undefined;
  },
};

function compose(m: Machine, site: CallSite): Value {
  const [manifest] = site.args;
  const server = createServer(m, at(m, manifest, ['server'], site.place), site.place);
  const plugins = at(m, manifest, ['register', 'plugins'], site.place);
  const core = serverOf(server)?.core;
  if (plugins.kind === 'array')
    m.call(m.get(server, 'register', site.place), { ...site, args: [plugins], argPlaces: [site.place], open: false });
  else if (core) core.open ??= { reason: 'unresolved-import', place: site.place };
  return server;
}

export const hapiPackages: readonly PackageModel[] = [hapi, glue];
