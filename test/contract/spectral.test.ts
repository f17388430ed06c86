// Spectral as we run it says what its own command line says on the same files, and never more than a workspace may ask for.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { LintAnswer, LintRequest } from '../../server/src/base/linter.ts';
import { nearestRuleset, rulesetTexts } from '../../server/src/contract/spectral/ruleset-files.ts';
import { lint } from '../../server/src/contract/spectral/run.ts';
import { isSafePath } from '../../server/src/contract/spectral/safe-path.ts';
import { project } from '../tidy/sources.ts';
import { workspaceOf } from './workspace.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const refuse = (path: string): Promise<unknown> => Promise.reject(new Error(`no code: ${path}`));

/** Ours over texts below `/w`; everything that is not a ruleset may be referred to. */
function ours(texts: Readonly<Record<string, string>>, options: Partial<LintRequest> = {}): Promise<LintAnswer> {
  const source = workspaceOf(texts);
  const ruleset = nearestRuleset('/w/openapi.yaml', source);
  const all = Object.fromEntries(Object.entries(texts).map(([path, text]) => [`/w/${path}`, text]));
  const extended = ruleset === undefined ? {} : rulesetTexts(ruleset, source);
  return lint(
    { documents: ['/w/openapi.yaml'], texts: { ...all, ...extended }, ruleset, trusted: false, ...options },
    refuse,
  );
}

interface Line {
  readonly code: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly severity: number;
  readonly range: unknown;
  readonly source: string;
}

