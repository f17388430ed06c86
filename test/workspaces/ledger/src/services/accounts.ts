import { randomUUID } from 'node:crypto';
import { AccountNotEmptyError, AccountNotFoundError } from '../errors.js';
import type { Account, CreateAccount, ListAccounts, UpdateAccount } from '../schemas.js';

const accounts = new Map<string, Account>();

export async function createAccount(input: CreateAccount): Promise<Account> {
  const account: Account = {
    id: randomUUID(),
    name: input.name,
    kind: input.kind,
    currency: input.currency,
    balance: 0,
    externalId: input.externalId ?? null,
    status: 'open',
    createdAt: new Date().toISOString(),
  };
  accounts.set(account.id, account);
  return account;
}

export async function listAccounts(query: ListAccounts): Promise<{ data: Account[]; total: number }> {
  const matching = [...accounts.values()].filter((account) => !query.kind || account.kind === query.kind);
  return { data: matching.slice(query.offset, query.offset + query.limit), total: matching.length };
}

export async function getAccount(id: string): Promise<Account> {
  const account = accounts.get(id);
  if (!account) throw new AccountNotFoundError(id);
  return account;
}

export async function updateAccount(id: string, changes: UpdateAccount): Promise<Account> {
  const account = await getAccount(id);
  if (changes.name !== undefined) account.name = changes.name;
  if (changes.status !== undefined) account.status = changes.status;
  return account;
}

export async function closeAccount(id: string): Promise<void> {
  const account = await getAccount(id);
  if (account.balance !== 0) throw new AccountNotEmptyError(id);
  accounts.delete(id);
}
