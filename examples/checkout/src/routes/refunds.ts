import { type Request, Router } from 'express';
import { presentRefund } from '../presenters.js';
import { createRefund } from '../schemas.js';
import { once } from '../services/idempotency.js';
import * as service from '../services/refunds.js';

/** Mounted below a payment, whose id it reads from the mount path. */
export const paymentRefunds = Router({ mergeParams: true });

paymentRefunds.post('/', async (req: Request<{ paymentId: string }>, res) => {
  const key = req.header('Idempotency-Key');
  const input = createRefund.parse(req.body);
  const { paymentId } = req.params;
  const refund = key
    ? await once(key, { paymentId, ...input }, () => service.createRefund(paymentId, input))
    : await service.createRefund(paymentId, input);
  res.json(presentRefund(refund));
});

paymentRefunds.get('/', async (req: Request<{ paymentId: string }>, res) => {
  const refunds = await service.listRefunds(req.params.paymentId);
  res.json({ items: refunds.map(presentRefund) });
});

export const refunds = Router();

refunds.get('/:refundId', async (req, res) => {
  const refund = await service.findRefund(req.params.refundId);
  res.json(presentRefund(refund));
});
