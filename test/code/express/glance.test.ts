// Tests glances: what a route reads is named within a few steps, and nothing of it stays for the whole run.

import { describe, expect, it } from 'vitest';
import { app, routeOf } from '../validators/service.ts';

const setup = `
  function tally(list, by) { let sum = 0; for (const one of list) sum += one.weight * by; return sum; }
  function limitOf(req) { return Number(req.query.limit ?? 20); }`;
const handler = `app.get('/orders/:id', (req, res) => {
  const limit = limitOf(req);
  if (!req.header('x-tenant')) return res.status(400).json({});
  res.json({ id: req.params.id, sum: tally([{ weight: 1 }], limit) });
});`;

describe('a glance', () => {
  it('names what the whole run reads', async () => {
    const glanced = (await routeOf(app(setup, handler))).glance?.();
    const read = (await routeOf(app(setup, handler))).facts().reads;
    expect(glanced?.parameters.map(({ in: location, name }) => `${location}:${name}`)).toEqual([
      'query:limit',
      'header:x-tenant',
      'path:id',
    ]);
    expect(glanced).toEqual(read);
  });

  it('leaves no trace in the whole run', async () => {
    const route = await routeOf(app(setup, handler));
    route.glance?.();
    expect(route.facts()).toEqual((await routeOf(app(setup, handler))).facts());
  });

  it('ends where a whole run goes on', async () => {
    const busy = `app.get('/busy', (req, res) => {
      ${Array.from({ length: 300 }, (_, index) => `const a${index} = [${index}, 1, 2].map((n) => n + ${index}).filter((n) => n > 2);`).join('\n')}
      res.json({ last: req.query.last });
    });`;
    const many = Array.from({ length: 2_000 }, (_, index) => `app.get('/r${index}', (req, res) => res.json({}));`);
    const route = await routeOf(app('', [busy, ...many].join('\n')));
    expect(route.facts().reads.parameters.map(({ name }) => name)).toEqual(['last']);
    expect(route.glance?.().parameters).toEqual([]);
    expect(route.glance?.().completeness.query).toMatchObject({ closed: false, reason: 'budget' });
  });
});
