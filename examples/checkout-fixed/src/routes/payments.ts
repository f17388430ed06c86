import { Router } from 'express';
import { presentPayment } from '../presenters.js';
import { capturePayment, createPayment, listPayments } from '../schemas.js';
import { once, requireIdempotencyKey } from '../services/idempotency.js';
import * as service from '../services/payments.js';

export const payments = Router();

payments.post('/', async (req, res) => {
  const key = requireIdempotencyKey(req);
  const input = createPayment.parse(req.body);
  const payment = await once(key, input, () => service.createPayment(input));
  res.status(201).location(`/v1/payments/${payment.id}`).json(presentPayment(payment));
});

payments.get('/', async (req, res) => {
  const query = listPayments.parse(req.query);
  const page = await service.listPayments(query);
  res.json({ items: page.items.map(presentPayment), nextCursor: page.nextCursor });
});

payments.get('/:paymentId', async (req, res) => {
  const payment = await service.findPayment(req.params.paymentId);
  res.json(presentPayment(payment));
});

payments.post('/:paymentId/capture', async (req, res) => {
  const input = capturePayment.parse(req.body ?? {});
  const payment = await service.capturePayment(req.params.paymentId, input);
  res.json(presentPayment(payment));
});

payments.post('/:paymentId/cancel', async (req, res) => {
  const payment = await service.cancelPayment(req.params.paymentId);
  res.json(presentPayment(payment));
});
