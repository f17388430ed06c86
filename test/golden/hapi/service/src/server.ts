import Hapi, { type Server } from '@hapi/hapi';
import HapiSwagger from 'hapi-swagger';
import { repairs } from './repairs.ts';

/** The server with its routes and its description. */
export async function build(): Promise<Server> {
  const server = Hapi.server({ port: Number(process.env.PORT ?? 3000) });
  await server.register([
    {
      plugin: HapiSwagger,
      options: {
        OAS: 'v3.0',
        servers: [{ url: 'https://repairs.example' }],
        info: { title: 'Repairs', version: '1.0.0' },
        documentationPage: false,
        swaggerUI: false,
      },
    },
    { plugin: repairs, routes: { prefix: '/v1/repairs' } },
  ]);
  return server;
}
