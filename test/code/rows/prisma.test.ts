// Tests the rows of Prisma: what a query gives is read from the schema and from the query's own arguments.

import { describe, expect, it } from 'vitest';
import { handled, type Surroundings, sent, sentBy, statusesOf } from './service.ts';

const schema = `
generator client { provider = "prisma-client-js" }
datasource db { provider = "postgresql" url = env("DATABASE_URL") }

/// A person.
model User {
  id        Int      @id @default(autoincrement())
  email     String   @unique @map("e_mail") @db.VarChar(255)
  password  String
  name      String?
  role      Role     @default(USER)
  tags      String[]
  balance   Decimal  @default(0)
  visits    BigInt   @default(0)
  settings  Json?
  secret    String   @ignore
  area      Unsupported("polygon")?
  createdAt DateTime @default(now()) /* when it was made */
  posts     Post[]
  profile   Profile?
  @@map("users")
}
enum Role { // who may do what
  USER
  ADMIN @map("administrator")
}
model Post {
  id       String @id @default(uuid()) @db.Uuid
  title    String
  author   User   @relation(fields: [authorId], references: [id], onDelete: Cascade)
  authorId Int
  views    Int
}
model Profile {
  id     Int    @id
  bio    String
  user   User   @relation(fields: [userId], references: [id])
  userId Int    @unique
}
model Hidden {
  id Int @id
  @@ignore
}
`;
const head = `import { PrismaClient, Prisma, Role } from '@prisma/client';\nconst prisma = new PrismaClient();`;
const around = (more: Partial<Surroundings> = {}): Surroundings => ({
  files: { 'prisma/schema.prisma': schema, ...more.files },
  head: `${head}\n${more.head ?? ''}`,
  tail: more.tail,
});

const scalars =
  "id: integer, email: string, password: string, name: string | null, role: 'USER' | 'ADMIN', tags: [string], balance: string, visits: unknown, settings: unknown | null, createdAt: string date-time";
const post = 'id: string uuid, title: string, authorId: integer, views: integer';

describe('what a query selects', () => {
  it.each([
    ['await prisma.user.findMany()', `[{ ${scalars} }]`],
    ['await prisma.user.create({ data: req.body })', `{ ${scalars} }`],
    ['await prisma.user.findUniqueOrThrow({ where: { id: 1 } })', `{ ${scalars} }`],
    ['await prisma.user.findFirst()', `{ ${scalars} } | null`],
    [
      'await prisma.user.findMany({ select: { id: true, name: true, email: false } })',
      '[{ id: integer, name: string | null }]',
    ],
    [
      'await prisma.post.findMany({ include: { author: { select: { id: true } } } })',
      `[{ ${post}, author: { id: integer } }]`,
    ],
    ['await prisma.user.findMany({ select: { posts: true } })', `[{ posts: [{ ${post} }] }]`],
    [
      'await prisma.user.findMany({ select: { id: true, posts: { take: 2, select: { title: true } } } })',
      '[{ id: integer, posts: [{ title: string }] }]',
    ],
    [
      'await prisma.user.findMany({ select: { profile: { select: { bio: true } } } })',
      '[{ profile: { bio: string } | null }]',
    ],
    [
      'await prisma.user.findMany({ omit: { password: true, visits: true, settings: true, tags: true } })',
      "[{ id: integer, email: string, name: string | null, role: 'USER' | 'ADMIN', balance: string, createdAt: string date-time }]",
    ],
    [
      'await prisma.user.findMany({ select: { id: true, _count: { select: { posts: true } } } })',
      '[{ id: integer, _count: { posts: integer } }]',
    ],
    [
      'await prisma.post.findMany({ select: { id: true, title: req.query.long === "1" } })',
      '[{ id: string uuid, title?: string }]',
    ],
    ['await prisma.user.findMany(req.body)', '[unknown]'],
    ['await prisma.user.findMany({ select: choose(req) })', '[unknown]'],
    ['await prisma.user.findMany({ ...options, select: { id: true } })', '[unknown]'],
  ])('%s', async (expression, body) => {
    const more = { head: "import { choose, options } from 'elsewhere';" };
    expect(await sent(expression, around(more))).toBe(body);
  });

  it('follows constants, `satisfies` and validators', async () => {
    const more = {
      head: `const brief = { id: true, title: true } satisfies Prisma.PostSelect;
        const withAuthor = Prisma.validator<Prisma.PostDefaultArgs>()({ select: { author: { select: { id: true } } } });`,
    };
    expect(await sent('await prisma.post.findMany({ select: brief })', around(more))).toBe(
      '[{ id: string uuid, title: string }]',
    );
    expect(await sent('await prisma.post.findMany(withAuthor)', around(more))).toBe('[{ author: { id: integer } }]');
  });
});

