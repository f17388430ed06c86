// Owns the contract that the framework's own generator makes of the service beside this file.
// It must not know what is found in it.

import { build } from './service/src/app.ts';

/** The contract as text, as it stands in `service/openapi.json`. */
export async function generated(): Promise<string> {
  const app = await build();
  await app.ready();
  const document = app.swagger();
  await app.close();
  return `${JSON.stringify(document, null, 2)}\n`;
}
