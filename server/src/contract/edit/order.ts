// Owns the customary order of keys in OpenAPI documents, so that an addition lands where a reader looks for it.
// It must not know texts or edits.

import type { KeyOrder } from './insert.ts';

function listed(keys: readonly string[]): KeyOrder {
  const ranks = new Map(keys.map((key, index) => [key, index]));
  return (key) => ranks.get(key) ?? keys.length;
}

/** Statuses by number, each range behind its numbers, `default` and extensions at the end. */
export const statusOrder: KeyOrder = (key) => {
  if (/^[1-5]\d\d$/.test(key)) return Number(key);
  if (/^[1-5]XX$/i.test(key)) return Number(key[0]) * 100 + 99.5;
  return key === 'default' ? 1000 : 1001;
};

export const operationOrder: KeyOrder = listed([
  'tags',
  'summary',
  'description',
  'externalDocs',
  'operationId',
  'x-fidelity-ignore',
  'consumes',
  'produces',
  'parameters',
  'requestBody',
  'responses',
  'callbacks',
  'deprecated',
  'x-sunset',
  'security',
  'servers',
]);

/** Methods behind what a path item says for all of them. */
export const pathItemOrder: KeyOrder = listed([
  '$ref',
  'summary',
  'description',
  'servers',
  'parameters',
  'get',
  'head',
  'post',
  'put',
  'patch',
  'delete',
  'options',
  'trace',
  'query',
]);

export const parameterOrder: KeyOrder = listed([
  '$ref',
  'name',
  'in',
  'description',
  'required',
  'deprecated',
  'x-deprecated',
  'x-sunset',
  'schema',
]);

export const bodyOrder: KeyOrder = listed(['$ref', 'description', 'required', 'content']);

export const schemaOrder: KeyOrder = listed([
  '$ref',
  'title',
  'description',
  'type',
  'format',
  'nullable',
  'x-nullable',
  'enum',
  'default',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'items',
  'minItems',
  'maxItems',
  'uniqueItems',
  'required',
  'properties',
]);

export const responseOrder: KeyOrder = listed(['$ref', 'description', 'headers', 'schema', 'content', 'links']);

export const componentsOrder: KeyOrder = listed([
  'schemas',
  'responses',
  'parameters',
  'examples',
  'requestBodies',
  'headers',
  'securitySchemes',
]);

export const rootOrder: KeyOrder = listed([
  'openapi',
  'swagger',
  'info',
  'jsonSchemaDialect',
  'host',
  'basePath',
  'schemes',
  'consumes',
  'produces',
  'servers',
  'security',
  'tags',
  'paths',
  'webhooks',
  'definitions',
  'securityDefinitions',
  'components',
]);

export const infoOrder: KeyOrder = listed([
  'title',
  'summary',
  'version',
  'description',
  'termsOfService',
  'contact',
  'license',
]);

/** Everything in the order that it came. */
export const asWritten: KeyOrder = () => 0;
