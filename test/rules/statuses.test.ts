// Holds what the rules about statuses say, and when they say nothing.

import { describe, expect, it } from 'vitest';
import { at, exit, findingsOf, open, read, type Served, told } from './served.ts';

function contractWith(...responses: string[]): string {
  const lines = responses.map((status) => `        '${status}': { description: x }`);
  return `paths:\n  /orders/{id}:\n    get:\n      responses:\n${lines.join('\n')}\n`;
}

function judge(responses: readonly string[], served: Served): string[] {
  return told({ contract: contractWith(...responses), routes: { 'GET /orders/{id}': served } });
}

describe('status-undeclared', () => {
  it('says one sentence with both sides', () => {
    const [finding, ...others] = findingsOf({
      contract: contractWith('200', '401'),
      routes: {
        'GET /orders/{id}': {
          exits: [exit(200), exit(401), exit(404, { place: at(41), via: [{ place: at(41), what: 'calls fail' }] })],
        },
      },
    });
    expect(others).toEqual([]);
    expect(finding?.message).toBe(
      'Returns 404 here (`app.ts:41`, through `fail`), but `GET /orders/{id}` declares 200 and 401.',
    );
    expect(finding).toMatchObject({ severity: 'error', operation: 'GET /orders/{id}', subject: '404', code: at(41) });
    expect(finding?.contract?.pointer).toBe('/paths/~1orders~1{id}/get/responses');
  });

  it('offers the response with what is known of its body', () => {
    const [finding] = findingsOf({
      contract: contractWith('200'),
      routes: { 'GET /orders/{id}': { exits: [exit(200), exit(404)] } },
    });
    expect(finding?.fixes.map(({ id, data }) => ({ id, data }))).toEqual([
      {
        id: 'add-response',
        data: {
          file: '/workspace/openapi.yaml',
          pointer: '/paths/~1orders~1{id}/get',
          status: '404',
          description: 'Not found',
          root: '/workspace/openapi.yaml',
          specification: '3.0',
        },
      },
    ]);
    expect(JSON.parse(JSON.stringify(finding?.fixes))).toEqual(finding?.fixes);
  });

  it('tells one status once, the surest exit first', () => {
    const findings = findingsOf({
      contract: contractWith('200'),
      routes: {
        'GET /orders/{id}': {
          exits: [exit(200), exit(404, { place: at(12), confidence: 'likely' }), exit(404, { place: at(14) })],
        },
      },
    });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ severity: 'error', code: at(14) });
    expect(findings[0]?.related.map((one) => one.place)).toContainEqual(at(12));
  });

  it.each([['404'], ['4XX'], ['default']])('takes %s for a declaration', (declared) => {
    expect(judge(['200', declared], { exits: [exit(200), exit(404)] })).toEqual([]);
  });

  it('takes default for a declaration of successes too', () => {
    expect(judge(['default'], { exits: [exit(201)] })).toEqual([]);
  });

  it.each([[304], [405], [415], [500], [501], [101]])('never asks for %i', (status) => {
    expect(judge(['200'], { exits: [exit(200), exit(status)] })).toEqual([]);
  });

  it.each([[502], [503], [504]])('takes a chosen %i as likely at most', (status) => {
    expect(judge(['200'], { exits: [exit(200), exit(status)] })).toEqual([`warning status-undeclared ${status}`]);
    expect(judge(['200'], { exits: [exit(200), exit(status, { origin: 'middleware' })] })).toEqual([]);
  });

  it('asks for a redirect of the handler, not of what stands before it', () => {
    expect(judge(['200'], { exits: [exit(200), exit(302)] })).toEqual(['error status-undeclared 302']);
    expect(judge(['200'], { exits: [exit(200), exit(302, { origin: 'guard' })] })).toEqual([]);
  });

  it.each([['guard'], ['validator'], ['middleware']] as const)('warns of what a %s answers', (origin) => {
    expect(judge(['200'], { exits: [exit(200), exit(400, { origin })] })).toEqual(['warning status-undeclared 400']);
  });

  it('takes what a guard answers everywhere and no operation declares for one habit of the contract', () => {
    const paths = ['/a', '/b', '/c', '/d'];
    const contract = (last: string): string =>
      `paths:\n${paths
        .map((path) => `  ${path}:\n    get:\n      responses:\n        '200': { description: x }\n`)
        .join('')}${last}`;
    const routes = Object.fromEntries(
      paths.map((path) => [`GET ${path}`, { exits: [exit(200), exit(429, { origin: 'middleware' })] }]),
    );
    const severities = (last: string): string[] => [
      ...new Set(
        findingsOf({ contract: contract(last), routes })
          .filter((finding) => finding.rule === 'status-undeclared')
          .map((finding) => finding.severity),
      ),
    ];
    expect(severities('')).toEqual(['information']);
    expect(severities("  /e:\n    get:\n      responses:\n        '429': { description: x }\n")).toEqual(['warning']);
    expect(severities('  /e:\n    get:\n      responses:\n        default: { description: x }\n')).toEqual([
      'information',
    ]);
  });

  it('never asks for what the framework answers by itself', () => {
    expect(judge(['200'], { exits: [exit(200), exit(404, { origin: 'framework' })] })).toEqual([]);
  });

  it('needs no closed enumeration', () => {
    expect(judge(['200'], { exits: [exit(404)], exitCompleteness: open })).toEqual(['error status-undeclared 404']);
  });
});

