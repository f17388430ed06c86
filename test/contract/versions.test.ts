// What each version of the specification adds arrives in one model, with its place.

import { describe, expect, it } from 'vitest';
import { ContractRoom } from '../../server/src/contract/load/contracts.ts';
import { resolveShape, type Shape } from '../../server/src/shape/shape.ts';
import { contractOf, operationOf, textAt, workspaceOf } from './workspace.ts';

const fieldsOf = (shape: Shape): readonly string[] => {
  const resolved = resolveShape(shape);
  return resolved.kind === 'object' ? [...resolved.fields.keys()] : [];
};

const info = 'info: { title: t, version: "1" }\n';

describe('events', () => {
  const webhooks = (key: string, version: string): string =>
    `openapi: ${version}\n${info}${key}:\n  orderPaid:\n    post:\n      requestBody: { content: { application/json: { schema: { type: object } } } }\n      responses: { 200: { description: ok } }\n`;

  it.each([
    ['webhooks', '3.1.0'],
    ['x-webhooks', '3.0.3'],
  ])('are the entries of %s in %s, also where there are no paths', (key, version) => {
    const text = webhooks(key, version);
    const contract = contractOf(text);
    expect(contract.operations).toEqual([]);
    expect(contract.events).toMatchObject([{ kind: 'webhook', name: 'orderPaid', operation: { method: 'post' } }]);
    expect(textAt(text, contract.events![0]!.place)).toBe('orderPaid');
    expect(contract.events![0]!.operation?.body?.content[0]?.base).toBe('application/json');
  });

  it('are the callbacks of an operation, behind references too', () => {
    const text = `openapi: 3.0.0
${info}paths:
  /subscribe:
    post:
      callbacks:
        paid:
          '{$request.body#/url}':
            post: { responses: { 200: { description: ok } } }
        shared: { $ref: '#/components/callbacks/Shared' }
      responses: { 201: { description: made } }
components:
  callbacks:
    Shared:
      '{$request.query.url}':
        put: { responses: { 204: { description: ok } } }
`;
    const operation = operationOf(contractOf(text), 'POST /subscribe');
    expect(operation.callbacks?.map((one) => [one.name, one.operation?.key, one.owner?.key])).toEqual([
      ['paid', 'POST {$request.body#/url}', 'POST /subscribe'],
      ['shared', 'PUT {$request.query.url}', 'POST /subscribe'],
    ]);
    expect(contractOf(text).operations).toHaveLength(1);
  });

  it('are schemas that a vendor marks as such', () => {
    const text = `openapi: 3.0.0\n${info}paths: {}\ncomponents:\n  schemas:\n    Paid: { type: object, x-webhook: { event: order.paid, scopes: [] } }\n    Other: { type: object }\n`;
    expect(contractOf(text).events).toMatchObject([{ kind: 'schema', name: 'order.paid' }]);
  });
});

describe('OpenAPI 3.2', () => {
  const text = `openapi: 3.2.0
$self: https://example.com/apis/orders.yaml
${info}tags:
  - { name: orders, summary: Orders, kind: nav }
  - { name: refunds, parent: orders }
paths:
  /events:
    query:
      responses:
        200:
          description: a stream
          content:
            text/event-stream:
              itemSchema: { $ref: 'https://example.com/apis/orders.yaml#/components/schemas/Event' }
    additionalOperations:
      PURGE: { responses: { 204: { description: gone } } }
  /other:
    get:
      responses:
        200: { description: ok, content: { application/json: { schema: { $ref: 'https://example.com/apis/shared.yaml#/Money' } } } }
components:
  schemas:
    Event: { type: object, properties: { id: { type: string } } }
`;
  const shared = 'Money: { type: integer }\n';

  it('has queries, additional operations and streams of items', () => {
    const contract = contractOf({ 'orders.yaml': text, 'shared.yaml': shared });
    expect(contract.operations.map((operation) => operation.key)).toEqual([
      'QUERY /events',
      'PURGE /events',
      'GET /other',
    ]);
    const media = operationOf(contract, 'QUERY /events').responses[0]!.content[0]!;
    expect(media.shape).toBeUndefined();
    expect(fieldsOf(media.itemShape!)).toEqual(['id']);
  });

  it('calls itself by its own URI, and its neighbours by theirs', () => {
    const contract = contractOf({ 'orders.yaml': text, 'shared.yaml': shared });
    expect(contract.problems).toEqual([]);
    expect(contract.files).toEqual(['/w/orders.yaml', '/w/shared.yaml']);
    const shape = operationOf(contract, 'GET /other').responses[0]!.content[0]!.shape!;
    expect(resolveShape(shape)).toMatchObject({ kind: 'number', integer: true });
  });

  it('says of a neighbour that is not there that it is elsewhere', () => {
    expect(contractOf({ 'orders.yaml': text }).problems).toMatchObject([{ kind: 'remote-reference' }]);
  });

  it('groups tags', () => {
    expect(contractOf({ 'orders.yaml': text, 'shared.yaml': shared }).tags).toMatchObject([
      { name: 'orders', description: 'Orders', kind: 'nav' },
      { name: 'refunds', parent: 'orders' },
    ]);
  });
});

