import { randomUUID } from 'node:crypto';
import Router from '@koa/router';
import { guard } from '../guard.ts';
import { newRefund, note, page, refundId } from '../schemas.ts';
import { find, list, present, save } from '../store.ts';

export const refunds = new Router();

refunds.get('/', guard({ query: page }), (ctx) => {
  const { limit, cursor } = ctx.valid.query;
  const found = list(limit, cursor);
  ctx.body = { items: found.map(present), more: found.length === limit };
});

refunds.post('/', guard({ body: newRefund }), (ctx) => {
  const { paymentId, amount, currency, reason } = ctx.valid.body;
  const refund = save({ id: randomUUID(), paymentId, amount, currency, status: 'pending', reason: reason ?? null });
  ctx.status = 201;
  ctx.set('Location', `/v1/refunds/${refund.id}`);
  ctx.body = present(refund);
});

refunds.get('/:refundId', guard({ params: refundId }), (ctx) => {
  ctx.body = present(find(ctx.valid.params.refundId));
});

refunds.post('/:refundId/cancel', guard({ params: refundId }), (ctx) => {
  const refund = find(ctx.valid.params.refundId);
  if (refund.status !== 'pending') {
    ctx.status = 409;
    ctx.body = { code: 'NotPending', message: 'only a pending refund can be cancelled' };
    return;
  }
  ctx.body = present(save({ ...refund, status: 'cancelled' }));
});

refunds.put('/:refundId/note', guard({ params: refundId, body: note }), (ctx) => {
  const refund = find(ctx.valid.params.refundId);
  ctx.body = { refundId: refund.id, text: ctx.valid.body.text };
});

refunds.delete('/:refundId', guard({ params: refundId }), (ctx) => {
  find(ctx.valid.params.refundId);
  ctx.body = null;
});