describe('what other methods give', () => {
  it.each([
    ['await prisma.user.count()', 'integer'],
    ['await prisma.user.updateMany({ data: {} })', '{ count: integer }'],
    [
      'await prisma.post.aggregate({ _count: true, _avg: { views: true } })',
      '{ _count: integer, _avg: { views: number | null } }',
    ],
    [
      'await prisma.post.groupBy({ by: ["authorId"], _max: { views: true } })',
      '[{ authorId: integer, _max: { views: integer | null } }]',
    ],
    ['await prisma.$queryRaw`SELECT 1`', 'unknown'],
    ['await prisma.$transaction([prisma.user.count(), prisma.post.count()])', '[integer]'],
    ['await prisma.$transaction(async (tx) => tx.post.create({ data: {} }))', `{ ${post} }`],
    ['await prisma.hidden.findMany()', 'unknown'],
    ['Role.ADMIN', "'ADMIN'"],
    ['Object.values(Role)', "['USER' | 'ADMIN']"],
  ])('%s', async (expression, body) => {
    expect(await sent(expression, around())).toBe(body);
  });

  it('takes what was missing for null, and what is checked for present', async () => {
    const body = `const post = await prisma.post.findUnique({ where: { id: req.params.id } });
      if (!post) return res.status(404).json({ error: 'none' });
      const { authorId, ...rest } = post;
      res.json({ ...rest, views: post.views > 10 });`;
    expect(statusesOf(await handled(body, around()))).toEqual([200, 404]);
    expect(await sentBy(body, around())).toBe('{ id: string uuid, title: string, views: boolean }');
  });

  it('throws an error with a code where a row must be there', async () => {
    const tail = `app.use((err, req, res, next) => {
      if (err instanceof Prisma.PrismaClientKnownRequestError && err.code === 'P2025') return res.status(404).json({});
      if (err instanceof Prisma.PrismaClientKnownRequestError && err.code === 'P2002') return res.status(409).json({});
      next(err);
    });`;
    const facts = await handled(
      'res.json(await prisma.post.findUniqueOrThrow({ where: { id: req.params.id } }));',
      around({ tail }),
    );
    expect(statusesOf(facts)).toContain(404);
    expect(statusesOf(facts)).not.toContain(409);
  });
});

describe('clients', () => {
  it('adds what an extension computes, and only there', async () => {
    const more = {
      head: `const extended = prisma.$extends({ result: { post: { heading: { needs: { title: true }, compute(post) { return 'Post: ' + post.title; } } } } });`,
    };
    expect(await sent('await extended.post.findFirstOrThrow()', around(more))).toBe(`{ ${post}, heading: string }`);
    expect(await sent('await extended.profile.findFirstOrThrow()', around(more))).toBe(
      '{ id: integer, bio: string, userId: integer }',
    );
  });

  it('follows methods that an extension adds to a model', async () => {
    const more = {
      head: `const extended = prisma.$extends({ model: { post: { async total() { return { total: 1 }; } } } });`,
    };
    expect(await sent('await extended.post.total()', around(more))).toBe('{ total: 1 }');
  });

  it('follows what runs in the place of a query', async () => {
    const more = {
      head: `const extended = prisma.$extends({ query: { $allModels: { async $allOperations({ args, query }) { console.log(1); return query(args); } } } });`,
    };
    expect(await sent('await extended.post.findMany({ select: { id: true } })', around(more))).toBe(
      '[{ id: string uuid }]',
    );
  });

  it('knows nothing behind an extension that it cannot see', async () => {
    const more = { head: "import { masking } from 'prisma-masking'; const extended = prisma.$extends(masking());" };
    expect(await sent('await extended.post.findMany()', around(more))).toBe('unknown');
  });

  it('leaves out what the client leaves out of every row', async () => {
    const more = { head: 'const quiet = new PrismaClient({ omit: { profile: { bio: true } } });' };
    expect(await sent('await quiet.profile.findFirstOrThrow()', around(more))).toBe('{ id: integer, userId: integer }');
  });

  it.each([
    ['a class that extends it', 'class Database extends PrismaClient {} const db = new Database();', 'db.post'],
    [
      'a field that is declared',
      'class Posts { constructor(private readonly db: PrismaClient) {} all() { return this.db.post; } } const posts = new Posts(undefined as never);',
      'prisma.post',
    ],
    [
      'a global that keeps it',
      'const kept = globalThis as unknown as { db?: PrismaClient }; const db = kept.db ?? new PrismaClient();',
      'db.post',
    ],
  ])('is found in %s', async (_what, more, delegate) => {
    expect(await sent(`await ${delegate}.findFirstOrThrow({ select: { id: true } })`, around({ head: more }))).toBe(
      '{ id: string uuid }',
    );
  });
});

