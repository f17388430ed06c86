import { randomUUID } from 'node:crypto';
import type { Payment, Payout, Refund, WebhookEndpoint } from './domain.js';

/** Kept in memory, so that the service runs without a database. */
export const payments = new Map<string, Payment>();
export const refunds = new Map<string, Refund>();
export const webhookEndpoints = new Map<string, WebhookEndpoint>();
export const payouts = new Map<string, Payout>([
  ['po_1', { id: 'po_1', amount: 125000, currency: 'EUR', status: 'paid', arrivalDate: new Date('2025-03-03') }],
  ['po_2', { id: 'po_2', amount: 98050, currency: 'EUR', status: 'scheduled', arrivalDate: null }],
]);

export function newId(prefix: string): string {
  return `${prefix}_${randomUUID().replaceAll('-', '')}`;
}
