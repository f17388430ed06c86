import { describe, expect, it } from 'vitest';
import { repairedBy, type Texts } from './offered.ts';

const contract = `openapi: 3.0.3
info: { title: Orders, version: 1.0.0 }
paths:
  /orders/{id}:
    get:
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      responses:
        '204': { description: It exists }
        '404': { description: Unknown order }
`;

const nest = (...decorators: string[]): Texts => ({
  'openapi.yaml': contract,
  'main.ts': `import { Controller, Get, HttpCode, Module, NotFoundException, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ApiResponse } from '@nestjs/swagger';

declare const orders: Set<string>;

@Controller('orders')
class OrdersController {
  @Get(':id')
  @HttpCode(204)
${decorators.map((one) => `  ${one}\n`).join('')}  find(@Param('id') id: string): void {
    if (!orders.has(id)) throw new NotFoundException();
  }
}

@Module({ controllers: [OrdersController] })
class AppModule {}

NestFactory.create(AppModule).then((app) => app.listen(3000));
`,
});

const [present, absent, never] = [204, 404, 410].map((status) => `@ApiResponse({ status: ${status} })`);

describe('documentation of statuses', () => {
  it('gets a decorator for a status that comes', async () => {
    const { title, texts } = await repairedBy('documentation-mismatch', nest(present!));
    expect(title).toBe('Document 404');
    expect(texts['main.ts']).toBe(nest(present!, absent!)['main.ts']);
  });

  it('loses the decorator of a status that never comes', async () => {
    const { title, texts } = await repairedBy('documentation-mismatch', nest(present!, never!, absent!));
    expect(title).toBe('Do not document 410');
    expect(texts['main.ts']).toBe(nest(present!, absent!)['main.ts']);
  });

  it("loses a schema's entry for one", async () => {
    const fastify = (statuses: string): Texts => ({
      'openapi.yaml': contract,
      'app.ts': `import Fastify from 'fastify';
declare const orders: Set<string>;
const app = Fastify();
app.get<{ Params: { id: string } }>('/orders/:id', { schema: { response: { ${statuses} } } }, async (request, reply) => {
  if (!orders.has(request.params.id)) return reply.code(404).send();
  return reply.code(204).send();
});
app.listen({ port: 3000 });
`,
    });
    const none = "{ type: 'null' }";
    const { title, texts } = await repairedBy(
      'documentation-mismatch',
      fastify(`204: ${none}, 404: ${none}, 410: ${none}`),
    );
    expect(title).toBe('Do not document 410');
    expect(texts['app.ts']).toBe(fastify(`204: ${none}, 404: ${none}`)['app.ts']);
  });
});
