// Holds what the rules about empty answers, headers, wrappers, secrets, errors and their codes say, and when they say nothing.

import { describe, expect, it } from 'vitest';
import type { Exit } from '../../server/src/code/model.ts';
import {
  arrayShape,
  booleanShape,
  numberShape,
  objectShape,
  type Shape,
  stringShape,
  union,
  unknownShape,
} from '../../server/src/shape/shape.ts';
import { at, exit, findingsOf, open, type Served, told } from './served.ts';

const text = stringShape();
const constant = (...values: string[]): Shape => stringShape(undefined, { values });

function object(fields: Record<string, Shape>): Shape {
  return objectShape(
    Object.entries(fields).map(([name, shape]) => ({ name, shape, required: true })),
    'none',
  );
}

const json = (schema: string): string => `content: { application/json: { schema: { ${schema} } } }`;

/** One operation with the given responses, and one route. */
function judge(responses: string, exits: readonly Exit[], served: Served = {}, method = 'get'): string[] {
  const contract = `paths:\n  /orders:\n    ${method}:\n      responses:\n        ${responses}\n`;
  return told({ contract, routes: { [`${method.toUpperCase()} /orders`]: { exits, ...served } } });
}

const sends = (status: number, body: Shape, facts: Partial<Exit> = {}): Exit =>
  exit(status, { body, mediaType: 'application/json', ...facts });

describe('response-body-missing', () => {
  const declared = `'200': { description: x, ${json('type: object')} }`;

  it('tells an empty success', () => {
    expect(judge(declared, [exit(200, { empty: true })])).toEqual(['error response-body-missing 200.body']);
    expect(judge(declared, [exit(200, { empty: true })], { exitCompleteness: open })).toEqual([
      'warning response-body-missing 200.body',
    ]);
  });

  it.each<[string, string, Exit]>([
    ['nobody knows what is sent', declared, exit(200)],
    ['no body is declared', "'200': { description: x }", exit(200, { empty: true })],
    ['the default has a body', `default: { description: x, ${json('type: object')} }`, exit(200, { empty: true })],
    ['a middleware answers', declared, exit(200, { empty: true, origin: 'middleware' })],
  ])('is silent when %s', (_, responses, sent) => {
    expect(judge(responses, [sent])).toEqual([]);
  });

  it('is silent for HEAD', () => {
    expect(judge(declared, [exit(200, { empty: true })], {}, 'head')).toEqual([]);
  });
});

describe('status-body-forbidden', () => {
  const declared = "'204': { description: x }";

  it('tells a body that never arrives', () => {
    expect(judge(declared, [sends(204, object({ ok: booleanShape() }))])).toEqual([
      'warning status-body-forbidden 204.body',
    ]);
    expect(judge(`'204': { description: x, ${json('type: object')} }`, [sends(204, object({ ok: text }))])).toEqual([
      'error status-body-forbidden 204.body',
    ]);
  });

  it.each([
    ['nothing is sent', exit(204, { empty: true })],
    ['an empty text is sent', sends(204, constant(''))],
    ['an empty object is sent', sends(204, object({}))],
    ['nobody knows what is sent', sends(204, unknownShape())],
  ])('is silent when %s', (_, sent) => {
    expect(judge(declared, [sent])).toEqual([]);
  });
});

describe('header-undeclared and header-unset', () => {
  const declared = "'200': { description: x, headers: { X-Total: { required: true, schema: { type: integer } } } }";
  const header = (name: string) => [{ name, place: at(11) }];

  it('tell a header that is set and not declared, and one that is required and never set', () => {
    const closedHeaders = { headerCompleteness: { closed: true as const } };
    expect(judge(declared, [exit(200, { headers: header('x-cursor') })], closedHeaders)).toEqual([
      'warning header-unset 200.header:x-total',
      'warning header-undeclared 200.header:x-cursor',
    ]);
    expect(judge(declared, [exit(200, { headers: header('x-total') })], closedHeaders)).toEqual([]);
  });

  it('is content with headers of HTTP, and takes headers that no operation declares lightly', () => {
    const none = "'200': { description: x }";
    for (const name of ['etag', 'x-request-id', 'ratelimit-limit', 'access-control-allow-origin', 'set-cookie'])
      expect(judge(none, [exit(200, { headers: header(name) })]), name).toEqual([]);
    expect(judge("'201': { description: x }", [exit(201, { headers: header('location') })])).toEqual([]);
    expect(judge(none, [exit(200, { headers: header('x-cursor') })])).toEqual([
      'information header-undeclared 200.header:x-cursor',
    ]);
  });

  it.each<[string, Served]>([
    ['headers are not modelled', {}],
    ['some headers are not known', { headerCompleteness: open }],
    ['some answers are not known', { headerCompleteness: { closed: true }, exitCompleteness: open }],
  ])('never miss a header where %s', (_, served) => {
    expect(judge(declared, [exit(200)], served)).toEqual([]);
  });
});

