// Tests the rows of Drizzle: columns, selections, joins, `returning` and relational queries.

import { describe, expect, it } from 'vitest';
import { sent } from './service.ts';

const files = {
  'schema.ts': `import { relations, type InferSelectModel } from 'drizzle-orm';
import { boolean, integer, numeric, pgEnum, pgTable, serial, text, timestamp, uuid } from 'drizzle-orm/pg-core';
export const role = pgEnum('role', ['user', 'admin']);
export const users = pgTable('users', {
  id: serial('id').primaryKey(),
  email: text('email').notNull(),
  role: role('role').notNull().default('user'),
  nick: text('nick'),
  score: numeric('score').notNull(),
  createdAt: timestamp('created_at').defaultNow().notNull(),
});
export const posts = pgTable('posts', (t) => ({ id: t.uuid('id').primaryKey(), authorId: t.integer('author_id').notNull() }));
export const usersRelations = relations(users, ({ many }) => ({ posts: many(posts) }));
export const postsRelations = relations(posts, ({ one }) => ({ author: one(users, { fields: [posts.authorId], references: [users.id] }) }));
export type User = InferSelectModel<typeof users>;
export type Post = typeof posts.$inferSelect;`,
};
const head = `import { drizzle } from 'drizzle-orm/node-postgres';
import { count, eq } from 'drizzle-orm';
import * as schema from './schema';
import { users, posts, type User, type Post } from './schema';
import { find } from 'elsewhere';
const db = drizzle(process.env.URL, { schema });`;
const around = { files, head };

const user =
  "id: integer, email: string, role: 'user' | 'admin', nick: string | null, score: string, createdAt: string date-time";
const post = 'id: string uuid, authorId: integer';

describe('what queries give', () => {
  it.each([
    ['await db.select().from(users)', `[{ ${user} }]`],
    ['await db.select().from(posts).where(eq(posts.authorId, 1)).limit(1)', `[{ ${post} }]`],
    ['(await db.select().from(posts))[0]', `{ ${post} }`],
    [
      'await db.select({ id: users.id, total: count() }).from(users).groupBy(users.id)',
      '[{ id: integer, total: integer }]',
    ],
    [
      'await db.select().from(posts).innerJoin(users, eq(posts.authorId, users.id))',
      `[{ posts: { ${post} }, users: { ${user} } }]`,
    ],
    [
      'await db.select({ id: posts.id, mail: users.email }).from(posts).leftJoin(users, eq(posts.authorId, users.id))',
      '[{ id: string uuid, mail: string | null }]',
    ],
    ['await db.insert(posts).values({ id: "1", authorId: 1 }).returning()', `[{ ${post} }]`],
    ['await db.update(users).set({ nick: "a" }).returning({ id: users.id })', '[{ id: integer }]'],
    ['await db.delete(posts)', 'unknown'],
    ['await db.query.posts.findMany()', `[{ ${post} }]`],
    [
      'await db.query.users.findMany({ columns: { id: true }, with: { posts: true } })',
      `[{ id: integer, posts: [{ ${post} }] }]`,
    ],
    [
      'await db.query.posts.findMany({ with: { author: { columns: { id: true } } } })',
      `[{ ${post}, author: { id: integer } | null }]`,
    ],
    [
      'await db.query.users.findFirst({ columns: { score: false, createdAt: false, role: false } })',
      '{ id: integer, email: string, nick: string | null }',
    ],
    ['await db.transaction((tx) => tx.select().from(posts))', `[{ ${post} }]`],
    ['await db.select(find()).from(users)', '[unknown]'],
    ['await db.execute(find())', 'unknown'],
    ['find() as User', `{ ${user} }`],
    ['find() as Post', `{ ${post} }`],
  ])('%s', async (expression, body) => {
    expect(await sent(expression, around)).toBe(body);
  });
});
