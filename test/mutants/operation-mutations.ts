// Owns the mutations of operations, paths, servers, statuses, media types and security.
// It must not know how the engine is run.

import { isNode, isolated, isSwagger, type Node, nodeAt, type Target } from './document.ts';
import { type Mutant, type Mutation, mutant } from './mutation.ts';

const isSuccess = (status: string) => status.startsWith('2');

/** A declared status that the code returns vanishes. The only success is changed by another mutation. */
export const dropStatus: Mutation = function* (document, target) {
  const { operation } = isolated(document, target);
  for (const status of Object.keys(nodeAt(operation, 'responses') ?? {})) {
    if (isSuccess(status)) continue;
    yield mutant(document, target, 'drop status', status, ['status-undeclared'], [status], (copy) => {
      delete nodeAt(copy, 'responses')![status];
    });
  }
};

/** A status appears that nothing returns. */
export const addStatus: Mutation = function* (document, target) {
  for (const status of ['410']) {
    yield mutant(document, target, 'add status', status, ['status-unreturned'], [status], (copy) => {
      nodeAt(copy, 'responses')![status] = { description: 'Gone.' };
    });
  }
};

export const changeSuccess: Mutation = function* (document, target) {
  const { operation } = isolated(document, target);
  const status = Object.keys(nodeAt(operation, 'responses') ?? {}).find(isSuccess);
  if (!status) return;
  const other = status === '200' ? '201' : '200';
  yield mutant(
    document,
    target,
    'change success status',
    `${status} to ${other}`,
    ['success-status-mismatch'],
    [status, other],
    (copy) => {
      const responses = nodeAt(copy, 'responses')!;
      responses[other] = responses[status]!;
      delete responses[status];
    },
  );
};

/** The media type of one response becomes another one. Swagger 2.0 names media types per operation. */
export const changeMediaType: Mutation = function* (document, target) {
  if (isSwagger(document)) {
    yield mutant(
      document,
      target,
      'change response media type',
      'produces application/xml',
      ['response-media-type-mismatch'],
      undefined,
      (copy) => {
        copy.produces = ['application/xml'];
      },
    );
    return;
  }
  const { operation } = isolated(document, target);
  for (const status of Object.keys(nodeAt(operation, 'responses') ?? {})) {
    const media = Object.keys(nodeAt(operation, 'responses', status, 'content') ?? {})[0];
    if (!media || (!isSuccess(status) && status !== '404')) continue;
    yield mutant(
      document,
      target,
      'change response media type',
      `${status} to application/xml`,
      ['response-media-type-mismatch'],
      [status],
      (copy) => {
        const content = nodeAt(copy, 'responses', status, 'content')!;
        content['application/xml'] = content[media]!;
        delete content[media];
      },
    );
  }
};

export const dropSecurity: Mutation = function* (document, target) {
  const { operation } = isolated(document, target);
  const effective = operation.security ?? document.security;
  if (!Array.isArray(effective)) return;
  if (effective.length > 0) {
    yield mutant(document, target, 'drop security', 'none needed', ['security-undeclared'], undefined, (copy) => {
      copy.security = [];
    });
    return;
  }
  const schemes = nodeAt(document, 'securityDefinitions') ?? nodeAt(document, 'components', 'securitySchemes') ?? {};
  const scheme = Object.keys(schemes)[0];
  if (!scheme) return;
  yield mutant(document, target, 'add security', scheme, ['security-guard-missing'], undefined, (copy) => {
    copy.security = [{ [scheme]: [] }];
  });
};

export const dropOperation: Mutation = function* (document, target) {
  const copy = structuredClone(document);
  const item = nodeAt(copy, 'paths', target.path)!;
  delete item[target.method];
  if (Object.keys(item).every((key) => key === 'parameters')) delete nodeAt(copy, 'paths')![target.path];
  yield {
    kind: 'drop operation',
    about: target.key,
    document: copy,
    expected: { rules: ['operation-undocumented'], operations: [null] },
  };
};

