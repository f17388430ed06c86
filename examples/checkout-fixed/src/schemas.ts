import { z } from 'zod';

export const currency = z.enum(['EUR', 'GBP', 'USD']);

export const createPayment = z.object({
  amount: z.number().int().min(1).max(99_999_999),
  currency,
  orderReference: z.string().min(1).max(64),
  description: z.string().max(255).optional(),
  card: z.object({
    number: z.string().regex(/^\d{12,19}$/),
    expiryMonth: z.number().int().min(1).max(12),
    expiryYear: z.number().int().min(2020).max(2099),
    cvc: z.string().regex(/^\d{3,4}$/),
  }),
});

export const capturePayment = z.object({
  amount: z.number().int().min(1).optional(),
});

export const createRefund = z.object({
  amount: z.number().int().min(1),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
});

export const listPayments = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().optional(),
  status: z.enum(['authorized', 'captured', 'cancelled', 'refunded']).optional(),
});

export const createWebhookEndpoint = z.object({
  url: z.string().url(),
  events: z.array(z.enum(['payment.captured', 'payment.cancelled', 'refund.succeeded'])).min(1),
});

export const settlementReport = z.object({
  date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
});

export type CreatePayment = z.infer<typeof createPayment>;
export type CapturePayment = z.infer<typeof capturePayment>;
export type CreateRefund = z.infer<typeof createRefund>;
export type ListPayments = z.infer<typeof listPayments>;
export type CreateWebhookEndpoint = z.infer<typeof createWebhookEndpoint>;
