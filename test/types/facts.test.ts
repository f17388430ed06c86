// Facts with types and without: what a checker adds where the code alone does not tell, and what stays unknown all the same.

import { describe, expect, it } from 'vitest';
import { type Texts, tiers } from './service.ts';

/** The type that says nothing, for declarations of the cases. */
const untyped = 'any';

/** An installed package of which only the declarations are there. */
const packaged = (declarations: string): Texts => ({
  'node_modules/store/package.json': '{ "name": "store", "version": "1.0.0", "types": "index.d.ts" }',
  'node_modules/store/index.d.ts': declarations,
});

const tsconfig = '{ "compilerOptions": { "strict": true, "module": "esnext", "moduleResolution": "bundler" } }';

const service = (setup: string, handler: string): Texts => ({
  'package.json': '{ "name": "service" }',
  'tsconfig.json': tsconfig,
  'src/app.ts': [
    "import express from 'express';",
    setup,
    'const app = express();',
    `app.get('/x', async (req, res) => {\n${handler}\n});`,
    'app.listen(1);',
  ].join('\n'),
});

interface Case {
  readonly name: string;
  readonly declares?: string;
  readonly setup?: string;
  readonly handler: string;
  readonly before?: string;
  readonly after: string;
  readonly also?: Texts;
}

const user = 'export interface User { id: string; age?: number }\n';

