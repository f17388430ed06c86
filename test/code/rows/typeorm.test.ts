// Tests the rows of TypeORM: columns, relations and what a query loads of them.

import { describe, expect, it } from 'vitest';
import { handled, type Surroundings, sent, sentBy, statusesOf } from './service.ts';

const entities = `
import { AfterLoad, BaseEntity, Column, CreateDateColumn, Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
export enum Role { User = 'user', Admin = 'admin' }
const Precise = (options) => Column({ type: 'decimal', ...options });
@Entity()
export class User extends BaseEntity {
  @PrimaryGeneratedColumn() id: number;
  @Column({ unique: true }) email: string;
  @Column({ select: false }) password: string;
  @Column({ type: 'varchar', nullable: true }) name?: string;
  @Column({ type: 'enum', enum: Role, default: Role.User }) role: Role;
  @Precise({ default: 0 }) balance: number;
  @Column('date') born: Date;
  @CreateDateColumn() createdAt: Date;
  @OneToMany(() => Post, (post) => post.author) posts: Post[];
  @ManyToOne(() => User, { nullable: true }) manager: User;
  online: boolean;
  public get label() { return this.email; }
  isAdmin() { return this.role === Role.Admin; }
}
@Entity('posts')
export class Post {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column() title: string;
  @ManyToOne(() => User, (user) => user.posts, { nullable: false }) author: User;
  public length: number;
  @AfterLoad() measure() { this.length = 3; }
  constructor(init?: Partial<Post>) { Object.assign(this, init); }
}
@Entity()
export class Tag {
  @PrimaryGeneratedColumn() id: number;
  @ManyToOne(() => Post, { eager: true, nullable: false }) post: Post;
}
`;
const head = `import { DataSource, Repository, getRepository, EntityNotFoundError } from 'typeorm';
import { User, Post, Tag, Role } from './entities';
const source = new DataSource({ type: 'postgres' });
const users = source.getRepository(User);
const posts = source.getRepository(Post);`;
const around = (more: Partial<Surroundings> = {}): Surroundings => ({
  files: { 'entities.ts': entities, ...more.files },
  head: `${head}\n${more.head ?? ''}`,
  tail: more.tail,
});

const user =
  "id: integer, email: string, name: string | null, role: 'user' | 'admin', balance: unknown, born: string date, createdAt: string date-time";
const post = 'id: string, title: string, length: 3';

describe('what is loaded', () => {
  it.each([
    ['await users.find()', `[{ ${user} }]`],
    ['await users.findOneBy({ id: 1 })', `{ ${user} } | null`],
    ['await users.findOneOrFail({ where: { id: 1 } })', `{ ${user} }`],
    ['await User.findOne({ where: { id: 1 } })', `{ ${user} } | null`],
    ["await users.find({ select: ['id', 'email'] })", '[{ id: integer, email: string }]'],
    ['await users.find({ select: { id: true, password: true } })', '[{ id: integer, password: string }]'],
    [
      "await posts.find({ relations: ['author'], select: { id: true, author: { id: true } } })",
      '[{ id: string, author: { id: integer }, length: 3 }]',
    ],
    [
      'await posts.find({ select: { id: true }, relations: { author: { manager: true } } })',
      `[{ id: string, author: { ${user}, manager: { ${user} } | null }, length: 3 }]`,
    ],
    ["await users.findOneOrFail({ select: ['id'], relations: ['posts'] })", `{ id: integer, posts: [{ ${post} }] }`],
    ['await source.getRepository(Tag).findOneByOrFail({ id: 1 })', `{ id: integer, post: { ${post} } }`],
    ['await source.manager.findOneByOrFail(Post, { id: "1" })', `{ ${post} }`],
    ['await users.find(options)', '[unknown]'],
    ['await users.count()', 'integer'],
    ['await posts.findAndCount()', `[[{ ${post} }] | integer]`],
    ['await users.query("SELECT 1")', 'unknown'],
  ])('%s', async (expression, body) => {
    expect(await sent(expression, around({ head: "import { options } from 'elsewhere';" }))).toBe(body);
  });
});

