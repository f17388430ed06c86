import { Router } from 'express';
import { accounts } from './accounts.js';
import { payments } from './payments.js';
import { paymentRefunds, refunds } from './refunds.js';
import { reports } from './reports.js';
import { webhookEndpoints } from './webhook-endpoints.js';

export const v1 = Router();

v1.use('/payments', payments);
v1.use('/payments/:paymentId/refunds', paymentRefunds);
v1.use('/refunds', refunds);
v1.use('/webhook-endpoints', webhookEndpoints);
v1.use('/reports', reports);
v1.use(accounts);
