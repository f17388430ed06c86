// Holds that a contract which `swagger-jsdoc` generates of a service agrees with it, but for what its comments get wrong.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { lineOf, Session } from '../../mutants/engine.ts';
import { generated } from './generate.ts';

const folder = `${process.cwd()}/test/golden/express/service`;

it('is what the generator makes of the service', () => {
  const committed: unknown = JSON.parse(readFileSync(`${folder}/openapi.json`, 'utf8'));
  expect(committed).toEqual(JSON.parse(generated()));
});

/** The generator gathers comments and looks at no code: it misses what a comment forgot, and believes what nothing does. */
const gaps = [
  'error status-undeclared POST /v1/vouchers/{code}/redemption 409',
  'information status-unreturned DELETE /v1/vouchers/{code} 423',
];

it('agrees with the service, but for what a comment forgot or made up', async () => {
  const { findings, model } = await new Session(folder).check();
  expect(model.governed.flatMap((one) => one.bindings)).toHaveLength(5);
  expect(findings.map(lineOf).sort()).toEqual([...gaps].sort());
});
