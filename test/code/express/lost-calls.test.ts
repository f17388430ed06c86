// Tests calls that take too many steps: what their text says they cannot do stays closed, and summaries are those of one route.

import { describe, expect, it } from 'vitest';
import { app, routeOf } from '../validators/service.ts';

/** A function that is never followed to its end, with the given last statement. */
const endless = (last: string): string => {
  const layers = Array.from(
    { length: 12 },
    (_, at) => `function layer${at}(context, n) { ${`layer${at + 1}(context, () => n() + 1);`.repeat(4)} }`,
  );
  return `${layers.join('\n')}\nfunction layer12(context, n) { ${last} }`;
};

const context = `
class Context {
  constructor(req) { this.req = req; this.org = 'one'; }
  get verbose() { return this.req.query.verbose === 'yes'; }
}
class Missing extends Error { status = 404; }`;

const route = `app.get('/x', (req, res) => {
  layer0(new Context(req), () => 0);
  res.json({ id: 1 });
});`;

/** The more routes there are, the fewer steps each of them has. */
const others = Array.from({ length: 800 }, (_, at) => `app.get('/r${at}', (req, res) => res.json({}));`).join('\n');

const factsWith = async (last: string) =>
  (await routeOf(app(context + endless(last), `${route}\n${others}`), '/x')).facts();

describe('a call that is not followed to its end', () => {
  it('leaves the request closed where nothing behind it reads the field that holds it', async () => {
    const { reads } = await factsWith('return context.org + n();');
    expect(reads.completeness.query.closed).toBe(true);
  });

  it('opens the request where a getter on the way reads that field', async () => {
    const { reads } = await factsWith('return context.verbose ? n() : 0;');
    expect(reads.completeness.query).toMatchObject({ closed: false, reason: 'request-escapes' });
  });

  it('opens the statuses where something behind it throws a class of the workspace', async () => {
    const { exitCompleteness } = await factsWith('if (n() > context.org) throw new Missing();');
    expect(exitCompleteness).toMatchObject({ closed: false, reason: 'budget' });
    expect(exitCompleteness).not.toHaveProperty('generic', 'request');
  });

  it('is like a library where it throws no more than errors of the language', async () => {
    const { exitCompleteness } = await factsWith("if (n() > context.org) throw new Error('too many');");
    expect(exitCompleteness).toMatchObject({ closed: false, reason: 'budget', generic: 'request' });
  });
});

describe('a call of which the outcome is kept', () => {
  it('is made again where it asks for something of the request', async () => {
    const setup = `${context}
      const known = (context) => context.verbose;
      function attach(req, res, next) { req.context = new Context(req); next(); }`;
    const routes = `app.use(attach);
      app.get('/a', (req, res) => res.json({ a: known(req.context) }));
      app.get('/b', (req, res) => res.json({ b: known(req.context) }));`;
    for (const path of ['/a', '/b']) {
      const { reads } = (await routeOf(app(setup, routes), path)).facts();
      expect(reads.parameters.map(({ name }) => name)).toEqual(['verbose']);
    }
  });

  it('is made again where it changes what it takes', async () => {
    const setup = 'function fill(target) { target.status = 409; return target; }';
    const routes = `app.get('/a', (req, res) => {
      const one = { status: 200, parts: [] };
      fill(one);
      const other = { status: 200, parts: [] };
      fill(other);
      res.status(other.status).json({});
    });`;
    const { exits } = (await routeOf(app(setup, routes))).facts();
    expect(exits.map(({ status }) => status)).toEqual([409]);
  });

  it('is made again where what it gave was changed since', async () => {
    const setup = 'function make() { const one = { status: 200 }; return one; }';
    const routes = `app.get('/a', (req, res) => { const a = make(); a.status = 409; res.status(a.status).json({}); });
      app.get('/b', (req, res) => { const b = make(); res.status(b.status).json({}); });`;
    const statuses = async (path: string) =>
      (await routeOf(app(setup, routes), path)).facts().exits.map(({ status }) => status);
    expect(await statuses('/a')).toEqual([409]);
    expect(await statuses('/b')).toEqual([200]);
  });

  it('is not made again for fields that were filled anew with the same', async () => {
    const walk = Array.from({ length: 12 }, (_, at) => `if (this.list.has(${at})) this.list.add(String(${at}));`);
    const setup = `
      const { MongoClient } = require('mongodb');
      class Model {
        connect() { this.list = new MongoClient('x').db().collection('y'); }
        walk(n) { ${walk.join('\n').repeat(30)} if (n > 0) throw new Missing(); }
      }
      class Missing extends Error { status = 404; }
      const model = new Model();
      app.use((req, res, next) => { req.model = model; next(); });`;
    const route = `app.get('/x', (req, res) => {
      ${'req.model.connect(); req.model.walk(req.model.size);\n'.repeat(60)}
      res.json({ id: 1 });
    });`;
    const { exitCompleteness } = (await routeOf(app(setup, `${route}\n${others}`), '/x')).facts();
    expect(exitCompleteness.closed).toBe(true);
  });
});
