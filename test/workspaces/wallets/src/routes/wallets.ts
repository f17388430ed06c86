import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { check } from '../check.ts';
import { dropWallet, findWallet, saveWallet, type Wallet, walletsOf } from '../store.ts';

const walletId = z.object({ walletId: z.string().uuid() });
const newWallet = z.object({ owner: z.string().min(1), currency: z.enum(['EUR', 'USD', 'CHF']), label: z.string().optional() });
const search = z.object({ owner: z.string().optional(), limit: z.coerce.number().int().min(1).max(50).default(10) });

function present(wallet: Wallet) {
  const { id, owner, currency, balance, label } = wallet;
  return { id, owner, currency, balance, label };
}

export const wallets = new Hono()
  .get('/', check('query', search), (c) => {
    const { owner, limit } = c.req.valid('query');
    return c.json({ items: walletsOf(owner, limit).map(present) });
  })
  .post('/', check('json', newWallet), (c) => {
    const { owner, currency, label } = c.req.valid('json');
    const wallet = saveWallet({ id: randomUUID(), owner, currency, balance: 0, label: label ?? null });
    c.header('Location', `/v1/wallets/${wallet.id}`);
    return c.json(present(wallet), 201);
  })
  .get('/:walletId', check('param', walletId), (c) => {
    return c.json(present(findWallet(c.req.valid('param').walletId)));
  })
  .patch('/:walletId', check('param', walletId), check('json', z.object({ label: z.string().max(80) })), (c) => {
    const wallet = findWallet(c.req.valid('param').walletId);
    return c.json(present(saveWallet({ ...wallet, label: c.req.valid('json').label })));
  })
  .delete('/:walletId', check('param', walletId), (c) => {
    dropWallet(findWallet(c.req.valid('param').walletId));
    return c.body(null, 204);
  });
