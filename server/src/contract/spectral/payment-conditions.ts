// Owns the conditions of the payments ruleset over plain, resolved documents. It imports nothing; Spectral calls the functions.
// It must not know our model of a contract.

type Data = Readonly<Record<string, unknown>>;
export type Path = readonly (string | number)[];

/** What a function says: a message and, where it is narrower than what was asked about, the path. */
export interface Said {
  readonly message: string;
  readonly path?: (string | number)[];
}

export interface Context {
  readonly path: Path;
}

/** What Spectral calls with a value of the resolved document and where it stands. */
export type Condition = (target: unknown, options: unknown, context: Context) => Said[];

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);
const entriesOf = (value: unknown): [string, unknown][] => (isData(value) ? Object.entries(value) : []);
const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const methods: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

/** Headers and fields by which one attempt is told from another. */
const carriers =
  /^(?:x-)?(?:idempotency[-_]?key|paypal-request-id|request[-_]?id|x-payout-idempotency|idempotencykey)$/i;

const money =
  /(?:^|[^a-z])(?:payments?|charges?|captures?|refunds?|payouts?|transfers?|orders?|voids?|reversals?|disbursements?|withdrawals?)(?:$|[^a-z])/i;

/** Paths that read although they are posted to, and those of a sandbox. */
const reads =
  /(?:^|[/_.-])(?:get|list|search|sync|simulate|query|validate|preview|estimate|sandbox|lookup)(?:$|[/_.-])/i;

interface Found {
  readonly operation: Data;
  readonly item: Data;
  readonly path: (string | number)[];
  readonly method: string;
  readonly address: string;
}

function operationsOf(paths: unknown, base: Path): Found[] {
  return entriesOf(paths).flatMap(([address, item]) =>
    entriesOf(item).flatMap(([method, operation]): Found[] =>
      methods.has(method) && isData(operation)
        ? [{ operation, item: item as Data, path: [...base, address, method], method, address }]
        : [],
    ),
  );
}

/** Writes that move money: by the words of their path and of their name. */
function movesMoney({ method, address, operation }: Found): boolean {
  if (method !== 'post') return false;
  const words = String(operation.operationId ?? '').replace(/([a-z])([A-Z])/g, '$1 $2');
  if (reads.test(address) || reads.test(words.replaceAll(' ', '-'))) return false;
  return money.test(address) || money.test(words);
}

interface Carrier {
  readonly schema: Data;
  readonly description: string;
  readonly path: (string | number)[];
}

function carrierOf({ operation, item, path }: Found): Carrier | undefined {
  for (const [owner, at] of [
    [operation, path],
    [item, path.slice(0, -1)],
  ] as const) {
    for (const [index, parameter] of itemsOf(owner.parameters).entries()) {
      if (!isData(parameter) || parameter.in !== 'header' || !carriers.test(String(parameter.name))) continue;
      const schema = isData(parameter.schema) ? parameter.schema : parameter;
      return { schema, description: String(parameter.description ?? ''), path: [...at, 'parameters', index] };
    }
  }
  for (const { schema, path: at } of bodiesOf(operation, path)) {
    for (const [name, property] of entriesOf(schema.properties)) {
      if (!carriers.test(name) || !isData(property)) continue;
      return { schema: property, description: String(property.description ?? ''), path: [...at, 'properties', name] };
    }
  }
  return undefined;
}

function bodiesOf(operation: Data, path: Path): { schema: Data; path: (string | number)[] }[] {
  const content = isData(operation.requestBody) ? operation.requestBody.content : undefined;
  const modern = entriesOf(content).flatMap(([type, media]) =>
    isData(media) && isData(media.schema)
      ? [{ schema: media.schema, path: [...path, 'requestBody', 'content', type, 'schema'] }]
      : [],
  );
  const swagger = itemsOf(operation.parameters).flatMap((parameter, index) =>
    isData(parameter) && parameter.in === 'body' && isData(parameter.schema)
      ? [{ schema: parameter.schema, path: [...path, 'parameters', index, 'schema'] }]
      : [],
  );
  return [...modern, ...swagger];
}

function responseSchemas(operation: Data, path: Path): { schema: Data; path: (string | number)[]; status: string }[] {
  return entriesOf(operation.responses).flatMap(([status, response]) => {
    if (!isData(response)) return [];
    const at = [...path, 'responses', status];
    if (isData(response.schema)) return [{ schema: response.schema, path: [...at, 'schema'], status }];
    return entriesOf(response.content).flatMap(([type, media]) =>
      isData(media) && isData(media.schema)
        ? [{ schema: media.schema, path: [...at, 'content', type, 'schema'], status }]
        : [],
    );
  });
}

