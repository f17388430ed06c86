import { randomUUID } from 'node:crypto';
import type { Request, Response, Server } from 'restify';
import errors from 'restify-errors';
import { checkBody, checkQuery } from '../check.ts';
import { failure, newPayout, page } from '../schemas.ts';
import { findAccount, findPayout, listPayouts, type Payout, removePayout, savePayout } from '../store.ts';

/** What clients see of a payout. */
const present = ({ id, accountId, amount, currency, status, memo, attempts }: Payout) => ({
  id,
  accountId,
  amount,
  currency,
  status,
  memo,
  attempts,
});

export function registerPayouts(server: Server, prefix: string) {
  server.get(prefix, checkQuery(page), async (req: Request, res: Response) => {
    const { limit, offset, status } = req.query;
    const found = await listPayouts(limit, offset, status);
    res.send({ payouts: found.map(present), next: found.length === limit ? offset + limit : null });
  });

  server.post(prefix, checkBody(newPayout), async (req: Request, res: Response) => {
    const { accountId, amount, currency, memo } = req.body;
    const account = await findAccount(accountId);
    const payout = await savePayout({
      id: randomUUID(),
      accountId: account.id,
      amount,
      currency,
      status: 'queued',
      memo: memo ?? null,
      attempts: 0,
    });
    res.header('Location', `${prefix}/${payout.id}`);
    res.send(201, present(payout));
  });

  server.get(`${prefix}/:payoutId`, async (req: Request, res: Response) => {
    res.send(present(await findPayout(req.params.payoutId)));
  });

  server.put(`${prefix}/:payoutId/failure`, checkBody(failure), async (req: Request, res: Response) => {
    const payout = await findPayout(req.params.payoutId);
    if (payout.status === 'sent') throw new errors.ConflictError('the payout is sent already');
    const { reason } = req.body;
    await savePayout({ ...payout, status: 'failed', attempts: payout.attempts + 1 });
    res.send({ payoutId: payout.id, reason });
  });

  server.del(`${prefix}/:payoutId`, async (req: Request, res: Response) => {
    const payout = await findPayout(req.params.payoutId);
    if (payout.status !== 'queued') throw new errors.ConflictError('only a queued payout can be taken back');
    await removePayout(payout.id);
    res.send(204);
  });
}
