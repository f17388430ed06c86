// Owns the mutations of what stands around the fields: places, spellings and defaults of parameters, media types, wrappers, headers,
// lists of codes, schemes and scopes. It must not know how the engine is run.

import {
  below,
  bodySchema,
  fieldsOf,
  isNode,
  isolated,
  isSwagger,
  type Node,
  nodeAt,
  parameterSchema,
  parametersOf,
  responseSchema,
  type Target,
} from './document.ts';
import { type Mutant, type Mutation, mutant } from './mutation.ts';

const isSuccess = (status: string) => status.startsWith('2');

const named = (operation: Node, parameter: Node): Node =>
  parametersOf(operation).find((other) => other.name === parameter.name && other.in === parameter.in)!;

/** A parameter of the query is declared as a header, and the other way round. */
export const moveParameter: Mutation = function* (document, target) {
  for (const parameter of parametersOf(isolated(document, target).operation)) {
    if (parameter.in !== 'query' && parameter.in !== 'header') continue;
    const other = parameter.in === 'query' ? 'header' : 'query';
    const subject = `${String(parameter.in)}:${String(parameter.name)}`;
    yield mutant(
      document,
      target,
      'move parameter',
      `${subject} to ${other}`,
      ['parameter-misplaced'],
      [subject],
      (copy) => {
        named(copy, parameter).in = other;
      },
    );
  }
};

/** `page_size` is declared as `pageSize`, and `pageSize` as `page_size`. */
export const respellParameter: Mutation = function* (document, target) {
  for (const parameter of parametersOf(isolated(document, target).operation)) {
    const name = String(parameter.name);
    const other = name.includes('_')
      ? name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
      : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (parameter.in !== 'query' || other === name) continue;
    const subject = `query:${other}`;
    yield mutant(
      document,
      target,
      'respell parameter',
      `${name} to ${other}`,
      ['parameter-name-case'],
      [subject],
      (copy) => {
        named(copy, parameter).name = other;
      },
    );
  }
};

export const changeDefault: Mutation = function* (document, target) {
  for (const parameter of parametersOf(isolated(document, target).operation)) {
    const value = parameterSchema(parameter).default;
    if (typeof value !== 'number' && typeof value !== 'string') continue;
    const subject = `${String(parameter.in)}:${String(parameter.name)}`;
    const other = typeof value === 'number' ? value + 1 : `other-${value}`;
    yield mutant(
      document,
      target,
      'change parameter default',
      `${subject} to ${other}`,
      ['parameter-default-mismatch'],
      [subject],
      (copy) => {
        parameterSchema(named(copy, parameter)).default = other;
      },
    );
  }
};

/** A body for an operation that reads none. */
export const addBody: Mutation = function* (document, target) {
  const { operation } = isolated(document, target);
  if (bodySchema(operation) || operation.requestBody || !['post', 'put', 'patch'].includes(target.method)) return;
  yield mutant(document, target, 'add body', 'body', ['body-unread'], ['body'], (copy, root) => {
    const schema: Node = { type: 'object', properties: { reason: { type: 'string' } } };
    if (isSwagger(root)) {
      const list = Array.isArray(copy.parameters) ? copy.parameters : [];
      copy.parameters = [...list, { name: 'body', in: 'body', schema }];
    } else copy.requestBody = { content: { 'application/json': { schema } } };
  });
};

/** A field that nobody reads, and fields that become the server's own. */
export const addAndKeepBodyFields: Mutation = function* (document, target) {
  const schema = bodySchema(isolated(document, target).operation);
  const properties = nodeAt(schema, 'properties');
  if (!properties) return;
  yield mutant(document, target, 'add body field', 'body.remark', ['body-field-unread'], ['body.remark'], (copy) => {
    (bodySchema(copy)!.properties as Node).remark = { type: 'string' };
  });
  for (const [name, value] of Object.entries(properties)) {
    if (!isNode(value)) continue;
    const subject = `body.${name}`;
    yield mutant(
      document,
      target,
      'keep body field to answers',
      subject,
      ['body-readonly-written'],
      [subject],
      (copy) => {
        ((bodySchema(copy)!.properties as Node)[name] as Node).readOnly = true;
      },
    );
  }
};

