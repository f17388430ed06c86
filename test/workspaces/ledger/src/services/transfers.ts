import { randomUUID } from 'node:crypto';
import { DuplicateTransferError, InsufficientFundsError, TransferNotFoundError } from '../errors.js';
import type { CreateTransfer, Entry, Transfer } from '../schemas.js';
import { getAccount } from './accounts.js';

const transfers = new Map<string, Transfer>();
const byKey = new Map<string, Transfer>();

export async function createTransfer(key: string, input: CreateTransfer): Promise<Transfer> {
  const known = byKey.get(key);
  if (known) {
    if (known.amount !== input.amount) throw new DuplicateTransferError(key);
    return known;
  }
  const debit = await getAccount(input.debitAccountId);
  const credit = await getAccount(input.creditAccountId);
  if (debit.kind === 'asset' && debit.balance < input.amount) {
    throw new InsufficientFundsError(input.amount - debit.balance);
  }
  debit.balance -= input.amount;
  credit.balance += input.amount;
  const transfer: Transfer = {
    id: randomUUID(),
    debitAccountId: debit.id,
    creditAccountId: credit.id,
    amount: input.amount,
    currency: input.currency,
    memo: input.memo,
    bookedAt: new Date().toISOString(),
  };
  transfers.set(transfer.id, transfer);
  byKey.set(key, transfer);
  return transfer;
}

export async function getTransfer(id: string): Promise<Transfer> {
  const transfer = transfers.get(id);
  if (!transfer) throw new TransferNotFoundError(id);
  return transfer;
}

export async function listEntries(accountId: string, from?: string, to?: string): Promise<Entry[]> {
  const account = await getAccount(accountId);
  const entries: Entry[] = [];
  for (const transfer of transfers.values()) {
    if (from && transfer.bookedAt < from) continue;
    if (to && transfer.bookedAt > to) continue;
    if (transfer.debitAccountId === account.id) {
      entries.push({ transferId: transfer.id, amount: -transfer.amount, bookedAt: transfer.bookedAt });
    }
    if (transfer.creditAccountId === account.id) {
      entries.push({ transferId: transfer.id, amount: transfer.amount, bookedAt: transfer.bookedAt });
    }
  }
  return entries;
}
