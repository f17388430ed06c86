// Owns the generated workspaces of the benchmark: services with routes, validators, domain errors and contracts that mostly
// agree, the same for the same seed. It must not know what is measured.

export interface GeneratedWorkspace {
  /** Files by relative path. */
  readonly files: ReadonlyMap<string, string>;
  /** Files with handlers, relative. */
  readonly handlerFiles: readonly string[];
  readonly contractFiles: readonly string[];
  readonly handlers: number;
  readonly bytes: number;
}

/** A generator of numbers in [0, 1) that depends on its seed alone (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export const HANDLERS_PER_RESOURCE = 5;
const RESOURCES_PER_SERVICE = 10;
const nouns = [
  'order',
  'refund',
  'payout',
  'customer',
  'invoice',
  'coupon',
  'dispute',
  'mandate',
  'transfer',
  'webhook',
];
const kinds = ['string', 'integer', 'boolean'] as const;

interface Field {
  readonly name: string;
  readonly kind: (typeof kinds)[number];
  readonly required: boolean;
}

/** A workspace with about so many handlers, in services of fifty, or of another number of resources with five handlers each. */
export function generateWorkspace(
  handlers: number,
  seed: number,
  resourcesPerService = RESOURCES_PER_SERVICE,
): GeneratedWorkspace {
  const random = randomFrom(seed);
  const files = new Map<string, string>();
  const handlerFiles: string[] = [];
  const contractFiles: string[] = [];
  const services = Math.max(1, Math.round(handlers / (HANDLERS_PER_RESOURCE * resourcesPerService)));
  files.set('package.json', json({ name: 'generated', private: true, workspaces: ['services/*'] }));
  for (let index = 0; index < services; index++) {
    const folder = `services/service-${index}`;
    const resources = Array.from({ length: resourcesPerService }, (_, at) => ({
      name: `${nouns[at % nouns.length]}${at < nouns.length ? '' : Math.floor(at / nouns.length)}of${index}`,
      fields: fieldsOf(random),
    }));
    files.set(
      `${folder}/package.json`,
      json({ name: `service-${index}`, dependencies: { express: '4.21.0', zod: '3.23.8' } }),
    );
    files.set(`${folder}/src/errors.ts`, errors);
    files.set(`${folder}/src/middleware.ts`, middleware);
    files.set(`${folder}/src/app.ts`, appText(resources.map(({ name }) => name)));
    for (const { name, fields } of resources) {
      files.set(`${folder}/src/schemas/${name}.ts`, schemaText(name, fields));
      files.set(`${folder}/src/services/${name}.ts`, serviceText(name, fields));
      files.set(`${folder}/src/routes/${name}.ts`, routeText(name, random() < 0.1));
      handlerFiles.push(`${folder}/src/routes/${name}.ts`);
    }
    files.set(`${folder}/openapi.yaml`, contractText(index, resources));
    contractFiles.push(`${folder}/openapi.yaml`);
  }
  const bytes = [...files.values()].reduce((sum, text) => sum + text.length, 0);
  return {
    files,
    handlerFiles,
    contractFiles,
    handlers: services * HANDLERS_PER_RESOURCE * resourcesPerService,
    bytes,
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function fieldsOf(random: () => number): Field[] {
  const count = 4 + Math.floor(random() * 8);
  return Array.from({ length: count }, (_, index) => ({
    name: `field${index}`,
    kind: kinds[Math.floor(random() * kinds.length)]!,
    required: random() < 0.7,
  }));
}

const errors = `export class DomainError extends Error {
  constructor(readonly status: number, readonly code: string, message: string) {
    super(message);
  }
}

export class NotFoundError extends DomainError {
  constructor(what: string, id: string) {
    super(404, 'not_found', \`There is no \${what} "\${id}".\`);
  }
}

export class ConflictError extends DomainError {
  constructor(message: string) {
    super(409, 'conflict', message);
  }
}
`;

const middleware = `import type { ErrorRequestHandler, RequestHandler } from 'express';
import { ZodError } from 'zod';
import { DomainError } from './errors.js';

export const authenticate: RequestHandler = (req, res, next) => {
  if (!req.headers.authorization?.startsWith('Bearer ')) {
    res.status(401).json({ code: 'unauthorized', message: 'Send a bearer token.' });
    return;
  }
  next();
};

export const handleErrors: ErrorRequestHandler = (error, _req, res, _next) => {
  if (error instanceof ZodError) {
    res.status(422).json({ code: 'invalid', message: error.message });
    return;
  }
  if (error instanceof DomainError) {
    res.status(error.status).json({ code: error.code, message: error.message });
    return;
  }
  res.status(500).json({ code: 'internal', message: 'Something went wrong.' });
};
`;

function appText(names: readonly string[]): string {
  return `import express from 'express';
import { authenticate, handleErrors } from './middleware.js';
${names.map((name) => `import { ${name}Routes } from './routes/${name}.js';`).join('\n')}

const app = express();
app.use(express.json());
app.use(authenticate);
${names.map((name) => `app.use('/v1/${name}s', ${name}Routes);`).join('\n')}
app.use(handleErrors);
app.listen(3000);
`;
}

const zodOf = { string: 'z.string()', integer: 'z.number().int()', boolean: 'z.boolean()' } as const;

function schemaText(name: string, fields: readonly Field[]): string {
  const lines = fields.map(
    ({ name: field, kind, required }) => `  ${field}: ${zodOf[kind]}${required ? '' : '.optional()'},`,
  );
  return `import { z } from 'zod';

export const ${name}Input = z.object({
${lines.join('\n')}
});
export type ${pascal(name)}Input = z.infer<typeof ${name}Input>;

export const ${name}Query = z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) });
`;
}

const typeOf = { string: 'string', integer: 'number', boolean: 'boolean' } as const;

function serviceText(name: string, fields: readonly Field[]): string {
  const type = pascal(name);
  const lines = fields.map(({ name: field, kind, required }) => `  ${field}${required ? '' : '?'}: ${typeOf[kind]};`);
  return `import { ConflictError, NotFoundError } from '../errors.js';
import type { ${type}Input } from '../schemas/${name}.js';

export interface ${type} {
  id: string;
  createdAt: string;
${lines.join('\n')}
}

const stored = new Map<string, ${type}>();

export async function find(id: string): Promise<${type}> {
  const found = stored.get(id);
  if (!found) throw new NotFoundError('${name}', id);
  return found;
}

export async function list(limit: number): Promise<${type}[]> {
  return [...stored.values()].slice(0, limit);
}

export async function create(input: ${type}Input): Promise<${type}> {
  if (stored.size > 10_000) throw new ConflictError('There are too many.');
  const created: ${type} = { id: String(stored.size), createdAt: new Date().toISOString(), ...input };
  stored.set(created.id, created);
  return created;
}

export async function update(id: string, input: ${type}Input): Promise<${type}> {
  const updated: ${type} = { ...(await find(id)), ...input };
  stored.set(id, updated);
  return updated;
}

export async function remove(id: string): Promise<void> {
  await find(id);
  stored.delete(id);
}
`;
}

/** Five handlers. One resource in ten has drifted: it answers a status that its contract does not know. */
function routeText(name: string, drifted: boolean): string {
  return `import { Router } from 'express';
import { ${name}Input, ${name}Query } from '../schemas/${name}.js';
import * as service from '../services/${name}.js';

export const ${name}Routes = Router();

${name}Routes.get('/', async (req, res) => {
  const { limit } = ${name}Query.parse(req.query);
  res.json({ items: await service.list(limit) });
});

${name}Routes.post('/', async (req, res) => {
  const input = ${name}Input.parse(req.body);
  res.status(201).json(await service.create(input));
});

${name}Routes.get('/:id', async (req, res) => {
  res.json(await service.find(req.params.id));
});

${name}Routes.put('/:id', async (req, res) => {
  const input = ${name}Input.parse(req.body);
  res.json(await service.update(req.params.id, input));
});

${name}Routes.delete('/:id', async (req, res) => {
${drifted ? "  if (req.params.id === '0') {\n    res.status(423).json({ code: 'locked', message: 'The first one stays.' });\n    return;\n  }\n" : ''}  await service.remove(req.params.id);
  res.status(204).end();
});
`;
}

interface Resource {
  readonly name: string;
  readonly fields: readonly Field[];
}

function contractText(index: number, resources: readonly Resource[]): string {
  const errorResponse = (status: number): string =>
    `        '${status}':\n          $ref: '#/components/responses/Error'\n`;
  const body = (name: string): string =>
    `          content:\n            application/json:\n              schema:\n                $ref: '#/components/schemas/${pascal(name)}'\n`;
  const input = (name: string): string =>
    `      requestBody:\n        required: true\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/${pascal(name)}Input'\n`;
  const paths = resources.map(
    ({ name }) => `  /v1/${name}s:
    get:
      operationId: list${pascal(name)}s
      parameters:
        - name: limit
          in: query
          schema: { type: integer, minimum: 1, maximum: 100, default: 20 }
      responses:
        '200':
          description: One page.
          content:
            application/json:
              schema:
                type: object
                required: [items]
                properties:
                  items:
                    type: array
                    items:
                      $ref: '#/components/schemas/${pascal(name)}'
${errorResponse(401)}${errorResponse(422)}    post:
      operationId: create${pascal(name)}
${input(name)}      responses:
        '201':
          description: Created.
${body(name)}${errorResponse(401)}${errorResponse(409)}${errorResponse(422)}  /v1/${name}s/{id}:
    parameters:
      - name: id
        in: path
        required: true
        schema: { type: string }
    get:
      operationId: get${pascal(name)}
      responses:
        '200':
          description: It.
${body(name)}${errorResponse(401)}${errorResponse(404)}    put:
      operationId: replace${pascal(name)}
${input(name)}      responses:
        '200':
          description: It, replaced.
${body(name)}${errorResponse(401)}${errorResponse(404)}${errorResponse(422)}    delete:
      operationId: delete${pascal(name)}
      responses:
        '204':
          description: Gone.
${errorResponse(401)}${errorResponse(404)}`,
  );
  const schemas = resources.map(({ name, fields }) => {
    const required = fields.filter((field) => field.required).map((field) => field.name);
    const properties = fields.map((field) => `        ${field.name}: { type: ${field.kind} }`).join('\n');
    return `    ${pascal(name)}Input:
      type: object
      required: [${required.join(', ')}]
      properties:
${properties}
    ${pascal(name)}:
      type: object
      required: [${['id', 'createdAt', ...required].join(', ')}]
      properties:
        id: { type: string }
        createdAt: { type: string }
${properties}
`;
  });
  return `openapi: 3.0.3
info:
  title: Service ${index}
  version: 1.0.0
security:
  - token: []
paths:
${paths.join('')}components:
  securitySchemes:
    token: { type: http, scheme: bearer }
  responses:
    Error:
      description: What went wrong.
      content:
        application/json:
          schema:
            type: object
            required: [code, message]
            properties:
              code: { type: string }
              message: { type: string }
  schemas:
${schemas.join('')}`;
}

function pascal(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
