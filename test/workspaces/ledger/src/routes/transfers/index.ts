import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { authenticate } from '../../authenticate.js';
import { CreateTransfer, ErrorBody, Transfer, TransferHeaders, TransferParams } from '../../schemas.js';
import { createTransfer, getTransfer } from '../../services/transfers.js';

const routes: FastifyPluginAsyncTypebox = async (app) => {
  app.addHook('onRequest', authenticate);

  app.route({
    method: 'POST',
    url: '/',
    schema: {
      headers: TransferHeaders,
      body: CreateTransfer,
      response: { 201: Transfer, 400: ErrorBody, 401: ErrorBody, 404: ErrorBody, 409: ErrorBody, 422: ErrorBody },
    },
    handler: async (request, reply) => {
      const transfer = await createTransfer(request.headers['idempotency-key'], request.body);
      reply.code(201);
      return transfer;
    },
  });

  app.route({
    method: 'GET',
    url: '/:transferId',
    schema: {
      params: TransferParams,
      response: { 200: Transfer, 400: ErrorBody, 401: ErrorBody, 404: ErrorBody },
    },
    handler: async (request) => getTransfer(request.params.transferId),
  });
};

export default routes;
