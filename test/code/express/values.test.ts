// Tests what real services write around their handlers: decorated methods, cleaned paths, lists that are filtered, fallbacks.

import { describe, expect, it } from 'vitest';
import { app, factsOf, parametersOf, routeOf, statusesOf } from '../validators/service.ts';

describe('decorated methods', () => {
  it('runs what a decorator puts in the place of a method', async () => {
    const setup = `import { body, validationResult } from 'express-validator';
      function validate(target: object, key: string, descriptor: PropertyDescriptor) {
        const original = descriptor.value;
        descriptor.value = async function (...args: unknown[]) {
          if (!validationResult(args[0]).isEmpty()) return args[1].status(422).json({});
          return original.apply(this, args);
        };
        return descriptor;
      }
      class Orders {
        @validate
        async create(req, res) { res.status(201).json({}); }
      }`;
    const facts = await factsOf(app(setup, "app.post('/x', body('name').isString(), new Orders().create);"));
    expect(statusesOf(facts)).toEqual([201, 422]);
    expect(facts.reads.bodies).toHaveLength(1);
  });

  it('leaves a method alone that a package decorates', async () => {
    const setup = `import { Traced } from 'tracing';
      class Orders {
        @Traced()
        list(req, res) { res.status(202).json([]); }
      }`;
    expect(statusesOf(await factsOf(app(setup, "app.get('/x', new Orders().list);")))).toEqual([202]);
  });
});

describe('demands', () => {
  it('misses neither of two sources alone', async () => {
    const route = `app.get('/x', (req, res) => {
      const name = req.query.name ?? req.query.title;
      if (!name) return res.status(400).json({});
      res.json({});
    });`;
    expect(Object.keys(parametersOf(await factsOf(app('', route)))).filter((key) => !/[~?]$/.test(key))).toEqual([]);
  });

  it('takes no fallback for what a validator demands', async () => {
    const setup = "import { query, validationResult } from 'express-validator';";
    const route = `app.get('/x', query('kind').exists().isString(), (req, res) => {
      if (!validationResult(req).isEmpty()) return res.status(400).json({});
      res.json({ kind: req.query.kind || 'plain' });
    });`;
    expect(Object.keys(parametersOf(await factsOf(app(setup, route))))).toEqual(['query:kind']);
  });

  it('says nothing of one place when a check looks into several', async () => {
    const setup = "import { check, validationResult } from 'express-validator';";
    const route = `app.get('/x', check('kind').exists(), (req, res) => {
      if (!validationResult(req).isEmpty()) return res.status(400).json({});
      res.json({ kind: req.query.kind || 'plain' });
    });`;
    expect(Object.keys(parametersOf(await factsOf(app(setup, route))))).toEqual(['query:kind~']);
  });
});

describe('values', () => {
  it.each([
    ["['a', null].filter((x) => x !== null)", false],
    ["['a', null].filter((x) => x !== 'a')", true],
  ])('keeps of %s what the test lets through', async (list, hasNull) => {
    const facts = await factsOf(app('', `app.get('/x', (req, res) => { res.json(${list}); });`));
    const [exit] = facts.exits;
    const items = exit?.body?.kind === 'array' ? exit.body.items : undefined;
    const kinds = items?.kind === 'union' ? items.members.map((member) => member.kind) : [items?.kind];
    expect(kinds.includes('null')).toBe(hasNull);
  });

  it('leaves no closed object of what is unknown', async () => {
    const setup = "import { row } from 'rows'; declare const by: string;";
    const route =
      "app.get('/x', async (req, res) => { const { secret, ...rest } = (await row(by))[0]; res.json({ ...rest, id: 1 }); });";
    const [exit] = (await factsOf(app(setup, route))).exits;
    expect(exit?.body).toMatchObject({ kind: 'object', additional: 'unknown' });
  });

  it('cleans constant paths by simple patterns', async () => {
    const setup = "const path = ('/' + 'orders' + '//' + ':id/').replace(/\\/{2,}/g, '/').replace(/\\/$/, '');";
    const facts = await factsOf(app(setup, 'app.get(path, (req, res) => { res.json({ id: req.params.id }); });'));
    expect(Object.keys(parametersOf(facts))).toEqual(['path:id~']);
  });

  it('does not stumble over names that every object has', async () => {
    const route =
      "app.get('/x', (req, res) => { const known = Object.hasOwnProperty.call(req.query, 'a'); res.status(known ? 200 : 404).json({}); });";
    expect(statusesOf(await factsOf(app('', route)))).toEqual([200, 404]);
  });
});

describe('a route of all methods', () => {
  const route = `app.all('/x', (req, res) => {
    if (req.method === 'OPTIONS') return res.status(204).end();
    if (req.method !== 'GET') return res.status(405).json({});
    res.json({});
  });`;

  it('answers each method as its handler does when it asks which it is', async () => {
    const { factsFor } = await routeOf(app('', route));
    expect(statusesOf(factsFor!('get'))).toEqual([200]);
    expect(statusesOf(factsFor!('post'))).toEqual([405]);
    expect(statusesOf(factsFor!('options'))).toEqual([204]);
  });

  it('answers any of them where nobody says which', async () => {
    expect(statusesOf(await factsOf(app('', route)))).toEqual([200, 204, 405]);
  });
});
