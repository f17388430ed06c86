// Owns the property that editing order never changes the result: a session after edits equals a cold start on the final text.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileSource } from '../../server/src/base/host.ts';
import { RuleMemory } from '../../server/src/rules/memory.ts';
import { runRules } from '../../server/src/rules/run.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { propertyRuns } from '../harness/property-runs.ts';

const contract = (status: string, field: string, path: string) => `openapi: 3.0.3
info: { title: Orders, version: 1.0.0 }
servers: [{ url: /v1 }]
paths:
  ${path}:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema:
                type: object
                required: [${field}]
                properties: { ${field}: { type: string } }
        '${status}': { description: no }
  /orders/{id}:
    delete:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '204': { description: gone } }
`;

const app = (mount: string) => `import express from 'express';
import { orders } from './orders.js';
import { handle } from './errors.js';
const app = express();
app.use('${mount}', orders);
app.use(handle);
app.listen(3000);
`;

const orders = (field: string, thrown: string) => `import { Router } from 'express';
import { find } from './service.js';
export const orders = Router();
orders.get('/orders', (req, res) => {
  const order = find(req.query.limit);
  res.json({ ${field}: order.name });
});
orders.delete('/orders/:id', (req, res) => {
  ${thrown}
  res.status(204).end();
});
`;

const service = (status: number) => `import { Refused } from './errors.js';
export function find(limit) {
  if (!limit) throw new Refused(${status}, 'no limit');
  return { name: 'first' };
}
`;

const errors = (fallback: number) => `export class Refused extends Error {
  constructor(status, message) { super(message); this.status = status; }
}
export function handle(error, req, res, next) {
  if (error instanceof Refused) { res.status(error.status).json({ message: error.message }); return; }
  res.status(${fallback}).end();
}
`;

/** Every version that each file can have: agreeing, drifting, broken, and gone. */
const versions: Readonly<Record<string, readonly (string | undefined)[]>> = {
  '/w/openapi.yaml': [
    contract('400', 'name', '/orders'),
    contract('409', 'title', '/orders'),
    contract('400', 'name', '/orderz'),
    `${contract('400', 'name', '/orders')}  /broken: [`,
    'just: text\n',
    undefined,
  ],
  '/w/package.json': ['{ "name": "orders", "dependencies": { "express": "5" } }', undefined],
  '/w/src/app.js': [app('/v1'), app('/api'), 'const app = ', undefined],
  '/w/src/orders.js': [
    orders('name', ''),
    orders('title', `if (req.params.id === 'x') { res.status(423).end(); return; }`),
    'export const orders = ;',
  ],
  '/w/src/service.js': [service(400), service(409), undefined],
  '/w/src/errors.js': [errors(500), errors(503), `export const handle = 1;`],
};
const names = Object.keys(versions);

type State = Readonly<Record<string, number>>;

function filesOf(state: State): FileSource {
  const text = (path: string) => versions[path]?.[state[path] ?? 0];
  return {
    roots: ['/w'],
    list: () => names.filter((path) => text(path) !== undefined).sort(),
    read: (path) => {
      const found = text(path);
      return found === undefined ? { failure: 'missing' } : { text: found };
    },
    exists: (path) => text(path) !== undefined,
    version: (path) => (text(path) === undefined ? undefined : `v${state[path] ?? 0}`),
  };
}

interface Session {
  readonly workspace: Workspace;
  readonly memory: RuleMemory;
}

const start = (): Session => ({ workspace: new Workspace(), memory: new RuleMemory() });

/** All that anybody can see of a workspace, facts included, as plain data. */
async function seen({ workspace, memory }: Session, state: State): Promise<unknown> {
  const files = filesOf(state);
  const model = await workspace.model(files);
  const findings = runRules(model, files, { memory });
  return {
    findings: findings.map((finding) => JSON.parse(JSON.stringify(finding))),
    contracts: model.contracts.map(({ file, problems, incomplete }) => ({
      file,
      problems: problems.length,
      incomplete,
    })),
    governed: model.governed.map((governed) => ({
      file: governed.contract.file,
      role: governed.role,
      style: governed.style,
      prefix: governed.prefix,
      bindings: governed.bindings.map(({ operation, routes }) => [
        operation.key,
        routes.map((route) => [
          route.id,
          route.place,
          route
            .facts()
            .exits.map((exit) => `${exit.status} ${exit.place.file} ${exit.place.start}`)
            .sort(),
        ]),
      ]),
      undocumented: governed.undocumented.map((route) => route.id),
      completeness: governed.routeCompleteness.closed,
    })),
  };
}

const edit = fc
  .constantFrom(...names)
  .chain((path) => fc.nat({ max: versions[path]!.length - 1 }).map((version) => ({ path, version })));

describe('editing', () => {
  it(
    'ends where a cold start on the final text ends',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 8 }), async (edits) => {
          const session = start();
          let state: State = {};
          let last = await seen(session, state);
          for (const { path, version } of edits) {
            state = { ...state, [path]: version };
            last = await seen(session, state);
          }
          expect(last).toEqual(await seen(start(), state));
        }),
        { numRuns: Number(process.env.EDITING_RUNS ?? propertyRuns(40)) },
      );
    },
    propertyRuns(60_000),
  );

  it('gives the same twice, and sees a drift come and go', async () => {
    const session = start();
    const calm = (await seen(session, {})) as { findings: unknown[] };
    expect(await seen(session, {})).toEqual(calm);
    const drifted = (await seen(session, { '/w/src/service.js': 1 })) as { findings: { rule: string }[] };
    expect(drifted.findings.map(({ rule }) => rule)).toContain('status-undeclared');
    expect(await seen(session, {})).toEqual(calm);
  });
});