export const missingKey: Condition = (paths, _, { path }) =>
  operationsOf(paths, path)
    .filter((found) => movesMoney(found) && !carrierOf(found))
    .map(({ path: at }) => ({ message: 'Declares no idempotency key, so that a retry may pay twice', path: at }));

export const keyWithoutBound: Condition = (paths, _, { path }) =>
  operationsOf(paths, path).flatMap((found) => {
    const carrier = movesMoney(found) ? carrierOf(found) : undefined;
    if (!carrier || carrier.schema.maxLength !== undefined || carrier.schema.format === 'uuid') return [];
    return [{ message: 'The idempotency key has no largest length', path: carrier.path }];
  });

export const missingConflicts: Condition = (paths, _, { path }) =>
  operationsOf(paths, path).flatMap((found) => {
    if (!movesMoney(found) || !carrierOf(found)) return [];
    const responses = isData(found.operation.responses) ? found.operation.responses : {};
    const missing = ['409', '422'].filter((status) => !(status in responses));
    if (missing.length < 2 || '4XX' in responses) return [];
    return [{ message: 'Declares neither 409 nor 422 for a key that is used again', path: found.path }];
  });

export const rateLimitWithoutHeader: Condition = (operation, _, { path }) => {
  const limited = isData(operation) && isData(operation.responses) ? operation.responses['429'] : undefined;
  if (!isData(limited)) return [];
  const named = entriesOf(limited.headers).some(([name]) => /^(?:retry-after|(?:x-)?ratelimit)/i.test(name));
  if (named) return [];
  return [{ message: 'The response 429 does not say when to try again', path: [...path, 'responses', '429'] }];
};

/** Errors that carry a reason; 401, 403 and 404 are often said without a body. */
const reasoned = /^(?:400|409|422|4XX|5\d\d|5XX)$/i;

export const errorWithoutCode: Condition = (operation, _, { path }) => {
  if (!isData(operation)) return [];
  return entriesOf(operation.responses).flatMap(([status, response]): Said[] => {
    if (!reasoned.test(status) || !isData(response)) return [];
    const schemas = responseSchemas({ responses: { [status]: response } }, path);
    if (schemas.some(({ schema }) => hasCode(schema, 3))) return [];
    return [{ message: `The error ${status} has no machine-readable code`, path: [...path, 'responses', status] }];
  });
};

function hasCode(schema: unknown, depth: number): boolean {
  if (!isData(schema) || depth < 0) return false;
  const composed = ['allOf', 'oneOf', 'anyOf'].flatMap((key) => itemsOf(schema[key]));
  if (composed.some((part) => hasCode(part, depth))) return true;
  if (isData(schema.items) && hasCode(schema.items, depth - 1)) return true;
  return entriesOf(schema.properties).some(
    ([name, property]) =>
      /(?:^|_)(?:code|type|errorcode|error_code|errorType|reason|issue)$/i.test(name) || hasCode(property, depth - 1),
  );
}

interface Visited {
  readonly schema: Data;
  readonly name: string;
  readonly path: (string | number)[];
  /** The properties beside it and above it, up to the body. */
  readonly around: readonly Data[];
}

/** Every property of the bodies of all operations; a schema that several share is visited once. */
function propertiesOf(paths: unknown, base: Path): Visited[] {
  const visited: Visited[] = [];
  const seen = new Set<Data>();
  const visit = (schema: unknown, path: (string | number)[], around: readonly Data[]): void => {
    if (!isData(schema) || seen.has(schema)) return;
    seen.add(schema);
    const own = isData(schema.properties) ? [...around, schema.properties] : around;
    for (const [name, property] of entriesOf(schema.properties)) {
      const at = [...path, 'properties', name];
      if (isData(property)) visited.push({ schema: property, name, path: at, around: own });
      visit(property, at, own);
    }
    for (const key of ['allOf', 'oneOf', 'anyOf']) {
      // What composed parts declare stands beside each other in the value.
      const parts = itemsOf(schema[key]).flatMap((part) =>
        isData(part) && isData(part.properties) ? [part.properties] : [],
      );
      for (const [index, part] of itemsOf(schema[key]).entries())
        visit(part, [...path, key, index], [...own, ...parts]);
    }
    visit(schema.items, [...path, 'items'], own);
  };
  for (const { operation, path } of operationsOf(paths, base)) {
    for (const body of [...bodiesOf(operation, path), ...responseSchemas(operation, path)])
      visit(body.schema, body.path, []);
  }
  return visited;
}