describe('JSON Schema 2020-12', () => {
  const withSchema = (schema: string, components: string): string =>
    `openapi: 3.1.0\n${info}paths:\n  /a:\n    get:\n      responses:\n        200: { description: ok, content: { application/json: { schema: ${schema} } } }\ncomponents:\n  schemas:\n${components}`;
  const shapeOf = (text: string) => {
    const contract = contractOf(text);
    const shape = resolveShape(operationOf(contract, 'GET /a').responses[0]!.content[0]!.shape!);
    return { shape, problems: contract.problems.map((problem) => problem.message) };
  };

  it.each([
    [
      'an $id',
      "{ $ref: 'https://example.com/pet' }",
      '    Pet: { $id: https://example.com/pet, type: object, properties: { n: { type: string } } }\n',
    ],
    [
      'a pointer below an $id',
      "{ $ref: 'https://example.com/pet#/$defs/N' }",
      '    Pet: { $id: https://example.com/pet, $defs: { N: { type: object, properties: { n: { type: string } } } } }\n',
    ],
    [
      'an anchor at any depth',
      "{ $ref: '#name' }",
      '    Pet: { properties: { x: { $anchor: name, type: object, properties: { n: { type: string } } } } }\n',
    ],
    [
      'an anchor in a resource',
      "{ $ref: 'https://example.com/pet#name' }",
      '    Pet: { $id: https://example.com/pet, $defs: { N: { $anchor: name, type: object, properties: { n: { type: string } } } } }\n',
    ],
    [
      'a local reference inside of a resource',
      "{ $ref: '#/components/schemas/Pet' }",
      "    Pet: { $id: https://example.com/pet, $ref: '#/$defs/N', $defs: { N: { type: object, properties: { n: { type: string } } } } }\n",
    ],
    [
      'the only dynamic anchor',
      '{ $dynamicRef: "#node" }',
      '    Node: { $dynamicAnchor: node, type: object, properties: { n: { type: string } } }\n',
    ],
  ])('resolves %s', (_, schema, components) => {
    const { shape, problems } = shapeOf(withSchema(schema, components));
    expect(problems).toEqual([]);
    expect(fieldsOf(shape)).toEqual(['n']);
  });

  it('knows nothing of a dynamic anchor that several schemas have', () => {
    const { shape } = shapeOf(
      withSchema(
        '{ $dynamicRef: "#node" }',
        '    A: { $dynamicAnchor: node, type: object }\n    B: { $dynamicAnchor: node, type: string }\n',
      ),
    );
    expect(shape).toMatchObject({ kind: 'unknown', reason: 'dynamic reference' });
  });

  it('reports an anchor that nothing has', () => {
    const { problems } = shapeOf(withSchema("{ $ref: '#nowhere' }", '    A: { $anchor: somewhere }\n'));
    expect(problems).toEqual(['Nothing in the document has the anchor "nowhere"']);
  });

  it('takes a property of that name for what it is', () => {
    const { shape, problems } = shapeOf(
      withSchema(
        "{ $ref: '#/components/schemas/A' }",
        '    A: { type: object, properties: { $id: { type: string } } }\n',
      ),
    );
    expect(problems).toEqual([]);
    expect(fieldsOf(shape)).toEqual(['$id']);
  });
});

