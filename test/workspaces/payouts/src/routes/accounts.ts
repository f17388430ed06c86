import { randomUUID } from 'node:crypto';
import type { Next, Request, Response, Server } from 'restify';
import { checkBody } from '../check.ts';
import { newAccount } from '../schemas.ts';
import { findAccount, saveAccount } from '../store.ts';

export function registerAccounts(server: Server, prefix: string) {
  server.post(prefix, checkBody(newAccount), (req: Request, res: Response, next: Next) => {
    const { holder, iban, country } = req.body;
    saveAccount({ id: randomUUID(), holder, iban, country: country ?? null })
      .then((account) => {
        res.send(201, { id: account.id, holder: account.holder, iban: account.iban, country: account.country });
        next();
      })
      .catch(next);
  });

  server.get(`${prefix}/:accountId`, async (req: Request, res: Response) => {
    const { id, holder, iban, country } = await findAccount(req.params.accountId);
    res.send({ id, holder, iban, country });
  });
}
