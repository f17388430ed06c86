// Tests the rows of Sequelize: attributes, scopes, associations and what becomes of instances in JSON.

import { describe, expect, it } from 'vitest';
import { type Surroundings, sent, sentBy } from './service.ts';

const head = `import { Sequelize, DataTypes, Model } from 'sequelize';
const sequelize = new Sequelize('sqlite::memory:');
class User extends Model { toJSON() { const { password, ...rest } = this.get(); return rest; } }
User.init({
  id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
  email: { type: DataTypes.STRING(200), allowNull: false },
  password: DataTypes.STRING,
  role: { type: DataTypes.ENUM('user', 'admin'), allowNull: true },
}, { sequelize, timestamps: false });
const Post = sequelize.define('post', {
  title: { type: DataTypes.STRING, allowNull: false },
  price: DataTypes.DECIMAL(10, 2),
}, { timestamps: true, defaultScope: { attributes: { exclude: ['price'] } } });
User.hasMany(Post, { as: 'posts' });
Post.belongsTo(User, { as: 'author' });`;
const around: Surroundings = { head };
const user = "id: integer, email: string, role: 'user' | 'admin' | null";

describe('what queries give', () => {
  it.each([
    ['await User.findAll()', `[{ ${user}, … }]`],
    [
      'await User.findAll({ raw: true })',
      "[{ id: integer, email: string, password: string, role: 'user' | 'admin' | null, … }]",
    ],
    ['await User.findAll({ attributes: ["id", "email"] })', '[{ id: integer, email: string }]'],
    ['await User.findByPk(1, { attributes: ["id"] })', '{ id: integer } | null'],
    ['await User.findAndCountAll({ attributes: ["id"] })', '{ count: integer, rows: [{ id: integer }] }'],
    ['await User.findAll({ attributes: ["id", ["email", "mail"]] })', '[{ id: integer, mail: unknown }]'],
    ['await User.findAll({ attributes: { exclude: ["role", "password"] } })', '[{ id: integer, email: string, … }]'],
    ['await User.findAll(req.body)', '[unknown]'],
    ['await User.count()', 'integer'],
    [
      'await Post.findAll()',
      '[{ title: string, id~: integer, createdAt: string date-time, updatedAt: string date-time, … }]',
    ],
    ['await Post.unscoped().findAll({ attributes: ["title", "price"] })', '[{ title: string, price: unknown }]'],
    [
      'await User.findAll({ attributes: ["id"], include: [{ model: Post, as: "posts", attributes: ["title"] }] })',
      '[{ id: integer, posts: [{ title: string }] }]',
    ],
    [
      'await Post.findAll({ attributes: ["title"], include: { model: User, as: "author", attributes: ["id"] } })',
      '[{ title: string, author: { id: integer } | null }]',
    ],
    ['await User.create({ email: "a" })', "{ id: integer, email~: string, role~: 'user' | 'admin' | null, … }"],
    ['(await Post.findOne({ rejectOnEmpty: true, attributes: ["title"] })).toJSON()', '{ title: string }'],
    ['(await User.findOne({ rejectOnEmpty: true })).email', 'string'],
  ])('%s', async (expression, body) => {
    expect(await sent(expression, around)).toBe(body);
  });

  it('finds the definition that a class makes when the service starts', async () => {
    const files = {
      'user.js': `const { DataTypes, Model } = require('sequelize');
class User extends Model {
  static init(sequelize) {
    super.init({ id: { type: DataTypes.UUID, primaryKey: true }, name: DataTypes.STRING }, { sequelize });
  }
  toClient() { return { id: this.id, name: this.name }; }
}
module.exports = User;`,
    };
    const body = 'const users = await User.findAll(); res.json(users.map((user) => user.toClient()));';
    expect(await sentBy(body, { files, head: "import User from './user';" })).toBe(
      '[{ id: string uuid, name: string }]',
    );
  });

  it('reads the decorators of sequelize-typescript', async () => {
    const more = `import { Column, DataType, Table, Model, AllowNull, HasMany } from 'sequelize-typescript';
@Table({ timestamps: false }) class Tag extends Model {
  @Column({ type: DataType.UUID, primaryKey: true }) id: string;
  @Column name: string;
  @AllowNull @Column(DataType.INTEGER) weight: number;
}`;
    expect(await sent('await Tag.findAll({ attributes: ["id", "name", "weight"] })', { head: more })).toBe(
      '[{ id: string uuid, name: string, weight: integer | null }]',
    );
  });
});
