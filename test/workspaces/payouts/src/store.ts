import errors from 'restify-errors';

export interface Payout {
  id: string;
  accountId: string;
  amount: number;
  currency: 'EUR' | 'SEK' | 'NOK';
  status: 'queued' | 'sent' | 'failed';
  memo: string | null;
  attempts: number;
}

export interface Account {
  id: string;
  holder: string;
  iban: string;
  country: string | null;
}

const payouts = new Map<string, Payout>();
const accounts = new Map<string, Account>();

/** A payout, or an error that says that there is none. */
export async function findPayout(id: string): Promise<Payout> {
  const payout = payouts.get(id);
  if (!payout) throw new errors.NotFoundError('there is no such payout');
  return payout;
}

export async function findAccount(id: string): Promise<Account> {
  const account = accounts.get(id);
  if (!account) throw new errors.NotFoundError('there is no such account');
  return account;
}

export async function listPayouts(limit: number, offset: number, status: string | undefined): Promise<Payout[]> {
  const all = [...payouts.values()].filter((payout) => status === undefined || payout.status === status);
  return all.slice(offset, offset + limit);
}

export async function savePayout(payout: Payout): Promise<Payout> {
  payouts.set(payout.id, payout);
  return payout;
}

export async function removePayout(id: string): Promise<void> {
  payouts.delete(id);
}

export async function saveAccount(account: Account): Promise<Account> {
  accounts.set(account.id, account);
  return account;
}
