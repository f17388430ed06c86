// Holds what the rules about security say, and when they say nothing.

import { describe, expect, it } from 'vitest';
import { exit, guard, open, read, type Scene, type Served, told } from './served.ts';

const schemes =
  'components: { securitySchemes: { token: { type: http, scheme: bearer }, key: { type: apiKey, in: header, name: X-Key } } }\n';

function scene(
  security: string | undefined,
  served: Served,
  facts: { readonly schemes?: string; readonly parameters?: string } = {},
): Scene {
  const line = security === undefined ? '' : `security: ${security}, `;
  const parameters = facts.parameters ? `parameters: [{ ${facts.parameters}, schema: { type: string } }], ` : '';
  return {
    contract: `paths:\n  /orders:\n    get: { ${line}${parameters}responses: { default: { description: x } } }\n  /other:\n    get: { security: [{ token: [] }], responses: { default: { description: x } } }\n${facts.schemes ?? schemes}`,
    routes: {
      'GET /orders': { exits: [exit(200)], completeness: { header: open }, ...served },
      'GET /other': { exits: [exit(200)], guards: [guard()] },
    },
  };
}

const judge = (...args: Parameters<typeof scene>): string[] => told(scene(...args));

describe('security-guard-missing', () => {
  it('warns of a secured operation that nothing guards', () => {
    expect(judge('[{ token: [] }]', {})).toEqual(['warning security-guard-missing token']);
    expect(judge('[{ token: [] }, { key: [] }]', {})).toEqual(['warning security-guard-missing token,key']);
  });

  it.each([
    ['a guard', { guards: [guard({ kind: 'authorization' })] }],
    ['a middleware that could not be read', { guardCompleteness: open }],
    ['an answer that only a check gives', { exits: [exit(200), exit(401)] }],
    ['a secret that the handler reads itself', { parameters: [read('header', 'authorization')] }],
  ])('is silent with %s', (_, served) => {
    expect(judge('[{ token: [] }]', served)).toEqual([]);
  });

  it('is silent when the handler reads the scheme of the operation by its name', () => {
    expect(judge('[{ key: [] }]', { parameters: [read('header', 'x-key')] })).toEqual([]);
  });

  it('is silent when anonymous callers are welcome', () => {
    expect(judge('[{ token: [] }, {}]', {})).toEqual([]);
    expect(judge('[]', {})).toEqual([]);
  });

  it('does not take a glance for a guard', () => {
    expect(judge('[{ token: [] }]', { guards: [guard({ kind: 'optional-authentication' })] })).toEqual([
      'warning security-guard-missing token',
    ]);
  });

  it('supposes a gateway where the service guards nothing', () => {
    const unguarded = scene('[{ token: [] }]', {});
    const routes = { ...unguarded.routes, 'GET /other': { exits: [exit(200)], guardCompleteness: open } };
    expect(told({ ...unguarded, routes })).toEqual(['information security-guard-missing token']);
  });
});

describe('security-undeclared', () => {
  const guarded = { guards: [guard({ scheme: 'bearer' })] };

  it('tells a guard where the contract says open, and warns where it says nothing', () => {
    expect(judge('[]', guarded)).toEqual(['error security-undeclared bearer']);
    expect(judge(undefined, guarded)).toEqual(['warning security-undeclared bearer']);
  });

  it('is content with any declared security', () => {
    expect(judge('[{ key: [] }]', guarded)).toEqual([]);
    expect(judge('[{ token: [] }, {}]', guarded)).toEqual([]);
  });

  it('never takes optional authentication for security', () => {
    expect(judge('[]', { guards: [guard({ kind: 'optional-authentication' })] })).toEqual([]);
  });

  it('takes a declared parameter for a declaration', () => {
    const byKey = { guards: [guard({ scheme: 'apiKey', carrier: 'x-api-key' })], completeness: { header: open } };
    expect(judge('[]', byKey, { parameters: 'name: X-Api-Key, in: header' })).toEqual([]);
  });

  it('is no more than likely for a guard around the whole app', () => {
    expect(judge('[]', { guards: [guard({ scheme: 'bearer', level: 'app' })] })).toEqual([
      'warning security-undeclared bearer',
    ]);
  });

  it('tells a contract without any security once', () => {
    const contract =
      'paths:\n  /a:\n    get: { responses: { default: { description: x } } }\n  /b:\n    get: { responses: { default: { description: x } } }\n';
    const routes = { 'GET /a': guarded, 'GET /b': guarded };
    expect(told({ contract, routes })).toEqual(['information security-undeclared security']);
  });
});
