// Owns asking `ajv` whether values satisfy schemas that are plain data already (JSON Schema 2020-12, as `json-schema.ts` writes it).
// It must not know where the schemas come from.

import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { JsonSchema } from './json-schema.ts';
import { Patterns } from './patterns.ts';

/** Whether a value satisfies a schema; undefined when that cannot be told. */
export type Accepts = (value: unknown) => boolean | undefined;

/** Compiles schemas, each for itself. A schema that no validator accepts gives undefined. Never throws. */
export class InstanceCheck {
  private readonly ajv: Ajv2020;

  constructor() {
    const patterns = new Patterns();
    const regExp = Object.assign((pattern: string) => patterns.compile(pattern), { code: 'undefined' });
    this.ajv = new Ajv2020({
      strict: false,
      logger: false,
      addUsedSchema: false,
      code: { regExp, optimize: false },
      meta: false,
      validateSchema: false,
    });
    formats.default(this.ajv, { mode: 'fast' });
  }

  compile(schema: JsonSchema): Accepts | undefined {
    try {
      const validate = this.ajv.compile(schema);
      return (value) => {
        try {
          return validate(value) === true;
        } catch {
          return undefined;
        }
      };
    } catch {
      return undefined;
    }
  }
}
