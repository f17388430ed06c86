import Hapi from '@hapi/hapi';
import Jwt from '@hapi/jwt';
import { problems } from './problems.ts';
import { locations } from './routes/locations.ts';
import { terminals } from './routes/terminals.ts';

export const server = Hapi.server({ port: Number(process.env.PORT ?? 3000) });

await server.register(Jwt);
server.auth.strategy('merchant', 'jwt', {
  keys: process.env.JWT_SECRET ?? '',
  verify: { aud: 'terminals', iss: false, sub: false },
  validate: (artifacts: { decoded: { payload: { sub: string; scope: string[] } } }) => {
    const { sub, scope } = artifacts.decoded.payload;
    return { isValid: true, credentials: { merchant: sub, scope } };
  },
});
server.auth.default('merchant');

server.ext('onPreResponse', problems);

await server.register([
  { plugin: terminals, routes: { prefix: '/v1/terminals' } },
  { plugin: locations, routes: { prefix: '/v1/locations' } },
]);

await server.start();
