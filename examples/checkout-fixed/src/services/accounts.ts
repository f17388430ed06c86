import type { Payout } from '../domain.js';
import { NotFoundError } from '../errors.js';
import { payments, payouts } from '../store.js';

export interface Balance {
  available: number;
  pending: number;
}

export async function currentBalance(): Promise<Balance> {
  let available = 0;
  let pending = 0;
  for (const payment of payments.values()) {
    if (payment.status === 'authorized') pending += payment.amount;
    else available += payment.capturedAmount - payment.refundedAmount;
  }
  return { available, pending };
}

export async function findPayout(id: string): Promise<Payout> {
  const payout = payouts.get(id);
  if (!payout) {
    throw new NotFoundError('payout', id);
  }
  return payout;
}

/** One line per payment captured on the day. */
export async function settlementOf(date: string): Promise<string> {
  const lines = ['payment,amount,currency'];
  for (const payment of payments.values()) {
    if (payment.capturedAt?.toISOString().startsWith(date)) {
      lines.push(`${payment.id},${payment.capturedAmount},${payment.currency}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
