// Owns the scene of one request: its route, its exchange, and the context that guards, interceptors, filters and pipes are given.
// It must not know what any of them does.

import type ts from 'typescript';
import type { Place } from '../../../../base/place.ts';
import { provenAbsent } from '../absences.ts';
import type { FactCollector } from '../facts.ts';
import type { Exchange } from '../http-run.ts';
import type { Machine } from '../machine.ts';
import { siteAt } from '../sites.ts';
import {
  type CallSite,
  type ClassValue,
  type Frame,
  literal,
  type Model,
  type NativeValue,
  native,
  nativeFunction,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import type { Injector } from './injector.ts';
import type { ModuleNode } from './module-graph.ts';
import type { Notes } from './notes.ts';
import { handlerReference } from './reflector.ts';

export type Platform = 'express' | 'fastify';

/** A controller's method as a route: where its decorators stand and what they note. */
export interface Endpoint {
  readonly cls: ClassValue;
  readonly module: ModuleNode | undefined;
  readonly name: string;
  readonly method: ts.MethodDeclaration | ts.PropertyDeclaration;
  /** The scope of the class that the method is written in. */
  readonly frame: Frame;
  readonly home: ClassValue;
  readonly notes: Notes;
  readonly place: Place;
}

/** One request on its way. */
export interface Scene {
  readonly m: Machine;
  readonly endpoint: Endpoint;
  readonly injector: Injector;
  readonly platform: Platform;
  readonly exchange: Exchange;
  readonly context: Value;
  /** Whether the body comes as a form, because an interceptor takes files out of it. */
  readonly form: boolean;
}

export const collectorOf = (scene: Scene): FactCollector => scene.exchange.sink.target;

/** Gives a scene its context. */
export function createScene(facts: Omit<Scene, 'context'>): Scene {
  const scene = { ...facts } as { -readonly [K in keyof Scene]: Scene[K] };
  scene.context = native(contextModel, scene);
  return scene;
}

/** The scene behind a context, when a value is one. */
export function sceneOf(value: Value | undefined): Scene | undefined {
  return value?.kind === 'native' && value.model === contextModel ? (value.data as Scene) : undefined;
}

const contextModel: Model = {
  name: 'execution context',
  get: (m, self, key) =>
    keys.has(key) ? nativeFunction(key, (_m, site) => callContext(m, self, key, site)) : undefined,
  method: callContext,
};

const keys = new Set([
  'switchToHttp',
  'getRequest',
  'getResponse',
  'getNext',
  'getHandler',
  'getClass',
  'getType',
  'getArgs',
  'getArgByIndex',
]);

function callContext(m: Machine, self: NativeValue, key: string, site: CallSite): Value | undefined {
  const scene = self.data as Scene;
  const { request, response } = scene.exchange;
  const { endpoint } = scene;
  switch (key) {
    case '[escape]':
      request.model.method?.(m, request, key, site);
      return undefinedValue;
    case 'switchToHttp':
      return self;
    case 'getRequest':
      return request;
    case 'getResponse':
      return response;
    case 'getNext':
      return unknown('spread-or-any', site.place);
    case 'getHandler':
      return handlerReference({ node: endpoint.method, frame: endpoint.frame, name: endpoint.name });
    case 'getClass':
      return endpoint.cls;
    case 'getType':
      return literal('http');
    case 'getArgs':
      return { kind: 'array', items: [request, response, unknown('spread-or-any', site.place)] };
    case 'getArgByIndex': {
      const [index] = site.args;
      const at = index?.kind === 'literal' ? Number(index.value) : -1;
      return at === 0 ? request : at === 1 ? response : unknown('spread-or-any', site.place);
    }
    default:
      return undefined;
  }
}

/** An instance for what a decorator or a call names: a class is made with its dependencies, an instance is itself. */
export function instanceFor(scene: Scene, value: Value): Value {
  if (value.kind === 'class') return scene.injector.resolve(value, scene.endpoint.module) ?? value;
  if (value.kind === 'external') {
    const site = siteAt(scene.m, value.place ?? scene.endpoint.place, []);
    const model = scene.m.model(value.package);
    return model?.construct?.(scene.m, value, site) ?? value;
  }
  return value;
}

/** Calls a method of an instance with arguments of the framework. */
export function callOn(m: Machine, instance: Value, key: string, args: readonly Value[], place: Place): Value {
  return m.call(m.get(instance, key, place), siteAt(m, place, args), instance);
}

/** Says that the present step may throw, while the request goes on. */
export function mayThrow(m: Machine, value: Value, place: Place): void {
  m.thrown.push({ value, place, via: [...m.steps], absent: provenAbsent(m) });
}
