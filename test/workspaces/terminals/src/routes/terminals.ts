import { randomUUID } from 'node:crypto';
import Boom from '@hapi/boom';
import type { Plugin } from '@hapi/hapi';
import { newTerminal, page, payment, relocation, terminalId } from '../schemas.ts';
import { findLocation, findTerminal, listTerminals, removeTerminal, saveTerminal, type Terminal } from '../store.ts';

/** What clients see of a terminal. */
const present = (terminal: Terminal) => ({
  id: terminal.id,
  serial: terminal.serial,
  model: terminal.model,
  locationId: terminal.locationId,
  label: terminal.label,
  state: terminal.state,
  seenAt: terminal.seenAt.toISOString(),
});

export const terminals: Plugin<undefined> = {
  name: 'terminals',
  register(server) {
    server.route([
      {
        method: 'GET',
        path: '/',
        options: {
          validate: { query: page },
          handler: async (request) => {
            const { limit, after, state } = request.query;
            const found = await listTerminals(limit, after, state);
            return { items: found.map(present), more: found.length === limit };
          },
        },
      },
      {
        method: 'POST',
        path: '/',
        options: {
          validate: { payload: newTerminal },
          handler: async (request, h) => {
            const { serial, model, locationId, label } = request.payload;
            await findLocation(locationId);
            const terminal = await saveTerminal({
              id: randomUUID(),
              serial,
              model,
              locationId,
              label: label ?? null,
              state: 'offline',
              seenAt: new Date(),
            });
            return h.response(present(terminal)).code(201).header('location', `/v1/terminals/${terminal.id}`);
          },
        },
      },
      {
        method: 'GET',
        path: '/{terminalId}',
        options: { validate: { params: terminalId } },
        handler: async (request) => present(await findTerminal(request.params.terminalId)),
      },
      {
        method: 'PUT',
        path: '/{terminalId}/location',
        options: { validate: { params: terminalId, payload: relocation } },
        handler: async (request) => {
          const terminal = await findTerminal(request.params.terminalId);
          const { locationId } = request.payload;
          await findLocation(locationId);
          return present(await saveTerminal({ ...terminal, locationId }));
        },
      },
      {
        method: 'POST',
        path: '/{terminalId}/payments',
        options: { validate: { params: terminalId, payload: payment } },
        handler: async (request, h) => {
          const terminal = await findTerminal(request.params.terminalId);
          if (terminal.state !== 'online') throw Boom.conflict('the terminal is not online');
          const { amount, currency, reference } = request.payload;
          const started = { paymentId: randomUUID(), terminalId: terminal.id, amount, currency, reference: reference ?? null };
          return h.response(started).code(202);
        },
      },
      {
        method: 'DELETE',
        path: '/{terminalId}',
        options: { validate: { params: terminalId }, auth: { access: { scope: ['terminals:retire'] } } },
        handler: async (request, h) => {
          const terminal = await findTerminal(request.params.terminalId);
          await removeTerminal(terminal.id);
          return h.response().code(204);
        },
      },
    ]);
  },
};
