import createError from 'http-errors';

export interface Refund {
  id: string;
  paymentId: string;
  amount: number;
  currency: 'EUR' | 'USD' | 'CHF';
  status: 'pending' | 'settled' | 'cancelled';
  reason: string | null;
}

const refunds = new Map<string, Refund>();

/** A refund, or an error that says that there is none. */
export function find(id: string): Refund {
  const refund = refunds.get(id);
  if (!refund) throw createError(404, 'there is no such refund');
  return refund;
}

export function list(limit: number, cursor: string | undefined): Refund[] {
  const all = [...refunds.values()];
  const from = cursor === undefined ? 0 : all.findIndex((refund) => refund.id === cursor) + 1;
  return all.slice(from, from + limit);
}

export function save(refund: Refund): Refund {
  refunds.set(refund.id, refund);
  return refund;
}

/** What clients see of a refund. */
export function present(refund: Refund) {
  return {
    id: refund.id,
    paymentId: refund.paymentId,
    amount: refund.amount,
    currency: refund.currency,
    status: refund.status,
    reason: refund.reason,
  };
}
