import type { FastifyPluginAsync } from 'fastify';
import { ServiceError } from './errors.ts';
import { byId } from './schemas.ts';
import { add, deliver, drop, find, list } from './store.ts';

const problem = { $ref: 'Problem#' };
const secured = { security: [{ key: [] }] };

export const parcels: FastifyPluginAsync = async (app) => {
  app.addHook('onRequest', async (request) => {
    if (request.headers['x-api-key'] !== process.env.API_KEY)
      throw new ServiceError(401, 'unauthorized', 'the key is not valid');
  });

  app.get<{ Querystring: { state?: string; limit: number } }>(
    '/',
    {
      schema: {
        ...secured,
        querystring: {
          type: 'object',
          properties: {
            state: { type: 'string', enum: ['waiting', 'delivered'] },
            limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        },
        response: { 200: { type: 'array', items: { $ref: 'Parcel#' } }, 400: problem, 401: problem },
      },
    },
    async (request) => list(request.query.state, request.query.limit),
  );

  app.post<{ Body: { weight: number; note?: string } }>(
    '/',
    {
      schema: {
        ...secured,
        body: { $ref: 'NewParcel#' },
        response: { 201: { $ref: 'Parcel#' }, 400: problem, 401: problem },
      },
    },
    async (request, reply) => {
      const { weight, note } = request.body;
      return reply.code(201).send(add(weight, note));
    },
  );

  app.get<{ Params: { id: string } }>(
    '/:id',
    { schema: { ...secured, params: byId, response: { 200: { $ref: 'Parcel#' }, 401: problem, 404: problem } } },
    async (request) => find(request.params.id),
  );

  app.post<{ Params: { id: string } }>(
    '/:id/delivery',
    {
      schema: {
        ...secured,
        params: byId,
        response: { 200: { $ref: 'Parcel#' }, 401: problem, 404: problem },
      },
    },
    async (request) => deliver(request.params.id),
  );

  // Without schemas of its answers the generator writes what it takes for the default.
  app.delete<{ Params: { id: string } }>('/:id', { schema: { ...secured, params: byId } }, async (request, reply) => {
    drop(request.params.id);
    return reply.code(204).send();
  });
};
