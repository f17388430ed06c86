import { Hono } from 'hono';
import { bearerAuth } from 'hono/bearer-auth';
import { HTTPException } from 'hono/http-exception';
import { requestId } from 'hono/request-id';
import { transfers } from './routes/transfers.ts';
import { wallets } from './routes/wallets.ts';
import { NotEnough, NotFound } from './store.ts';

export const app = new Hono().basePath('/v1');

app.onError((error, c) => {
  if (error instanceof NotFound) return c.json({ code: 'not_found', message: error.message }, 404);
  if (error instanceof NotEnough) return c.json({ code: 'not_enough', message: error.message }, 409);
  if (error instanceof HTTPException) return c.json({ code: 'refused', message: error.message }, error.status);
  return c.json({ code: 'internal', message: 'something went wrong' }, 500);
});

app.use(requestId());
app.use('*', bearerAuth({ verifyToken: async (token) => token === process.env.TOKEN }));
app.route('/wallets', wallets);
app.route('/transfers', transfers);
