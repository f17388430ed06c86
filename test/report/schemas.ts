// The JSON Schemas that outputs are held against: our own, and the official one of SARIF as its package ships it.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';

const ours = join(dirname(fileURLToPath(import.meta.url)), '../../server/schemas');
const sarifPackage = createRequire(import.meta.url).resolve('@microsoft/sarif-multitool-ts/schemas/ai-run.schema.json');

function compile(file: string): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  addFormats.default(ajv);
  return ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
}

const validators = {
  report: compile(join(ours, 'report.schema.json')),
  routes: compile(join(ours, 'routes.schema.json')),
  sarif: compile(join(dirname(sarifPackage), '../assets/sarif-2.1.0.schema.json')),
};

/** Fails the test with every violation when the value does not fit the schema. */
export function expectValid(schema: keyof typeof validators, value: unknown): void {
  const validate = validators[schema];
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
}
