import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autoload from '@fastify/autoload';
import Fastify, { type FastifyInstance } from 'fastify';
import { LedgerError } from './errors.js';

const here = dirname(fileURLToPath(import.meta.url));

export async function buildApp(): Promise<FastifyInstance> {
  const app = Fastify({ logger: true });

  app.setErrorHandler((error: Error & { validation?: unknown; statusCode?: number }, request, reply) => {
    if (error instanceof LedgerError) {
      return reply.code(error.statusCode).send({ code: error.code, message: error.message });
    }
    // Schema violations and bodies that are no JSON.
    if (error.validation || error.statusCode === 400) {
      return reply.code(400).send({ code: 'invalid_request', message: error.message });
    }
    request.log.error(error);
    return reply.code(500).send({ code: 'internal_error', message: 'Something went wrong.' });
  });

  app.get('/healthz', async () => ({ status: 'ok' }));

  await app.register(autoload, {
    dir: join(here, 'routes'),
    options: { prefix: '/api/v2' },
  });
  return app;
}