const isAmount = (name: string): boolean => /(?:^|_)amount$|Amount$/.test(name);
const isCurrency = (name: string): boolean => /currency/i.test(name);

export const floatingAmount: Condition = (paths, _, { path }) =>
  propertiesOf(paths, path)
    .filter(({ schema, name }) => isAmount(name) && schema.type === 'number' && schema.multipleOf === undefined)
    .map(({ name, path: at }) => ({ message: `The amount "${name}" is a floating-point number`, path: at }));

export const amountWithoutCurrency: Condition = (paths, _, { path }) =>
  propertiesOf(paths, path)
    .filter(({ schema, name, around }) => {
      if (!isAmount(name) || !['number', 'integer', 'string'].includes(String(schema.type))) return false;
      if (/currenc|\b[A-Z]{3}\b|euro|dollar|pound/.test(String(schema.description ?? ''))) return false;
      return !around.some((properties) => Object.keys(properties).some(isCurrency));
    })
    .map(({ name, path: at }) => ({ message: `The amount "${name}" has no currency beside it or above it`, path: at }));

export const currencyWithoutBounds: Condition = (paths, _, { path }) =>
  propertiesOf(paths, path)
    .filter(({ schema, name }) => {
      if (!/^(?:\w+_)?currency(?:_?code)?$/i.test(name) || schema.type !== 'string') return false;
      const bounded = schema.maxLength === 3 || schema.format !== undefined || schema.pattern !== undefined;
      return !bounded && schema.enum === undefined && schema.const === undefined;
    })
    .map(({ name, path: at }) => ({ message: `The currency "${name}" may be any text`, path: at }));

const card =
  /^(?:card_?number|pan|cvv2?|cvc2?|csc|security_?code|card_?verification\w*|pin|pin_?block|track_?(?:1|2|data)|magnetic\w*)$/i;
const sensitive = /^(?:cvv2?|cvc2?|csc|card_?security_?code|pin_?block|track_?(?:1|2|data)|magnetic_?stripe\w*)$/i;

export const cardDataInAddress: Condition = (paths, _, { path }) => {
  const said: Said[] = [];
  for (const [address, item] of entriesOf(paths)) {
    const named = [...address.matchAll(/\{([^}]+)\}/g)].some((match) => card.test(match[1]!));
    if (named) said.push({ message: `The path ${address} holds card data`, path: [...path, address] });
    if (!isData(item)) continue;
    for (const { operation, path: at } of [
      { operation: item, path: [...path, address] },
      ...operationsOf({ [address]: item }, path),
    ]) {
      for (const [index, parameter] of itemsOf(operation.parameters).entries()) {
        if (!isData(parameter) || parameter.in !== 'query' || !card.test(String(parameter.name))) continue;
        said.push({
          message: `The query parameter "${String(parameter.name)}" is card data`,
          path: [...at, 'parameters', index],
        });
      }
    }
  }
  return said;
};

export const cardDataInSchema: Condition = (operation, _, { path }) => {
  const address = String(path[1] ?? '');
  // Who issues a card has to show it; such operations say so in their path or in an extension.
  if (!isData(operation) || operation['x-data-class'] !== undefined || /issuing/i.test(address)) return [];
  const responses = isData(operation.responses) ? operation.responses : {};
  return propertiesOf({ [address]: { get: { responses } } }, ['paths']).flatMap(({ schema, name, path: at }) => {
    if (!sensitive.test(name) || schema.writeOnly === true || schema.type === 'boolean') return [];
    return [{ message: `The response holds "${name}"`, path: [...path, ...at.slice(3)] }];
  });
};

export const deprecatedWithoutSunset: Condition = (operation, _, { path }) => {
  if (!isData(operation) || operation.deprecated !== true || operation['x-sunset'] !== undefined) return [];
  const named = entriesOf(operation.responses).some(([, response]) =>
    entriesOf(isData(response) ? response.headers : undefined).some(([name]) => name.toLowerCase() === 'sunset'),
  );
  return named ? [] : [{ message: 'Is deprecated without a day on which it ends (`x-sunset`)', path: [...path] }];
};
