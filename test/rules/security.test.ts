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
    expect(judge('[{ token: [] }]', guarded)).toEqual([]);
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

describe('security-scheme-mismatch', () => {
  const basic = { guards: [guard({ scheme: 'basic' })] };

  it('tells a guard that asks for something else', () => {
    expect(judge('[{ token: [] }]', basic)).toEqual(['error security-scheme-mismatch basic']);
    const byKey = { guards: [guard({ scheme: 'apiKey', carrier: 'x-other' })] };
    expect(judge('[{ key: [] }]', byKey)).toEqual(['error security-scheme-mismatch apiKey']);
    expect(judge('[{ token: [] }]', { guards: [guard({ scheme: 'basic', level: 'app' })] })).toEqual([
      'warning security-scheme-mismatch basic',
    ]);
  });

  it.each<[string, string, Served]>([
    ['the guard does not say how', '[{ token: [] }]', { guards: [guard()] }],
    ['a second guard fits', '[{ token: [] }]', { guards: [guard({ scheme: 'basic' }), guard({ scheme: 'bearer' })] }],
    [
      'one of the schemes fits',
      '[{ token: [] }, { key: [] }]',
      { guards: [guard({ scheme: 'apiKey', carrier: 'X-KEY' })] },
    ],
    ['a middleware was not understood', '[{ token: [] }]', { ...basic, guardCompleteness: open }],
    ['the scheme is read on the way', '[{ token: [] }]', { ...basic, parameters: [read('header', 'authorization')] }],
    ['the scheme is not defined', '[{ lost: [] }]', basic],
    [
      'it only lets some callers through',
      '[{ token: [] }]',
      { guards: [guard({ kind: 'authorization', scheme: 'basic' })] },
    ],
  ])('is silent when %s', (_, security, served) => {
    expect(judge(security, served)).toEqual([]);
  });
});

describe('security-scope-mismatch', () => {
  const asks = (...scopes: string[]): Served => ({ guards: [guard({ kind: 'authorization', scopes })] });

  it('weighs scopes that are asked for and not declared, and the other way round', () => {
    expect(judge("[{ token: ['read'] }]", asks('write'))).toEqual(['error security-scope-mismatch scopes']);
    expect(judge('[{ token: [] }]', asks('write'))).toEqual(['error security-scope-mismatch scopes']);
    expect(judge("[{ token: ['read', 'write'] }]", asks('write'))).toEqual(['warning security-scope-mismatch scopes']);
  });

  it('is silent where the scopes are the same, not known, or not all known', () => {
    expect(judge("[{ token: ['read'] }, { token: ['write'] }]", asks('write', 'read'))).toEqual([]);
    expect(judge("[{ token: ['read'] }]", { guards: [guard()] })).toEqual([]);
    expect(judge("[{ token: ['read', 'write'] }]", { ...asks('write'), guardCompleteness: open })).toEqual([]);
    expect(judge('[{ token: [] }, {}]', asks('write'))).toEqual([]);
  });
});
