import { randomUUID } from 'node:crypto';
import type { Plugin } from '@hapi/hapi';
import { newLocation } from '../schemas.ts';
import { listLocations, saveLocation } from '../store.ts';

export const locations: Plugin<undefined> = {
  name: 'locations',
  register(server) {
    server.route({
      method: 'GET',
      path: '/',
      handler: async () => {
        const found = await listLocations();
        return found.map(({ id, name, city, postcode }) => ({ id, name, city, postcode }));
      },
    });
    server.route({
      method: 'POST',
      path: '/',
      options: { validate: { payload: newLocation } },
      handler: async (request, h) => {
        const { name, city, postcode } = request.payload;
        const location = await saveLocation({ id: randomUUID(), name, city, postcode: postcode ?? null });
        return h.response({ id: location.id, name: location.name, city: location.city, postcode: location.postcode }).code(201);
      },
    });
  },
};