describe('response-wrapped', () => {
  const list = 'type: array, items: { type: object, required: [id], properties: { id: { type: string } } }';
  const wrapped = (name: string) => `type: object, required: [${name}], properties: { ${name}: { ${list} } }`;
  const order = object({ id: text });
  const answer = (schema: string, body: Shape) =>
    judge(`'200': { description: x, ${json(schema)} }`, [sends(200, body)]);

  it('tells a wrapper on either side, once', () => {
    expect(answer(list, object({ data: arrayShape(order), total: numberShape() }))).toEqual([
      'error response-wrapped 200.body',
    ]);
    expect(answer(wrapped('orders'), arrayShape(order))).toEqual(['error response-wrapped 200.body']);
    const one = 'type: object, required: [id], properties: { id: { type: string } }';
    expect(answer(one, object({ order }))).toEqual(['error response-wrapped 200.body']);
  });

  it('leaves objects alone that share a name, and lists of something else', () => {
    const one = 'type: object, required: [id], properties: { id: { type: string } }';
    expect(answer(one, object({ id: text, parent: order }))).toEqual([
      'information response-field-undeclared 200.body.parent',
    ]);
    expect(answer(list, object({ data: arrayShape(object({ name: text })) }))).toEqual([
      'error response-type-mismatch 200.body',
    ]);
  });
});

describe('response-secret-exposed', () => {
  const schema = 'type: object, properties: { name: { type: string }, password: { type: string, writeOnly: true } }';
  const answer = (body: Shape, served: Served = {}) =>
    judge(`'200': { description: x, ${json(schema)} }`, [sends(200, body)], served);

  it('tells what is kept to requests, and passwords by their names', () => {
    expect(answer(object({ password: text }))).toEqual(['error response-secret-exposed 200.body.password']);
    for (const name of ['passwordHash', 'password_hash', 'hashedPassword', 'encrypted_password', 'salt'])
      expect(answer(object({ [name]: text })), name).toEqual([`warning response-secret-exposed 200.body.${name}`]);
  });

  it('does not take other names, flags and constants for secrets', () => {
    for (const name of ['hash', 'token', 'passwordUpdatedAt', 'passport', 'bypass'])
      expect(answer(object({ [name]: text })), name).toEqual([
        `information response-field-undeclared 200.body.${name}`,
      ]);
    const flags = object({ hashedPassword: booleanShape(), pwd: constant('***') });
    expect(answer(flags).every((line) => line.startsWith('information response-field-undeclared'))).toBe(true);
  });

  it('trusts a schema in the code that strips what it does not name', () => {
    expect(answer(object({ passwordHash: text }), { filtersResponses: true })).toEqual([]);
  });
});

describe('error-shape-mismatch and error-code-undeclared', () => {
  const schema =
    'type: object, required: [code, message], properties: { code: { type: string, enum: [gone, locked] }, message: { type: string } }';
  const answer = (...exits: Exit[]) =>
    judge(`4XX: { description: x, ${json(schema)} }`, exits, { exitCompleteness: open });

  it('tells all that is wrong with one body once', () => {
    expect(answer(sends(404, object({ error: text, detail: text })))).toEqual(['error error-shape-mismatch 404.body']);
    const [finding] = findingsOf({
      contract: `paths:\n  /orders:\n    get:\n      responses:\n        4XX: { description: x, ${json(schema)} }\n`,
      routes: { 'GET /orders': { exits: [sends(404, object({ error: text }))] } },
    });
    expect(finding?.message).toContain('leaves out `code` and `message` and adds `error`');
  });

  it('joins statuses whose bodies are made in one place, and keeps others apart', () => {
    const body = object({ error: text });
    expect(answer(sends(404, body), sends(409, body))).toEqual(['error error-shape-mismatch 404.body']);
    expect(answer(sends(404, body), sends(409, body, { place: at(14) }))).toEqual([
      'error error-shape-mismatch 404.body',
      'error error-shape-mismatch 409.body',
    ]);
  });

  it('keeps the code apart, and leaves computed codes alone', () => {
    expect(answer(sends(404, object({ code: constant('missing'), message: text })))).toEqual([
      'error error-code-undeclared 404.body.code',
    ]);
    expect(answer(sends(404, object({ code: constant('gone', 'missing'), message: text })))).toEqual([
      'warning error-code-undeclared 404.body.code',
    ]);
    expect(answer(sends(404, object({ code: text, message: text })))).toEqual([]);
  });
});

