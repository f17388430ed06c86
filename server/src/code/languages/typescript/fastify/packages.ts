// Owns the package models around Fastify: what their exports make.
// It must not hold the behaviour of instances, requests or replies.

import type { Machine } from '../machine.ts';
import {
  type CallSite,
  objectOf,
  type PackageModel,
  someBoolean,
  truth,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { fastifyErrorPackage } from './errors.ts';
import { authHook } from './hooks.ts';
import { createInstance, createLooseInstance } from './instances.ts';
import { wrapPlugin } from './plugins.ts';

const fastify: PackageModel = {
  packages: ['fastify'],
  call(m, external, site) {
    const last = external.path.at(-1);
    if (last !== undefined && last !== 'default' && last !== 'fastify') return undefined;
    return createInstance(m, site.args[0], site.place);
  },
  instance(m, path, _args, place) {
    const name = path.at(-1);
    if (name === 'FastifyInstance') return createLooseInstance(m, place);
    if (name === 'FastifyPluginOptions' || name === 'FastifyServerOptions') {
      const options = objectOf({}, place);
      return options.kind === 'object' ? { ...options, open: { reason: 'dependency-injection', place } } : options;
    }
    return undefined;
  },
};

const plugin: PackageModel = {
  packages: ['fastify-plugin'],
  call: (m, _external, site) => wrapPlugin(m, site),
};

/** The type provider for zod: its error tests look at what a failed validation carries. */
const zodProvider: PackageModel = {
  packages: ['fastify-type-provider-zod', '@bram-dc/fastify-type-provider-zod'],
  call(m, external, site) {
    const last = external.path.at(-1);
    if (last === 'hasZodFastifySchemaValidationErrors') return testOf(m, site, 'validation');
    if (last === 'isResponseSerializationError') return { kind: 'literal', value: false };
    return undefined;
  },
};

function testOf(m: Machine, site: CallSite, key: string): Value {
  const [error] = site.args;
  if (!error || error.kind === 'unknown') return someBoolean();
  const state = truth(m.get(error, key, site.place));
  return state === undefined ? someBoolean() : { kind: 'literal', value: state };
}

const passport: PackageModel = {
  packages: ['@fastify/passport'],
  call(_m, external, site) {
    const last = external.path.at(-1);
    if (last === 'authenticate' || last === 'authorize') {
      // With a callback of its own the code decides what a failure means.
      if (site.args.some((argument) => argument.kind === 'function')) return undefined;
      const strategy = site.args[0]?.kind === 'literal' ? String(site.args[0].value) : '';
      return authHook(
        /basic/i.test(strategy) ? 'basic' : /jwt|bearer/i.test(strategy) ? 'bearer' : 'session',
        site.place,
      );
    }
    return last === 'initialize' || last === 'secureSession' || last === 'use' ? undefinedValue : undefined;
  },
  construct: (_m, external) => ({ ...external, path: [] }),
};

/** The instance decorators of `@fastify/awilix` and its like are not followed. */
const containers: PackageModel = {
  packages: ['@fastify/awilix'],
  call: (_m, _external, site) => unknown('dependency-injection', site.place),
};

export const fastifyPackages: readonly PackageModel[] = [
  fastify,
  plugin,
  fastifyErrorPackage,
  zodProvider,
  passport,
  containers,
];
