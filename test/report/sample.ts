// A small bound model made by hand, with findings of every kind, on which the report and its writers are tried.

import type { Place } from '../../server/src/base/place.ts';
import { type Completeness, closed, type HandlerFacts, type Route } from '../../server/src/code/model.ts';
import type { Contract, MediaType, Operation } from '../../server/src/contract/model.ts';
import type { Finding } from '../../server/src/findings/finding.ts';
import { fingerprint } from '../../server/src/findings/fingerprint.ts';
import { buildReport } from '../../server/src/report/build.ts';
import type { Presentation } from '../../server/src/report/presentation.ts';
import { stringShape, unknownShape } from '../../server/src/shape/shape.ts';
import type { Binding, WorkspaceModel } from '../../server/src/workspace/model.ts';

export const root = '/w';

export const texts: Readonly<Record<string, string>> = {
  'src/orders.ts': [
    "import { fail } from './fail.ts';",
    '',
    'export function getOrder(req, res) {',
    '\tconst order = find(req.params.id);',
    "\tif (!order) return fail(res, 404, 'none');",
    '\tres.json(order);',
    '}',
    "router.get('/orders/:id', getOrder);",
    "router.all('/admin', admin);",
    '',
  ].join('\n'),
  'openapi.yaml': [
    'openapi: 3.0.3',
    'info: { title: Orders, version: 1.2.0 }',
    'paths:',
    '  /orders/{id}:',
    '    get:',
    '      operationId: getOrder',
    '      responses:',
    "        '200': { description: fine }",
    '    delete:',
    '      responses: {}',
    '',
  ].join('\n'),
};

/** The place of the first occurrence of some words. */
export function placeOf(file: string, words: string): Place {
  const start = texts[file]!.indexOf(words);
  return { file: `${root}/${file}`, start, end: start + words.length };
}

function operation(method: string, path: string, extra: Partial<Operation> = {}): Operation {
  const place = { ...placeOf('openapi.yaml', `${method}:`), pointer: `/paths/${path.replaceAll('/', '~1')}/${method}` };
  return {
    key: `${method.toUpperCase()} ${path}`,
    method,
    path,
    deprecated: false,
    tags: [],
    place,
    pathPlace: { ...placeOf('openapi.yaml', path), pointer: `/paths/${path.replaceAll('/', '~1')}` },
    parameters: [],
    responses: [],
    responsesPlace: { ...placeOf('openapi.yaml', 'responses'), pointer: `${place.pointer}/responses` },
    security: undefined,
    securityPlace: place,
    servers: [],
    extensions: new Map(),
    complete: true,
    ...extra,
  };
}

function route(method: string, path: string, words: string, facts: HandlerFacts, order: number): Route {
  return {
    id: `app ${method} ${path}`,
    app: 'app',
    method,
    path,
    framework: 'express',
    place: placeOf('src/orders.ts', words),
    pathPlace: placeOf('src/orders.ts', words),
    order,
    completeness: closed,
    unmounted: false,
    internal: false,
    mounts: [],
    facts: () => facts,
  };
}

const facts: HandlerFacts = {
  reads: {
    parameters: [
      {
        in: 'query',
        name: 'expand',
        place: placeOf('src/orders.ts', 'req.params'),
        required: false,
        shape: unknownShape(),
        source: 'read',
        confidence: 'proved',
        via: [],
      },
    ],
    bodies: [],
    completeness: { path: closed, query: closed, header: closed, cookie: closed, body: closed, form: closed },
  },
  exits: [],
  exitCompleteness: closed,
  guards: [],
  guardCompleteness: closed,
  filtersResponses: false,
  files: ['/w/src/orders.ts'],
};

const taken: Completeness = { closed: false, reason: 'request-escapes', place: placeOf('src/orders.ts', 'find(req') };

const openFacts: HandlerFacts = {
  ...facts,
  exitCompleteness: { closed: false, reason: 'custom-error-mapper', place: placeOf('src/orders.ts', 'fail(res') },
};

const getOrder = operation('get', '/orders/{id}', { operationId: 'getOrder' });
const deleteOrder = operation('delete', '/orders/{id}');
const served = route('get', '/orders/{id}', 'router.get', facts, 1);
const admin = route('all', '/admin', 'router.all', openFacts, 0);

const contract: Contract = {
  file: '/w/openapi.yaml',
  specification: '3.0',
  specVersion: '3.0.3',
  format: 'openapi',
  title: 'Orders',
  version: '1.2.0',
  versionPlace: { ...placeOf('openapi.yaml', '1.2.0'), pointer: '/info/version' },
  servers: [],
  operations: [getOrder, deleteOrder],
  securitySchemes: new Map(),
  files: ['/w/openapi.yaml'],
  problems: [],
  incomplete: false,
  extensions: new Map(),
};

