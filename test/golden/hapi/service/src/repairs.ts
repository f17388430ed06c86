import { randomUUID } from 'node:crypto';
import Boom from '@hapi/boom';
import type { Plugin } from '@hapi/hapi';
import Joi from 'joi';
import { failure, newRepair, page, quote, repair, repairId } from './schemas.ts';
import { find, list, remove, save } from './store.ts';

export const repairs: Plugin<undefined> = {
  name: 'repairs',
  register(server) {
    server.route([
      {
        method: 'GET',
        path: '/',
        options: {
          tags: ['api'],
          validate: { query: page },
          response: { status: { 200: Joi.array().items(repair).label('Repairs'), 400: failure } },
        },
        handler: (request) => {
          const { limit, kind } = request.query as { limit: number; kind?: string };
          return list(limit, kind);
        },
      },
      {
        method: 'POST',
        path: '/',
        options: {
          tags: ['api'],
          validate: { payload: newRepair },
          response: { status: { 201: repair, 400: failure } },
        },
        handler: (request, h) => {
          const { device, kind, price } = request.payload as { device: string; kind: 'screen'; price: number };
          return h.response(save({ id: randomUUID(), device, kind, state: 'open', price })).code(201);
        },
      },
      {
        method: 'GET',
        path: '/{id}',
        options: {
          tags: ['api'],
          validate: { params: repairId },
          response: { status: { 200: repair, 400: failure, 404: failure } },
        },
        handler: (request) => find(String(request.params.id)),
      },
      {
        method: 'PUT',
        path: '/{id}/quote',
        options: {
          tags: ['api'],
          validate: { params: repairId, payload: quote },
          response: { status: { 200: repair, 400: failure, 404: failure } },
        },
        handler: (request) => {
          const found = find(String(request.params.id));
          if (found.state === 'done') throw Boom.conflict('it is done already');
          const { price } = request.payload as { price: number };
          return save({ ...found, price });
        },
      },
      {
        method: 'DELETE',
        path: '/{id}',
        options: { tags: ['api'], validate: { params: repairId } },
        handler: (request, h) => {
          remove(find(String(request.params.id)).id);
          return h.response().code(204);
        },
      },
    ]);
  },
};