describe('success-status-mismatch', () => {
  it('stands for the undeclared and the unreturned success', () => {
    expect(judge(['200'], { exits: [exit(201)] })).toEqual(['error success-status-mismatch 201']);
    expect(judge(['200', '404'], { exits: [exit(204), exit(404)] })).toEqual(['error success-status-mismatch 204']);
  });

  it('leaves several successes to the other rules', () => {
    expect(judge(['200'], { exits: [exit(200), exit(201)] })).toEqual(['error status-undeclared 201']);
    expect(judge(['200', '202'], { exits: [exit(201)] })).toEqual([
      'warning status-unreturned 200',
      'warning status-unreturned 202',
      'error status-undeclared 201',
    ]);
  });

  it('is content with a range', () => {
    expect(judge(['2XX'], { exits: [exit(201)] })).toEqual([]);
  });
});

describe('status-unreturned', () => {
  it('finds a declared status that no exit has', () => {
    expect(judge(['200', '404'], { exits: [exit(200)] })).toEqual(['information status-unreturned 404']);
    expect(judge(['200', '202'], { exits: [exit(200)] })).toEqual(['warning status-unreturned 202']);
  });

  it('is silent as soon as one exit cannot be read', () => {
    expect(judge(['200', '404'], { exits: [exit(200)], exitCompleteness: open })).toEqual([]);
    expect(judge(['200', '404'], { exits: [] })).toEqual([]);
  });

  it.each([['500'], ['405'], ['429'], ['413'], ['401'], ['403'], ['4XX'], ['default']])(
    'is silent about %s, which may come from elsewhere',
    (status) => {
      expect(judge(['200', status], { exits: [exit(200)] })).toEqual([]);
    },
  );

  it('leaves 400 to whatever parses a body', () => {
    expect(judge(['200', '400'], { exits: [exit(200)] })).toEqual(['information status-unreturned 400']);
    expect(judge(['200', '400'], { exits: [exit(200)], parameters: [read('body', 'amount')] })).not.toContain(
      'information status-unreturned 400',
    );
  });

  it('is silent when another registration returns it', () => {
    const contract = contractWith('200', '404');
    const routes = { 'GET /orders/{id}': [{ exits: [exit(200)] }, { exits: [exit(200), exit(404)] }] };
    expect(told({ contract, routes })).toEqual([]);
  });
});

describe('an operation that could not be read whole', () => {
  it('carries no finding', () => {
    const contract =
      "paths:\n  /orders/{id}:\n    get:\n      responses:\n        '200': { $ref: './missing.yaml#/nowhere' }\n";
    expect(told({ contract, routes: { 'GET /orders/{id}': { exits: [exit(200), exit(404)] } } })).toEqual([]);
  });
});