/** The body is declared as XML, which nothing parses. */
export const changeRequestMediaType: Mutation = function* (document, target) {
  if (isSwagger(document)) return;
  const content = nodeAt(isolated(document, target).operation, 'requestBody', 'content');
  const media = Object.keys(content ?? {})[0];
  if (!media) return;
  yield mutant(
    document,
    target,
    'change request media type',
    `${media} to application/xml`,
    ['request-media-type-mismatch'],
    ['body.content-type'],
    (copy) => {
      const changed = nodeAt(copy, 'requestBody', 'content')!;
      changed['application/xml'] = changed[media]!;
      delete changed[media];
    },
  );
};

/** The success body is declared inside of another object. */
export const wrapResponse: Mutation = function* (document, target) {
  const { operation } = isolated(document, target);
  for (const status of Object.keys(nodeAt(operation, 'responses') ?? {}).filter(isSuccess)) {
    const schema = responseSchema(operation, status);
    if (!schema || (!nodeAt(schema, 'properties') && !nodeAt(schema, 'items'))) continue;
    const subject = `${status}.body`;
    yield mutant(document, target, 'wrap response', subject, ['response-wrapped'], [subject], (copy) => {
      const bare = responseSchema(copy, status)!;
      const inner = structuredClone(bare);
      for (const key of Object.keys(bare)) delete bare[key];
      Object.assign(bare, { type: 'object', required: ['envelope'], properties: { envelope: inner } });
    });
  }
};

/** Fields of the success body become the client's own secrets. */
export const keepResponseFields: Mutation = function* (document, target) {
  if (isSwagger(document)) return;
  const { operation } = isolated(document, target);
  for (const status of Object.keys(nodeAt(operation, 'responses') ?? {}).filter(isSuccess)) {
    for (const field of fieldsOf(responseSchema(operation, status))) {
      const subject = below(`${status}.body`, field.path);
      const made = mutant(
        document,
        target,
        'keep response field to requests',
        subject,
        ['response-secret-exposed'],
        [subject],
        (copy) => {
          fieldsOf(responseSchema(copy, status)).find((other) => other.path === field.path)!.schema.writeOnly = true;
        },
      );
      yield { ...made, once: ['keep', field.name, JSON.stringify(field.owner)].join(' ') };
    }
  }
};

/** A body is promised where nothing is sent. */
export const promiseBody: Mutation = function* (document, target) {
  if (isSwagger(document)) return;
  const responses = nodeAt(isolated(document, target).operation, 'responses') ?? {};
  for (const status of Object.keys(responses).filter((one) => isSuccess(one) && one !== '204')) {
    if (nodeAt(responses, status, 'content')) continue;
    const subject = `${status}.body`;
    yield mutant(document, target, 'promise response body', subject, ['response-body-missing'], [subject], (copy) => {
      nodeAt(copy, 'responses', status)!.content = { 'application/json': { schema: { type: 'object' } } };
    });
  }
};

/** A header that nothing sets becomes required, and headers that are set vanish. */
export const changeHeaders: Mutation = function* (document, target) {
  if (isSwagger(document)) return;
  const responses = nodeAt(isolated(document, target).operation, 'responses') ?? {};
  for (const status of Object.keys(responses).filter(isSuccess)) {
    const added = `${status}.header:x-checksum`;
    yield mutant(document, target, 'require response header', added, ['header-unset'], [added], (copy) => {
      const response = nodeAt(copy, 'responses', status)!;
      response.headers = {
        ...nodeAt(response, 'headers'),
        'X-Checksum': { required: true, schema: { type: 'string' } },
      };
    });
    for (const name of Object.keys(nodeAt(responses, status, 'headers') ?? {})) {
      // With a new resource, this header means what HTTP says.
      if (name.toLowerCase() === 'location') continue;
      const subject = `${status}.header:${name.toLowerCase()}`;
      yield mutant(document, target, 'drop response header', subject, ['header-undeclared'], [subject], (copy) => {
        delete nodeAt(copy, 'responses', status, 'headers')![name];
      });
    }
  }
};

