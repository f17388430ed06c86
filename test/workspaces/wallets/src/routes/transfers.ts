import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { check } from '../check.ts';
import { findTransfer, move } from '../store.ts';

const newTransfer = z.object({ from: z.string().uuid(), to: z.string().uuid(), amount: z.number().int().min(1) });

export const transfers = new Hono();

transfers.post('/', check('json', newTransfer), (c) => {
  const { from, to, amount } = c.req.valid('json');
  const transfer = move(randomUUID(), from, to, amount);
  return c.json({ id: transfer.id, from: transfer.from, to: transfer.to, amount: transfer.amount }, 201);
});

transfers.get('/:transferId', check('param', z.object({ transferId: z.string().uuid() })), (c) => {
  const transfer = findTransfer(c.req.valid('param').transferId);
  return c.json({ id: transfer.id, from: transfer.from, to: transfer.to, amount: transfer.amount });
});