describe('where the schema lies', () => {
  it('reads a folder of files', async () => {
    const files = {
      'prisma/schema/main.prisma': 'generator client {\n provider = "prisma-client-js"\n}',
      'prisma/schema/shop/order.prisma': 'model Order {\n id Int @id\n state State\n}',
      'prisma/schema/shop/state.prisma': 'enum State {\n OPEN\n PAID\n}',
    };
    expect(await sent('await prisma.order.findFirstOrThrow()', { head, files })).toBe(
      "{ id: integer, state: 'OPEN' | 'PAID' }",
    );
  });

  it('finds a client that is generated into the sources', async () => {
    const files = {
      'prisma/schema.prisma':
        'generator client {\n provider = "prisma-client"\n output = "../generated/client"\n}\nmodel Order {\n id Int @id\n}',
      'db.ts':
        "import { PrismaClient } from './generated/client/client';\nexport const prisma = new PrismaClient();\nexport * from './generated/client/client';",
    };
    const head = "import { prisma, type Order } from './db';";
    expect(await sent('await prisma.order.findFirstOrThrow()', { head, files })).toBe('{ id: integer }');
    expect(await sent('orderOf(req)', { head: `${head} declare function orderOf(req: unknown): Order;`, files })).toBe(
      '{ id: integer }',
    );
  });

  it('takes the schema that lies nearest', async () => {
    const files = {
      'one/prisma/schema.prisma':
        'generator client {\n provider = "prisma-client-js"\n}\nmodel Order {\n id Int @id\n}',
      'two/prisma/schema.prisma':
        'generator client {\n provider = "prisma-client-js"\n}\nmodel Order {\n code String @id\n}',
      'one/db.ts': "import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();",
    };
    expect(
      await sent('await prisma.order.findFirstOrThrow()', { head: "import { prisma } from './one/db';", files }),
    ).toBe('{ id: integer }');
  });

  it('reads broken text as far as it goes', async () => {
    const files = {
      'prisma/schema.prisma': 'model Order {\n id Int @id(map: "x\n title String\n}\nmodel Broken {\n id',
    };
    expect(await sent('await prisma.order.findFirstOrThrow()', { head, files })).toContain('id: integer');
  });

  it('says nothing without a schema', async () => {
    expect(await sent('await prisma.order.findMany()', { head })).toBe('unknown');
  });
});

describe('types', () => {
  it.each([
    ['Post', `{ ${post} }`],
    [
      'Prisma.PostGetPayload<{ include: { author: { select: { id: true } } } }>',
      `{ ${post}, author: { id: integer } }`,
    ],
    ['Prisma.ProfileGetPayload<typeof args>', '{ bio: string }'],
    ['Role', "'USER' | 'ADMIN'"],
  ])('%s', async (type, body) => {
    const more = {
      head: `import type { Post } from '@prisma/client';
        const args = { select: { bio: true } } as const;
        declare function made(): ${type};`,
    };
    expect(await sent('made()', around(more))).toBe(body);
  });
});