/** The model; `getOrder` is served by the given route. */
export function sampleModel(getRoute: Route = served, media?: MediaType): WorkspaceModel {
  const app = {
    id: 'app',
    framework: 'express',
    place: placeOf('src/orders.ts', 'router'),
    folder: '/w',
    routes: [getRoute, admin],
    completeness: closed,
    contractFiles: [],
  };
  const bindings: Binding[] = [
    {
      operation: media ? { ...getOrder, body: { ...bodyless, content: [media] } } : getOrder,
      contract,
      routes: [getRoute],
    },
    { operation: deleteOrder, contract, routes: [] },
  ];
  return {
    contracts: [contract],
    code: { apps: [app], notices: [] },
    governed: [
      {
        contract,
        role: 'owned',
        style: 'contract-first',
        apps: [app],
        bindings,
        prefix: '',
        undocumented: [admin],
        routeCompleteness: { closed: false, reason: 'dynamic-path' },
      },
    ],
    bindingOfRoute: new Map([[getRoute.id, bindings[0]!]]),
  };
}

const bodyless = { required: true, place: getOrder.place } as const;

/** A body that is nothing but bytes. */
export const bytes: MediaType = {
  name: 'application/octet-stream',
  base: 'application/octet-stream',
  shape: stringShape(),
  place: getOrder.place,
  examples: [],
};

/** A route that takes its body as a stream. */
export const streamRoute: Route = {
  ...served,
  facts: () => ({
    ...facts,
    reads: { ...facts.reads, completeness: { ...facts.reads.completeness, body: taken } },
  }),
};

export const openRoute: Route = { ...served, facts: () => openFacts };

function finding(rule: string, extra: Partial<Finding>): Finding {
  return {
    rule,
    family: 'statuses',
    polarity: 'witness',
    severity: 'error',
    confidence: 'proved',
    operation: 'GET /orders/{id}',
    contractRoot: '/w/openapi.yaml',
    subject: '404',
    message: 'returns 404 here, through `fail`, but `GET /orders/{id}` declares 200.',
    contract: { ...placeOf('openapi.yaml', 'responses'), pointer: '/paths/~1orders~1{id}/get/responses' },
    code: placeOf('src/orders.ts', '404'),
    related: [{ place: placeOf('src/orders.ts', 'fail(res'), message: 'calls fail' }],
    fingerprint: fingerprint(rule, 'GET /orders/{id}', extra.subject ?? '404', []),
    fixes: [
      { id: 'add-response', title: 'Declare 404', side: 'contract', safety: 'suggestion', data: { status: 404 } },
    ],
    suppressed: null,
    ...extra,
  };
}

export const sampleFindings: readonly Finding[] = [
  finding('status-undeclared', {}),
  finding('operation-undocumented', {
    severity: 'warning',
    confidence: 'likely',
    operation: null,
    subject: 'ALL /admin',
    message: 'serves <b>`ALL /admin`</b> | 100%, which no contract has: "x"',
    contract: null,
    code: placeOf('src/orders.ts', "router.all('/admin', admin)"),
    related: [],
    fixes: [],
  }),
  finding('operation-unimplemented', {
    severity: 'information',
    polarity: 'absence',
    operation: 'DELETE /orders/{id}',
    subject: 'DELETE /orders/{id}',
    code: null,
    contract: { ...placeOf('openapi.yaml', 'delete'), pointer: '/paths/~1orders~1{id}/delete' },
    related: [],
  }),
  finding('parameter-undeclared', {
    subject: 'query:expand',
    suppressed: { by: 'comment', reason: 'internal', until: '2030-01-01' },
  }),
  finding('parameter-unread', { subject: 'query:x', suppressed: { by: 'configuration', reason: null, until: null } }),
];

export function sampleReport(model: WorkspaceModel = sampleModel(), findings: readonly Finding[] = sampleFindings) {
  return buildReport({
    model,
    findings,
    root,
    textOf: (file) => texts[file.slice(root.length + 1)],
    tool: { name: 'contract-fidelity', version: '0.1.0' },
    files: 2,
    milliseconds: 12.4,
  });
}

export const presentation: Presentation = {
  textOf: (file) => texts[file],
  shown: (file) => file,
  color: false,
  rules: [
    {
      id: 'status-undeclared',
      family: 'statuses',
      polarity: 'witness',
      summary: 'A status leaves.',
      help: '# Page\n\n`x`',
    },
    {
      id: 'operation-undocumented',
      family: 'operations',
      polarity: 'witness',
      summary: 'A route is served.',
      help: '',
    },
    { id: 'operation-unimplemented', family: 'operations', polarity: 'absence', summary: 'No route serves.', help: '' },
    {
      id: 'parameter-undeclared',
      family: 'parameters',
      polarity: 'witness',
      summary: 'A parameter is read.',
      help: '',
    },
  ],
  notices: [
    { level: 'warning', message: 'a reference leads nowhere', file: 'openapi.yaml', line: 3, column: 1 },
    { level: 'note', message: 'koa has no model' },
  ],
  failOn: 'error',
  maxFindings: Number.POSITIVE_INFINITY,
};
