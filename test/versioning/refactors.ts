// Owns rewriting a contract without changing its meaning: each rewrite takes choices, changes the data in place, and says whether it
// found anything to rewrite.

import {
  type Choices,
  type Data,
  isMap,
  operationsOf,
  put,
  schemaHome,
  schemaSlots,
  valueAt,
} from './contract-data.ts';

export type Rewrite = (contract: Data, choices: Choices) => boolean;

const isModern = (contract: Data): boolean => /^3\.[12]/.test(String(contract.openapi ?? ''));

/** Moves a schema that stands in its place to the components. */
const extractReference: Rewrite = (contract, choices) => {
  const { map, prefix } = schemaHome(contract);
  const slots = schemaSlots(contract).filter((slot) => slot.owner !== map && !('$ref' in (valueAt(slot) as Data)));
  // What a discriminator tells apart by name keeps its name.
  const slot = choices.pick(slots);
  if (!slot) return false;
  const name = `Moved${Object.keys(map).length}`;
  map[name] = valueAt(slot);
  put(slot, { $ref: `${prefix}${name}` });
  return true;
};

/** Writes what a reference leads to in the place of the reference. */
const inlineReference: Rewrite = (contract, choices) => {
  const { map, prefix } = schemaHome(contract);
  const slots = schemaSlots(contract).filter((slot) => {
    const { $ref } = valueAt(slot) as Data;
    return typeof $ref === 'string' && $ref.startsWith(prefix) && isMap(map[$ref.slice(prefix.length)]);
  });
  const slot = choices.pick(slots);
  if (!slot) return false;
  const { $ref, ...beside } = valueAt(slot) as { $ref: string };
  const target = map[$ref.slice(prefix.length)];
  // The text of a reference to itself would be longer each time, and what stands beside one is not everywhere read.
  if (Object.keys(beside).length > 0 || JSON.stringify(target).includes(`"${$ref}"`)) return false;
  put(slot, structuredClone(target));
  return true;
};

/** Puts the keys of every map into another order. */
const reorderKeys: Rewrite = (contract, choices) => {
  const reordered = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reordered);
    if (!isMap(value)) return value;
    return Object.fromEntries(choices.shuffled(Object.keys(value)).map((key) => [key, reordered(value[key])]));
  };
  const result = reordered(contract) as Data;
  for (const key of Object.keys(contract)) delete contract[key];
  Object.assign(contract, result);
  return true;
};

/** Puts lists that are sets into another order: parameters, required names, types. */
const reorderSets: Rewrite = (contract, choices) => {
  for (const slot of schemaSlots(contract)) {
    const schema = valueAt(slot) as Data;
    for (const key of ['required', 'type', 'enum']) {
      const list = schema[key];
      if (Array.isArray(list)) schema[key] = choices.shuffled(list);
    }
  }
  for (const { operation } of operationsOf(contract)) {
    if (Array.isArray(operation.parameters)) operation.parameters = choices.shuffled(operation.parameters);
    if (Array.isArray(operation.tags)) operation.tags = choices.shuffled(operation.tags);
  }
  return true;
};

/** Writes a schema as the only part of an `allOf`. */
const wrapInAllOf: Rewrite = (contract, choices) => {
  const slot = choices.pick(schemaSlots(contract));
  if (!slot) return false;
  put(slot, { allOf: [valueAt(slot)] });
  return true;
};

/** Splits an object into two parts of an `allOf`. */
const splitObject: Rewrite = (contract, choices) => {
  const slots = schemaSlots(contract).filter((slot) => {
    const { properties, additionalProperties, unevaluatedProperties } = valueAt(slot) as Data;
    const open = additionalProperties === undefined && unevaluatedProperties === undefined;
    return open && isMap(properties) && Object.keys(properties).length > 1;
  });
  const slot = choices.pick(slots);
  if (!slot) return false;
  const { properties, ...rest } = valueAt(slot) as { properties: Data };
  const entries = Object.entries(properties);
  const cut = 1 + choices.below(entries.length - 1);
  const half = (from: number, to: number): Data => ({ properties: Object.fromEntries(entries.slice(from, to)) });
  put(slot, {
    ...rest,
    allOf: [...(((rest as Data).allOf as unknown[] | undefined) ?? []), half(0, cut), half(cut, entries.length)],
  });
  return true;
};

