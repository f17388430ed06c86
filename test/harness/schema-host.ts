// Owns a host of schemas for tests: a server of this machine that serves texts by their paths and remembers what it was asked for.
// It must not know who asks.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SchemaHost {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** The paths that were asked for, in their order. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

/** Serves texts by their paths (`/orders.yaml`) until it is stopped; everything else is not found. */
export async function serveSchemas(texts: Readonly<Record<string, string>>): Promise<SchemaHost> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const text = Object.hasOwn(texts, path) ? texts[path] : undefined;
    response.writeHead(text === undefined ? 404 : 200).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A schema that asks for more than the handler of {@link referring} sends. */
export const remoteOrder =
  'type: object\nrequired: [id, total]\nproperties:\n  id: { type: string }\n  total: { type: integer }\n';

/** A service that sends an order without its total, under a contract whose schema lies at an address. */
export function referring(address: string, hosts: readonly string[]): Record<string, string> {
  return {
    'package.json': '{ "name": "orders", "dependencies": { "express": "^4.0.0" } }',
    'fidelity.yaml': `contracts:\n  - file: openapi.yaml\n    role: owned\nremoteHosts: ${JSON.stringify(hosts)}\n`,
    'src/app.js': [
      "const express = require('express');",
      'const app = express();',
      "app.get('/orders/:id', (req, res) => res.json({ id: String(req.params.id) }));",
      'app.listen(3000);',
      '',
    ].join('\n'),
    'openapi.yaml': [
      'openapi: 3.0.3',
      'info: { title: Orders, version: 1.0.0 }',
      'paths:',
      '  /orders/{id}:',
      '    get:',
      '      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]',
      '      responses:',
      "        '200':",
      '          description: The order.',
      '          content:',
      '            application/json:',
      `              schema: { $ref: '${address}' }`,
      '',
    ].join('\n'),
  };
}
