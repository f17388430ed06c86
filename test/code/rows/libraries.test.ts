// Tests the libraries that rows pass through on their way out, and the serialisation of what comes of it.

import { describe, expect, it } from 'vitest';
import { handled, type Surroundings, sent, sentBy, statusesOf } from './service.ts';

const head = `import _, { pick, omit } from 'lodash';
import * as R from 'ramda';
import { v4 } from 'uuid';
import { nanoid } from 'nanoid';
import crypto, { randomUUID } from 'node:crypto';
import bcrypt from 'bcrypt';
import jwt from 'jsonwebtoken';
import dayjs from 'dayjs';
import { addDays, format } from 'date-fns';
import { DateTime } from 'luxon';
const user = { id: 1, name: 'a', secret: 'x' };
const users = [user];`;
const around: Surroundings = { head };

describe('collections', () => {
  it.each([
    ["pick(user, ['id', 'name'])", "{ id: 1, name: 'a' }"],
    ["_.pick(user, 'id', 'missing')", '{ id: 1 }'],
    ["omit(user, ['secret'])", "{ id: 1, name: 'a' }"],
    ['omit(user, names)', '{ … }'],
    ["_.map(users, 'name')", '[string]'],
    ["_.map(users, (one) => _.omit(one, 'secret'))", '[{ id: number, name: string }]'],
    ['_.mapValues({ a: 1 }, (one) => String(one))', "{ a: '1' }"],
    ['_.cloneDeep({ a: 1 })', '{ a: 1 }'],
    ["_.get({ a: { b: 1 } }, 'a.b')", '1'],
    ['_.mapKeys(user, (v, k) => _.camelCase(k))', '{ … }'],
    ['_.isEmpty(user)', 'boolean'],
    ["_.camelCase('a b')", 'string'],
    ["R.pick(['id'], user)", '{ id: 1 }'],
    ["R.omit(['secret'])(user)", "{ id: 1, name: 'a' }"],
  ])('%s', async (expression, body) => {
    expect(await sent(expression, { head: `${head}\nimport { names } from 'elsewhere';` })).toBe(body);
  });

  it('keys by a field', async () => {
    expect(await sent("_.keyBy(users, 'id')", around)).toBe('{ + }');
  });
});

describe('texts', () => {
  it.each([
    ['v4()', 'string uuid'],
    ['nanoid()', 'string'],
    ['randomUUID()', 'string uuid'],
    ["crypto.createHash('sha256').update('a').digest('hex')", 'string'],
    ["await bcrypt.hash('a', 10)", 'string'],
    ["await bcrypt.compare('a', 'b')", 'boolean'],
    ["jwt.sign({ id: 1 }, 'key')", 'string'],
    ['dayjs()', 'string date-time'],
    ["dayjs().add(1, 'day').format('YYYY')", 'string'],
    ['dayjs().toDate()', 'string date-time'],
    ['addDays(new Date(), 1)', 'string date-time'],
    ["format(new Date(), 'yyyy')", 'string'],
    ['DateTime.now().toISODate()', 'string date'],
  ])('%s', async (expression, body) => {
    expect(await sent(expression, around)).toBe(body);
  });

  it('throws where a token does not hold', async () => {
    const body = `try { jwt.verify(String(req.query.token), 'key'); } catch (err) {
      if (err instanceof jwt.JsonWebTokenError) return res.status(401).json({});
      return res.status(500).json({});
    }
    res.json({});`;
    expect(statusesOf(await handled(body, around))).toEqual(expect.arrayContaining([200, 401]));
  });
});

describe('JSON', () => {
  it.each([
    ['{ a: new Date() }', '{ a: string date-time }'],
    ['{ a: undefined, b: () => 1, c: 1 }', '{ c: 1 }'],
    ['{ a: new Map([[1, 2]]), b: new Set([1]) }', '{ a: {  }, b: {  } }'],
    ['[undefined, () => 1, 2]', '[null | 2]'],
    ['{ a: NaN, b: Infinity }', '{ a: null, b: null }'],
    ['{ a: 10n }', '{ a: unknown }'],
    ['{ a: /x/ }', '{ a: {  } }'],
    ['{ a: { toJSON() { return "b"; } } }', "{ a: 'b' }"],
    ['new (class { #hidden = 1; shown = 2; get twice() { return 4; } run() {} })()', '{ shown: 2 }'],
    ['new (class { a = 1; toJSON() { return { b: this.a }; } })()', '{ b: 1 }'],
    ['JSON.parse(JSON.stringify({ a: new Date() }))', '{ a: string date-time }'],
    ['structuredClone({ a: 1 })', '{ a: 1 }'],
  ])('%s', async (expression, body) => {
    expect(await sent(expression)).toBe(body);
  });

  it('keeps the order of what several paths give in lists', async () => {
    const body = 'const [rows, total] = load(req.query.all); res.json({ total, rows });';
    const more = 'function load(all) { if (all) return [[{ id: 1 }], 7]; return [[], 0]; }';
    expect(await sentBy(body, { head: more })).toMatch(/^{ total: (7 \| 0|0 \| 7), rows: /);
  });

  it('has what is deleted by a name that it is told', async () => {
    expect(await sentBy("const one = { a: 1, b: 2 }; delete one['b']; res.json(one);")).toBe('{ a: 1 }');
  });
});
