import { Router } from 'express';
import { presentPayout } from '../presenters.js';
import * as service from '../services/accounts.js';

export const accounts = Router();

accounts.get('/balance', async (_req, res) => {
  const balance = await service.currentBalance();
  res.json({
    available: balance.available,
    pending: balance.pending,
    currency: 'EUR',
    asOf: new Date().toISOString(),
  });
});

accounts.get('/payouts/:payoutId', async (req, res) => {
  const payout = await service.findPayout(req.params.payoutId);
  res.json(presentPayout(payout));
});
