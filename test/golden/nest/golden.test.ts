// Holds that a contract which `@nestjs/swagger` generates of a service agrees with it, but for what its generator cannot know.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { lineOf, Session } from '../../mutants/engine.ts';
import { generated } from './generate.ts';

const folder = `${process.cwd()}/test/golden/nest/service`;

it('is what the generator makes of the service', () => {
  const committed: unknown = JSON.parse(readFileSync(`${folder}/openapi.json`, 'utf8'));
  expect(JSON.parse(generated())).toEqual(committed);
});

const gaps = [
  // The generator reads decorators of answers and no code: what a handler without them throws is unknown to it.
  'error status-undeclared GET /v1/books/{isbn}/copies 404',
  // TypeScript has one type for numbers, and the generator does not know that `ParseIntPipe` takes whole ones alone.
  'warning parameter-constraint-mismatch GET /v1/loans/{id} path:id',
  'warning parameter-constraint-mismatch PATCH /v1/loans/{id} path:id',
  'warning parameter-constraint-mismatch POST /v1/loans/{id}/return path:id',
  'warning parameter-constraint-mismatch DELETE /v1/loans/{id} path:id',
];

it('agrees with the service, but for what no decorator says', async () => {
  const { findings, model } = await new Session(folder).check();
  expect(model.governed.flatMap((one) => one.bindings)).toHaveLength(9);
  expect(findings.map(lineOf).sort()).toEqual([...gaps].sort());
});
