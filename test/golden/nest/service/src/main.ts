import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { SwaggerModule } from '@nestjs/swagger';
import { AppModule } from './app.module.js';
import { configure } from './configure.js';
import { describe } from './describe.js';

async function start(): Promise<void> {
  const app = await NestFactory.create(AppModule);
  configure(app);
  SwaggerModule.setup('docs', app, describe(app));
  await app.listen(3000);
}

void start();
