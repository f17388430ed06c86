import type { Refund } from '../domain.js';
import { ConflictError, NotFoundError, UnprocessableError } from '../errors.js';
import type { CreateRefund } from '../schemas.js';
import { newId, refunds } from '../store.js';
import { findPayment } from './payments.js';

export async function createRefund(paymentId: string, input: CreateRefund): Promise<Refund> {
  const payment = await findPayment(paymentId);
  if (payment.status !== 'captured') {
    throw new ConflictError('payment_not_refundable', `The payment is ${payment.status}.`);
  }
  const left = payment.capturedAmount - payment.refundedAmount;
  if (input.amount > left) {
    throw new UnprocessableError('amount_too_large', `Only ${left} can still be refunded.`);
  }
  payment.refundedAmount += input.amount;
  if (payment.refundedAmount === payment.capturedAmount) {
    payment.status = 'refunded';
  }
  const refund: Refund = {
    id: newId('re'),
    paymentId,
    amount: input.amount,
    currency: payment.currency,
    reason: input.reason ?? null,
    status: 'pending',
    createdAt: new Date(),
  };
  refunds.set(refund.id, refund);
  return refund;
}

export async function findRefund(id: string): Promise<Refund> {
  const refund = refunds.get(id);
  if (!refund) {
    throw new NotFoundError('refund', id);
  }
  return refund;
}

export async function listRefunds(paymentId: string): Promise<Refund[]> {
  const payment = await findPayment(paymentId);
  return [...refunds.values()].filter((refund) => refund.paymentId === payment.id);
}
