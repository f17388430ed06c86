// Owns hand-made contracts and apps for the binding tests. It must not read files.

import type { FileSource } from '../../server/src/base/host.ts';
import { type App, type CodeModel, closed, type HandlerFacts, type Route } from '../../server/src/code/model.ts';
import type { Contract, ContractPlace, Operation, Server } from '../../server/src/contract/model.ts';

const facts: HandlerFacts = {
  reads: {
    parameters: [],
    bodies: [],
    completeness: { path: closed, query: closed, header: closed, cookie: closed, body: closed, form: closed },
  },
  exits: [],
  exitCompleteness: closed,
  guards: [],
  guardCompleteness: closed,
  filtersResponses: false,
  files: [],
};

export interface ContractParts {
  readonly file?: string;
  readonly servers?: readonly string[];
  readonly version?: string;
  readonly title?: string;
  readonly extensions?: ReadonlyMap<string, unknown>;
}

/** A contract with these operations (`GET /orders`). `servers` are base paths. */
export function contractOf(operations: readonly string[], parts: ContractParts = {}): Contract {
  const file = parts.file ?? '/w/openapi.yaml';
  const place: ContractPlace = { file, start: 0, end: 0, pointer: '' };
  return {
    file,
    specification: '3.0',
    specVersion: '3.0.3',
    format: 'openapi',
    title: parts.title ?? 'Orders',
    version: parts.version ?? '1.0.0',
    versionPlace: place,
    servers: (parts.servers ?? []).map((basePath): Server => ({ url: `https://api.test${basePath}`, basePath, place })),
    operations: operations.map((key) => operationOf(key, place)),
    securitySchemes: new Map(),
    files: [file],
    problems: [],
    incomplete: false,
    extensions: parts.extensions ?? new Map(),
  };
}

function operationOf(key: string, place: ContractPlace): Operation {
  const [method = '', path = ''] = key.split(' ');
  return {
    key,
    method: method.toLowerCase(),
    path,
    deprecated: false,
    tags: [],
    place,
    pathPlace: place,
    parameters: [],
    responses: [],
    responsesPlace: place,
    security: undefined,
    securityPlace: place,
    servers: [],
    extensions: new Map(),
    complete: true,
  };
}

export interface AppParts {
  readonly folder?: string;
  readonly contractFiles?: readonly string[];
  readonly open?: boolean;
}

/**
 * A route as text: `GET /orders/{id}`; `?GET /orders` has an unknown mount; `@file.ts GET /x` stands in that file, and
 * `@file.ts<index.ts GET /x` is mounted in another. A wildcard in a path of unknown mount is a constant that nobody could read.
 */
export function appOf(routes: readonly string[], parts: AppParts = {}): App {
  const folder = parts.folder ?? '/w';
  const id = `${folder}/src/app.ts`;
  return {
    id,
    framework: 'express',
    place: { file: id, start: 0, end: 0 },
    folder,
    routes: routes.map((text, order) => routeOf(text, order, id, folder)),
    completeness: parts.open ? { closed: false, reason: 'unresolved-import' } : closed,
    contractFiles: parts.contractFiles ?? [],
  };
}

function routeOf(text: string, order: number, app: string, folder: string): Route {
  const parts = /^(?:@(?<file>\S+)(?:#(?<at>\d+))? )?(?<unmounted>\?)?(?<method>\w+) (?<path>\S+)$/.exec(text)?.groups;
  if (!parts) throw new Error(`not a route: ${text}`);
  const [written, at] = (parts.file ?? '').split('#');
  const [file, mount] = (written ?? '').split('<');
  const start = at ? Number(at) : order * 100;
  const place = { file: file ? `${folder}/${file}` : app, start, end: start + 10 };
  return {
    id: `${app} ${parts.method?.toLowerCase()} ${parts.path} ${order}`,
    app,
    method: (parts.method ?? '').toLowerCase(),
    path: parts.path ?? '/',
    framework: 'express',
    place,
    pathPlace: place,
    order,
    completeness:
      parts.unmounted && parts.path?.includes('{*}') ? { closed: false, reason: 'dynamic-path', place } : closed,
    unmounted: parts.unmounted !== undefined,
    internal: false,
    mounts: mount ? [{ place: { file: `${folder}/${mount}`, start: 0, end: 1 }, what: 'mounts it' }] : [],
    facts: () => facts,
  };
}

export function codeOf(...apps: readonly App[]): CodeModel {
  return { apps, notices: [] };
}

/** Files held in memory, all below `/w` unless roots are given. */
export function memory(texts: Readonly<Record<string, string>>, roots: readonly string[] = ['/w']): FileSource {
  const paths = Object.keys(texts).sort();
  return {
    roots,
    list: () => paths,
    read: (path) => {
      const text = texts[path];
      return text === undefined ? { failure: 'missing' } : { text };
    },
    exists: (path) => texts[path] !== undefined,
    version: (path) => texts[path],
  };
}
