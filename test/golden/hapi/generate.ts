// Owns the contract that `hapi-swagger` makes of the service beside this file.
// It must not know what is found in it.

import { build } from './service/src/server.ts';

/** The contract as text, as it stands in `service/openapi.json`. */
export async function generated(): Promise<string> {
  const server = await build();
  await server.initialize();
  const answer = await server.inject('/openapi.json');
  await server.stop();
  return `${JSON.stringify(JSON.parse(answer.payload), null, 2)}\n`;
}
