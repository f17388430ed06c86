import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance } from 'fastify';
import { parcels } from './parcels.ts';
import { newParcel, parcel, problem } from './schemas.ts';

export async function build(): Promise<FastifyInstance> {
  const app = Fastify();
  await app.register(swagger, {
    openapi: {
      openapi: '3.0.3',
      info: { title: 'Parcels', version: '1.0.0' },
      components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-api-key' } } },
    },
    refResolver: { buildLocalReference: (schema, _base, _fragment, index) => String(schema.$id ?? `def-${index}`) },
  });
  for (const schema of [parcel, newParcel, problem]) app.addSchema(schema);
  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, _request, reply) => {
    reply.code(error.statusCode ?? 500).send({ code: error.code ?? 'internal', message: error.message });
  });
  await app.register(parcels, { prefix: '/v1/parcels' });
  return app;
}
