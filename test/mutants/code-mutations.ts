// Owns the mutations of code: one passage of an agreeing service is written in another way, and the contract stays as it is.
// It must not know how the engine is run.

import type { Node } from './document.ts';
import type { Mutant } from './mutation.ts';

interface Edit {
  readonly kind: string;
  /** Relative to the service's folder. */
  readonly file: string;
  /** A passage that occurs once, and what stands in its place. */
  readonly from: string;
  readonly to: string;
  readonly rule: string;
  readonly operation: string;
  readonly subject: string;
  /** Other rules that have to speak of the same change, about no operation of the contract. */
  readonly beside?: readonly string[];
}

const edits: Readonly<Record<string, readonly Edit[]>> = {
  'test/workspaces/billing': [
    {
      kind: 'register route twice',
      file: 'routes/plans.js',
      from: "router.get('/:planId', controller.show);",
      to: "router.get('/:planId', controller.show);\nrouter.get('/:id', (req, res) => res.status(410).end());",
      rule: 'route-duplicated',
      operation: 'GET /plans/{planId}',
      subject: 'GET /billing/plans/{id}',
    },
    {
      kind: 'register wider route first',
      file: 'routes/invoices.js',
      from: "router.get('/:id/pdf',",
      to: "router.get('/:id/:part', asyncHandler(invoices.show));\nrouter.get('/:id/pdf',",
      rule: 'route-shadowed',
      operation: 'GET /invoices/{id}/pdf',
      subject: 'GET /billing/invoices/{id}/pdf',
      beside: ['operation-undocumented'],
    },
    {
      kind: 'send body with 204',
      file: 'controllers/invoices.js',
      from: 'res.sendStatus(204);',
      to: 'res.status(204).json({ removed: true });',
      rule: 'status-body-forbidden',
      operation: 'DELETE /invoices/{id}',
      subject: '204.body',
    },
  ],
  'test/workspaces/storefront': [
    {
      kind: 'send body with 204',
      file: 'src/app.ts',
      from: '  addLine(basket, product.id, input.data.quantity);\n  res.status(204).end();',
      to: '  addLine(basket, product.id, input.data.quantity);\n  res.status(204).json({ added: true });',
      rule: 'status-body-forbidden',
      operation: 'POST /baskets/{basketId}/lines',
      subject: '204.body',
    },
    {
      kind: 'forward status',
      file: 'src/app.ts',
      from: "shop.post('/stock/refresh', staff, (_req, res) => {\n  res.status(204).end();",
      to: "shop.post('/stock/refresh', staff, async (_req, res) => {\n  const answer = await fetch('https://stock.example/refresh');\n  res.status(answer.status).end();",
      rule: 'status-forwarded',
      operation: 'POST /stock/refresh',
      subject: 'forwarded',
    },
  ],
  'test/workspaces/refunds': [
    {
      kind: 'send body with 204',
      file: 'src/routes/refunds.ts',
      from: '  ctx.body = null;',
      to: '  ctx.status = 204;\n  ctx.body = { removed: true };',
      rule: 'status-body-forbidden',
      operation: 'DELETE /refunds/{refundId}',
      subject: '204.body',
    },
    {
      kind: 'register route twice',
      file: 'src/routes/refunds.ts',
      from: "refunds.post('/:refundId/cancel',",
      to: "refunds.get('/:refundId', (ctx) => {\n  ctx.status = 410;\n});\n\nrefunds.post('/:refundId/cancel',",
      rule: 'route-duplicated',
      operation: 'GET /refunds/{refundId}',
      subject: 'GET /v1/refunds/{refundId}',
    },
  ],
  'test/workspaces/ledger': [
    {
      kind: 'forget documented status',
      file: 'src/routes/accounts/index.ts',
      from: 'response: { 204: Type.Null(), 400: ErrorBody, 401: ErrorBody, 404: ErrorBody, 409: ErrorBody },',
      to: 'response: { 204: Type.Null(), 400: ErrorBody, 401: ErrorBody, 404: ErrorBody },',
      rule: 'documentation-mismatch',
      operation: 'DELETE /accounts/{accountId}',
      subject: 'documented:409',
    },
    {
      kind: 'document status that never comes',
      file: 'src/routes/accounts/index.ts',
      from: '{ schema: { params: AccountParams, response: { 200: Account,',
      to: '{ schema: { params: AccountParams, response: { 410: ErrorBody, 200: Account,',
      rule: 'documentation-mismatch',
      operation: 'GET /accounts/{accountId}',
      subject: 'documented:410',
    },
  ],
};

/** The mutants of a service's code. `text` gives a file as it is. Throws when a passage does not occur exactly once. */
export function codeMutantsOf(folder: string, document: Node, text: (file: string) => string): Mutant[] {
  return (edits[folder] ?? []).map(({ kind, file, from, to, rule, operation, subject, beside }) => {
    const before = text(file);
    if (before.split(from).length !== 2)
      throw new Error(`${folder}/${file}: the passage of "${kind}" is not there once`);
    return {
      kind,
      about: `${operation}: ${kind}`,
      document,
      texts: new Map([[file, before.replace(from, () => to)]]),
      expected: { rules: [rule], operations: [operation], subjects: [subject], ...(beside ? { beside } : {}) },
    };
  });
}
