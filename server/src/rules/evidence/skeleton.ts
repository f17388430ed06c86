// Owns the operation that a fix writes for an undocumented route, put together from the facts of its handler.
// It must not know what any rule decides.

import type { HandlerFacts, ParameterRead, Route } from '../../code/model.ts';
import { isInfrastructureField, isInfrastructureHeader } from './infrastructure.ts';
import { type PlainJson, type PlainSchema, schemaOf } from './schema.ts';
import { exitsByStatus, isDeclarable, phraseOf } from './statuses.ts';

/** An operation object in the words of OpenAPI 3.0. It always has a response, since a contract without one is invalid. */
export function operationSkeleton(route: Route, path: string): { readonly [key: string]: PlainJson } {
  const facts = route.facts();
  const parameters = [...pathParameters(path, facts), ...namedParameters(facts)];
  const body = requestBody(facts);
  return {
    summary: route.handlerName ?? `${route.method.toUpperCase()} ${path}`,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: body } : {}),
    responses: responses(facts),
  };
}

function pathParameters(path: string, facts: HandlerFacts): PlainSchema[] {
  return [...path.matchAll(/\{([^{}*?]+)\}/g)].map(([, name = '']) => {
    const read = facts.reads.parameters.find((candidate) => candidate.in === 'path' && candidate.name === name);
    return { name, in: 'path', required: true, schema: schemaOf(read?.shape) ?? { type: 'string' } };
  });
}

function namedParameters(facts: HandlerFacts): PlainSchema[] {
  const reads = new Map<string, ParameterRead>();
  for (const read of facts.reads.parameters) {
    const declared = read.in === 'query' || (read.in === 'header' && !isInfrastructureHeader(read.name));
    if (!declared || isInfrastructureField(read.name)) continue;
    const key = `${read.in}:${read.name}`;
    if (read.source === 'validator' || !reads.has(key)) reads.set(key, read);
  }
  return [...reads.values()].map((read) => ({
    name: read.name,
    in: read.in,
    ...(read.required === true ? { required: true } : {}),
    schema: schemaOf(read.shape) ?? { type: 'string' },
  }));
}

function requestBody(facts: HandlerFacts): PlainSchema | undefined {
  const accepted = facts.reads.bodies.find((body) => body.source === 'validator') ?? facts.reads.bodies[0];
  const fields = facts.reads.parameters.filter((read) => read.in === 'body' || read.in === 'form');
  const schema = schemaOf(accepted?.shape) ?? fieldsSchema(fields);
  if (!schema) return undefined;
  const form = fields.length > 0 && fields.every((read) => read.in === 'form');
  const mediaType = accepted?.mediaTypes[0] ?? (form ? 'application/x-www-form-urlencoded' : 'application/json');
  return { ...(accepted?.required === true ? { required: true } : {}), content: { [mediaType]: { schema } } };
}

function fieldsSchema(reads: readonly ParameterRead[]): PlainSchema | undefined {
  const top = new Map(reads.map((read) => [read.name.split(/[.[]/)[0] ?? read.name, read]));
  if (top.size === 0) return undefined;
  const named = [...top].map(([name, read]) => [name, read.name === name ? (schemaOf(read.shape) ?? {}) : {}] as const);
  const required = [...top]
    .filter(([name, read]) => read.name === name && read.required === true)
    .map(([name]) => name);
  return { type: 'object', ...(required.length > 0 ? { required } : {}), properties: Object.fromEntries(named) };
}

function responses(facts: HandlerFacts): { readonly [key: string]: PlainJson } {
  const written: Record<string, PlainJson> = {};
  for (const [status, exits] of exitsByStatus(facts.exits.filter(isDeclarable))) {
    const exit = exits.find((candidate) => candidate.body !== undefined);
    const schema = schemaOf(exit?.body);
    const media: PlainSchema = schema ? { schema } : {};
    const content: PlainSchema = exit?.body ? { content: { [exit.mediaType ?? 'application/json']: media } } : {};
    written[String(status)] = { description: phraseOf(status), ...content };
  }
  return Object.keys(written).length > 0 ? written : { default: { description: 'Not described yet' } };
}
