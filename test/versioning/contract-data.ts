// Owns contracts as plain data for tests that rewrite them: reading our own, walking their schemas, and a seeded source of choices.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { project } from '../tidy/sources.ts';

export type Data = { [key: string]: unknown };

export const isMap = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Contracts of this project that are of some size and use different parts of OpenAPI. */
export const ownContracts: readonly string[] = [
  'examples/checkout/openapi.yaml',
  'examples/checkout-fixed/openapi.yaml',
  'test/workspaces/ledger/openapi.json',
  'test/workspaces/billing/api/swagger.yaml',
  'test/workspaces/bookings/openapi.yaml',
  'test/workspaces/storefront/openapi.yaml',
  'test/workspaces/wallets/openapi.yaml',
  'test/workspaces/refunds/openapi.yaml',
  'test/golden/nest/service/openapi.json',
  'test/golden/hono/service/openapi.json',
];

export const readContract = (path: string): Data => load(readFileSync(join(project, path), 'utf8')) as Data;

/** Choices that are the same for the same seed (a linear congruential generator). */
export class Choices {
  private state: number;

  constructor(seed: number) {
    this.state = (seed * 2_654_435_761 + 12_345) >>> 0;
  }

  /** A whole number from 0 to below `bound`. */
  below(bound: number): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.state / 4_294_967_296) * bound);
  }

  pick<T>(list: readonly T[]): T | undefined {
    return list[this.below(list.length)];
  }

  shuffled<T>(list: readonly T[]): T[] {
    const rest = [...list];
    const result: T[] = [];
    while (rest.length > 0) result.push(...rest.splice(this.below(rest.length), 1));
    return result;
  }
}

/** A place that holds a schema: the map that owns it, and its key there. */
export interface Slot {
  readonly owner: Data | unknown[];
  readonly key: string | number;
}

export const valueAt = ({ owner, key }: Slot): unknown => (owner as Data)[key];

export function put({ owner, key }: Slot, value: unknown): void {
  (owner as Data)[key] = value;
}

const single = ['items', 'not', 'additionalProperties', 'contains', 'propertyNames'];
const listed = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const named = ['properties', 'patternProperties', 'dependentSchemas'];

/** Every place of a contract that holds a schema as a map, without following references. */
export function schemaSlots(contract: Data): Slot[] {
  const found: Slot[] = [];
  const visitSchema = (slot: Slot): void => {
    const schema = valueAt(slot);
    if (!isMap(schema)) return;
    found.push(slot);
    for (const key of single) if (isMap(schema[key])) visitSchema({ owner: schema, key });
    for (const key of listed) {
      const list = schema[key];
      if (Array.isArray(list)) for (const index of list.keys()) visitSchema({ owner: list, key: index });
    }
    for (const key of named) {
      const map = schema[key];
      if (isMap(map)) for (const name of Object.keys(map)) visitSchema({ owner: map, key: name });
    }
  };
  const visit = (value: unknown, path: readonly string[]): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, [...path, '*']);
    if (!isMap(value)) return;
    for (const key of Object.keys(value)) {
      if (key === 'example' || key === 'examples' || key === 'default') continue;
      const below = [...path, key];
      const schemas = key === 'schemas' && path.join('/') === 'components';
      if (schemas || (key === 'definitions' && path.length === 0)) {
        const map = value[key];
        if (isMap(map)) for (const name of Object.keys(map)) visitSchema({ owner: map, key: name });
      } else if (key === 'schema' && isMap(value[key])) visitSchema({ owner: value, key });
      else visit(value[key], below);
    }
  };
  visit(contract, []);
  return found;
}

/** The operations of a contract with their path and path item. */
export function operationsOf(
  contract: Data,
): { readonly path: string; readonly item: Data; readonly method: string; readonly operation: Data }[] {
  const paths = isMap(contract.paths) ? contract.paths : {};
  return Object.entries(paths).flatMap(([path, item]) =>
    isMap(item)
      ? ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'].flatMap((method) => {
          const operation = item[method];
          return isMap(operation) ? [{ path, item, method, operation }] : [];
        })
      : [],
  );
}

/** Where a contract keeps its named schemas, and how they are referred to. */
export function schemaHome(contract: Data): { readonly map: Data; readonly prefix: string } {
  if (contract.swagger !== undefined) {
    contract.definitions ??= {};
    return { map: contract.definitions as Data, prefix: '#/definitions/' };
  }
  contract.components ??= {};
  const components = contract.components as Data;
  components.schemas ??= {};
  return { map: components.schemas as Data, prefix: '#/components/schemas/' };
}
