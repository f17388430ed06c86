// Owns the list of frameworks whose apps are gathered beside Express and Fastify.
// It must not hold behaviour; each framework has a folder of its own.

import { contractDriven } from './contract-driven/unserved.ts';
import type { Framework } from './framework.ts';
import { hapi } from './hapi/framework.ts';
import { hono } from './hono/framework.ts';
import { koa } from './koa/framework.ts';
import { nest } from './nest/framework.ts';
import { nextFramework } from './next/serve.ts';
import { restify } from './restify/framework.ts';

/** In the order in which their apps are listed. */
export const frameworks: readonly Framework[] = [koa, hono, hapi, restify, nest, nextFramework, contractDriven];