/** Writes that a value may be null in another way that the dialect has. */
const spellNull: Rewrite = (contract, choices) => {
  if (!isModern(contract)) {
    const slots = schemaSlots(contract).filter((slot) => (valueAt(slot) as Data).nullable === true);
    const slot = choices.pick(slots);
    // In 3.0, a value that may be null can carry the word in a part of its own.
    if (!slot || contract.swagger !== undefined) return false;
    const { nullable: _, ...rest } = valueAt(slot) as Data;
    put(slot, { nullable: true, allOf: [rest] });
    return true;
  }
  const slots = schemaSlots(contract).filter((slot) => {
    const { type, enum: values } = valueAt(slot) as Data;
    return values === undefined && Array.isArray(type) && type.includes('null') && type.length === 2;
  });
  const slot = choices.pick(slots);
  if (!slot) return false;
  const { type, ...rest } = valueAt(slot) as { type: string[] };
  const [plain] = type.filter((name) => name !== 'null');
  const spellings = [
    { anyOf: [{ ...rest, type: plain }, { type: 'null' }] },
    { oneOf: [{ type: 'null' }, { ...rest, type: plain }] },
    { anyOf: [{ ...rest, type: plain }, { const: null }] },
  ];
  put(slot, choices.pick(spellings));
  return true;
};

/** Turns a contract of 3.0 into the same one of 3.1. */
const modernise: Rewrite = (contract) => {
  if (!/^3\.0/.test(String(contract.openapi ?? ''))) return false;
  for (const slot of schemaSlots(contract)) {
    const schema = valueAt(slot) as Data;
    // What stands beside a reference has no meaning in 3.0, and would have one in 3.1.
    if (typeof schema.$ref === 'string') {
      for (const key of Object.keys(schema)) if (key !== '$ref') delete schema[key];
      continue;
    }
    for (const [bound, exclusive] of [
      ['minimum', 'exclusiveMinimum'],
      ['maximum', 'exclusiveMaximum'],
    ] as const) {
      if (schema[exclusive] === true) {
        schema[exclusive] = schema[bound];
        delete schema[bound];
      } else if (schema[exclusive] === false) delete schema[exclusive];
    }
    if (schema.nullable === false) delete schema.nullable;
    if (schema.nullable !== true) continue;
    delete schema.nullable;
    if (Array.isArray(schema.enum) && !schema.enum.includes(null)) schema.enum.push(null);
    if (typeof schema.type === 'string') schema.type = [schema.type, 'null'];
    else put(slot, { anyOf: [{ ...schema }, { type: 'null' }] });
  }
  contract.openapi = '3.1.0';
  return true;
};

/** Moves the parameters of a path's only operation, or those that all of them have, to the path. */
const hoistParameters: Rewrite = (contract, choices) => {
  const paths = isMap(contract.paths) ? contract.paths : {};
  const candidates = Object.keys(paths).flatMap((path) => {
    const operations = operationsOf(contract).filter(
      (one) => one.path === path && Array.isArray(one.operation.parameters),
    );
    const all = operationsOf(contract).filter((one) => one.path === path);
    return operations.length > 0 && operations.length === all.length ? [operations] : [];
  });
  const operations = choices.pick(candidates);
  const first = operations?.[0];
  if (!operations || !first) return false;
  const texts = operations.map(({ operation }) =>
    (operation.parameters as unknown[]).map((one) => JSON.stringify(one)),
  );
  const shared = texts[0]!.filter(
    (text) => !/"in":"(?:body|formData)"/.test(text) && texts.every((list) => list.includes(text)),
  );
  if (shared.length === 0) return false;
  first.item.parameters = [
    ...((first.item.parameters as unknown[] | undefined) ?? []),
    ...shared.map((text) => JSON.parse(text)),
  ];
  for (const { operation } of operations) {
    operation.parameters = (operation.parameters as unknown[]).filter((one) => !shared.includes(JSON.stringify(one)));
  }
  return true;
};