describe('query builders', () => {
  it.each([
    ["posts.createQueryBuilder('post').where('x').getMany()", `[{ ${post} }]`],
    ["posts.createQueryBuilder('post').getOne()", `{ ${post} } | null`],
    ["posts.createQueryBuilder('post').leftJoin('post.author', 'author').getOneOrFail()", `{ ${post} }`],
    [
      "users.createQueryBuilder('user').select(['user.id', 'user.email']).getMany()",
      '[{ id: integer, email: string }]',
    ],
    [
      "users.createQueryBuilder('u').select('u.id').leftJoinAndSelect('u.posts', 'p').getOneOrFail()",
      `{ id: integer, posts: [{ ${post} }] }`,
    ],
    [
      "users.createQueryBuilder('u').select(['u.id']).loadRelationCountAndMap('u.total', 'u.posts').getMany()",
      '[{ id: integer, total: integer }]',
    ],
    ["source.createQueryBuilder().select('post').from(Post, 'post').getMany()", `[{ ${post} }]`],
    ["users.createQueryBuilder('user').getRawMany()", '[unknown]'],
    ["users.createQueryBuilder('user').getCount()", 'integer'],
  ])('%s', async (expression, body) => {
    expect(await sent(`await ${expression}`, around())).toBe(body);
  });

  it('keeps what only one path joins', async () => {
    const body = `const query = posts.createQueryBuilder('post').select(['post.id']);
      if (req.query.full) query.leftJoinAndSelect('post.author', 'author');
      res.json(await query.getMany());`;
    expect(await sentBy(body, around())).toBe(`[{ id: string, author?: { ${user} }, length: 3 }]`);
  });
});

describe('rows in code', () => {
  it('leave out what is deleted', async () => {
    const body =
      'const user = await User.findOneOrFail({ select: { id: true, password: true } }); delete user.password; res.json(user);';
    expect(await sentBy(body, around())).toBe('{ id: integer }');
  });

  it('are saved with what the database makes', async () => {
    const body = "const post = posts.create({ title: 'x' }); await posts.save(post); res.json(post);";
    expect(await sentBy(body, around())).toBe("{ title: 'x', id: string }");
  });

  it('keep their methods and getters', async () => {
    expect(await sent('(await users.findOneByOrFail({ id: 1 })).label', around())).toBe('string');
  });

  it('fail with an error that can be told', async () => {
    const tail = `app.use((err, req, res, next) => { if (err instanceof EntityNotFoundError) return res.status(404).json({}); next(err); });`;
    expect(
      statusesOf(await handled('res.json(await posts.findOneByOrFail({ id: req.params.id }));', around({ tail }))),
    ).toContain(404);
  });

  it.each([
    [
      'a declared field',
      'class Posts { constructor(private readonly posts: Repository<Post>) {} one() { return this.posts.findOneByOrFail({}); } } import { container } from "container"; const service = container.get("posts") as Posts;',
      'service.one()',
    ],
    [
      'a class that extends Repository',
      'class Posts extends Repository<Post> { one() { return this.findOneByOrFail({}); } } const service = source.getCustomRepository(Posts);',
      'service.one()',
    ],
    ['the older function', '', 'getRepository(Post).findOneOrFail(1)'],
    [
      'a repository that is extended',
      'const more = posts.extend({ one() { return this.findOneByOrFail({}); } });',
      'more.one()',
    ],
    ['a transaction', '', 'source.transaction(async (manager) => manager.getRepository(Post).findOneByOrFail({}))'],
  ])('come from %s', async (_what, more, expression) => {
    expect(await sent(`await ${expression}`, around({ head: more }))).toBe(`{ ${post} }`);
  });
});
