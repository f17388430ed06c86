// Tests the documents of Mongoose: their fields, what queries give of them, and what becomes of them in JSON.

import { describe, expect, it } from 'vitest';
import { handled, type Surroundings, sent, sentBy, statusesOf } from './service.ts';

const head = `import mongoose, { Schema, model, Types } from 'mongoose';
const addressSchema = new Schema({ street: { type: String, required: true } }, { _id: false });
const userSchema = new Schema({
  email: { type: String, required: [true, 'no email'], unique: true },
  password: { type: String, required: true, select: false },
  role: { type: String, enum: ['user', 'admin'], default: 'user' },
  nick: String,
  age: Number,
  home: { city: String, zip: { type: String, required: true } },
  tags: [String],
  address: addressSchema,
  team: { type: Schema.Types.ObjectId, ref: 'Team', required: true },
}, { timestamps: true });
userSchema.methods.greet = function () { return 'Hello ' + this.email; };
userSchema.statics.byEmail = function (email) { return this.findOne({ email }).select('email -_id'); };
userSchema.virtual('label').get(function () { return this.email; });
const User = model('User', userSchema);
const Team = mongoose.models.Team || mongoose.model('Team', new Schema({ name: { type: String, required: true } }, { versionKey: false }));`;
const around = (more: Partial<Surroundings> = {}): Surroundings => ({
  head: `${head}\n${more.head ?? ''}`,
  tail: more.tail,
});

const stamps = 'createdAt: string date-time, updatedAt: string date-time';
const fields = (team = 'string') =>
  `_id: string, email: string, role: 'user' | 'admin', nick~: string, age~: number, home: { city~: string, zip: string }, tags: [string], address~: { street: string }, team: ${team}, ${stamps}, __v: integer`;
const user = fields();

describe('what queries give', () => {
  it.each([
    ['await User.find()', `[{ ${user} }]`],
    ['await User.find().sort("-age").limit(3).exec()', `[{ ${user} }]`],
    ['await User.findById(req.params.id)', `{ ${user} } | null`],
    ['await User.create({ email: "a" })', `{ ${user} }`],
    ['await Team.findOne().orFail()', '{ _id: string, name: string }'],
    ['await User.find().select("email role")', "[{ _id: string, email: string, role: 'user' | 'admin' }]"],
    [
      'await User.find({}, "-home -tags -address -team -nick -age")',
      `[{ _id: string, email: string, role: 'user' | 'admin', ${stamps}, __v: integer }]`,
    ],
    ['await User.find({}, { email: 1, _id: 0 }).lean()', '[{ email: string }]'],
    [
      'await User.find().select("+password").select({ email: 1, password: 1 })',
      '[{ _id: string, email: string, password: string }]',
    ],
    ['await User.find().populate("team")', `[{ ${fields('{ _id: string, name: string } | null')} }]`],
    ['await User.find().populate({ path: "team", select: "name -_id" })', `[{ ${fields('{ name: string } | null')} }]`],
    ['await User.find().populate(paths)', '[unknown]'],
    ['await User.countDocuments()', 'integer'],
    ['await User.aggregate([])', 'unknown'],
    ['await User.byEmail("a")', '{ email: string } | null'],
    ['await Promise.all([User.find().select("email -_id"), User.countDocuments()])', '[[{ email: string }] | integer]'],
    ['(await User.findById(1))?.greet()', 'string'],
    ['(await User.find()).map((one) => ({ id: one.id, name: one.label }))', '[{ id: string, name: string }]'],
  ])('%s', async (expression, body) => {
    expect(await sent(expression, around({ head: "import { paths } from 'elsewhere';" }))).toBe(body);
  });

  it('also without waiting', async () => {
    expect(await sentBy('Team.find().then((teams) => res.json({ teams }));', around())).toBe(
      '{ teams: [{ _id: string, name: string }] }',
    );
  });

  it('fails where a document is demanded', async () => {
    const tail =
      "app.use((err, req, res, next) => { if (err.name === 'DocumentNotFoundError') return res.status(404).json({}); next(err); });";
    expect(statusesOf(await handled('res.json(await Team.findOne().orFail());', around({ tail })))).toContain(404);
  });
});

describe('JSON', () => {
  it.each([
    [
      'virtuals on demand',
      '{ toJSON: { virtuals: true } }',
      '{ _id: string, a: string, __v: integer, id: string, twice: string }',
    ],
    ['a version that is left out', '{ toJSON: { versionKey: false } }', '{ _id: string, a: string }'],
    [
      'a transformation that changes',
      '{ toJSON: { transform(doc, ret) { ret.id = ret._id; delete ret._id; delete ret.__v; } } }',
      '{ a: string, id: string }',
    ],
    ['a transformation that returns', '{ toJSON: { transform: (doc, ret) => ({ only: ret.a }) } }', '{ only: string }'],
    ['a transformation that cannot be seen', '{ toJSON: { transform: clean } }', 'unknown'],
    ['a version key that is off', '{ versionKey: false }', '{ _id: string, a: string }'],
    [
      'names of timestamps',
      '{ versionKey: false, timestamps: { createdAt: "made", updatedAt: false } }',
      '{ _id: string, a: string, made: string date-time }',
    ],
  ])('knows %s', async (_what, options, body) => {
    const more = `import { clean } from 'elsewhere';
      const schema = new Schema({ a: { type: String, required: true } }, ${options});
      schema.virtual('twice').get(function () { return this.a + this.a; });
      const Thing = model('Thing', schema);`;
    expect(await sent('await Thing.findOne().orFail()', around({ head: more }))).toBe(body);
  });

  it('runs a plugin of the workspace that hides private paths', async () => {
    const more = `const hide = (schema) => {
        schema.options.toJSON = Object.assign(schema.options.toJSON || {}, { transform(doc, ret) {
          Object.keys(schema.paths).forEach((path) => {
            if (schema.paths[path].options && schema.paths[path].options.private) delete ret[path];
          });
        } });
      };
      const schema = new Schema({ a: { type: String, required: true }, secret: { type: String, required: true, private: true } }, { versionKey: false });
      schema.plugin(hide);
      const Thing = model('Thing', schema);`;
    expect(await sent('await Thing.findOne().orFail()', around({ head: more }))).toBe('{ _id: string, a: string }');
  });

  it('says nothing behind a plugin of a package that rewrites documents', async () => {
    const more = `import hidden from 'mongoose-hidden';
      const schema = new Schema({ a: String });
      schema.plugin(hidden);
      const Thing = model('Thing', schema);`;
    expect(await sent('await Thing.findOne().orFail()', around({ head: more }))).toBe('unknown');
  });

  it('keeps an object that the code made of a document apart', async () => {
    const body =
      'const team = await Team.findOne().orFail(); const { name, ...rest } = team.toObject(); res.json({ ...rest, title: name });';
    expect(await sentBy(body, around())).toBe('{ _id: string, title: string }');
  });
});
