// Owns the members of `@nestjs/common` and of the packages around it: decorators as notes, exceptions, pipes, constants.
// It must not know what becomes of them.

import { nativeParent } from '../classes.ts';
import type { Machine } from '../machine.ts';
import { decorate, mappedType } from '../packages/class-validator/package.ts';
import {
  type CallSite,
  type ExternalValue,
  literal,
  type Model,
  native,
  nativeFunction,
  objectOf,
  type PackageModel,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { streamableFile } from './answers.ts';
import { createException, extendedException, isExceptionName, memberOfException } from './exceptions.ts';
import { classSerializer, serializerMember } from './interceptors.ts';
import { collectNotes, decoratorOf, noteOf } from './notes.ts';
import { customParameter } from './parameters.ts';
import { builtInPipe, isPipeName } from './pipes.ts';
import { setMetadata } from './reflector.ts';
import { statuses } from './statuses.ts';
import { forwardRef } from './tokens.ts';

/** A logger: it answers nobody. */
const quietModel: Model = {
  name: 'logger',
  get: (_m, _self, key) => nativeFunction(key, () => undefinedValue),
  method: () => undefinedValue,
};
const quiet: Value = native(quietModel, undefined);

const methodNames = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'ALL', 'OPTIONS', 'HEAD', 'SEARCH'] as const;

/** The version of a controller that answers whatever version is asked for. */
export const versionNeutral: Value = native({ name: 'VERSION_NEUTRAL' }, undefined);

const versioningTypes: Readonly<Record<string, number>> = { URI: 0, HEADER: 1, MEDIA_TYPE: 2, CUSTOM: 3 };

export const commonPackage: PackageModel = {
  packages: ['@nestjs/common', '@nestjs/common/enums', '@nestjs/common/exceptions'],
  member(_m, external) {
    const path = external.path.filter((part) => !part.startsWith('/'));
    const [name, key] = path;
    if (name === 'HttpStatus' && key !== undefined) {
      const status = statuses[key];
      return status === undefined ? undefined : literal(status, external.place);
    }
    if (name === 'HttpStatus')
      return objectOf(Object.fromEntries(Object.entries(statuses).map(([one, status]) => [one, literal(status)])));
    if (name === 'RequestMethod' && key !== undefined) return literal(methodNames.indexOf(key as 'GET'));
    if (name === 'VersioningType' && key !== undefined) return literal(versioningTypes[key] ?? -1);
    if (name === 'VERSION_NEUTRAL') return versionNeutral;
    if (name === 'Logger') return key === undefined ? undefined : nativeFunction(key, () => undefinedValue);
    return undefined;
  },
  call(m, external, site) {
    const name = external.path.at(-1) ?? '';
    switch (name) {
      case 'applyDecorators':
        return decoratorOf(collectNotes(m, [...site.args].reverse(), site.place).list, site.place);
      case 'SetMetadata':
        return setMetadata(site);
      case 'createParamDecorator':
        return parameterDecorator(site);
      case 'forwardRef':
        return forwardRef(site.args[0] ?? undefinedValue);
      case 'mixin':
        return site.args[0];
      default:
        break;
    }
    if (external.path.length !== 1 || !/^[A-Z]/.test(name)) return undefined;
    if (isExceptionName(name)) return createException(m, external, site);
    return decorate(name, '@nestjs/common', site);
  },
  construct(m, external, site) {
    const name = external.path.at(-1) ?? '';
    if (isExceptionName(name)) return createException(m, external, site);
    if (isPipeName(name)) return builtInPipe(name, site);
    if (name === 'ParseFilePipeBuilder') return filePipeBuilder();
    if (name === 'ClassSerializerInterceptor') return classSerializer(site);
    if (name === 'StreamableFile') return streamableFile(m, site);
    if (name === 'Logger' || name === 'ConsoleLogger') return quiet;
    return undefined;
  },
  instance(m, path, _args, place) {
    const name = path.at(-1) ?? '';
    if (name === 'Logger' || name === 'LoggerService') return quiet;
    return isExceptionName(name)
      ? createException(m, { kind: 'external', package: '@nestjs/common', path: [name] }, openSite(m, place))
      : undefined;
  },
  instanceMember(m, cls, key, self, place) {
    const name = cls.path.at(-1) ?? '';
    if (isExceptionName(name)) return memberOfException(m, key, self, place);
    if (name === 'ClassSerializerInterceptor') return serializerMember(key);
    // A class that extends one of the framework's pipes or loggers keeps what its parent made.
    const held = self.kind === 'object' ? self.props.get(nativeParent) : undefined;
    return held ? m.get(m.force(held), key, place) : undefined;
  },
  extended: extendedException,
};

function openSite(m: Machine, place: CallSite['place']): CallSite {
  const lost = unknown('spread-or-any', place);
  return { args: [lost, lost], open: true, place, argPlaces: [place, place], namePlace: place, frame: m.globals };
}

/** `createParamDecorator(factory)`: a decorator of which the function runs with each request. */
function parameterDecorator(site: CallSite): Value {
  const factory = site.args[0] ?? unknown('spread-or-any', site.place);
  return nativeFunction('parameter decorator', (_m, inner) => {
    const args = [inner.args[0] ?? undefinedValue, ...inner.args.slice(1), factory];
    const places = [...args.slice(1).map((_, index) => inner.argPlaces[index] ?? inner.place), inner.place];
    return decoratorOf([noteOf(customParameter, '@nestjs/common', { ...inner, args, argPlaces: places })], inner.place);
  });
}

/** `new ParseFilePipeBuilder().addMaxSizeValidator(…).build(options)`. */
function filePipeBuilder(): Value {
  const model: Model = {
    name: 'file pipe builder',
    method: (_m, self, key, site) => (key === 'build' ? builtInPipe('ParseFilePipe', site) : self),
  };
  return native(model, undefined);
}

/** Packages of which the decorators are notes and nothing else. */
const decorating: PackageModel = {
  packages: [
    '@nestjs/swagger',
    '@nestjs/cqrs',
    '@nestjs/cache-manager',
    '@nestjs/microservices',
    '@nestjs/websockets',
    '@nestjs/graphql',
    '@nestjs/schedule',
    '@nestjs/event-emitter',
    '@nestjs/bull',
    '@nestjs/bullmq',
  ],
  call(_m, external, site) {
    const name = external.path.at(-1) ?? '';
    if (external.path.length !== 1) return undefined;
    const mapped =
      external.package === '@nestjs/swagger' || external.package === '@nestjs/graphql'
        ? mappedType(name, site)
        : undefined;
    if (mapped) return mapped;
    return isDecoratorOf(external, name) ? decorate(name, external.package, site) : undefined;
  },
};

function isDecoratorOf(external: ExternalValue, name: string): boolean {
  if (external.package === '@nestjs/swagger') return name.startsWith('Api');
  if (external.package === '@nestjs/graphql') return !/^(get|Gql)/.test(name);
  return /^[A-Z]/.test(name);
}

export const decoratingPackages: readonly PackageModel[] = [commonPackage, decorating];
