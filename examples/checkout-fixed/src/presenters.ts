import type { Payment, Payout, Refund, WebhookEndpoint } from './domain.js';

export function presentPayment(payment: Payment) {
  return {
    id: payment.id,
    status: payment.status,
    amount: payment.amount,
    capturedAmount: payment.capturedAmount,
    refundedAmount: payment.refundedAmount,
    currency: payment.currency,
    orderReference: payment.orderReference,
    description: payment.description,
    createdAt: payment.createdAt.toISOString(),
    capturedAt: payment.capturedAt ? payment.capturedAt.toISOString() : null,
  };
}

export function presentRefund(refund: Refund) {
  return {
    id: refund.id,
    paymentId: refund.paymentId,
    amount: refund.amount,
    currency: refund.currency,
    reason: refund.reason,
    status: refund.status,
    createdAt: refund.createdAt.toISOString(),
  };
}

export function presentPayout(payout: Payout) {
  return {
    id: payout.id,
    amount: payout.amount,
    currency: payout.currency,
    status: payout.status,
    arrivalDate: payout.arrivalDate?.toISOString() ?? null,
  };
}

/** The signing secret leaves the service once, when the endpoint is made. */
export function presentWebhookEndpoint(endpoint: WebhookEndpoint) {
  return {
    id: endpoint.id,
    url: endpoint.url,
    events: endpoint.events,
    createdAt: endpoint.createdAt.toISOString(),
  };
}
