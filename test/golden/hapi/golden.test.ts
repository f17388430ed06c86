// Holds that a contract which `hapi-swagger` generates of a service agrees with it, but for what its generator cannot know.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { lineOf, Session } from '../../mutants/engine.ts';
import { generated } from './generate.ts';

const folder = `${process.cwd()}/test/golden/hapi/service`;

it('is what the generator makes of the service', async () => {
  const committed: unknown = JSON.parse(readFileSync(`${folder}/openapi.json`, 'utf8'));
  expect(committed).toEqual(JSON.parse(await generated()));
});

const gaps = [
  // The generator reads schemas, not handlers or services: what those answer is in the contract only where a schema says it.
  'error status-undeclared PUT /v1/repairs/{id}/quote 409',
  // A route without schemas of its answers is given a text, whatever it answers.
  'error error-shape-mismatch DELETE /v1/repairs/{id} 404.body',
  'warning error-shape-mismatch DELETE /v1/repairs/{id} 400.body',
  // It never says that a body must be there.
  'information body-required-mismatch POST /v1/repairs body',
  'information body-required-mismatch PUT /v1/repairs/{id}/quote body',
];

it('agrees with the service, but for what no schema says', async () => {
  const { findings, model } = await new Session(folder).check();
  expect(model.governed.flatMap((one) => one.bindings)).toHaveLength(5);
  expect(findings.map(lineOf).sort()).toEqual([...gaps].sort());
});
