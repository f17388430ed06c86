// Owns small models for tests of rules: a contract as text, read by the contract room, and routes with hand-made facts,
// so that a rule is judged by what it is given and not by how well some code was read.

import { type FileSource, uncancelled } from '../../server/src/base/host.ts';
import {
  type App,
  type BodyAcceptance,
  type Completeness,
  closed,
  type Exit,
  type Guard,
  type HandlerFacts,
  type ParameterRead,
  type ReadLocation,
  type Route,
} from '../../server/src/code/model.ts';
import { ContractRoom } from '../../server/src/contract/load/contracts.ts';
import type { Finding } from '../../server/src/findings/finding.ts';
import { type RuleOptions, runRules } from '../../server/src/rules/run.ts';
import { unknownShape } from '../../server/src/shape/shape.ts';
import type { Binding, Governed, WorkspaceModel } from '../../server/src/workspace/model.ts';
import { memoryFiles } from '../harness/memory-files.ts';

export const contractFile = '/workspace/openapi.yaml';
export const codeFile = '/workspace/app.ts';

/** Sixty numbered lines, so that offsets have lines to lie in: line n begins at offset 10 * (n - 1). */
const codeText = Array.from({ length: 60 }, (_, index) => `// ${String(index + 1).padStart(6, '0')}\n`).join('');

/** A place on a line of the code, counted from 1. */
export function at(line: number): { file: string; start: number; end: number } {
  return { file: codeFile, start: (line - 1) * 10 + 3, end: (line - 1) * 10 + 9 };
}

export function exit(status: number, facts: Partial<Exit> = {}): Exit {
  return { status, origin: 'handler', place: at(10), via: [], headers: [], confidence: 'proved', ...facts };
}

export function read(location: ReadLocation, name: string, facts: Partial<ParameterRead> = {}): ParameterRead {
  return {
    in: location,
    name,
    place: at(20),
    required: undefined,
    shape: unknownShape(),
    source: 'read',
    confidence: 'proved',
    via: [],
    ...facts,
  };
}

export function accepted(shape: BodyAcceptance['shape'], facts: Partial<BodyAcceptance> = {}): BodyAcceptance {
  return {
    shape,
    source: 'validator',
    required: undefined,
    place: at(30),
    mediaTypes: ['application/json'],
    confidence: 'proved',
    via: [],
    ...facts,
  };
}

export function guard(facts: Partial<Guard> = {}): Guard {
  return { kind: 'authentication', scopes: [], place: at(5), level: 'route', confidence: 'proved', ...facts };
}

export const open: Completeness = { closed: false, reason: 'request-escapes' };

/** What a test says about a handler; everything left out is empty and closed. */
export interface Served extends Partial<Omit<HandlerFacts, 'reads'>> {
  readonly parameters?: readonly ParameterRead[];
  readonly bodies?: readonly BodyAcceptance[];
  readonly completeness?: Partial<Record<ReadLocation, Completeness>>;
  readonly route?: Partial<Route>;
}

function factsOf(served: Served): HandlerFacts {
  const { parameters, bodies, completeness, route: _route, ...facts } = served;
  const everywhere = { path: closed, query: closed, header: closed, cookie: closed, body: closed, form: closed };
  return {
    reads: {
      parameters: parameters ?? [],
      bodies: bodies ?? [],
      completeness: { ...everywhere, ...completeness },
    },
    exits: [],
    exitCompleteness: closed,
    guards: [],
    guardCompleteness: closed,
    filtersResponses: false,
    files: [codeFile],
    ...facts,
  };
}

export interface Scene {
  /** The contract without its head: `paths:` and what follows. */
  readonly contract: string;
  readonly head?: string;
  /** Handlers by the route that they serve: `GET /orders/{id}`. A list stands for several registrations. */
  readonly routes?: Readonly<Record<string, Served | readonly Served[]>>;
  readonly undocumented?: Readonly<Record<string, Served>>;
  readonly governed?: Partial<Governed>;
  readonly absences?: Readonly<Record<string, Completeness>>;
  readonly options?: RuleOptions;
}

const defaultHead = 'openapi: 3.0.3\ninfo: { title: Orders, version: 1.0.0 }\n';

function routeOf(name: string, served: Served, index: number): Route {
  const [method = '', path = ''] = name.split(' ');
  let facts: HandlerFacts | undefined;
  return {
    id: `${name}#${index}`,
    app: 'app',
    method: method.toLowerCase(),
    path,
    framework: 'express',
    place: at(1),
    pathPlace: at(2),
    handlerPlace: { file: codeFile, start: 0, end: codeText.length },
    order: index,
    completeness: closed,
    unmounted: false,
    internal: false,
    mounts: [],
    facts: () => {
      facts ??= factsOf(served);
      return facts;
    },
    ...served.route,
  };
}

export function sceneFiles(scene: Scene): FileSource {
  return memoryFiles({ 'openapi.yaml': `${scene.head ?? defaultHead}${scene.contract}`, 'app.ts': codeText });
}

/** The bound model of a scene. Throws when the contract does not read, since a test with a broken contract tests nothing. */
export function modelOf(scene: Scene): WorkspaceModel {
  const [contract] = new ContractRoom().contracts(sceneFiles(scene));
  if (!contract) throw new Error('the contract of this test cannot be read');
  uncancelled.check();
  const routes = Object.entries(scene.routes ?? {}).flatMap(([name, served]) =>
    (Array.isArray(served) ? served : [served]).map((one: Served, index) => ({
      name,
      route: routeOf(name, one, index),
    })),
  );
  const bindings: Binding[] = contract.operations.map((operation) => ({
    operation,
    contract,
    routes: routes
      .filter(({ name, route }) => name === operation.key || servesKey(route, operation.key))
      .map(({ route }) => route),
    absence: scene.absences?.[operation.key],
  }));
  const undocumented = Object.entries(scene.undocumented ?? {}).map(([name, served]) => routeOf(name, served, 0));
  const app: App = {
    id: 'app',
    framework: 'express',
    place: at(1),
    folder: '/workspace',
    routes: [...routes.map(({ route }) => route), ...undocumented],
    completeness: closed,
    contractFiles: [],
  };
  const governed: Governed = {
    contract,
    role: 'owned',
    style: 'contract-first',
    apps: [app],
    bindings,
    prefix: '',
    undocumented,
    routeCompleteness: closed,
    ...scene.governed,
  };
  return { contracts: [contract], code: { apps: [app], notices: [] }, governed: [governed], bindingOfRoute: new Map() };
}

/** A test may bind a route of another method or path (`serves`) by giving it the operation's key. */
function servesKey(route: Route, key: string): boolean {
  return 'serves' in route && route.serves === key;
}

/** What is said about the two sides. A scene has only as much of a contract as it needs, which is nobody's idea of a good one. */
export function findingsOf(scene: Scene): readonly Finding[] {
  const findings = runRules(modelOf(scene), sceneFiles(scene), scene.options);
  return findings.filter((finding) => finding.family !== 'contract');
}

/** Findings as `severity rule subject`, in the order of the rules' output. */
export function told(scene: Scene): string[] {
  return findingsOf(scene).map((finding) => `${finding.severity} ${finding.rule} ${finding.subject}`);
}
