// Holds that a contract which `@fastify/swagger` generates of a service agrees with it, but for what its generator cannot know.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { lineOf, Session } from '../../mutants/engine.ts';
import { generated } from './generate.ts';

const folder = `${process.cwd()}/test/golden/fastify/service`;

it('is what the generator makes of the service', async () => {
  const committed: unknown = JSON.parse(readFileSync(`${folder}/openapi.json`, 'utf8'));
  expect(committed).toEqual(JSON.parse(await generated()));
});

const gaps = [
  // The generator reads schemas, not hooks, error handlers or services: what those answer is in the contract only where a schema says it.
  'warning status-undeclared DELETE /v1/parcels/{id} 401',
  'error status-undeclared POST /v1/parcels/{id}/delivery 409',
  'error status-undeclared DELETE /v1/parcels/{id} 404',
  // A route without schemas of its answers is given a 200, whatever it answers.
  'error success-status-mismatch DELETE /v1/parcels/{id} 204',
];

it('agrees with the service, but for what no schema says', async () => {
  const { findings, model } = await new Session(folder).check();
  expect(model.governed.flatMap((one) => one.bindings)).toHaveLength(5);
  expect(findings.map(lineOf).sort()).toEqual([...gaps].sort());
});
