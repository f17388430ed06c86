// Operations of every version: methods, parameters, bodies, responses, security, servers, with their places.

import { describe, expect, it } from 'vitest';
import { contractOf, operationOf, textAt } from './workspace.ts';

const orders = `openapi: 3.0.3
info:
  title: Orders
  version: 1.10
servers:
  - url: https://{region}.example.com/{base}/v1/
    variables:
      region: { default: eu }
      base: { default: api }
security:
  - bearer: []
  - key: []
paths:
  /orders/{id}:
    parameters:
      - $ref: '#/components/parameters/Id'
      - name: trace
        in: header
        schema: { type: string }
    get:
      operationId: getOrder
      summary: One order
      tags: [orders]
      parameters:
        - name: Trace
          in: header
          required: true
          schema: { type: integer, default: 7 }
        - in: header
          name: Authorization
          schema: { type: string }
      responses:
        200:
          description: The order
          headers:
            X-Next: { required: true, schema: { type: string } }
            content-type: { schema: { type: string } }
          content:
            application/json; charset=utf-8:
              schema: { type: object }
              example: { id: 1 }
        4xx:
          $ref: '#/components/responses/Problem'
        default: { description: Anything }
        x-note: { a: 1 }
    put:
      deprecated: true
      security: []
      servers:
        - url: /admin
      requestBody:
        required: true
        content:
          Application/XML: {}
      responses: {}
      x-internal: true
components:
  parameters:
    Id: { name: id, in: path, required: true, schema: { type: string, format: uuid } }
  responses:
    Problem:
      description: A problem
      content:
        application/problem+json: { schema: { type: object } }
  securitySchemes:
    bearer: { type: http, scheme: Bearer }
    key: { type: apiKey, in: header, name: X-Key }
`;

describe('an OpenAPI 3.0 contract', () => {
  const contract = contractOf(orders);
  const get = operationOf(contract, 'GET /orders/{id}');
  const put = operationOf(contract, 'PUT /orders/{id}');

  it('has what its root says', () => {
    expect(contract).toMatchObject({
      specification: '3.0',
      specVersion: '3.0.3',
      format: 'openapi',
      title: 'Orders',
      version: '1.10',
    });
    expect(textAt(orders, contract.versionPlace)).toBe('1.10');
    expect(contract.servers.map((server) => server.basePath)).toEqual(['/api/v1']);
    expect(contract.problems).toEqual([]);
    expect(contract.incomplete).toBe(false);
    expect(contract.files).toEqual(['/w/openapi.yaml']);
  });

  it('has its operations in the order of the text, each at its method', () => {
    expect(contract.operations.map((operation) => operation.key)).toEqual(['GET /orders/{id}', 'PUT /orders/{id}']);
    expect(textAt(orders, get.place)).toBe('get');
    expect(get.place.pointer).toBe('/paths/~1orders~1{id}/get');
    expect(textAt(orders, get.pathPlace)).toBe('/orders/{id}');
    expect(get).toMatchObject({
      method: 'get',
      operationId: 'getOrder',
      summary: 'One order',
      tags: ['orders'],
      deprecated: false,
      complete: true,
    });
    expect(put.deprecated).toBe(true);
    expect(put.extensions.get('x-internal')).toBe(true);
  });

  it('lets an operation override the parameters of its path, header names in any case', () => {
    expect(get.parameters.map((parameter) => [parameter.in, parameter.name, parameter.required])).toEqual([
      ['path', 'id', true],
      ['header', 'Trace', true],
    ]);
    expect(put.parameters.map((parameter) => parameter.name)).toEqual(['id', 'trace']);
    expect(get.parameters[1]?.shape).toMatchObject({ kind: 'number', integer: true });
    expect(get.parameters[1]?.default).toBe(7);
  });

  it('says where a parameter is declared and where it is referred to', () => {
    const id = get.parameters[0]!;
    expect(textAt(orders, id.place)).toBe('Id');
    expect(textAt(orders, id.namePlace)).toBe('id');
    expect(textAt(orders, id.requiredPlace!)).toBe('true');
    expect(textAt(orders, id.schemaPlace)).toBe('schema');
    expect(textAt(orders, id.via!)).toBe("'#/components/parameters/Id'");
    expect(id.place.pointer).toBe('/components/parameters/Id');
  });

  it('has responses under their codes, ranges and default', () => {
    expect(get.responses.map((response) => response.status)).toEqual(['200', '4XX', 'default']);
    expect(get.responses.map((response) => textAt(orders, response.place))).toEqual(['200', '4xx', 'default']);
    expect(get.responses[1]).toMatchObject({ description: 'A problem' });
    expect(textAt(orders, get.responses[1]!.via!)).toBe("'#/components/responses/Problem'");
    expect(get.responses[0]!.content[0]).toMatchObject({
      name: 'application/json; charset=utf-8',
      base: 'application/json',
    });
    expect(get.responses[0]!.content[0]!.examples.map((example) => example.value)).toEqual([{ id: 1 }]);
    expect(get.responses[0]!.headers.map((header) => [header.name, header.required])).toEqual([['X-Next', true]]);
    expect(textAt(orders, get.responsesPlace)).toBe('responses');
  });

  it('has bodies whose media types may declare nothing', () => {
    expect(get.body).toBeUndefined();
    expect(put.body).toMatchObject({
      required: true,
      content: [{ name: 'Application/XML', base: 'application/xml', shape: undefined }],
    });
    expect(textAt(orders, put.body!.requiredPlace!)).toBe('true');
  });

  it('inherits security from the root unless the operation says otherwise', () => {
    expect(get.security).toEqual([[{ scheme: 'bearer', scopes: [] }], [{ scheme: 'key', scopes: [] }]]);
    expect(put.security).toEqual([]);
    expect(textAt(orders, put.securityPlace)).toBe('security');
    expect(contract.securitySchemes.get('bearer')).toMatchObject({ type: 'http', scheme: 'bearer' });
    expect(contract.securitySchemes.get('key')).toMatchObject({ type: 'apiKey', in: 'header', parameterName: 'X-Key' });
  });

  it('takes the servers of an operation before those of the root', () => {
    expect(put.servers.map((server) => server.basePath)).toEqual(['/admin']);
    expect(get.servers).toEqual([]);
  });
});