describe('parts of a contract', () => {
  const part = (path: string, schema: string): string =>
    JSON.stringify({
      paths: {
        [path]: {
          get: {
            responses: { 200: { description: 'ok', content: { 'application/json': { schema: { $ref: schema } } } } },
          },
        },
      },
    });
  const texts = {
    'src/a.openapi.json': part('/a', '#/components/schemas/A'),
    'src/b.openapi.yaml':
      'paths:\n  /b:\n    get: { responses: { 200: { description: ok } } }\ncomponents:\n  schemas:\n    A: { type: string }\n',
    'src/other.json': '{"name":"no contract"}',
  };
  const named = [(path: string) => path.startsWith('/w/src/')];

  it('are no contract on their own', () => {
    expect(new ContractRoom().contracts(workspaceOf(texts))).toEqual([]);
  });

  it('are one contract when they are named', () => {
    const contracts = new ContractRoom().contracts(workspaceOf(texts), { named });
    expect(contracts).toHaveLength(1);
    const [contract] = contracts;
    expect(contract).toMatchObject({ partial: true, file: '/w/src/a.openapi.json', problems: [], incomplete: false });
    expect(contract!.operations.map((operation) => operation.key)).toEqual(['GET /a', 'GET /b']);
    expect(contract!.files).toEqual(['/w/src/a.openapi.json', '/w/src/b.openapi.yaml']);
    // What they refer to may stand in each other, since they are put together before anybody reads them.
    const shape = operationOf(contract!, 'GET /a').responses[0]!.content[0]!.shape!;
    expect(resolveShape(shape)).toMatchObject({ kind: 'string' });
    expect(contract!.operations[1]!.place.file).toBe('/w/src/b.openapi.yaml');
  });

  it('stay what they are while one of them changes, and the others are not read again', () => {
    const room = new ContractRoom();
    room.contracts(workspaceOf(texts), { named });
    const edited = workspaceOf({ ...texts, 'src/a.openapi.json': part('/c', '#/nothing') });
    const [contract] = room.contracts(edited, { named });
    expect(contract!.operations.map((operation) => operation.key)).toEqual(['GET /c', 'GET /b']);
    expect(contract!.problems).toMatchObject([{ kind: 'unresolved-reference' }]);
    const again = workspaceOf({ ...texts, 'src/a.openapi.json': part('/c', '#/nothing') });
    expect(room.contracts(again, { named })[0]).toBe(contract);
  });

  it('leave a whole contract among them alone', () => {
    const whole = `openapi: 3.0.0\n${info}paths: { /w: { get: { responses: {} } } }\n`;
    const contracts = new ContractRoom().contracts(workspaceOf({ ...texts, 'src/whole.yaml': whole }), { named });
    expect(contracts.map((contract) => contract.operations.map((operation) => operation.key))).toEqual([
      ['GET /a', 'GET /b'],
      ['GET /w'],
    ]);
  });

  it('are one contract when several of them are chosen by hand', () => {
    const roots = ['/w/src/a.openapi.json', '/w/src/b.openapi.yaml'];
    const contracts = new ContractRoom().contracts(workspaceOf(texts), { roots });
    expect(contracts.map((contract) => contract.operations.map((operation) => operation.key))).toEqual([
      ['GET /a', 'GET /b'],
    ]);
  });

  it('are a supplement when they leave out the parameters of their own paths', () => {
    const declared = 'parameters: [{ name: id, in: path, required: true, schema: { type: string } }], ';
    const supplement = (parameters: string) => {
      const text = `paths:\n  /a/{id}:\n    get: { ${parameters}responses: { 200: { description: ok } } }\n`;
      const [contract] = new ContractRoom().contracts(workspaceOf({ 'src/x.yaml': text }), { named });
      return contract!.supplement;
    };
    expect(supplement('')).toBe(true);
    expect(supplement(declared)).toBe(false);
    const [plain] = new ContractRoom().contracts(workspaceOf(texts), { named });
    expect(plain!.supplement).toBe(false);
  });
});
