// Owns the turning of an operation written in the words of OpenAPI 3 into those of another version.
// It must not know where the operation goes.

import type { Plain } from '../contract/edit/write.ts';
import { inDialect } from './dialect.ts';

type PlainMap = { readonly [key: string]: Plain | undefined };

const isMap = (value: Plain | undefined): value is PlainMap =>
  value !== undefined && value !== null && typeof value === 'object' && !Array.isArray(value);

/** The operation for a version of the specification: Swagger 2.0 writes bodies as parameters and has no `content`. */
export function operationInDialect(operation: PlainMap, specification: string): PlainMap {
  const written: Record<string, Plain | undefined> = {};
  for (const [key, value] of Object.entries(operation)) {
    if (key === 'parameters' && Array.isArray(value)) {
      written.parameters = value.map((item) => parameter(item, specification));
    } else if (key === 'responses' && isMap(value)) {
      written.responses = mapValues(value, (response) => responseOf(response, specification));
    } else if (key === 'requestBody' && isMap(value)) {
      if (specification !== '2.0') written.requestBody = contentIn(value, specification);
    } else if (value !== undefined) {
      written[key] = value;
    }
  }
  if (specification === '2.0' && isMap(operation.requestBody)) addSwaggerBody(written, operation.requestBody);
  return written;
}

function parameter(item: Plain, specification: string): Plain {
  if (!isMap(item)) return item;
  const { schema, ...rest } = item;
  const said = inDialect(schema, specification);
  return specification === '2.0' && isMap(said) ? { ...rest, ...said } : { ...rest, schema: said };
}

function responseOf(response: Plain, specification: string): Plain {
  if (!isMap(response)) return response;
  if (specification !== '2.0') return contentIn(response, specification);
  const { content, ...rest } = response;
  return { ...rest, schema: inDialect(firstSchema(content), specification) };
}

/** The same map with every schema below `content` in the version's words. */
function contentIn(holder: PlainMap, specification: string): PlainMap {
  if (!isMap(holder.content)) return holder;
  const content = mapValues(holder.content, (media) =>
    isMap(media) ? { ...media, schema: inDialect(media.schema, specification) } : media,
  );
  return { ...holder, content };
}

function addSwaggerBody(written: Record<string, Plain | undefined>, body: PlainMap): void {
  const entry: Plain = {
    name: 'body',
    in: 'body',
    required: body.required === true ? true : undefined,
    schema: inDialect(firstSchema(body.content), '2.0') ?? { type: 'object' },
  };
  const { responses, ...rest } = written;
  const parameters = Array.isArray(written.parameters) ? [...written.parameters, entry] : [entry];
  for (const key of Object.keys(written)) delete written[key];
  Object.assign(written, rest, { parameters, responses });
}

function firstSchema(content: Plain | undefined): Plain | undefined {
  if (!isMap(content)) return undefined;
  const media = Object.values(content)[0];
  return isMap(media) ? media.schema : undefined;
}

function mapValues(map: PlainMap, change: (value: Plain) => Plain): PlainMap {
  return Object.fromEntries(
    Object.entries(map).flatMap(([key, value]) => (value === undefined ? [] : [[key, change(value)] as const])),
  );
}
