import { Router } from 'express';
import { settlementReport } from '../schemas.js';
import { settlementOf } from '../services/accounts.js';

export const reports = Router();

reports.get('/settlement', async (req, res) => {
  const { date } = settlementReport.parse(req.query);
  const report = await settlementOf(date);
  res.type('text/csv').send(report);
});
