export class NotFound extends Error {}
export class NotEnough extends Error {}

export interface Wallet {
  id: string;
  owner: string;
  currency: 'EUR' | 'USD' | 'CHF';
  balance: number;
  label: string | null;
}

export interface Transfer {
  id: string;
  from: string;
  to: string;
  amount: number;
}

const wallets = new Map<string, Wallet>();
const transfers = new Map<string, Transfer>();

/** A wallet; throws when there is none. */
export function findWallet(id: string): Wallet {
  const wallet = wallets.get(id);
  if (!wallet) throw new NotFound('there is no such wallet');
  return wallet;
}

export function walletsOf(owner: string | undefined, limit: number): Wallet[] {
  return [...wallets.values()].filter((wallet) => owner === undefined || wallet.owner === owner).slice(0, limit);
}

export function saveWallet(wallet: Wallet): Wallet {
  wallets.set(wallet.id, wallet);
  return wallet;
}

export function dropWallet(wallet: Wallet): void {
  wallets.delete(wallet.id);
}

/** A transfer; throws when there is none. */
export function findTransfer(id: string): Transfer {
  const transfer = transfers.get(id);
  if (!transfer) throw new NotFound('there is no such transfer');
  return transfer;
}

/** Moves money; throws when a wallet lacks or has not enough. */
export function move(id: string, from: string, to: string, amount: number): Transfer {
  const source = findWallet(from);
  const target = findWallet(to);
  if (source.balance < amount) throw new NotEnough('the wallet has not enough');
  saveWallet({ ...source, balance: source.balance - amount });
  saveWallet({ ...target, balance: target.balance + amount });
  const transfer = { id, from, to, amount };
  transfers.set(id, transfer);
  return transfer;
}
