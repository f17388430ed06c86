import type { Payment } from '../domain.js';
import { CardDeclinedError, ConflictError, NotFoundError, UnprocessableError } from '../errors.js';
import type { CapturePayment, CreatePayment, ListPayments } from '../schemas.js';
import { newId, payments } from '../store.js';
import { authorize } from './acquirer.js';

export async function createPayment(input: CreatePayment): Promise<Payment> {
  const authorization = await authorize(input.card, input.amount);
  if (!authorization.approved) {
    throw new CardDeclinedError(authorization.declineCode);
  }
  const payment: Payment = {
    id: newId('pay'),
    status: 'authorized',
    amount: input.amount,
    capturedAmount: 0,
    refundedAmount: 0,
    currency: input.currency,
    orderReference: input.orderReference,
    description: input.description ?? null,
    createdAt: new Date(),
    capturedAt: null,
  };
  payments.set(payment.id, payment);
  return payment;
}

export async function findPayment(id: string): Promise<Payment> {
  const payment = payments.get(id);
  if (!payment) {
    throw new NotFoundError('payment', id);
  }
  return payment;
}

export async function listPayments(query: ListPayments): Promise<{ items: Payment[]; nextCursor: string | null }> {
  const matching = [...payments.values()].filter((payment) => !query.status || payment.status === query.status);
  const start = query.cursor ? matching.findIndex((payment) => payment.id === query.cursor) + 1 : 0;
  const items = matching.slice(start, start + query.limit);
  const last = items.at(-1);
  const more = start + items.length < matching.length;
  return { items, nextCursor: more && last ? last.id : null };
}

export async function capturePayment(id: string, input: CapturePayment): Promise<Payment> {
  const payment = await findPayment(id);
  if (payment.status !== 'authorized') {
    throw new ConflictError('payment_not_capturable', `The payment is ${payment.status}.`);
  }
  const amount = input.amount ?? payment.amount;
  if (amount > payment.amount) {
    throw new UnprocessableError('amount_too_large', 'More than the authorised amount cannot be captured.');
  }
  payment.status = 'captured';
  payment.capturedAmount = amount;
  payment.capturedAt = new Date();
  return payment;
}

export async function cancelPayment(id: string): Promise<Payment> {
  const payment = await findPayment(id);
  if (payment.status !== 'authorized') {
    throw new ConflictError('payment_not_cancellable', `The payment is ${payment.status}.`);
  }
  payment.status = 'cancelled';
  return payment;
}
