// Owns small services as text for tests of validators: files in, the facts of one route out.

import { CodeRoom } from '../../../server/src/code/code.ts';
import type { HandlerFacts, ParameterRead, Route } from '../../../server/src/code/model.ts';
import { type ObjectShape, resolveShape, type Shape } from '../../../server/src/shape/shape.ts';
import { memoryFiles } from '../../harness/memory-files.ts';

/** The facts of a service's only route, or of the one at `path`. */
export async function factsOf(files: string | Readonly<Record<string, string>>, path?: string): Promise<HandlerFacts> {
  return (await routeOf(files, path)).facts();
}

/** A service's only route, or the one at `path`. */
export async function routeOf(files: string | Readonly<Record<string, string>>, path?: string): Promise<Route> {
  const model = await new CodeRoom().model(memoryFiles(typeof files === 'string' ? { 'app.ts': files } : files));
  const routes = model.apps.flatMap((app) => app.routes);
  const route = path === undefined ? routes[0] : routes.find((one) => one.path === path);
  if (!route) throw new Error(`no route${path ? ` at ${path}` : ''} among ${routes.map((one) => one.path).join(', ')}`);
  return route;
}

/** One Express route around a handler's text, with an error mapper that answers 400 to the library's errors when one is named. */
export function app(imports: string, body: string, options: { chain?: string; mapper?: string } = {}): string {
  return `
import express from 'express';
${imports}
const app = express();
${body}
${options.mapper ? `app.use((err, req, res, next) => { if (${options.mapper}) return res.status(400).json({ error: 'invalid' }); res.status(500).json({ error: 'broken' }); });` : ''}
app.listen(3000);
`;
}

/** The body of a shape, readable in an assertion: origins are left out. */
export function plain(shape: Shape, depth = 0): unknown {
  const held = resolveShape(shape);
  if (depth > 8) return '…';
  switch (held.kind) {
    case 'object': {
      const fields: Record<string, unknown> = {};
      for (const field of held.fields.values()) {
        const mark = field.required === true ? '' : field.required === false ? '?' : '~';
        const value = plain(field.shape, depth + 1);
        fields[`${field.name}${mark}`] = field.default === undefined ? value : { default: field.default, shape: value };
      }
      const more = held.additional === 'allowed' ? {} : { '…': held.additional };
      return { ...fields, ...more, ...(held.values ? { '*': plain(held.values, depth + 1) } : {}) };
    }
    case 'array':
      return [plain(held.items, depth + 1), ...facts(held, ['minItems', 'maxItems', 'uniqueItems'])];
    case 'union':
      return held.members
        .map((member) => plain(member, depth + 1))
        .reduce((text, member) => `${stated(text)} | ${stated(member)}`);
    case 'string':
      return [
        held.values ? held.values.join('|') : 'string',
        ...facts(held, ['format', 'pattern', 'minLength', 'maxLength']),
      ].join(' ');
    case 'number': {
      const bounds = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'format'];
      return [held.values ? held.values.join('|') : held.integer ? 'integer' : 'number', ...facts(held, bounds)].join(
        ' ',
      );
    }
    case 'boolean':
      return held.value === undefined ? 'boolean' : String(held.value);
    default:
      return held.kind;
  }
}

function facts(shape: object, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const value = (shape as Record<string, unknown>)[name];
    return value === undefined ? [] : [`${name}=${value}`];
  });
}

function stated(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The shape of the only body that a validator accepts. */
export function bodyOf(found: HandlerFacts): unknown {
  const bodies = found.reads.bodies.filter((body) => body.source === 'validator');
  if (bodies.length !== 1) throw new Error(`${bodies.length} validated bodies`);
  return plain(bodies[0]!.shape);
}

/** What is known of each parameter: `query:limit?` for optional ones, `~` when that is unknown. */
export function parametersOf(found: HandlerFacts): Record<string, unknown> {
  return Object.fromEntries(found.reads.parameters.map((read) => [nameOf(read), describe(read)]));
}

function nameOf(read: ParameterRead): string {
  return `${read.in}:${read.name}${read.required === true ? '' : read.required === false ? '?' : '~'}`;
}

function describe(read: ParameterRead): unknown {
  const shape = read.source === 'validator' ? plain(read.shape) : `${read.source} ${stated(plain(read.shape))}`;
  return read.default === undefined ? shape : { default: read.default.value, shape };
}

/** The statuses that leave, in order. */
export function statusesOf(found: HandlerFacts): number[] {
  return [...new Set(found.exits.map((exit) => exit.status))].sort((a, b) => a - b);
}

/** The body of the answer with a status. */
export function answerOf(found: HandlerFacts, status: number): unknown {
  const exit = found.exits.find((one) => one.status === status);
  return exit?.body ? plain(exit.body) : undefined;
}

export type { ObjectShape };