const cases: readonly Case[] = [
  {
    name: 'the result of a function of a package',
    declares: `${user}export function find(): User;`,
    setup: "import { find } from 'store';",
    handler: 'res.json(find());',
    after: '{ age?: number, id: string }',
  },
  {
    name: 'an awaited result',
    declares: `${user}export function find(): Promise<User>;`,
    setup: "import { find } from 'store';",
    handler: 'res.json(await find());',
    after: '{ age?: number, id: string }',
  },
  {
    name: 'a variable on the way',
    declares: `${user}export function find(): Promise<User>;`,
    setup: "import { find } from 'store';",
    handler: 'const user = await find(); res.json(user);',
    after: '{ age?: number, id: string }',
  },
  {
    name: 'a member of a result',
    declares: `${user}export function find(): Promise<{ user: User; total: number }>;`,
    setup: "import { find } from 'store';",
    handler: 'const { user, total } = await find(); res.json({ user, total });',
    before: '{ total: ?, user: ? }',
    after: '{ total: number, user: { age?: number, id: string } }',
  },
  {
    name: 'a result that may be absent, after a check',
    declares: `${user}export function find(): Promise<User | null>;`,
    setup: "import { find } from 'store';",
    handler: 'const user = await find(); if (!user) return res.status(404).end(); res.json(user);',
    after: '{ age?: number, id: string }',
  },
  {
    name: 'a result that may be absent, without a check',
    declares: `${user}export function find(): Promise<User | null>;`,
    setup: "import { find } from 'store';",
    handler: 'res.json(await find());',
    after: 'null | { age?: number, id: string }',
  },
  {
    name: 'a list through map',
    declares: `${user}export function list(): Promise<User[]>;`,
    setup: "import { list } from 'store';",
    handler: 'const users = await list(); res.json(users.map((user) => ({ key: user.id })));',
    after: '{ key: string }[]',
  },
  {
    name: 'a list through filter',
    declares: `${user}export function list(): Promise<User[]>;`,
    setup: "import { list } from 'store';",
    handler: 'const users = await list(); res.json({ items: users.filter((user) => user.age) });',
    after: '{ items: { age?: number, id: string }[] }',
  },
  {
    name: 'a length and a count',
    declares: `${user}export function list(): Promise<User[]>; export function count(): Promise<number>;`,
    setup: "import { list, count } from 'store';",
    handler: 'const all = await count(); res.json({ all, name: String(all) });',
    after: '{ all: number, name: string }',
  },
  {
    name: 'generic inference from an argument',
    declares: 'export function wrap<T>(value: T): { value: T; at: Date };',
    setup: "import { wrap } from 'store';",
    handler: "res.json(wrap({ id: 'a' as string }));",
    after: '{ at: date-time, value: { id: string } }',
  },
  {
    name: 'an explicit type argument',
    declares: 'export function query<T>(text: string): Promise<{ rows: T[] }>;',
    setup: "import { query } from 'store'; interface Row { id: number; name: string | null }",
    handler: "const { rows } = await query<Row>('select'); res.json(rows);",
    after: '{ id: number, name: null | string }[]',
  },
  {
    name: 'a generated client with selections',
    declares: [
      'interface Model { id: string; email: string; created: Date }',
      'type Selected<S> = S extends { select: infer F } ? { [K in keyof F & keyof Model as F[K] extends true ? K : never]: Model[K] } : Model;',
      'export declare class Client { user: { findMany<S extends { select?: Partial<Record<keyof Model, boolean>> }>(args?: S): Promise<Selected<S>[]> } }',
    ].join('\n'),
    setup: "import { Client } from 'store'; const client = new Client();",
    handler: 'res.json(await client.user.findMany({ select: { id: true, created: true } }));',
    after: '{ created: date-time, id: string }[]',
  },
  {
    name: 'a method of an instance that a package makes',
    declares:
      'export declare class Ledger { balance(of: string): Promise<{ amount: number; currency: "EUR" | "USD" }> }',
    setup: "import { Ledger } from 'store'; const ledger = new Ledger();",
    handler: "res.json(await ledger.balance('a'));",
    after: "{ amount: number, currency: 'EUR' | 'USD' }",
  },
  {
    name: 'a spread of a result',
    declares: `${user}export function find(): Promise<User>;`,
    setup: "import { find } from 'store';",
    handler: 'const user = await find(); res.json({ ...user, extra: 1 });',
    after: '{ age?: number, extra: 1, id: string, … }',
  },
  {
    name: 'any stays unknown',
    declares: `export function find(): Promise<${untyped}>;`,
    setup: "import { find } from 'store';",
    handler: 'res.json(await find());',
    before: '?',
    after: '?',
  },
  {
    name: 'unknown stays unknown',
    declares: 'export function find(): Promise<unknown>;',
    setup: "import { find } from 'store';",
    handler: 'res.json(await find());',
    before: '?',
    after: '?',
  },
  {
    name: 'a field of type any is there, and nothing more is known of it',
    declares: `export function find(): Promise<{ id: string; rest: ${untyped} }>;`,
    setup: "import { find } from 'store';",
    handler: 'res.json(await find());',
    after: '{ id: string, rest~: ? }',
  },
  {
    name: 'a package that is not installed says nothing',
    setup: "import { find } from 'nowhere';",
    handler: 'res.json(await find());',
    before: '?',
    after: '?',
  },
  {
    name: 'a parent that is not installed leaves an interface open',
    declares: `import type { Base } from 'nowhere'; export interface Row extends Base { id: string } export function find(): Row;`,
    setup: "import { find } from 'store';",
    handler: 'res.json(find());',
    after: '{ id: string, … }',
  },
  {
    name: 'a type parameter that nothing fills says nothing',
    declares: 'export function first<T>(): T;',
    setup: "import { first } from 'store'; const pick = <T>() => first<T>();",
    handler: 'res.json(first());',
    before: '?',
    after: '?',
  },
  {
    name: 'a package’s class with behaviour says nothing',
    declares: 'export declare class Row { id: string; save(): void } export function find(): Promise<Row>;',
    setup: "import { find } from 'store';",
    handler: 'res.json(await find());',
    before: '?',
    after: '?',
  },
  {
    name: 'a member of such a class speaks for itself',
    declares: 'export declare class Row { id: string; save(): void } export function find(): Promise<Row>;',
    setup: "import { find } from 'store';",
    handler: 'const row = await find(); res.json({ id: row.id });',
    before: '{ id: ? }',
    after: '{ id: string }',
  },
  {
    name: 'toJSON decides',
    declares:
      'export declare class Money { cents: bigint; toJSON(): string } export function price(): Promise<{ price: Money }>;',
    setup: "import { price } from 'store';",
    handler: 'res.json(await price());',
    after: '{ price: string }',
  },
  {
    name: 'functions and symbols vanish',
    declares: 'export function find(): Promise<{ id: string; reload: () => void; [Symbol.iterator]: number }>;',
    setup: "import { find } from 'store';",
    handler: 'res.json(await find());',
    after: '{ id: string }',
  },
  {
    name: 'an index signature',
    declares: 'export function counts(): Promise<Record<string, number>>;',
    setup: "import { counts } from 'store';",
    handler: 'res.json(await counts());',
    after: '{ [*]: number }',
  },
  {
    name: 'an index signature over any is open',
    declares: `export function bag(): Promise<{ id: string; [key: string]: ${untyped} }>;`,
    setup: "import { bag } from 'store';",
    handler: 'res.json(await bag());',
    after: '{ id: string, … }',
  },
  {
    name: 'tuples, enums and nested unions',
    declares:
      'export declare enum Kind { Card = "card", Bank = "bank" } export function find(): Promise<{ pair: [string, number]; kind: Kind; flag: boolean | null }>;',
    setup: "import { find } from 'store';",
    handler: 'res.json(await find());',
    after: "{ flag: boolean | null, kind: 'bank' | 'card', pair: number | string[] }",
  },
  {
    name: 'a recursive type ends',
    declares: 'export interface Node { id: string; children: Node[] } export function tree(): Promise<Node>;',
    setup: "import { tree } from 'store';",
    handler: 'const root = await tree(); res.json({ id: root.id });',
    after: '{ id: string }',
  },
  {
    name: 'a union is told apart by what was checked',
    declares:
      'export type Result = { ok: true; value: string } | { ok: false; error: { code: number } }; export function run(): Promise<Result>;',
    setup: "import { run } from 'store';",
    handler: 'const result = await run(); if (!result.ok) return; res.json({ value: result.value });',
    after: '{ value: string }',
  },
  {
    name: 'a class of the workspace with private fields, a getter and a method',
    declares: 'export function make<T>(cls: new () => T): Promise<T>;',
    setup: [
      "import { make } from 'store';",
      'class Account { private secret = ""; #hidden = 1; open = true; get label() { return "x"; } close() {} }',
    ].join('\n'),
    handler: 'res.json(await make(Account));',
    after: '{ open~: boolean, secret~: string, … }',
  },
  {
    name: 'an intersection',
    declares: 'export function find(): Promise<{ id: string } & { tags: string[] }>;',
    setup: "import { find } from 'store';",
    handler: 'res.json(await find());',
    after: '{ id: string, tags: string[] }',
  },
  {
    name: 'a file of the workspace through a path of the tsconfig',
    setup: "import { find } from '@lib/users';",
    handler: 'res.json(await find());',
    also: {
      'tsconfig.json':
        '{ "compilerOptions": { "strict": true, "module": "esnext", "moduleResolution": "bundler", "paths": { "@lib/*": ["./lib/*"] } } }',
      'lib/users.d.ts': 'export function find(): Promise<{ id: string }>;',
    },
    after: '{ id: string }',
  },
];

describe('types behind answers', () => {
  it.each(cases)('$name', async ({ declares, setup = '', handler, before, after, also }) => {
    const texts = { ...service(setup, handler), ...(declares === undefined ? {} : packaged(declares)), ...also };
    const found = await tiers(texts);
    if (before !== undefined) expect(found.before).toBe(before);
    else expect(found.before).not.toBe(after);
    expect(found.after).toBe(after);
  });
});