/** Calls the parameters of a path by other names. */
const renamePathParameter: Rewrite = (contract, choices) => {
  const paths = isMap(contract.paths) ? contract.paths : {};
  const path = choices.pick(Object.keys(paths).filter((one) => /\{\w+\}/.test(one)));
  const name = path && /\{(\w+)\}/.exec(path)?.[1];
  const item = path && paths[path];
  if (!path || !name || !isMap(item)) return false;
  const lists = [
    item.parameters,
    ...operationsOf(contract)
      .filter((one) => one.path === path)
      .map((one) => one.operation.parameters),
  ];
  const found = lists.flatMap((list) => (Array.isArray(list) ? list : []));
  // A parameter that stands with the components is called the same for every path.
  if (found.some((one) => isMap(one) && '$ref' in one)) return false;
  const renamed = `${name}Value`;
  for (const one of found) if (isMap(one) && one.in === 'path' && one.name === name) one.name = renamed;
  const entries = Object.entries(paths).map(
    ([key, value]) => [key === path ? path.replace(`{${name}}`, `{${renamed}}`) : key, value] as const,
  );
  contract.paths = Object.fromEntries(entries);
  return true;
};

/** Moves a response or a parameter that stands in its place to the components. */
const extractComponent: Rewrite = (contract, choices) => {
  if (contract.swagger !== undefined) return false;
  const operation = choices.pick(operationsOf(contract))?.operation;
  if (!operation) return false;
  contract.components ??= {};
  const components = contract.components as Data;
  const parameters = Array.isArray(operation.parameters) ? operation.parameters : [];
  const responses = isMap(operation.responses) ? operation.responses : {};
  const index = parameters.findIndex((one) => isMap(one) && !('$ref' in one));
  if (index >= 0 && choices.below(2) === 0) {
    components.parameters ??= {};
    const name = `Moved${Object.keys(components.parameters as Data).length}`;
    (components.parameters as Data)[name] = parameters[index];
    parameters[index] = { $ref: `#/components/parameters/${name}` };
    return true;
  }
  const status = Object.keys(responses).find((key) => isMap(responses[key]) && !('$ref' in (responses[key] as Data)));
  if (status === undefined) return false;
  components.responses ??= {};
  const name = `Moved${Object.keys(components.responses as Data).length}`;
  (components.responses as Data)[name] = responses[status];
  responses[status] = { $ref: `#/components/responses/${name}` };
  return true;
};

export const rewrites: ReadonlyMap<string, Rewrite> = new Map([
  ['extract a reference', extractReference],
  ['inline a reference', inlineReference],
  ['reorder keys', reorderKeys],
  ['reorder sets', reorderSets],
  ['wrap in allOf', wrapInAllOf],
  ['split an object', splitObject],
  ['spell null otherwise', spellNull],
  ['3.0 to 3.1', modernise],
  ['parameters of the path', hoistParameters],
  ['rename a path parameter', renamePathParameter],
  ['extract a component', extractComponent],
]);

/** Rewrites a copy of a contract a few times; the names of what was done. */
export function rewritten(
  contract: Data,
  choices: Choices,
): { readonly data: Data; readonly steps: readonly string[] } {
  const data = structuredClone(contract);
  const wanted = 1 + choices.below(6);
  const steps: string[] = [];
  for (let tries = 0; steps.length < wanted && tries < 20; tries++) {
    const [name, rewrite] = choices.pick([...rewrites])!;
    if (rewrite(data, choices)) steps.push(name);
  }
  return { data, steps };
}
