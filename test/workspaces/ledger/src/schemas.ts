import { type Static, Type } from '@sinclair/typebox';

export const Currency = Type.Union([Type.Literal('EUR'), Type.Literal('USD'), Type.Literal('CHF')]);

export const AccountKind = Type.Union([Type.Literal('asset'), Type.Literal('liability'), Type.Literal('revenue')]);

export const Account = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  kind: AccountKind,
  currency: Currency,
  balance: Type.Integer(),
  externalId: Type.Union([Type.String(), Type.Null()]),
  status: Type.Union([Type.Literal('open'), Type.Literal('frozen')]),
  createdAt: Type.String({ format: 'date-time' }),
});

export const CreateAccount = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 120 }),
  kind: AccountKind,
  currency: Currency,
  externalId: Type.Optional(Type.String({ maxLength: 64 })),
});

export const UpdateAccount = Type.Object({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
  status: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('frozen')])),
});

export const ListAccounts = Type.Object({
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  offset: Type.Integer({ minimum: 0, default: 0 }),
  kind: Type.Optional(AccountKind),
});

export const AccountPage = Type.Object({
  data: Type.Array(Account),
  total: Type.Integer(),
});

export const AccountParams = Type.Object({
  accountId: Type.String({ format: 'uuid' }),
});

export const Entry = Type.Object({
  transferId: Type.String(),
  amount: Type.Integer(),
  bookedAt: Type.String({ format: 'date-time' }),
});

export const ListEntries = Type.Object({
  from: Type.Optional(Type.String({ format: 'date' })),
  to: Type.Optional(Type.String({ format: 'date' })),
});

export const Transfer = Type.Object({
  id: Type.String({ format: 'uuid' }),
  debitAccountId: Type.String(),
  creditAccountId: Type.String(),
  amount: Type.Integer(),
  currency: Currency,
  memo: Type.Optional(Type.String()),
  bookedAt: Type.String({ format: 'date-time' }),
});

export const CreateTransfer = Type.Object({
  debitAccountId: Type.String({ format: 'uuid' }),
  creditAccountId: Type.String({ format: 'uuid' }),
  amount: Type.Integer({ minimum: 1 }),
  currency: Currency,
  memo: Type.Optional(Type.String({ maxLength: 140 })),
});

export const TransferHeaders = Type.Object({
  'idempotency-key': Type.String({ minLength: 8, maxLength: 64 }),
});

export const TransferParams = Type.Object({
  transferId: Type.String({ format: 'uuid' }),
});

export const ErrorBody = Type.Object({
  code: Type.String(),
  message: Type.String(),
});

export type Account = Static<typeof Account>;
export type CreateAccount = Static<typeof CreateAccount>;
export type UpdateAccount = Static<typeof UpdateAccount>;
export type ListAccounts = Static<typeof ListAccounts>;
export type Entry = Static<typeof Entry>;
export type Transfer = Static<typeof Transfer>;
export type CreateTransfer = Static<typeof CreateTransfer>;