describe('error-code-unthrown', () => {
  const schema = 'type: object, properties: { code: { type: string, enum: [gone, locked] } }';
  const responses = `'200': { description: x }\n        4XX: { description: x, ${json(schema)} }`;
  const gone = sends(404, object({ code: constant('gone') }));

  it('tells a code that no answer has', () => {
    expect(judge(responses, [exit(200), gone])).toEqual(['information error-code-unthrown code:locked']);
    const both = sends(409, object({ code: constant('locked') }));
    expect(judge(responses, [exit(200), gone, both])).toEqual([]);
  });

  it.each<[string, Exit[], Served]>([
    ['a code is computed', [gone, sends(409, object({ code: text }))], {}],
    ['an error has no body that is known', [gone, exit(409)], {}],
    ['an answer is not known', [gone], { exitCompleteness: open }],
    ['no error is answered', [exit(200)], {}],
    ['one value of several may be sent', [gone, sends(409, object({ code: union([constant('locked'), text]) }))], {}],
  ])('is silent when %s', (_, exits, served) => {
    expect(judge(responses, exits, served)).toEqual([]);
  });

  it('is silent where a code was renamed, which the other rule tells', () => {
    expect(judge(responses, [exit(200), sends(404, object({ code: constant('missing') }))])).toEqual([
      'error error-code-undeclared 404.body.code',
    ]);
  });

  it('judges one list over all operations that share it', () => {
    const contract = `paths:\n  /orders:\n    get:\n      responses:\n        ${responses}\n  /items:\n    get:\n      responses:\n        ${responses}\n`;
    const locked = sends(409, object({ code: constant('locked') }));
    expect(told({ contract, routes: { 'GET /orders': { exits: [gone] }, 'GET /items': { exits: [locked] } } })).toEqual(
      [],
    );
    expect(told({ contract, routes: { 'GET /orders': { exits: [gone] }, 'GET /items': { exits: [gone] } } })).toEqual([
      'information error-code-unthrown code:locked',
    ]);
  });
});

describe('status-forwarded', () => {
  const forwarded = [{ place: at(12), via: [], client: 'fetch' }];

  it('is a fact for the report, unless the contract takes any error', () => {
    expect(judge("'200': { description: x }", [exit(200)], { forwarded })).toEqual([
      'information status-forwarded forwarded',
    ]);
    expect(judge('default: { description: x }', [exit(200)], { forwarded })).toEqual([]);
    const ranges = "'200': { description: x }\n        4XX: { description: x }\n        5XX: { description: x }";
    expect(judge(ranges, [exit(200)], { forwarded })).toEqual([]);
  });
});

describe('deprecation-undeclared, version-constant-stale and documentation-mismatch', () => {
  const ok = "'200': { description: x }";
  const header = (name: string, value?: string) => [{ name, place: at(11), value }];

  it('tell what headers announce', () => {
    expect(judge(ok, [exit(200, { headers: header('deprecation', 'true') })])).toEqual([
      'warning deprecation-undeclared deprecated',
    ]);
    expect(judge(ok, [exit(200, { headers: header('deprecation', 'false') })])).toEqual([]);
    const some = [exit(200, { headers: header('sunset') }), exit(200, { place: at(13) })];
    expect(judge(ok, some)).toEqual([]);
  });

  it('take a comment lightly', () => {
    expect(judge(ok, [exit(200)], { route: { deprecated: at(9) } })).toEqual([
      'information deprecation-undeclared deprecated',
    ]);
  });

  it.each([
    ['1.0.0', []],
    ['v1', []],
    ['1.0', []],
    ['2024-01-01', []],
    ['stable', []],
    ['2', ['information version-constant-stale header:x-api-version']],
    ['1.1.0', ['information version-constant-stale header:x-api-version']],
  ])('compare the version %s with 1.0.0', (value, expected) => {
    const declared = "'200': { description: x, headers: { X-API-Version: { schema: { type: string } } } }";
    expect(judge(declared, [exit(200, { headers: header('x-api-version', value) })])).toEqual(expected);
  });

  it('leave to the rules of statuses what the contract lacks as well', () => {
    const documentation = { statuses: [{ status: 200, place: at(3) }] };
    const exits = [exit(200), exit(404)];
    const declared = `${ok}\n        '404': { description: x }`;
    expect(judge(declared, exits, { route: { documentation } })).toEqual([
      'information documentation-mismatch documented:404',
    ]);
    expect(judge(ok, exits, { route: { documentation } })).toEqual(['error status-undeclared 404']);
  });

  it('tell a documented status that never comes', () => {
    const documentation = { statuses: [200, 409].map((status) => ({ status, place: at(3) })) };
    expect(judge(ok, [exit(200)], { route: { documentation } })).toEqual([
      'information documentation-mismatch documented:409',
    ]);
    expect(judge(ok, [exit(200)], { route: { documentation }, exitCompleteness: open })).toEqual([]);
  });
});