/** What Spectral's own command line says in a folder of these files. */
function theirs(texts: Readonly<Record<string, string>>): Line[] {
  const folder = mkdtempSync(join(tmpdir(), 'fidelity-spectral-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const ruleset = Object.keys(texts).find((path) => path.startsWith('.spectral.')) ?? 'default.yaml';
  if (ruleset === 'default.yaml') writeFileSync(join(folder, ruleset), 'extends: spectral:oas\n');
  const cli = join(project, 'node_modules/@stoplight/spectral-cli/dist/index.js');
  const output = join(folder, 'out.json');
  const args = [
    cli,
    'lint',
    'openapi.yaml',
    '-r',
    ruleset,
    '-f',
    'json',
    '-o',
    output,
    '--fail-severity',
    'error',
    '-q',
  ];
  try {
    execFileSync(process.execPath, args, {
      cwd: folder,
      stdio: 'pipe',
      env: { ...process.env, SCARF_ANALYTICS: 'false' },
    });
  } catch (error) {
    // Findings end with 1; everything else is a failure of the comparison.
    if (!(error instanceof Error && 'status' in error && error.status === 1)) throw error;
  }
  const lines = JSON.parse(execFileSync('cat', [output], { encoding: 'utf8' })) as Line[];
  return lines.map((line) => ({ ...line, source: line.source.replace(`${folder}/`, '').replace(/^\/private/, '') }));
}

const levels = ['error', 'warning', 'information', 'hint'];
const asLines = (answer: LintAnswer) =>
  answer.results.map(({ rule, path, message, severity, start, end, file }) => ({
    code: rule,
    path,
    message: message.replaceAll('/w/', ''),
    severity: levels.indexOf(severity),
    range: { start, end },
    source: file.replace('/w/', ''),
  }));

const sorted = <T>(lines: readonly T[]): string[] => lines.map((line) => JSON.stringify(line)).sort();

const contract = `openapi: 3.0.3
info:
  title: Orders
  version: 1.0.0
tags: []
paths:
  /orders/{id}:
    get:
      operationId: get order
      tags: [unknown]
      parameters:
        - { name: limit, in: query, schema: { type: integer, default: many } }
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Order' }
              example: { id: 1 }
  /orders/{id}/:
    get:
      responses: { '200': { description: ok } }
  /split: { $ref: 'paths/split.yaml' }
components:
  schemas:
    Order:
      type: object
      required: [id]
      properties:
        id: { type: string, example: 5 }
    Unused: { type: array, items: { type: string, enum: [a, 1] } }
`;
const split = `get:
  operationId: split
  responses:
    '200':
      description: ok
      content:
        application/json:
          schema: { $ref: '../schemas.yaml#/Pet' }
`;
const schemas =
  'Pet:\n  type: object\n  example: { n: x }\n  properties: { n: { type: integer }, gone: { $ref: "#/Nothing" } }\n';
const files = { 'openapi.yaml': contract, 'paths/split.yaml': split, 'schemas.yaml': schemas };

describe('Spectral', () => {
  it.each([
    ['its own rules', {}],
    ['all of its rules', { '.spectral.yaml': 'extends: [[spectral:oas, all]]\n' }],
    [
      'other severities',
      {
        '.spectral.yml':
          'extends: spectral:oas\nrules:\n  operation-description: off\n  oas3-schema: warn\n  info-contact: error\n  info-description: hint\n  oas3-unused-component: info\n',
      },
    ],
    [
      'rules of its own',
      {
        '.spectral.yaml': `extends: [./base.yaml]
documentationUrl: https://example.com/rules
aliases: { Operations: ['$.paths[*][get,post]'] }
rules:
  needs-limit:
    description: Lists need a limit
    message: '{{property}} lacks it: {{error}}'
    severity: warn
    given: '#Operations'
    then: [{ field: x-limit, function: truthy }, { field: operationId, function: pattern, functionOptions: { match: '^[a-z]+$' } }]
  no-empty-tags: { given: "$.paths[?(!@property.match(/split/))][*].tags", formats: [oas3], then: { function: length, functionOptions: { min: 2 } } }
  old: { given: $, formats: [oas2], then: { field: nothing, function: truthy } }
overrides:
  - files: ['openapi.yaml#/paths/~1split']
    rules: { needs-limit: off }
`,
        'base.yaml': 'extends: ["spectral:oas"]\nrules: { operation-tags: hint }\n',
      },
    ],
    [
      'JSON, parser options and exceptions',
      {
        '.spectral.json': JSON.stringify({
          extends: 'spectral:oas',
          parserOptions: { duplicateKeys: 'error', incompatibleValues: 'hint' },
          except: { 'openapi.yaml#/info': ['info-contact'] },
        }),
      },
    ],
  ])('gives what its command line gives, with %s', async (_, ruleset: Readonly<Record<string, string>>) => {
    const texts = { ...files, ...ruleset };
    const answer = await ours(texts);
    expect(answer.problems).toEqual([]);
    const expected = theirs(texts);
    expect(expected.length).toBeGreaterThan(5);
    expect(sorted(asLines(answer))).toEqual(sorted(expected));
  });

  it('gives it for texts that are broken, of 2.0 or in JSON as well', async () => {
    for (const text of [
      'openapi: 3.0.0\ninfo: {title: t, version: 1}\npaths: {}\npaths: {}\n  broken: [\n',
      'swagger: "2.0"\ninfo: { title: t, version: "1" }\npaths:\n  /a: { get: { responses: {} } }\n',
      '{"openapi":"3.1.0","info":{"title":"t","version":"1"},"webhooks":{"a":{"post":{}}}}',
    ]) {
      expect(sorted(asLines(await ours({ 'openapi.yaml': text })))).toEqual(sorted(theirs({ 'openapi.yaml': text })));
    }
  });

  it('tells where a rule is explained', async () => {
    const { results } = await ours(files);
    expect(results.find((one) => one.rule === 'operation-description')?.documentation).toMatch(/^https:\/\//);
  });

  it('asks no other host and no other file', async () => {
    const remote = contract.replace("'paths/split.yaml'", "'http://127.0.0.1:9/x.yaml'");
    const answer = await ours({ 'openapi.yaml': remote });
    expect(answer.results.filter((one) => one.rule === 'invalid-ref').map((one) => one.message)).toEqual([
      'http://127.0.0.1:9/x.yaml is not read',
    ]);
    const outside = contract.replace("'paths/split.yaml'", "'/etc/hostname'");
    const { results } = await ours({ 'openapi.yaml': outside });
    expect(results.filter((one) => one.rule === 'invalid-ref').map((one) => one.message)).toEqual([
      // A path from the root is one below the document's folder to Spectral.
      '/w/etc/hostname is not read',
    ]);
  });
});

describe('a ruleset of a workspace that nobody trusts', () => {
  it.each([
    ['JavaScript', { '.spectral.js': 'module.exports = {};' }, /is a ruleset in JavaScript, which is only run/],
    ['a package', { '.spectral.yaml': 'extends: some-package\n' }, /is a ruleset of a package, which is only run/],
    ['a function', { '.spectral.yaml': 'functions: [mine]\nrules: {}\n' }, /is a function of a ruleset/],
    ['another host', { '.spectral.yaml': 'extends: https://example.com/rules.yaml\n' }, /nothing is fetched/],
    ['itself', { '.spectral.yaml': 'extends: ./.spectral.yaml\n' }, /extends itself/],
    ['nothing', { '.spectral.yaml': 'extends: ./nowhere.yaml\n' }, /which does not exist/],
    [
      'an unknown function',
      { '.spectral.yaml': 'rules: { a: { given: $, then: { function: eval } } }\n' },
      /no function/,
    ],
    ['broken text', { '.spectral.yaml': 'rules: [\n' }, /cannot be parsed/],
    [
      'a path that runs code',
      {
        '.spectral.yaml': `rules: { a: { given: "$[?(@.constructor.constructor('return 1')())]", then: { function: truthy } } }\n`,
      },
      /has a path that runs code/,
    ],
    [
      'a computed message',
      { '.spectral.yaml': 'rules: { a: { given: $, message: "#{{print(1)}}", then: { function: truthy } } }\n' },
      /is computed/,
    ],
  ])('is refused with %s, in one sentence', async (_, ruleset: Readonly<Record<string, string>>, message) => {
    const answer = await ours({ ...files, ...ruleset });
    expect(answer.results).toEqual([]);
    expect(answer.problems).toHaveLength(1);
    expect(answer.problems[0]).toMatch(message);
  });

  it('may run code where somebody trusts it', async () => {
    const texts = { ...files, '.spectral.js': '' };
    const module = async () => ({ default: { extends: [], rules: {} } });
    const request = { documents: ['/w/openapi.yaml'], texts: {}, ruleset: '/w/.spectral.js', trusted: true };
    expect(await lint(request, module)).toEqual({ results: [], problems: [] });
    expect(nearestRuleset('/w/openapi.yaml', workspaceOf(texts))).toBe('/w/.spectral.js');
  });

  it.each([
    '$',
    '$.paths[*][get,put]',
    '$.paths[?(@property.match(/^\\/v\\d+[/]/))]',
    "$..[?(@ && @.type === 'array')]",
    "$.paths[*][?( @property === 'get' || @property.includes('x') )]",
    "$..parameters[?(@.in == 'query' && @['x-name'] != 3)].name",
    '$.a[(@.length-1)]',
    '$..[?(@.enum && (@.enum.length > 2))]',
  ])('may look with %s', (path) => expect(isSafePath(path)).toBe(true));

  it.each([
    "$[?(@.constructor.constructor('x')())]",
    "$[?(@['constructor'])]",
    "$[?(@['con'+'structor'])]",
    '$[?(@["con\\x73tructor"])]',
    '$[?(@.\\u0063onstructor)]',
    '$[?(@[@.a])]',
    '$[?(@.a[`b`])]',
    '$[?(a => a)]',
    '$[?(@.call())]',
    "$[?(@['toString']['call'](1))]",
    '$[?((@.a)(1))]',
    '$[?(x / @[("a")] / 1)]',
    '$[?(@.__proto__)]',
    '$[?(@.map(@.b))]',
    '$[?(process.exit)]',
    '$[?(@.a',
  ])('may not look with %s', (path) => expect(isSafePath(path)).toBe(false));
});

describe('the ruleset for payments', () => {
  const paid = `openapi: 3.0.3
info: { title: Pay, version: 1.0.0 }
paths:
  /payments/{card_number}:
    post:
      operationId: createPayment
      deprecated: true
      parameters: [{ name: cvv, in: query, schema: { type: string } }]
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                amount: { type: number }
                fee: { type: object, properties: { fee_amount: { type: integer } } }
      responses:
        '200': { description: ok, content: { application/json: { schema: { type: object, properties: { cvc: { type: string }, currency: { type: string } } } } } }
        '400': { description: bad }
        '429': { description: slow down }
  /refunds:
    post:
      parameters: [{ name: Idempotency-Key, in: header, schema: { type: string } }]
      responses: { '201': { description: made } }
  /transfers/list:
    post: { responses: { '200': { description: ok } } }
`;
  const asked = { '.spectral.yaml': 'extends: contract-fidelity/payments\n' };

  it('finds what a payment API should declare, at its place', async () => {
    const answer = await ours({ 'openapi.yaml': paid, ...asked });
    expect(answer.problems).toEqual([]);
    expect(answer.results.map((one) => `${one.rule} ${one.path.join('/')}`).sort()).toEqual([
      'pay-card-data-in-response paths//payments/{card_number}/post/responses/200/content/application/json/schema/properties/cvc',
      'pay-card-data-in-url paths//payments/{card_number}',
      'pay-card-data-in-url paths//payments/{card_number}/post/parameters/0',
      'pay-currency-missing paths//payments/{card_number}/post/requestBody/content/application/json/schema/properties/amount',
      'pay-currency-missing paths//payments/{card_number}/post/requestBody/content/application/json/schema/properties/fee/properties/fee_amount',
      'pay-currency-unconstrained paths//payments/{card_number}/post/responses/200/content/application/json/schema/properties/currency',
      'pay-error-model-weak paths//payments/{card_number}/post/responses/400',
      'pay-idempotency-conflict-undeclared paths//refunds/post',
      'pay-idempotency-key-unbounded paths//refunds/post/parameters/0',
      'pay-idempotency-undeclared paths//payments/{card_number}/post',
      'pay-money-floating-point paths//payments/{card_number}/post/requestBody/content/application/json/schema/properties/amount',
      'pay-rate-limit-undeclared paths//payments/{card_number}/post/responses/429',
      'pay-sunset-incomplete paths//payments/{card_number}/post',
    ]);
  });

  it('is silent about a contract that declares it', async () => {
    const sound = `openapi: 3.0.3
info: { title: Pay, version: 1.0.0 }
paths:
  /payments:
    post:
      parameters: [{ name: Idempotency-Key, in: header, required: true, schema: { type: string, maxLength: 64 } }]
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                amount: { type: integer }
                currency: { type: string, pattern: '^[A-Z]{3}$' }
      responses:
        '201': { description: made }
        '409': { description: used, content: { application/problem+json: { schema: { type: object, properties: { code: { type: string } } } } } }
        '429': { description: slow down, headers: { Retry-After: { schema: { type: integer } } } }
`;
    expect((await ours({ 'openapi.yaml': sound, ...asked })).results).toEqual([]);
  });
});
