// Prints the contract that the framework's own generator makes of the service; run by `generate.ts` in a process of its own.
// It must not know what the contract is compared with.

import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { configure } from './configure.js';
import { describe } from './describe.js';

const app = await NestFactory.create(AppModule, { logger: false });
configure(app);
process.stdout.write(`${JSON.stringify(describe(app), null, 2)}\n`);
await app.close();
