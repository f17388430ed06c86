import { z } from 'zod';

export const refundId = z.object({ refundId: z.string() });

export const newRefund = z.object({
  paymentId: z.string(),
  amount: z.number().int().min(1),
  currency: z.enum(['EUR', 'USD', 'CHF']),
  reason: z.enum(['duplicate', 'fraudulent', 'requested']).optional(),
});

export const page = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().optional(),
});

export const note = z.object({ text: z.string().max(500) });
