// Owns the contract that the framework's own generator makes of the service beside this file.
// It must not know what is found in it.

import { app } from './service/src/app.ts';

/** The contract as text, as it stands in `service/openapi.json`. */
export function generated(): string {
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Tickets', version: '1.0.0' },
  });
  return `${JSON.stringify(document, null, 2)}\n`;
}
