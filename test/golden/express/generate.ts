// Owns the contract that a generator from comments makes of the service beside this file.
// It must not know what is found in it.

import swaggerJsdoc from 'swagger-jsdoc';

const sources = `${process.cwd()}/test/golden/express/service/src`;

/** The contract as text, as it stands in `service/openapi.json`. */
export function generated(): string {
  const document = swaggerJsdoc({
    definition: { openapi: '3.0.3', info: { title: 'Vouchers', version: '1.0.0' } },
    apis: [`${sources}/app.js`, `${sources}/routes/*.js`],
    failOnErrors: true,
  });
  return `${JSON.stringify(document, null, 2)}\n`;
}