export const addOperation: Mutation = function* (document, target) {
  const path = `${target.path}/archive`;
  const copy = isolated(document, target);
  const operation: Node = { responses: { '200': { description: 'Archived.' } } };
  const parameters = (Array.isArray(copy.operation.parameters) ? copy.operation.parameters : [])
    .filter(isNode)
    .filter((parameter) => parameter.in === 'path');
  if (parameters.length > 0) operation.parameters = structuredClone(parameters);
  nodeAt(copy.document, 'paths')![path] = { [target.method]: operation };
  const key = `${target.method.toUpperCase()} ${path}`;
  yield {
    kind: 'add operation',
    about: key,
    document: copy.document,
    expected: { rules: ['operation-unimplemented'], operations: [key] },
  };
};

export const changeMethod: Mutation = function* (document, target) {
  const copy = isolated(document, target).document;
  const item = nodeAt(copy, 'paths', target.path)!;
  const other = ['put', 'patch'].find((method) => !(method in item));
  if (!other) return;
  item[other] = item[target.method]!;
  delete item[target.method];
  yield {
    kind: 'change method',
    about: `${target.key} to ${other.toUpperCase()}`,
    document: copy,
    expected: { rules: ['method-mismatch'], operations: [`${other.toUpperCase()} ${target.path}`, null] },
  };
};

/** The last plain segment changes: one side has an operation more, the other a route. */
export const renamePath: Mutation = function* (document, target) {
  const segments = target.path.split('/');
  const last = segments.findLastIndex((segment) => segment !== '' && !segment.includes('{'));
  if (last < 0) return;
  const path = segments.map((segment, index) => (index === last ? `${segment}-batch` : segment)).join('/');
  const copy = isolated(document, target).document;
  const paths = nodeAt(copy, 'paths')!;
  const item = nodeAt(paths, target.path)!;
  paths[path] = { [target.method]: item[target.method]! };
  delete item[target.method];
  if (Object.keys(item).length === 0) delete paths[target.path];
  const key = `${target.method.toUpperCase()} ${path}`;
  yield {
    kind: 'rename path',
    about: `${target.key} to ${path}`,
    document: copy,
    expected: { rules: ['operation-unimplemented', 'operation-undocumented'], operations: [key, null] },
  };
};

export const renamePathParameter: Mutation = function* (document, target) {
  const name = /\{(\w+)\}/.exec(target.path)?.[1];
  if (!name) return;
  const copy = isolated(document, target).document;
  const paths = nodeAt(copy, 'paths')!;
  const path = target.path.replace(`{${name}}`, '{reference}');
  const item = nodeAt(paths, target.path)!;
  const operation = nodeAt(item, target.method)!;
  const parameters = Array.isArray(operation.parameters) ? operation.parameters : [];
  for (const parameter of parameters) if (isNode(parameter) && parameter.name === name) parameter.name = 'reference';
  paths[path] = { [target.method]: operation };
  delete item[target.method];
  if (Object.keys(item).length === 0) delete paths[target.path];
  yield {
    kind: 'rename path parameter',
    about: `${target.key}: ${name} to reference`,
    document: copy,
    expected: {
      rules: ['path-parameter-renamed'],
      operations: [`${target.method.toUpperCase()} ${path}`],
      subjects: ['path:reference'],
    },
  };
};

/** Once per contract: the declared prefix becomes one that nobody serves. */
export const changeBasePath = function* (document: Node, first: Target): Iterable<Mutant> {
  const copy = structuredClone(document);
  if (isSwagger(copy)) copy.basePath = '/rest/v9';
  else copy.servers = [{ url: 'https://api.example/rest/v9' }];
  yield {
    kind: 'change base path',
    about: `to /rest/v9 (${first.path} and the others)`,
    document: copy,
    expected: { rules: ['base-path-mismatch'], operations: [null] },
  };
};