describe('a Swagger 2.0 contract', () => {
  const text = JSON.stringify(
    {
      swagger: '2.0',
      info: { title: 'Pets', version: '2' },
      host: 'example.com',
      basePath: '/v2/',
      schemes: ['http'],
      consumes: ['application/json'],
      produces: ['application/json', 'application/xml'],
      securityDefinitions: { login: { type: 'basic' } },
      paths: {
        '/pets': {
          post: {
            parameters: [
              { in: 'body', name: 'pet', required: true, schema: { $ref: '#/definitions/Pet' } },
              { in: 'query', name: 'tags', type: 'array', items: { type: 'string' }, maxItems: 3 },
            ],
            responses: {
              201: {
                description: 'Made',
                schema: { $ref: '#/definitions/Pet' },
                examples: { 'application/json': { name: 'a' } },
              },
              204: { description: 'Nothing' },
            },
          },
        },
        '/pets/{id}/photo': {
          put: {
            parameters: [
              { in: 'path', name: 'id', type: 'integer', required: true },
              { in: 'formData', name: 'photo', type: 'file', required: true },
              { in: 'formData', name: 'note', type: 'string' },
            ],
            consumes: ['multipart/form-data'],
            produces: [],
            responses: { default: { description: 'x', schema: { type: 'string' } } },
          },
        },
      },
      definitions: { Pet: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } },
    },
    null,
    2,
  );
  const contract = contractOf({ 'swagger.json': text });

  it('is read into the same model', () => {
    expect(contract).toMatchObject({ specification: '2.0', format: 'swagger', problems: [] });
    expect(contract.servers.map((server) => [server.url, server.basePath])).toEqual([
      ['http://example.com/v2/', '/v2'],
    ]);
    expect(contract.securitySchemes.get('login')).toMatchObject({ type: 'basic', scheme: 'basic' });
    expect(contract.operations.every((operation) => operation.complete)).toBe(true);
  });

  it('makes bodies of body and form parameters', () => {
    const post = operationOf(contract, 'POST /pets');
    expect(post.parameters.map((parameter) => parameter.name)).toEqual(['tags']);
    expect(post.parameters[0]!.shape).toMatchObject({ kind: 'array', maxItems: 3, items: { kind: 'string' } });
    expect(post.body).toMatchObject({
      required: true,
      content: [{ name: 'application/json', shape: { kind: 'reference', name: 'Pet' } }],
    });
    const put = operationOf(contract, 'PUT /pets/{id}/photo');
    expect(put.body?.content.map((media) => media.base)).toEqual(['multipart/form-data']);
    const form = put.body!.content[0]!.shape!;
    expect(form.kind === 'object' && [...form.fields.values()].map((field) => [field.name, field.required])).toEqual([
      ['photo', true],
      ['note', false],
    ]);
  });

  it('gives each response its schema for every media type produced', () => {
    const responses = operationOf(contract, 'POST /pets').responses;
    expect(responses[0]!.content.map((media) => media.base)).toEqual(['application/json', 'application/xml']);
    expect(responses[0]!.content[0]!.examples[0]!.value).toEqual({ name: 'a' });
    expect(responses[1]!.content).toEqual([]);
    const any = operationOf(contract, 'PUT /pets/{id}/photo').responses[0]!;
    expect(any.content.map((media) => media.base)).toEqual(['*/*']);
  });
});

describe('an OpenAPI 3.2 contract', () => {
  const text = `openapi: 3.2.0
info: { title: t, version: '1' }
paths:
  /search:
    query: { responses: { 200: { description: ok } } }
    additionalOperations:
      COPY: { responses: { 201: { description: ok } } }
    parameters:
      - { name: q, in: querystring, content: { application/x-www-form-urlencoded: { schema: { type: object } } } }
  x-not-a-path: { get: {} }
`;

  it('has the query method, additional operations and whole query strings', () => {
    const contract = contractOf(text);
    expect(contract.operations.map((operation) => operation.key)).toEqual(['QUERY /search', 'COPY /search']);
    expect(contract.operations[0]!.parameters[0]).toMatchObject({ in: 'querystring', shape: { kind: 'object' } });
    expect(contract.operations[1]!.responses[0]!.status).toBe('201');
  });

  it('knows that earlier versions have none of them', () => {
    expect(contractOf(text.replace('3.2.0', '3.1.0')).operations).toEqual([]);
  });
});
