// Owns asking `ajv` whether values satisfy schemas, compiling each schema when it is first asked for.
// It must not know where values and schemas come from.

import { Ajv2020, type AnySchema, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { ContractNode } from '../load/contract-node.ts';
import { lazily } from '../load/lazily.ts';
import type { References } from '../load/references.ts';
import { idOf } from '../load/references.ts';
import type { SpecificationVersion } from '../model.ts';
import { anything, JsonSchemas } from './json-schema.ts';
import { Patterns } from './patterns.ts';

/** Why a value does not satisfy a schema. */
export interface Refusal {
  /** The keys and indexes from the value to the part that is wrong. */
  readonly path: readonly string[];
  readonly message: string;
}

export class SchemaCheck {
  private readonly schemas: JsonSchemas;
  private readonly ajv = lazily(newAjv);
  private readonly compiled = new Map<string, ValidateFunction | undefined>();

  constructor(specification: SpecificationVersion, references: References) {
    this.schemas = new JsonSchemas(specification, references);
  }

  /** The first thing that is wrong with a value; undefined when nothing is, or when the schema cannot be compiled. */
  refusal(schema: ContractNode, value: unknown): Refusal | undefined {
    const validate = this.validator(schema);
    if (!validate) return undefined;
    try {
      if (validate(value)) return undefined;
    } catch {
      // A recursive schema and a deep value may exhaust the stack: then nothing is known.
      return undefined;
    }
    return explain(validate.errors ?? []);
  }

  private validator(schema: ContractNode): ValidateFunction | undefined {
    const id = idOf(schema);
    if (this.compiled.has(id)) return this.compiled.get(id);
    const compiled = this.compile(schema);
    this.compiled.set(id, compiled);
    return compiled;
  }

  private compile(schema: ContractNode): ValidateFunction | undefined {
    try {
      const converted = this.schemas.convert(schema);
      for (let pending = this.schemas.takePending(); pending.length > 0; pending = this.schemas.takePending()) {
        for (const { name, node } of pending) {
          const target = this.schemas.convert(node);
          this.ajv().addSchema(accepted(typeof target === 'boolean' ? (target ? {} : { not: {} }) : target), name);
        }
      }
      return this.ajv().compile(accepted(converted));
    } catch {
      // A schema that no validator accepts proves nothing about its examples.
      return undefined;
    }
  }
}

/** What a schema may look like is the same for every contract: it is compiled once, which costs more than most contracts. */
const metaSchema = lazily(() => {
  const ajv = new Ajv2020({ strict: false, logger: false, code: { optimize: false } });
  formats.default(ajv, { mode: 'fast' });
  return ajv;
});

/** The schema itself, when it is one. Throws otherwise. */
function accepted<T extends AnySchema>(schema: T): T {
  if (metaSchema().validateSchema(schema) === true) return schema;
  throw new Error('The schema is invalid.');
}

/** What `ajv` writes is not optimised anywhere in this folder: most schemas are asked a few times, and to optimise costs more than it saves. */
function newAjv(): Ajv2020 {
  const patterns = new Patterns();
  const regExp = Object.assign((pattern: string) => patterns.compile(pattern), { code: 'undefined' });
  const ajv = new Ajv2020({
    strict: false,
    logger: false,
    addUsedSchema: false,
    inlineRefs: false,
    code: { regExp, optimize: false },
    meta: false,
    validateSchema: false,
  });
  formats.default(ajv, { mode: 'fast' });
  // Authors write times without an offset and encodings other than strict base64 under these names; neither is worth a finding.
  for (const format of ['time', 'byte']) ajv.addFormat(format, true);
  ajv.addSchema({}, anything);
  return ajv;
}

/** The error that says most: the deepest one, unless several alternatives fail at one place for reasons of their own. */
function explain(errors: readonly ErrorObject[]): Refusal | undefined {
  const last = errors.at(-1);
  if (!last) return undefined;
  // That null is refused says nothing: it is the alternative that `nullable` adds.
  const plain = errors.filter(
    (error) => !composing.has(error.keyword) && !(error.keyword === 'type' && error.params.type === 'null'),
  );
  const depth = Math.max(...plain.map(depthOf), depthOf(last));
  const deepest = plain.filter((error) => depthOf(error) === depth);
  const said = deepest.length === 1 || (deepest.length > 0 && depth > depthOf(last)) ? deepest[0]! : last;
  const path = said.instancePath
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  const none = composing.has(said.keyword) && !('passingSchemas' in said.params && said.params.passingSchemas);
  return {
    path,
    message: none
      ? 'matches none of the alternatives'
      : describe(said.keyword, said.message ?? 'does not match', said.params),
  };
}

const depthOf = (error: ErrorObject): number => error.instancePath.split('/').length;

const composing: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'allOf', 'if']);

function describe(keyword: string, message: string, params: Record<string, unknown>): string {
  if (keyword === 'enum' && Array.isArray(params.allowedValues)) {
    const allowed = params.allowedValues.slice(0, 6).map((value) => JSON.stringify(value));
    return `must be one of ${allowed.join(', ')}${params.allowedValues.length > 6 ? ', …' : ''}`;
  }
  if (keyword === 'additionalProperties') return `must not have the property "${String(params.additionalProperty)}"`;
  if (keyword === 'const') return `must be ${JSON.stringify(params.allowedValue)}`;
  return message;
}
