// Holds that a contract which `@hono/zod-openapi` generates of a service agrees with it, but for what its generator cannot know.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { lineOf, Session } from '../../mutants/engine.ts';
import { generated } from './generate.ts';

const folder = `${process.cwd()}/test/golden/hono/service`;

it('is what the generator makes of the service', () => {
  const committed: unknown = JSON.parse(readFileSync(`${folder}/openapi.json`, 'utf8'));
  expect(committed).toEqual(JSON.parse(generated()));
});

/** The generator takes a description's word for a status that no code answers; an id that may be any text is never refused. */
const gaps = [
  'information status-unreturned GET /v1/tickets/{id} 400',
  'information status-unreturned POST /v1/tickets/{id}/close 400',
  'information status-unreturned DELETE /v1/tickets/{id} 400',
  'information status-unreturned DELETE /v1/tickets/{id} 423',
];

it('agrees with the service, but for what a description says and nothing does', async () => {
  const { findings, model } = await new Session(folder).check();
  expect(model.governed.flatMap((one) => one.bindings)).toHaveLength(5);
  expect(findings.map(lineOf)).toEqual(gaps);
});