/** A list of error codes gets one that nothing answers with. Lists that operations share are changed once, for all of them. */
export const addErrorCode = function* (document: Node, _target: Target): Iterable<Mutant> {
  const copy = structuredClone(document);
  let found = false;
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item);
      return;
    }
    if (!isNode(value as Node)) return;
    const node = value as Node;
    const code = nodeAt(node, 'properties', 'code');
    if (code && Array.isArray(code.enum)) {
      code.enum = [...code.enum, 'never_sent'];
      found = true;
    }
    for (const item of Object.values(node)) visit(item);
  };
  visit(copy);
  if (!found) return;
  yield {
    kind: 'add error code',
    about: 'never_sent',
    document: copy,
    expected: { rules: ['error-code-unthrown'], operations: [null], subjects: ['code:never_sent'] },
  };
};

/** One number instead of the other in the last plain segment. */
export const misspellPath: Mutation = function* (document, target) {
  const segments = target.path.split('/');
  const last = segments.findLastIndex((segment) => segment !== '' && !segment.includes('{'));
  if (last < 0) return;
  const word = segments[last]!;
  const other = word.endsWith('s') ? word.slice(0, -1) : `${word}s`;
  const path = segments.map((segment, index) => (index === last ? other : segment)).join('/');
  const copy = isolated(document, target).document;
  const paths = nodeAt(copy, 'paths')!;
  const item = nodeAt(paths, target.path)!;
  if (path in paths) return;
  paths[path] = { [target.method]: item[target.method]! };
  delete item[target.method];
  if (Object.keys(item).length === 0) delete paths[target.path];
  const key = `${target.method.toUpperCase()} ${path}`;
  yield {
    kind: 'misspell path',
    about: `${target.key} to ${path}`,
    document: copy,
    expected: { rules: ['path-near-miss'], operations: [key], subjects: [key] },
  };
};

/** The operation asks for credentials of another kind; only where the code says which kind it takes. */
export const changeScheme: Mutation = function* (document, target) {
  const { operation } = isolated(document, target);
  const security = operation.security ?? document.security;
  if (!Array.isArray(security) || security.length === 0) return;
  yield mutant(
    document,
    target,
    'change security scheme',
    'to a cookie',
    ['security-scheme-mismatch'],
    undefined,
    (copy, root) => {
      const scheme: Node = { type: 'apiKey', in: isSwagger(root) ? 'query' : 'cookie', name: 'visitor' };
      const home = isSwagger(root) ? root : nodeAt(root, 'components')!;
      const key = isSwagger(root) ? 'securityDefinitions' : 'securitySchemes';
      home[key] = { ...nodeAt(home, key), visitor: scheme };
      copy.security = [{ visitor: [] }];
    },
  );
};

export const changeScopes: Mutation = function* (document, target) {
  const { operation } = isolated(document, target);
  const [requirement] = Array.isArray(operation.security) ? operation.security.filter(isNode) : [];
  const [name, scopes] = Object.entries(requirement ?? {})[0] ?? [];
  if (!name || !Array.isArray(scopes) || scopes.length === 0) return;
  for (const [about, other] of [
    ['another scope', ['admin:everything']],
    ['no scope', []],
    ['one scope more', [...scopes, 'admin:everything']],
  ] as const) {
    yield mutant(document, target, 'change scopes', about, ['security-scope-mismatch'], ['scopes'], (copy) => {
      copy.security = [{ [name]: [...other] }];
    });
  }
};

export const dropDeprecation: Mutation = function* (document, target) {
  if (isolated(document, target).operation.deprecated !== true) return;
  yield mutant(
    document,
    target,
    'drop deprecation',
    'deprecated',
    ['deprecation-undeclared'],
    ['deprecated'],
    (copy) => {
      delete copy.deprecated;
    },
  );
};

/** Once per contract whose answers carry its version. */
export const changeVersion = function* (document: Node, all: readonly Target[]): Iterable<Mutant> {
  const carrying = all.filter((target) =>
    Object.values(nodeAt(isolated(document, target).operation, 'responses') ?? {}).some(
      (response) => isNode(response) && nodeAt(response, 'headers', 'X-API-Version') !== undefined,
    ),
  );
  if (carrying.length === 0) return;
  const copy = structuredClone(document);
  nodeAt(copy, 'info')!.version = '9.0.0';
  yield {
    kind: 'change version',
    about: 'to 9.0.0',
    document: copy,
    expected: { rules: ['version-constant-stale'], operations: carrying.map(({ key }) => key) },
  };
};
